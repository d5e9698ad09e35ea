"""One capture, as it was recorded: read from an archive here, because an archive holds all kinds."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crawler.robots.reading import read_robots
from provenance.recording import record_readings
from provenance.records import Capture, Outcome, Probe, Reading
from provenance.store import writing
from tests.audit.world import GATED, World
from tests.command import called
from tests.crawler.archives.warcs import answer, record, robots, warc

if TYPE_CHECKING:
    from pathlib import Path

RULES = b"User-agent: *\r\nContent-Signal: ai-train=no\nDisallow: /\x1b[31m\n"
TEXT = b"<p>what the archive unpacked, and its header does not know of</p>"
PACKED = gzip.compress(TEXT, mtime=0)
KANJI = '<meta charset="shift_jis"><p>無断学習\u3000禁止</p>'.encode("shift_jis")
BODIES = {
    "/robots.txt": RULES,
    "/unpacked": TEXT,
    "/packed": TEXT,
    "/kanji": KANJI,
    "/broken": b"a\xff\xe2\x80\xaeb",
    "/picture": b"\x89PNG\r\n\x1a\n\0\0" + bytes(range(256)),
    "/many": b"".join(b"line %d\n" % number for number in range(1, 1001)),
    "/nothing": b"",
}
STATED = f"Content-Encoding: gzip\r\nContent-Length: {len(PACKED)}\r\n"

TOLD = """\
capture 1: robots of site.example
  address            https://site.example/robots.txt
  captured at (UTC)  2025-02-01 00:00:00
  method             import
  run                RUN
  source             site.warc
  status             200
  outcome            parsed
  body SHA-256       SHA256
  header             Content-Type: text/plain
  groups             * by-path
  read from it       kind content-signal, scope agent:*, usage train, value deny, strength vendor, \
specific, quote line 2: Content-Signal: ai-train=no
  octets kept        response 0: LENGTH octets at offset 0 of FOLDER/site.warc

OCTETS octets:
    1  User-agent: *
    2  Content-Signal: ai-train=no
    3  Disallow: /\\u{1b}[31m
"""


def page(path: str, body: bytes, headers: str = "") -> bytes:
    return record("response", answer(body, headers=headers), url=f"https://site.example{path}")


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive, and a store in which it was imported."""
    folder = tmp_path_factory.mktemp("archived")
    said = {"/unpacked": STATED, "/packed": STATED, "/nothing": "X: \x1b[2J\\\r\n"}
    records = [robots("site.example", RULES)]
    for path, body in list(BODIES.items())[1:]:
        records.append(page(path, PACKED if path == "/packed" else body, said.get(path, "")))
    warc(folder / "site.warc", records)
    code, _, err = called(
        "import", "warc", "site.warc", "--jobs", "0", "--store", "store.duckdb", cwd=folder
    )
    assert code == 0, err
    with writing(folder / "store.duckdb") as connection:
        moment = datetime(2025, 2, 2, tzinfo=UTC)
        unreached = Capture(
            url="https://site.example/robots.txt", host="site.example", path="/robots.txt",
            probe=Probe.ROBOTS, captured_at=moment, method="crawl", error="connection",
        )  # fmt: skip
        told = [Reading(unreached, Outcome.UNREACHABLE, "connection")]
        record_readings(connection, "test", told, compile_robots=read_robots)
    return folder


def number(path: str) -> str:
    return str(list(BODIES).index(path) + 1)


UNREACHED = str(len(BODIES) + 1)


def shown(folder: Path, *words: str) -> tuple[int, str, str]:
    return called("show", *words, "--store", "store.duckdb", cwd=folder)


def octets(folder: Path, *words: str) -> tuple[int, bytes, str]:
    code, out, err = shown(folder, *words)
    return code, out.encode("utf-8", "surrogateescape"), err


@pytest.fixture
def own(archived: Path, tmp_path: Path) -> Path:
    """A store of one's own, to damage the evidence of: names in it are absolute."""
    for name in ("store.duckdb", "site.warc"):
        shutil.copy(archived / name, tmp_path)
    with writing(tmp_path / "store.duckdb") as connection:
        connection.execute("UPDATE evidence SET file = 'site.warc'")
    return tmp_path


def test_all_that_is_recorded_is_told_and_nothing_of_it_reaches_the_terminal(
    archived: Path,
) -> None:
    code, out, _ = shown(archived, "1")

    assert code == 0
    run = json.loads(shown(archived, "1", "--json")[1])["run_id"]
    length = f"{len(robots('site.example', RULES)):,}"
    told = TOLD.replace("SHA256", hashlib.sha256(RULES).hexdigest()).replace("RUN", run)
    told = told.replace("FOLDER", str(archived)).replace("LENGTH", length)
    assert out == told.replace("OCTETS", str(len(RULES)))


def test_what_was_read_from_a_page_is_told(tmp_path: Path) -> None:
    World(tmp_path).page("2024-02-10", "/a", status=401, signals=(GATED,))

    _, out, _ = shown(tmp_path, "1")

    assert "  status             401\n" in out
    assert "  read from it       kind access-gate, scope page, usage crawl, value" in out


@pytest.mark.parametrize("path", BODIES)
def test_a_body_comes_out_as_it_was_read_with_the_digest_recorded_of_it(
    archived: Path, path: str
) -> None:
    code, out, _ = octets(archived, number(path), "--raw")

    assert (code, out) == (0, BODIES[path])


def test_what_passed_over_the_wire_comes_out_as_it_passed(archived: Path) -> None:
    code, out, _ = octets(archived, number("/packed"), "--wire")

    assert (code, out) == (0, answer(PACKED, headers=STATED))


def test_json_holds_the_body_and_whether_each_record_is_what_it_was(archived: Path) -> None:
    code, out, _ = shown(archived, number("/nothing"), "--json")

    said = json.loads(out)
    (kept,) = said.pop("evidence")
    del said["run_id"]
    assert code == 0
    assert said == {
        "capture_id": 8, "url": "https://site.example/nothing", "host": "site.example",
        "path": "/nothing", "probe": "page", "captured_at": "2025-02-01T00:00:00Z",
        "captured_at_basis": "", "method": "import", "source": "site.warc", "status": 200,
        "status_basis": "", "error": "", "hops": [], "outcome": None, "reason": "",
        "headers": [["Content-Type", "text/plain"], ["X", "\x1b[2J\\"]], "lowercased": False,
        "truncated": False, "body_sha256": hashlib.sha256(b"").hexdigest(), "groups": [],
        "findings": [], "signals": [], "body_octets": 0, "body_base64": "", "no_body": "",
    }  # fmt: skip
    assert (kept["kind"], kept["hop"], kept["fault"]) == ("response", 0, "")
    assert base64.b64decode(json.loads(shown(archived, "1", "--json")[1])["body_base64"]) == RULES
    assert "\x1b" not in out


def test_an_empty_body_is_none_that_was_not_seen(archived: Path) -> None:
    assert shown(archived, number("/nothing"))[1].endswith("\n\n0 octets\n")
    assert shown(archived, UNREACHED)[1].endswith("\n\nno body: connection\n")

    assert shown(archived, UNREACHED, "--raw") == (
        3,
        "",
        (
            "provisor: error: store.duckdb: capture 9 has no body: connection;"
            " leave --raw out to see what is recorded of it\n"
        ),
    )
    assert shown(archived, UNREACHED, "--wire") == (
        3,
        "",
        (
            "provisor: error: store.duckdb: no octets of capture 9 were kept: connection;"
            " leave --wire out to see what is recorded of it\n"
        ),
    )


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ("/kanji", '    1  <meta charset="shift_jis"><p>無断学習　禁止</p>\n'),
        ("/broken", "6 octets:\n    1  a\\xff\\u{202e}b\n"),
        ("/many", "  200  line 200\nand 800 more lines; --raw writes them all\n"),
        (
            "/picture",
            (
                "  240  e6 e7 e8 e9 ea eb ec ed ee ef f0 f1 f2 f3 f4 f5  ................\n"
                "and 10 more octets; --raw writes them all\n"
            ),
        ),
    ],
    ids=["kanji", "broken", "many", "picture"],
)
def test_a_body_is_shown_as_what_it_is(archived: Path, path: str, end: str) -> None:
    assert shown(archived, number(path))[1].endswith(end)


