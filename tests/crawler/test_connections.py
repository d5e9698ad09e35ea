"""Connections that wait for their next request: one of a host, for a while, while they stand."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from crawler.connections import KEPT_S, Idle

ONE = ("https", "one.example", "192.0.2.1")
OTHER = ("https", "other.example", "192.0.2.1")


@dataclass(eq=False)
class Line:
    """A connection, as far as those that wait are asked."""

    state: str = "QUIESCENT"
    closed: list[str] = field(default_factory=list)

    @property
    def transport(self) -> Line:
        return self

    def loseConnection(self) -> None:  # noqa: N802 (Twisted's)
        self.closed.append("politely")


def test_a_connection_is_used_again_once_and_for_its_own_host_only() -> None:
    idle, line = Idle(9), Line()
    idle.put(ONE, line)

    assert idle.take(OTHER) is None
    assert idle.take(ONE) is line
    assert idle.take(ONE) is None
    assert line.closed == []


def test_one_that_the_server_closed_is_not_used() -> None:
    idle = Idle(9)
    idle.put(ONE, Line(state="CONNECTION_LOST"))

    assert idle.take(ONE) is None


def test_a_second_one_of_a_host_takes_the_place_of_the_first() -> None:
    idle, first, second = Idle(9), Line(), Line()
    idle.put(ONE, first)
    idle.put(ONE, second)

    assert idle.take(ONE) is second
    assert first.closed == ["politely"]


def test_of_too_many_the_one_that_waited_longest_is_hung_up() -> None:
    idle, lines = Idle(2), [Line() for _ in range(3)]
    keys = [("https", f"{number}.example", "192.0.2.1") for number in range(3)]
    for key, line in zip(keys, lines, strict=True):
        idle.put(key, line)

    assert [idle.take(key) for key in keys] == [None, *lines[1:]]
    assert [line.closed for line in lines] == [["politely"], [], []]


@pytest.mark.parametrize(("waited", "used"), [(KEPT_S - 1, True), (KEPT_S + 1, False)])
def test_one_that_waited_too_long_is_hung_up(
    monkeypatch: pytest.MonkeyPatch, waited: float, *, used: bool
) -> None:
    idle, line, now = Idle(9), Line(), [100.0]
    monkeypatch.setattr("crawler.connections.time.monotonic", lambda: now[0])
    idle.put(ONE, line)
    now[0] += waited

    assert (idle.take(ONE) is line) is used
    assert line.closed == ([] if used else ["politely"])
