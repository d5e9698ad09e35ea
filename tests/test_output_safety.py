"""Nothing that others wrote steers a terminal: it is shown for what it is, whatever command shows it."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING

import pytest
from click import unstyle

from cli import run
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.checks import Check, State
from provenance.doctor import told as doctors_words
from provenance.recording import record_readings, record_run
from provenance.records import Capture, Gate, Probe, Reading, Signal
from provenance.store import writing
from tests.provenance.stores import at

if TYPE_CHECKING:
    from pathlib import Path

# Title of the window, bell, clear, C1 colour, bidi, zero width, a line of its own, a tag character.
HOSTILE = "\x1b]0;own\x07\x1b[2J\x9b31m\u202e\u2066\u200f\ufeff\x08\x7f\r\nINJECTED\u2028\U000e0041"
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\U000e0000-\U000e007f\ud800-\udfff]|^INJECTED"
)
MILD = "\x1b]0;own\x07\x1b[2J\x9b31m\u202e\u2066\u200f\u2028\U000e0041"
"""The same without what ends a line or a field."""
NAME = "h\x1b[2J\u202e.csv"
"""Of a file: what a name may hold."""
RAW = b"bad\xff.csv"

ROBOTS = f"User-agent: {HOSTILE}\nUser-agent: GPTBot\nDisallow: /{HOSTILE}\nX{HOSTILE}: y\n"
MANIFEST = f"""url,"c{MILD}"
https://site.example/{MILD},{MILD}
{MILD},=1+1
https://pirate.example/,x
=cmd|' /C calc'!A0,x
"""
LIST = "".join(f"p{number}.example\n" for number in range(90)) + (
    f"pirate.example # {MILD}\n{MILD}\nhttps://books.example/{MILD}\n"
)
DECLARED = """[dataset]
name = "\\u001B[2J\\u202E"
version = "\\u001B]0;own\\u0007"
purpose = "pretraining"
agent = "GPTBot"
"""
CAPTURES = {
    "url": "https://site.example/robots.txt", "captured_at": "2026-01-01T00:00:00Z",
    "status": 200, "body": ROBOTS, "source": HOSTILE,
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which everything that others wrote is hostile."""
    place = tmp_path_factory.mktemp("hostile")
    for name, text in {
        NAME: MANIFEST, "list.txt": LIST, "captures.jsonl": json.dumps(CAPTURES) + "\n",
        "dataset.toml": DECLARED, "agents.json": json.dumps(
            {"SomeBot": {"operator": HOSTILE, "respect": HOSTILE, "function": HOSTILE}}),
        "no.csv": f'"{HOSTILE}","b{HOSTILE}"\n1,2\n', "bad.jsonl": f'{{"url": "{HOSTILE}"\n',
        "kept.txt": f"{HOSTILE}\n17\n", "broken.toml": f"[dataset]\n{HOSTILE} = 1\n",
        "robots.txt": ROBOTS, "page.html": f"<title>{HOSTILE}</title><meta name=robots content="
        f"'noai, {HOSTILE}'><a rel=license href='{HOSTILE}'>", "hosts.txt": f"{HOSTILE}\n",
        "works.txt": "site.example\n",
    }.items():  # fmt: skip
        (place / name).write_text(text, encoding="utf-8")
    with open(os.fsencode(place) + b"/" + RAW, "w", encoding="utf-8") as file:  # noqa: PTH123 (octets)
        file.write(MANIFEST)
    (place / "folder").mkdir()
    (place / "folder" / NAME).write_text(MANIFEST, encoding="utf-8")
    (place / "folder" / f"{MILD}.txt").touch()
    stored(place / "provisor.duckdb")
    return place


