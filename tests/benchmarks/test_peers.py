"""Side by side with peers: differences have a cause or stop the speed, and installing may fail."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.peers import headers, lists, robots
from benchmarks.peers.asking import DONE, Peer, PeerFailed, installed
from benchmarks.peers.comparing import UNEXPLAINED, Cause, Comparison, Part, compared, table

if TYPE_CHECKING:
    from collections.abc import Callable


class Stub:
    """A peer by a rule of its own."""

    def __init__(self, refuses: Callable[[Any], bool]) -> None:
        self.refuses = refuses
        self.rows: list[Any] = []

    def load(self, given: dict[str, Any]) -> None:
        self.rows = given["rows"]

    def verdicts(self) -> list[bool]:
        return [self.refuses(row) for row in self.rows]

    def seconds(self) -> float:
        return 0.5


def part(rows: list[str], verdicts: list[bool | None]) -> Part:
    lowered = Cause("capitals", lambda some: {"rows": [rows[row].lower() for row in some]})
    return Part(
        "lists", "stub 1", ("stub==1",), {"rows": rows}, lambda: verdicts, lambda found: found, (lowered,)
    )  # fmt: skip


def test_a_difference_is_counted_by_the_rewriting_that_mends_it() -> None:
    rows = ["bad", "BAD", "good", "unseen"]
    found = compared(part(rows, [True, True, False, None]), Stub(lambda row: row == "bad"))

    assert (found.rows, found.compared, found.different) == (4, 3, 1)
    assert found.causes == {"capitals": 1}
    assert found.speed is not None
    assert found.speed[0] == 8


def test_no_speed_is_quoted_while_a_difference_is_unexplained() -> None:
    a_part = part(["bad", "good"], [True, True])
    found = compared(a_part, Stub(lambda row: row == "bad"))

    assert found.causes == {UNEXPLAINED: 1}
    assert found.speed is None
    assert "no speed" in table([(a_part, found)])


def test_the_table_has_a_peer_that_failed_in_its_own_words_and_the_others() -> None:
    a_part = part([], [])
    shown = table(
        [(a_part, "No matching distribution"), (a_part, Comparison(9, 9, theirs_s=1, ours_s=0.5))]
    )

    assert "not compared: No matching distribution" in shown
    assert "2.00" in shown.splitlines()[-1]


def test_an_environment_that_is_there_is_used_again_and_pip_is_quoted(tmp_path: Path) -> None:
    (tmp_path / DONE).write_text("stub==1", "utf-8")

    assert installed(tmp_path, ["stub==1"]) == tmp_path / "bin" / "python"
    with pytest.raises(PeerFailed, match=r"(?i)no-such-file"):
        installed(tmp_path / "other", ["--no-index", f"{tmp_path}/no-such-file.whl"])


def test_a_peer_that_cannot_be_imported_is_quoted(tmp_path: Path) -> None:
    with (
        Peer(Path(sys.executable), "robots", tmp_path) as peer,
        pytest.raises(PeerFailed, match="No module named 'url_checker'"),
    ):
        peer.load({"robots": {}, "rows": []})


def test_robots_are_judged_where_a_host_was_observed(tmp_path: Path) -> None:
    found = robots.part(tmp_path, 400)
    verdicts = found.refused(found.judge())

    assert len(verdicts) == len(found.given["rows"]) == 400
    assert {True, False, None} == set(verdicts)


@pytest.mark.parametrize(
    ("rewriting", "text"),
    [
        (robots.as_read, "User-agent: applebot\nDisallow: /a\n"),
        (robots.deciding_rules, "User-agent: GPTBot\nDisallow:\n"),
    ],
)
def test_a_body_is_written_as_our_reader_has_it(rewriting: robots.Rewriting, text: str) -> None:
    body = "\ufeffUser-agent: Applebot/2\nDisallow: /a\nUser-agent: *\nDisallow:\n"

    assert text in rewriting(body, "https://site.example/a")
    assert "Disallow: /a" not in robots.each_agent(body, "")
    assert "*" not in robots.without_star(body, "")


def test_names_and_pages_of_a_list_meet_rows(tmp_path: Path) -> None:
    found = lists.part(tmp_path, 600, 100)
    verdicts = found.refused(found.judge())

    assert len(found.given["names"]) == len(found.given["urls"]) == 50
    assert {True, False} == set(verdicts)


@pytest.mark.parametrize(
    ("change", "url"),
    [
        (lists.plain, "https://www.site1.com/A?b"),
        (lists.without_www, "https://WWW.Site1.com:443/A?b"),
        (
            lambda url: lists.at_listed(lists.plain(url), frozenset({"site1.com"})),
            "https://site1.com/A?b",
        ),
        (lambda url: lists.with_www(lists.plain(url)), "https://www.site1.com/A?b"),
    ],
)
def test_an_address_is_rewritten_at_its_host_alone(change: Callable[[str], str], url: str) -> None:
    assert change("https://WWW.Site1.com:443/A?b") == url


def test_headers_are_read_for_everybody_and_rewritten() -> None:
    found = headers.part(2_000)
    verdicts = found.refused(found.judge())
    odd: headers.Header = (("x-robots-tag", "otherbot: NoML, noai"), ("X-Robots-Tag", "noindex"))

    assert {True, False} == set(verdicts)
    assert headers.joined(headers.named(odd)) == (
        ("X-Robots-Tag", "otherbot: NoML, noai, noindex"),
    )
    assert headers.known(headers.small(headers.named(odd[:1])))[0][1] == "otherbot: noai, noai"
    assert headers.scoped(headers.named(odd[:1]))[0][1] == "otherbot: NoML,otherbot: noai"
