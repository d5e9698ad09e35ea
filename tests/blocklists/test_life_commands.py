"""The life of an entry, as it is typed and read."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.command import called as provisor

if TYPE_CHECKING:
    from pathlib import Path

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
LIST = "press/comics"


def told(folder: Path, *words: str, code: int = 0) -> str:
    """Run `provisor blocklist` and return what it says, with times and ids taken out."""
    found, output, errors = provisor("blocklist", *words, cwd=folder, PROVISOR_STORE="s.duckdb")
    assert found == code, errors
    text = TIME.sub("TIME", output or errors)
    return re.sub(r"[0-9a-f]{64}", "SHA", re.sub(r"\b[0-9a-f]{12}\b", "ID", text))


@pytest.fixture
def received(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text("a.example\nb.example\nwikipedia.org\n", "utf-8")
    (tmp_path / "two.txt").write_text("b.example\nc.example\nwikipedia.org\n", "utf-8")
    told(tmp_path, "import", "one.txt", "--list-id", LIST, "--submitter", "Press KK")
    return tmp_path


def test_a_version_tells_what_it_changes_and_what_waits(received: Path) -> None:
    text = told(received, "import", "two.txt", "--list-id", LIST, "--submitter", "Press KK")

    assert text == (
        "list       press/comics version 2\n"
        "received   TIME, from Press KK\n"
        "entries    3\n"
        "status     accepted\n"
        "file       sha256 SHA\n"
        "changes    +1 -1, 2 kept\n"
        "held back  1: see blocklist review\n"
    )
    assert told(received, "diff", LIST, "1", "2") == (
        "press/comics 1 to 2: +1 -1, 2 kept\n+ c.example\n- a.example\n"
    )
    assert told(received, "status") == (
        "LIST          SUBMITTER  ENTRIES  STATES\n"
        "press/comics  Press KK   4        1 quarantined, 2 accepted, 1 superseded\n"
        "waiting for a person: 1, see `provisor blocklist review`\n"
    )


def test_what_waits_is_shown_and_decided(received: Path) -> None:
    assert told(received, "review") == (
        f"LIST          ENTRY          SCOPE   STATE        {'WHY':35}  {'SINCE':20}  SUBMITTER\n"
        "press/comics  wikipedia.org  domain  quarantined  many owners publish below this name"
        "  TIME  Press KK\n"
    )
    assert told(received, "decide", LIST, "--all", "--outcome", "rejected", "--by", "Ito") == (
        "press/comics: 1 entry rejected by Ito\n"
    )
    assert told(received, "review") == "no entry waits\n"


def test_a_list_that_nobody_has_verified_waits_as_well(received: Path) -> None:
    told(received, "decide", LIST, "--all", "--outcome", "rejected", "--by", "Ito")
    told(
        received, "import", "two.txt", "--list-id", "shop/sites", "--submitter", "Shop KK",
        "--unverified",
    )  # fmt: skip

    assert told(received, "review").splitlines()[0] == (
        "shop/sites: nobody has verified this list, entries that wait: 3; decide on them with"
        " `provisor blocklist decide`"
    )
    assert told(
        received, "decide", "shop/sites", "--all", "--outcome", "accepted", "--by", "Ito",
        "--own", "b.example",
    ) == (
        "shop/sites: 1 entry accepted by Ito\nheld back 2: see blocklist review\n"
    )  # fmt: skip
    names = ("wikipedia.org", "b.example")
    told(received, "decide", "shop/sites", *names, "--outcome", "accepted", "--by", "Ito")
    assert told(received, "review") == "no entry waits\n"


def test_an_entry_is_disputed_upheld_and_withdrawn(received: Path) -> None:
    told(received, "dispute", LIST, "a.example", "--by", "Shop KK", "--note", "ours")
    told(received, "decide", LIST, "a.example", "--outcome", "upheld", "--by", "Ito")
    text = told(
        received, "withdraw", LIST, "a.example", "--cause", "cured", "--by", "press kk"
    )  # fmt: skip

    assert text == "press/comics: 1 entry withdrawn (cured) by press kk\n"
    lines = told(received, "history", LIST, "a.example").splitlines()
    assert [line.split()[1:4] for line in lines[2:]] == [
        ["received", "-", "Press"],
        ["accepted", "-", "Press"],
        ["disputed", "-", "Shop"],
        ["upheld", "-", "Ito"],
        ["withdrawn", "cured", "press"],
    ]
    found = json.loads(told(received, "status", "a.example", "--json"))
    assert [(one["state"], one["reason"], one["backing"]) for one in found] == [
        ("withdrawn", "cured", None)
    ]


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        (("withdraw", LIST, "a.example", "--cause", "error", "--by", "Other"),
         "press/comics: a.example is accepted and cannot be withdrawn"),
        (("withdraw", LIST, "--cause", "error", "--by", "Press KK"),
         "withdraw: which entries is not said"),
        (("withdraw", "no/list", "--all", "--cause", "error", "--by", "Press KK"),
         "no/list: there is no such list here"),
        (("dispute", LIST, "--by", "Shop", "--note", "x"), "dispute: no entry is named"),
        (("decide", LIST, "--all", "--outcome", "accepted", "--by", "Press KK"),
         "press/comics: Press KK handed it in and cannot decide on it"),
        (("status", "nothing.example"), "nothing.example: nothing here is called that"),
        (("diff", LIST, "1", "7"), "press/comics: there is no version 7 here"),
        (("import", "two.txt", "--list-id", LIST, "--submitter", "Other"),
         "press/comics: it is the list of Press KK, not of Other"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_and_changes_nothing(
    received: Path, words: tuple[str, ...], fact: str
) -> None:
    before = told(received, "status", "--json")

    assert told(received, *words, code=2).startswith(f"provisor: error: {fact}; ")
    assert told(received, "status", "--json") == before


def test_statistics_count_what_became_of_entries(received: Path) -> None:
    (received / "other.txt").write_text("a.example\n", "utf-8")
    told(received, "import", "other.txt", "--list-id", "studio/films", "--submitter", "Studio")
    told(received, "withdraw", LIST, "b.example", "--cause", "error", "--by", "Press KK")

    found = json.loads(told(received, "stats", "--json"))

    assert [
        (one["submitter"], one["entries"], one["standing"], one["corroborated"],
         one["quarantined"], one["withdrawn_as_error"], one["error_share"])
        for one in found
    ] == [("Press KK", 3, 1, 1, 1, 1, 0.3333), ("Studio", 1, 1, 1, 0, 0, 0.0)]  # fmt: skip
    (backed, _) = json.loads(told(received, "status", "a.example", "--json"))
    assert backed["backing"] == "corroborated"


def test_preview_and_sync_tell_what_came_of_it(received: Path) -> None:
    (received / "rows.csv").write_text("url\nhttps://x.a.example/1\nhttps://c.example/\n", "utf-8")
    (received / "sources.toml").write_text(
        '[[source]]\nlist_id = "studio/films"\nsubmitter = "Studio"\npath = "two.txt"\n'
        '[[source]]\nlist_id = "gone/list"\nsubmitter = "Gone"\nurl = "http://127.0.0.1/x"\n',
        "utf-8",
    )

    assert told(received, "preview", "one.txt", "--manifest", "rows.csv") == (
        "1 of 2 rows named, by 1 of 3 entries\n"
        "ENTRY      ROWS  HOSTS        FOR INSTANCE\n"
        "a.example  1     1      wide  https://x.a.example/1\n"
    )
    assert told(received, "sync", "sources.toml", code=6) == (
        f"LIST          OUTCOME  {'WHAT CAME OF IT':33}  SOURCE\n"
        "studio/films  found    version 1, 3 entries, 1 held back  two.txt\n"
        f"gone/list     failed   {'not https':33}  http://127.0.0.1/x\n"
    )