def stored(store: Path) -> None:
    """Record what a site that is hostile in all it says leaves in a store."""
    about = {"captured_at": at("2026-01-01"), "method": "crawl", "headers": ((HOSTILE, HOSTILE),),
             "error": HOSTILE, "source": HOSTILE, "hops": (HOSTILE,)}  # fmt: skip
    robots = Capture(url="https://site.example/robots.txt", host="site.example",
                     path="/robots.txt", probe=Probe.ROBOTS, status=200, body=ROBOTS.encode(),
                     **about)  # type: ignore[arg-type]  # fmt: skip
    page = Capture(url=f"https://site.example/{HOSTILE}", host="site.example", path=f"/{HOSTILE}",
                   probe=Probe.PAGE, status=200, body=HOSTILE.encode(),
                   **about)  # type: ignore[arg-type]  # fmt: skip
    said = Signal(kind="access-gate", scope="page", usage="crawl", gate=Gate.AUTH, offer=HOSTILE,
                  quote=HOSTILE, finding=HOSTILE, path=HOSTILE, conditions=HOSTILE)  # fmt: skip
    with writing(store) as connection:
        record_run(connection, run_id=f"run{HOSTILE}", kind=HOSTILE, started_at=at("2026-01-01"),
                   settings={HOSTILE: HOSTILE}, version=HOSTILE)  # fmt: skip
        record_readings(connection, f"run{HOSTILE}", [
            Reading(robots, *classify(robots)), Reading(page, reason=HOSTILE, signals=(said,)),
        ], compile_robots=read_robots)  # fmt: skip


# In this order: what one makes, the next shows.
SHOWN: tuple[tuple[str, ...], ...] = (
    ("blocklist", "check", "list.txt"),
    ("blocklist", "check", "list.txt", "--json"),
    ("blocklist", "import", "list.txt", "--list-id", "press/comics", "--submitter", HOSTILE,
     "--role", "right_holder", "--basis", "right_holder_notice", "--note", HOSTILE,
     "--skip-refused"),
    ("blocklist", "list"),
    ("blocklist", "list", "--json"),
    ("blocklist", "status", "press/comics"),
    ("blocklist", "status", "pirate.example"),
    ("blocklist", "withdraw", "press/comics", "pirate.example", "--by", HOSTILE, "--note", HOSTILE,
     "--cause", "error"),
    ("blocklist", "history", "press/comics", "pirate.example"),
    ("blocklist", "history", "press/comics", "pirate.example", "--json"),
    ("blocklist", "review"),
    ("blocklist", "stats"),
    ("blocklist", "preview", "list.txt", "--manifest", NAME),
    ("blocklist", "preview", "list.txt", "--manifest", NAME, "--json"),
    ("import", "captures", "captures.jsonl"),
    ("import", "captures", "captures.jsonl", "--json"),
    ("inspect", "site.example", "--recorded"),
    ("inspect", "site.example", "--recorded", "--json"),
    ("inspect", "https://site.example/", "--history"),
    ("inspect", "https://site.example/robots.txt", "--file", "robots.txt"),
    ("inspect", "https://site.example/", "--file", "page.html"),
    ("show", "1"),
    ("show", "2"),
    ("show", "1", "--json"),
    ("show", "2", "--json"),
    ("audit", NAME, "--out", "report", "--fail-on", "never", "--declaration", "dataset.toml",
     "--json"),
    ("audit", "folder", "--out", f"o{MILD}", "--fail-on", "never"),
    ("report", "report", "--format", "markdown", "--stdout"),
    ("report", "report", "--format", "csv", "--stdout"),
    ("report", "report", "--format", "sarif", "--stdout"),
    ("report", "report", "--format", "croissant", "--stdout"),
    ("verdicts", "report"),
    ("verdicts", "report", "--json"),
    ("verdicts", "report", "--out", f"v{MILD}.csv"),
    ("explain", "https://site.example/"),
    ("trace", "site.example", "--in", NAME),
    ("trace", "site.example", "--in", NAME, "--format", "json"),
    ("clean", NAME, "--audit", "report", "--to", f"clean{MILD}", "--by", HOSTILE,
     "--reason", HOSTILE),
    ("clean", NAME, "--audit", "report", "--to", "cleaned", "--json"),
    ("gate", "report", "--fail-on", "never"),
    ("gate", "report", "--fail-on", "never", "--json"),
    ("prove", "capture", "2", "--out", f"p{MILD}"),
    ("store", "checkpoint"),
    ("store", "key", f"k{MILD}"),
    ("store", "export", f"e{MILD}"),
    ("store", "restore", f"e{MILD}", "--store", f"r{MILD}.duckdb"),
    ("store", "merge", f"m{MILD}.duckdb", "provisor.duckdb"),
    ("store", "merge", "n.duckdb", "provisor.duckdb", "--json"),
)  # fmt: skip
REFUSED: tuple[tuple[str, ...], ...] = (
    ("blocklist", "check", "kept.txt"),
    ("blocklist", "status", HOSTILE),
    ("import", "captures", "bad.jsonl"),
    ("import", "warc", NAME),
    ("import", "cdx", NAME),
    ("crawl", "--hosts", "hosts.txt", "--contact", HOSTILE),
    ("inspect", HOSTILE, "--recorded"),
    ("audit", NAME, "--out", "other", "--declaration", "broken.toml"),
    ("audit", "no.csv", "--out", "other"),
    ("audit", RAW.decode("utf-8", "surrogateescape"), "--out", "other"),
    ("explain", f"https://site.example/{MILD}"),
    ("audit", "bad.jsonl", "--out", "other"),
    ("audit", NAME, "--out", "other", "--url-column", HOSTILE),
    ("audit", NAME, HOSTILE, "--out", "other"),
    ("agents", "show", HOSTILE),
    ("gate", "report", "--policy", "broken.toml"),
    ("diff", "report", HOSTILE),
    ("accept", HOSTILE, "--reason", HOSTILE, "--until", HOSTILE),
    ("agents", "update", "--from", "agents.json", "--dry-run"),
    ("rules", HOSTILE),
    ("trace", "--works", "kept.txt", "--in", NAME),
    ("store", "restore", HOSTILE, "--store", "x.duckdb"),
    ("store", "timestamp", "kept.txt", "--authority", HOSTILE, "--root", "kept.txt"),
    ("verify", "--checkpoint", "kept.txt"),
    ("verify", "--checkpoint", HOSTILE),
    ("verify", "--store", f"{HOSTILE}.duckdb"),
    (HOSTILE,),
    ("audit", f"--{HOSTILE}"),
)  # fmt: skip


