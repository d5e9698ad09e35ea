"""`provisor inspect` of a file, as its reader sees it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.command import called as provisor

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
# No AI training without permission.
User-agent: GPT-Bot
Disallow: /

User-agent: *
Disallow: /private/
Disallow: /private/a
"""

ENGLISH = """\
https://site.example/a · {time}
robots.txt: parsed, sha256 {digest}…

What robots.txt says about /a
  purpose        agent                        may fetch    group    deciding line
  training       GPTBot                       yes          *

By purpose
  training       0 of 28 refused, 0 of them by name
  dataset        0 of 19 refused, 0 of them by name
  search         0 of 33 refused, 0 of them by name
  user fetch     0 of 26 refused, 0 of them by name
  not known      0 of 4 refused, 0 of them by name

That an agent may fetch a page is no consent to any other use of it.

What each group says, and to whom
   2  speaks to GPT-Bot (not a known agent)
     3  Disallow: / — no page may be fetched
   5  speaks to * (every agent without a group of its own)
     6  Disallow: /private/ — paths that match /private/ may not be fetched
     7  Disallow: /private/a — paths that match /private/a may not be fetched

The page: not seen, so what it says of itself cannot be told

For the author of robots.txt
   1  a comment reserves what no rule states, and no crawler reads comments: \
No AI training without permission.
   2  GPT-Bot is no agent that we know; did you mean GPTBot?
   7  Disallow: /private/a changes nothing: line 6, Disallow: /private/, says the same of more paths

What an audit takes from this
  robots_self: no, asked for by PRV-01, PRV-02, PRV-05, PRV-06, PRV-09
  robots_ai: no (0/47 training and dataset agents refused), asked for by PRV-02, PRV-06, PRV-07, \
PRV-09
  robots_unreachable: no (parsed), asked for by PRV-11
  gate: cannot tell, asked for by PRV-03, PRV-05, PRV-07
  declared: cannot tell, asked for by PRV-07
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "robots.txt"
    path.write_text(FILE)
    return path


def test_a_file_is_explained_to_its_author(file: Path) -> None:
    code, out, err = provisor(
        "inspect", "https://site.example/a", "--file", "robots.txt", "--agent", "GPTBot",
        "--lang", "en", cwd=file.parent,
    )  # fmt: skip
    head, _, rest = out.partition("\n")

    assert (code, err) == (0, "")
    expected = ENGLISH.format(time=head.partition(" · ")[2], digest=rest.split()[3][:-1])
    assert out == expected


def test_it_is_explained_in_japanese_where_that_is_asked_for(file: Path) -> None:
    _, out, _ = provisor("inspect", "robots.txt", cwd=file.parent, LC_ALL="ja_JP.UTF-8")

    assert "   2  GPT-Bot は既知のクローラーではありません。GPTBot のことですか\n" in out
    assert "  学習           28 件中 0 件を拒否(うち名指し 0 件)\n" in out


def test_no_colour_goes_into_a_file(file: Path) -> None:
    _, out, _ = provisor("inspect", "robots.txt", cwd=file.parent)

    assert "\x1b" not in out


def test_json_holds_codes_and_not_sentences(file: Path) -> None:
    _, out, _ = provisor("inspect", "robots.txt", "--json", "--lang", "ja", cwd=file.parent)
    found = json.loads(out)

    assert [(one["line"], one["code"]) for one in found["lints"]] == [
        (1, "comment-reserves"),
        (2, "unknown-agent-near"),
        (7, "covered"),
    ]
    assert found["groups"][0]["agents"] == [
        {"token": "GPT-Bot", "line": 2, "purpose": "", "is_ours": False}
    ]
    assert datetime.fromisoformat(found["captured_at"]).utcoffset() == timedelta(0)
    assert "T" in found["captured_at"]
    assert [(one["name"], one["value"]) for one in found["facts"]] == [
        ("robots_ai", "no"),
        ("robots_unreachable", "no"),
        ("gate", "unknown"),
        ("declared", "unknown"),
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!DOCTYPE html><title>Not found", "What came is not robots.txt"),
        (b"\xff\xfeU\x00", "What came is not robots.txt"),
        (b"User-agent: *\nDisallow: /\x1b[2J\x1b]0;x\x07\n", "Disallow: /%1B[2J%1B]0;x%07"),
        ("User-agent: \u202etoBTPG\nDisallow: /\n".encode(), "\\u{202e}toBTPG"),
    ],
)
def test_a_hostile_file_is_shown_and_not_obeyed(body: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "robots.txt").write_bytes(body)

    code, out, _ = provisor("inspect", "robots.txt", "--lang", "en", cwd=tmp_path)

    assert code == 0
    assert said in out
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "nothing to inspect; name a HOST, a URL or a FILE"),
        (("robots.txt", "--history"), 2, "a file has no past in the store"),
        (("--file", "missing.txt"), 2, "'missing.txt' does not exist"),
        (("a b", "--recorded"), 2, "is no web address"),
        (("site.example",), 2, "inspect: no file 'site.example', and for a visit of that host no"),
        (("https://site.example/",), 2, "inspect: no contact for the site's owner; set --contact"),
        (("site.example", "--recorded"), 4, "there is no store here"),
    ],
)
def test_wrong_input_is_no_inspection(
    words: tuple[str, ...], code: int, said: str, file: Path
) -> None:
    ended, out, err = provisor("inspect", *words, cwd=file.parent)

    assert (ended, out) == (code, "")
    assert said in err
