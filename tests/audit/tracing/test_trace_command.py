"""`provisor trace`: a statement of presence and absence, written out whole."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import pytest

from provenance.defaults import VERSION
from tests.command import called as provisor
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

EXPECTED = ROOT / "tests" / "audit" / "tracing" / "expected"
DIGEST = hashlib.sha256(b"work").hexdigest()
ROWS = f"""url,date,sha256,artist
https://site.example/a,2024-02-10,{DIGEST},Ann Maker
https://www.site.example/a,,,
https://web.archive.org/web/2020/https://site.example/a,2024-03-01T12:00:00Z,,Bob
https://secret.example/never-told,2024-02-11,,Bob
no address,,,
,,,
"""
WORKS = f"""kind,value
url,https://site.example/a
host,absent.example
digest,{DIGEST}
digest,{hashlib.sha512(b"other").hexdigest()}
creator,Ann Maker
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a manifest and a list of works."""
    (tmp_path / "rows.csv").write_text(ROWS, "utf-8")
    (tmp_path / "works.csv").write_text(WORKS, "utf-8")
    return tmp_path


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_statement_is_told_whole(folder: Path, lang: str) -> None:
    code, out, err = provisor(
        "trace", "site.example", "--works", "works.csv", "--in", "rows.csv", "--rows", "2",
        "--lang", lang, cwd=folder,
    )  # fmt: skip

    assert (code, err) == (0, "")
    told = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", "<made>", out)
    told = told.replace(VERSION, "<version>")
    assert told == (EXPECTED / f"statement_{lang}.txt").read_text("utf-8")


def test_no_other_row_of_the_manifest_is_handed_out(folder: Path) -> None:
    _, out, _ = provisor(
        "trace", "site.example", "--in", "rows.csv", "--format", "json", cwd=folder
    )

    said = json.loads(out)
    assert said["format"] == "provisor-trace/1"
    assert [one["answer"] for one in said["answers"]] == ["found"]
    assert said["searched"][0]["sha256"] == hashlib.sha256(ROWS.encode()).hexdigest()
    assert "secret" not in out
    assert "never-told" not in out


def test_what_is_not_found_is_an_answer_too(folder: Path) -> None:
    code, out, _ = provisor("trace", "absent.example", "--in", "rows.csv", cwd=folder)

    assert code == 0
    assert "absent.example (host and all below it): not found\n" in out
    assert "N9: that something was not found is no proof" in out


def test_the_folder_of_an_audit_stands_for_its_manifest_while_that_is_as_it_was(
    folder: Path,
) -> None:
    from tests.audit.world import World

    World(folder).robots("2024-02-09", "")
    (folder / "dataset.toml").write_text('[dataset]\ntimezone = "Asia/Tokyo"\n', "utf-8")
    provisor(
        "audit", "rows.csv", "--store", "store.duckdb", "--fail-on", "never", "--out", "o",
        "--declaration", "dataset.toml", cwd=folder,
    )  # fmt: skip
    code, out, _ = provisor("trace", "site.example", "--in", "o", "--format", "json", cwd=folder)
    found = json.loads(out)["answers"][0]
    assert (code, found["rows"]) == (0, 3)
    assert found["first"] == "2024-02-09T15:00:00Z"  # the day as it began in Tokyo

    (folder / "rows.csv").write_text(ROWS + "x,,,\n", "utf-8")
    code, out, err = provisor("trace", "site.example", "--in", "o", cwd=folder)
    assert (code, out) == (3, "")
    assert err == (
        "provisor: error: o: rows.csv, of which it is the audit, is not beside it as it was; "
        "name the manifest itself\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--in", "rows.csv"), 2, "trace: nothing is looked for; name a WORK, or --works FILE"),
        (
            ("localhost", "--in", "rows.csv"),
            2,
            "trace: 'localhost' cannot be looked for: it is no host name",
        ),
        (
            ("site.example", "--in", "none.csv"),
            3,
            "none.csv: there is no such file; check the name",
        ),
        (("site.example", "--in", "works.csv"), 3, "works.csv: no column is called url"),
        (("--works", "none.csv", "--in", "rows.csv"), 3, "none.csv: there is no such file"),
        (
            (DIGEST, "--in", "rows.csv", "--digest-column", "md5"),
            2,
            "--digest-column: rows.csv has no column 'md5'",
        ),
    ],
)
def test_what_cannot_be_carried_out_is_refused(
    folder: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    ended, out, err = provisor("trace", *words, cwd=folder)

    assert (ended, out) == (code, "")
    assert sentence in err