def faults_of(
    words: tuple[str, ...], told: dict[str, bytes], code: object, codes: set[int]
) -> list[str]:
    name = ascii(" ".join(words))[:60]
    found = [
        f"{name} {stream}: {ascii(line)[:200]}"
        for stream, octets in told.items()
        for line in octets.decode("utf-8", "surrogateescape").split("\n")
        if FORBIDDEN.search(line)
    ]
    if code not in codes:
        found.append(f"{name} ended with {code}: {ascii(told['stderr'])[:300]}")
    return found


def test_whatever_is_shown_is_shown_in_plain_signs(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(folder)
    faults = []
    for words in (*SHOWN, *REFUSED):
        monkeypatch.setattr(sys, "argv", ["provisor", *words])
        with pytest.raises(SystemExit) as ended:
            run()
        told = capfdbinary.readouterr()
        codes = {0} if words in SHOWN else {2, 3, 4, 5}
        codes |= {3} if words[:2] == ("blocklist", "check") else set()  # lines of it are refused
        faults += faults_of(
            words, {"stdout": told.out, "stderr": told.err}, ended.value.code, codes
        )

    assert "\n".join(faults) == ""


def test_whatever_is_written_to_be_read_is_written_in_plain_signs(folder: Path) -> None:
    """The reports of the audit above; tables of data (Parquet, CSV rows) stay raw."""
    read = [
        file
        for name in ("report", "cleaned")
        for file in (folder / name).glob("*")
        if file.suffix in {".html", ".json", ".md", ".txt", ".sarif", ".xml"}
    ]
    assert read

    faults = [
        (file.name, ascii(line)[:200])
        for file in read
        for line in file.read_text("utf-8").split("\n")
        if FORBIDDEN.search(line.replace("\t", ""))
    ]

    assert faults == []


def test_what_doctor_looked_at_is_shown_for_what_it_is() -> None:
    checks = (Check("store", HOSTILE, State.SILENT, HOSTILE),)

    for as_json in (True, False):
        lines = doctors_words(checks, as_json=as_json).split("\n")
        # Its own colours, which click takes away where there is no terminal.
        assert [line for line in map(unstyle, lines) if FORBIDDEN.search(line)] == []
