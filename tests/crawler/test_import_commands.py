"""`provisor import warc` and `provisor import cdx`, as a user runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.command import called as provisor
from tests.conftest import ROOT
from tests.crawler.archives.warcs import RULES, record, robots, warc
from tests.provenance.stores import rows

if TYPE_CHECKING:
    from pathlib import Path


def test_an_import_says_what_came_of_every_record(tmp_path: Path) -> None:
    warc(
        tmp_path / "a.warc.gz", [record("warcinfo", b""), robots("a.example"), robots("b.example")]
    )

    first = provisor("import", "warc", "a.warc.gz", cwd=tmp_path)
    second = provisor("import", "warc", "a.warc.gz", cwd=tmp_path)

    assert first == (
        0,
        (
            "a.warc.gz: 3 records: 2 new captures, 0 known before, 1 skipped\n"
            "  robots.txt: 2 parsed\n"
            "  skipped: 1 warcinfo\n"
        ),
        "",
    )
    assert second == (
        0,
        (
            "a.warc.gz: 3 records: 0 new captures, 2 known before, 1 skipped\n"
            "  imported before; not read again\n"
            "  skipped: 1 as before\n"
        ),
        "",
    )


def test_a_damaged_file_is_told_by_place_and_ends_with_6(tmp_path: Path) -> None:
    file = warc(tmp_path / "a.warc", [robots("a.example"), robots("b.example")])
    border = len(robots("a.example"))
    file.write_bytes(file.read_bytes()[:-40])

    code, out, err = provisor("import", "warc", "a.warc", cwd=tmp_path)

    assert code == 6
    assert (
        f"  DAMAGED at offset {border}: its block should have 76 octets, and the file ends" in out
    )
    assert "1 new capture," in out
    assert err == (
        "provisor: error: import: damaged: a.warc; what is whole was kept; import whole copies"
        " to go on\n"
    )


def test_hostile_words_of_a_file_are_shown_harmlessly(tmp_path: Path) -> None:
    bad = record("response", b"HTTP/1.1 200 OK\r\n\r\n", url="https://\x1b]0;owned\x07.example/")
    warc(tmp_path / "a.warc", [bad, record("\x1b[31mred", b""), robots("a.example")])

    code, out, err = provisor("import", "warc", "a.warc", cwd=tmp_path)

    assert code == 6
    assert "\x1b" not in out + err
    assert "\\u{1b}" in out


def test_json_tells_the_same(tmp_path: Path) -> None:
    warc(tmp_path / "a.warc", [robots("a.example")])

    code, out, _ = provisor("import", "warc", "a.warc", "--json", "--jobs", "0", cwd=tmp_path)

    (told,) = json.loads(out)
    assert code == 0
    assert (told["records"], told["new"], told["outcomes"]["parsed"]) == (1, 1, 1)


def test_a_file_that_is_no_archive_ends_with_3(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_text("hello")

    assert provisor("import", "warc", "a.warc", cwd=tmp_path) == (
        3,
        "",
        (
            "provisor: error: a.warc: it does not begin like a WARC file; name a .warc, .warc.gz,"
            " .warc.zst or .wacz file\n"
        ),
    )


def test_ctrl_c_finishes_what_was_begun_and_ends_with_6(tmp_path: Path) -> None:
    many = (robots(f"h{n}.example", RULES + b"# %d\n" % (n % 20)) for n in range(150_000))
    warc(tmp_path / "a.warc", many)
    command = [sys.executable, "-P", "-m", "cli", "import", "warc", "a.warc", "--jobs", "0"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        for _ in range(600):
            if (tmp_path / "provisor.duckdb").exists() or child.poll() is not None:
                break
            try:
                child.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=300)

    assert child.returncode == 6, err
    assert "stopped as asked" in err
    ((kept,),) = rows(tmp_path / "provisor.duckdb", "SELECT count(*) FROM capture")
    assert 0 < kept <= 150_000


def test_rows_of_an_index_are_counted(tmp_path: Path) -> None:
    said = {"url": "https://a.example/robots.txt", "status": "404"}
    served = {"url": "https://b.example/robots.txt", "status": "200"}
    (tmp_path / "a.cdxj").write_text(
        "".join(f"k 20250102030405 {json.dumps(one)}\n" for one in (said, served))
    )

    assert provisor("import", "cdx", "a.cdxj", cwd=tmp_path) == (
        0,
        (
            "a.cdxj: 2 rows: 1 new capture, 0 known before; skipped: 1 what was served is in the"
            " WARC\n"
        ),
        "",
    )


def test_a_file_that_cannot_be_used_keeps_no_other_back(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_text("hello")
    warc(tmp_path / "b.warc", [robots("b.example")])

    code, out, err = provisor("import", "warc", "a.warc", "b.warc", cwd=tmp_path)

    assert code == 3
    assert out == (
        "b.warc: 1 record: 1 new capture, 0 known before, 0 skipped\n  robots.txt: 1 parsed\n"
    )
    first, last = err.splitlines()
    assert first.startswith("a.warc: ")
    assert last == (
        "provisor: error: import: 1 of 2 files cannot be used: a.warc; the others were imported"
    )


def test_json_tells_of_the_files_that_were_imported(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n")
    said = '{"url": "https://b.example/robots.txt", "captured_at": "2025-01-03T18:35:56Z"'
    (tmp_path / "b.jsonl").write_text(said + ', "status": 404}\n')

    code, out, _ = provisor("import", "captures", "a.jsonl", "b.jsonl", "--json", cwd=tmp_path)

    assert (code, [one["file"] for one in json.loads(out)]) == (3, ["b.jsonl"])
