"""What a version changes, and when another person has to look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blocklists.reviewing import waiting
from blocklists.versions import difference, difference_of_versions
from provenance.errors import UsageRefused
from provenance.store import reading
from tests.blocklists.lists import Lists

if TYPE_CHECKING:
    from pathlib import Path


def names(count: int, first: int = 0) -> list[str]:
    return [f"s{number}.example" for number in range(first, first + count)]


@pytest.mark.parametrize(
    ("kept", "removed", "added", "asks"),
    [
        (0, 0, 500, False),  # a first version
        (0, 49, 49, False),  # few, though all of it
        (300, 49, 0, False),
        (151, 49, 0, False),  # 24.5 %
        (201, 0, 50, False),  # 24.9 %
        (149, 50, 0, True),
        (150, 50, 0, True),
        (200, 0, 50, True),
        (0, 50, 50, True),
        (1000, 0, 249, False),
        (1000, 0, 250, True),
    ],
)
def test_a_quarter_and_at_least_fifty_have_to_be_confirmed(
    kept: int, removed: int, added: int, *, asks: bool
) -> None:
    before, now = names(kept + removed), [*names(kept), *names(added, 5000)]

    assert difference(before, now).needs_confirmation is asks


def test_real_versions_differ_as_their_history_says(tmp_path: Path, shared_data: Path) -> None:
    lists, folder = Lists(tmp_path), shared_data / "12-blocklists" / "versions"
    texts = [
        (folder / f"nextdns-streaming-video.v{number}.txt").read_text("utf-8").splitlines()
        for number in (1, 2, 3)
    ]
    # The title line of the first is no entry: of the one line that went, no entry did.
    first = lists.hand_in("2026-01-01", *texts[0], skip_refused=True)
    second = lists.hand_in("2026-02-01", *texts[1])
    assert (first.entries, first.refused, first.change) == (623, 1, "")
    assert (second.change, second.held, second.status) == ("+304 -0, 623 kept", True, "received")
    assert len(lists.standings("2026-02-02")) == 927
    assert sum(one.state == "accepted" for one in lists.standings()) == 623

    confirmed = lists.hand_in("2026-02-03", *texts[1], confirmed_by="B. Ito", note="a merge")
    third = lists.hand_in("2026-03-01", *texts[2])

    assert (confirmed.held, confirmed.version) == (False, 2)
    assert f"{confirmed.received_at:%Y-%m-%d}" == "2026-02-01"
    assert (third.change, third.held, third.status) == ("+136 -22, 905 kept", False, "accepted")
    states = list(lists.states().values())
    # One of them is a university's archive, wrongly listed: it waits for a second person.
    assert (states.count("accepted"), states.count("quarantined")) == (1040, 1)
    assert (states.count("superseded"), len(states)) == (22, 1063)
    with reading(lists.store) as connection:
        change, told = difference_of_versions(connection, "press/comics", 2, 3)
        assert (str(change), len(told)) == ("+136 -22, 905 kept", 158)
        waits = waiting(connection)
        assert [(one.target, one.reason) for one in waits.entries] == [
            ("diva.sfsu.edu", "official")
        ]
        assert waits.versions == []
        with pytest.raises(UsageRefused, match="there is no version 9 here"):
            difference_of_versions(connection, "press/comics", 2, 9)


def test_a_version_that_waits_is_received_once_and_counts_from_then(tmp_path: Path) -> None:
    lists = Lists(tmp_path)
    lists.hand_in("2026-01-01", *names(100))
    lists.hand_in("2026-01-02", *names(100, 1000))
    again = lists.hand_in("2026-01-03", *names(100, 1000))

    assert (again.already, again.held, f"{again.received_at:%d}") == (True, True, "02")
    with reading(lists.store) as connection:
        (version,) = waiting(connection).versions
    assert (version.version, version.change) == (2, "+100 -100, 0 kept")
    with pytest.raises(UsageRefused, match="press kk hands it in and cannot confirm it"):
        lists.hand_in("2026-01-04", *names(100, 1000), confirmed_by="press kk")
    lists.hand_in("2026-01-05", *names(100, 1000), confirmed_by="B. Ito")

    assert ("s0.example", "yes", "superseded", "2026-01-01", "2026-01-05") in lists.periods()
    assert ("s1000.example", "yes", "accepted", "2026-01-02", None) in lists.periods()
    assert lists.states("2026-01-04")["s0.example"] == "accepted"
    assert lists.states("2026-01-04")["s1000.example"] == "received"