def test_a_changed_record_is_told_with_all_that_the_store_knows(own: Path) -> None:
    file = own / "site.warc"
    file.write_bytes(file.read_bytes().replace(b"does not know of", b"does not know at"))

    code, out, err = shown(own, number("/unpacked"))

    assert code == 5
    assert "  status             200\n" in out
    assert " of site.warc: not the octets that were recorded\n" in out
    assert out.endswith("\n\nno body: the evidence it stands in cannot be used\n")
    assert err.endswith("not the octets that were recorded; restore the file from a backup\n")
    for form in ("--raw", "--wire"):
        assert shown(own, number("/unpacked"), form)[:2] == (5, "")
    code, out, _ = shown(own, number("/unpacked"), "--json")
    assert (code, json.loads(out)["evidence"][0]["fault"]) == (
        5,
        "not the octets that were recorded",
    )


def test_a_missing_file_hides_no_body_that_the_store_has(own: Path) -> None:
    (own / "site.warc").unlink()

    assert octets(own, "1", "--raw")[:2] == (0, RULES)
    code, out, _ = shown(own, "1")
    assert code == 5
    assert " of site.warc: No such file or directory\n" in out
    assert "    3  Disallow: /\\u{1b}[31m\n" in out


def test_a_body_that_was_changed_in_the_store_is_not_shown(own: Path) -> None:
    with writing(own / "store.duckdb") as connection:
        connection.execute("UPDATE body SET bytes = 'User-agent: *\nDisallow:\n'::BLOB")

    code, out, err = shown(own, "1")

    assert code == 5
    assert out.endswith("\n\nno body: not the one that was recorded\n")
    assert err == (
        "provisor: error: store.duckdb: the body of capture 1 is not the one that was recorded;"
        " `provisor verify` tells what was changed; restore the store or its evidence\n"
    )
    assert octets(own, "1", "--raw")[:2] == (5, b"")


def test_what_a_sealed_list_names_is_not_shown(own: Path) -> None:
    (own / "list.txt").write_text("site.example\n", "utf-8")
    words = ("--kind", "other", "--role", "hotline", "--submitter", "H", "--terms", "t")
    code, _, err = called(
        "blocklist", "seal", "list.txt", "--list-id", "h/l", *words, "--store", "store.duckdb",
        cwd=own,
    )  # fmt: skip
    assert code == 0, err

    for form in ((), ("--raw",), ("--wire",), ("--json",)):
        assert shown(own, "1", *form) == (
            2,
            "",
            "provisor: error: capture 1: a sealed list names it; it is not shown\n",
        )


def test_outputs_are_not_mixed(archived: Path) -> None:
    assert shown(archived, "1", "--raw", "--json") == (
        2,
        "",
        "provisor: error: --raw --json: each of them is an output of its own; give one\n",
    )


def test_a_number_that_no_capture_has_is_refused(archived: Path) -> None:
    code, out, err = shown(archived, "77")

    assert (code, out) == (3, "")
    assert err == "provisor: error: store.duckdb: it holds no capture 77; check the number\n"
