"""Table A at every moment at which it could turn, held against its definition in plain words."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from audit.settings import Limits
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.recording import record_readings
from provenance.records import Capture, Probe, Reading
from provenance.store import writing
from tests.audit.world import ALLOW, GATED, REFUSE_AI, World

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
LIMITS = Limits()
REFUSE_US = "User-agent: CCBot\nDisallow: /\n"
# What a robots.txt said: whether it refused any agent for AI, and whether the one that crawled.
SAID = {
    ALLOW: (False, False),
    REFUSE_AI: (True, False),
    REFUSE_US: (True, True),
    "gone": (False, False),
}
GAPS = [0, 1, 23, 24, 25, 24 * 29, 24 * 30, 24 * 31, 24 * 89, 24 * 90, 24 * 91, 24 * 200]
"""Hours between two observations: on both sides of every limit of Table A."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A robots.txt, and a page of the same moment."""

    at: datetime
    body: str
    gated: bool


def table_a(
    seen: list[tuple[datetime, bool]], lo: datetime, hi: datetime
) -> tuple[bool | None, str]:
    """Return state and basis for an act of [lo, hi), as docs/rules.md defines them."""
    before = [one for one in seen if one[0] <= lo]
    after = [one for one in seen if one[0] >= hi]
    during = {said for at, said in seen if lo < at < hi}
    p, n = before[-1] if before else None, after[0] if after else None
    if during and (len(during) > 1 or p is None or p[1] not in during):
        return (True if (p and p[1]) or True in during else None), "inside_window"
    if p is None:
        return None, "after_only" if n else "never_observed"
    if hi - p[0] <= LIMITS.fresh:
        return p[1], "contemporaneous"
    if n is None:
        if hi - p[0] <= LIMITS.carry:
            return p[1], "carried"
        return p[1] or None, "carried_stale"
    if p[1] != n[1]:
        return True, "changed_between"
    if n[0] - p[0] <= LIMITS.bracket:
        return p[1], "bracketed"
    return p[1] or None, "bracketed_wide"


def histories() -> Iterator[tuple[str, list[Seen]]]:
    """Yield hosts, each with what was seen of it: every gap, and every pair of answers."""
    chance = random.Random(11)  # noqa: S311 (the same each time)
    for number, gap in enumerate([*GAPS[1:], *GAPS[1:]]):
        bodies = list(SAID) + chance.choices(list(SAID), k=2)
        chance.shuffle(bodies)
        bodies = bodies[: 1 + number % 4]
        hours = [0]
        for _ in bodies[1:]:
            hours.append(hours[-1] + (gap if len(hours) % 2 else chance.choice(GAPS[1:])))
        yield (
            f"h{number}.example",
            [
                Seen(BEGIN + timedelta(hours=at), body, gated=chance.random() < 0.5)
                for at, body in zip(hours, bodies, strict=True)
            ],
        )


def moments(seen: list[Seen]) -> set[tuple[datetime, datetime]]:
    """Return acts at, just before and just after every moment at which a state could turn."""
    second = timedelta(seconds=1)
    turns = {
        one.at + more
        for one in seen
        for more in (timedelta(0), LIMITS.fresh, LIMITS.carry, LIMITS.bracket)
    }
    found = {(at + by, at + by) for at in turns for by in (-second, timedelta(0), second)}
    days = {at.replace(hour=0) for at in turns}
    return found | {(day, day + DAY) for day in days}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("around"))
    with writing(world.store) as connection:
        record_readings(connection, "test", list(_readings()), compile_robots=read_robots)
    return world


def _readings() -> Iterator[Reading]:
    for host, seen in histories():
        for one in seen:
            answer = _capture(host, "/robots.txt", Probe.ROBOTS, one)
            yield Reading(answer, *classify(answer))
            signals = (GATED,) if one.gated else ()
            yield Reading(_capture(host, "/a", Probe.PAGE, one), signals=signals)


def _capture(host: str, path: str, probe: Probe, one: Seen) -> Capture:
    gone = probe is Probe.ROBOTS and one.body == "gone"
    return Capture(
        url=f"https://{host}{path}", host=host, path=path, probe=probe, captured_at=one.at,
        method="crawl", status=404 if gone else 200, body=one.body.encode(),
    )  # fmt: skip


def test_robots_and_gates_are_judged_by_what_was_seen_around_each_act(known: World) -> None:
    asked: list[tuple[str, str, Any]] = []
    for host, seen in histories():
        ai, own = ([(one.at, SAID[one.body][which]) for one in seen] for which in (0, 1))
        gates = [(one.at, one.gated) for one in seen]
        for lo, hi in sorted(moments(seen)):
            date = f"{lo:%Y-%m-%d}" if hi > lo else f"{lo:%Y-%m-%dT%H:%M:%SZ}"
            later = [said for at, said in ai if at >= hi][:1] == [True]
            expected = (
                *table_a(ai, lo, hi), *table_a(own, lo, hi), *table_a(gates, lo, hi),
                later and table_a(ai, lo, hi)[1] == "after_only",
            )  # fmt: skip
            asked.append((host, date, expected))

    rows = known.audit(*((f"https://{host}/a", date) for host, date, _ in asked))

    found = [
        (row["robots_ai"], row["robots_ai_basis"], row["robots_self"], row["robots_self_basis"],
         row["gate"], row["gate_basis"], row["robots_later"])
        for row in rows
    ]  # fmt: skip
    wrong = [
        (host, date, expected, said)
        for (host, date, expected), said in zip(asked, found, strict=True)
        if said != expected
    ]
    assert wrong == []
    assert len(asked) > 500
