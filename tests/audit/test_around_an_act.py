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
from tests.audit.world import ALLOW, GATED, REFUSE_AI, RESERVED, World

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
    """A robots.txt, a page and a file of one moment."""

    at: datetime
    body: str
    gated: bool
    declared: bool


@dataclass(frozen=True, slots=True)
class Host:
    """What was seen of a host, and when it did not answer; and when it was listed, if it was."""

    name: str
    seen: list[Seen]
    failed: list[datetime]
    received: datetime | None
    published: datetime | None


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


def hosts() -> Iterator[Host]:
    """Yield hosts: every gap, every pair of answers, and two answers of one moment."""
    chance = random.Random(11)  # noqa: S311 (the same each time)
    for number, gap in enumerate([*GAPS, *GAPS[1:]]):
        bodies = list(SAID) + chance.choices(list(SAID), k=2)
        chance.shuffle(bodies)
        bodies = bodies[: 1 + number % 4] if gap else [REFUSE_US, ALLOW]
        hours = [0]
        for _ in bodies[1:]:
            hours.append(hours[-1] + (gap if len(hours) % 2 else chance.choice(GAPS[1:])))
        seen = [
            Seen(BEGIN + timedelta(hours=at), body, chance.random() < 0.5, chance.random() < 0.5)
            for at, body in zip(hours, bodies, strict=True)
        ]
        received = BEGIN + timedelta(hours=gap // 2) if number % 3 == 1 else None
        yield Host(
            f"h{number}.example",
            seen,
            failed=[BEGIN + timedelta(hours=gap) * part / 2 for part in range(number % 4)],
            received=received,
            published=received and BEGIN - DAY * (number % 5) + timedelta(hours=gap),
        )


def in_order(seen: list[Seen]) -> list[Seen]:
    """Of two answers of one moment the one that refuses more comes last, and is in force."""
    return sorted(seen, key=lambda one: (one.at, SAID[one.body]))


def moments(host: Host) -> set[tuple[datetime, datetime]]:
    """Return acts at, just before and just after every moment at which a state could turn."""
    second = timedelta(seconds=1)
    limits = (timedelta(0), LIMITS.fresh, LIMITS.carry, LIMITS.bracket)
    turns = {one.at + more for one in host.seen for more in limits}
    turns |= {at + more for at in host.failed for more in limits[:2]}
    turns |= {at for at in (host.received, host.published) if at}
    found = {(at + by, at + by) for at in turns for by in (-second, timedelta(0), second)}
    days = {at.replace(hour=0, minute=0) for at in turns}
    return found | {(day, day + DAY) for day in days}


def expected(host: Host, lo: datetime, hi: datetime) -> dict[str, Any]:
    """Return the facts of an act, as docs/rules.md defines them."""
    seen = in_order(host.seen)
    ai, own = ([(one.at, SAID[one.body][which]) for one in seen] for which in (0, 1))
    gate = table_a([(one.at, one.gated) for one in host.seen], lo, hi)
    page = table_a([(one.at, False) for one in host.seen], lo, hi)
    declared = [(one.at, one.declared) for one in host.seen]
    site = table_a(declared, lo, hi) if any(said for _, said in declared) else page
    following = next((one for one in seen if one.at >= hi), None)
    first = table_a(ai, lo, hi)[1] == "after_only"
    return {
        "robots_ai": table_a(ai, lo, hi)[0], "robots_ai_basis": table_a(ai, lo, hi)[1],
        "robots_self": table_a(own, lo, hi)[0], "robots_self_basis": table_a(own, lo, hi)[1],
        "robots_later": bool(first and following and SAID[following.body][0]),
        "robots_unreachable": unreachable(host, lo, hi),
        "gate": gate[0], "gate_basis": gate[1],
        "gate_later": bool(first and following and following.gated),
        "declared": site[0], "declared_basis": site[1],
        "declared_later": bool(first and following and following.declared),
        "listed": host.received is not None, "known": known_at(host.received, lo, hi),
        "published_before": host.published is not None and host.published < lo,
    }  # fmt: skip


def unreachable(host: Host, lo: datetime, hi: datetime) -> bool:
    """Whether a failure of the last day, or during the act, was not settled by a copy of a day."""
    for failed in host.failed:
        near = lo - LIMITS.fresh <= failed and (failed < hi or failed == lo)
        copies = [one.at for one in host.seen if one.at <= max(failed, lo)]
        if near and not any(failed - LIMITS.fresh <= at for at in copies):
            return True
    return False


def known_at(received: datetime | None, lo: datetime, hi: datetime) -> str | None:
    if received is None:
        return None
    return "before" if received < lo else "during" if received < hi else "after"


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("around"))
    with writing(world.store) as connection:
        record_readings(connection, "test", list(_readings()), compile_robots=read_robots)
    for host in hosts():
        if host.received:
            moments = (str(one)[:19] if one else None for one in (host.received, host.published))
            received, published = moments
            world.listed(str(received), host=host.name, published=published)
    return world


def _readings() -> Iterator[Reading]:
    for host in hosts():
        for one in host.seen:
            status = 404 if one.body == "gone" else 200
            yield _robots(host.name, one.at, one.body, status)
            page = _capture(host.name, "/a", Probe.PAGE, one.at, b"page")
            yield Reading(page, signals=(GATED,) if one.gated else ())
            file = _capture(host.name, "/.well-known/tdmrep.json", Probe.FILE, one.at, b"file")
            yield Reading(file, signals=(RESERVED,) if one.declared else ())
        for at in host.failed:
            yield _robots(host.name, at, "", 503)


def _robots(host: str, at: datetime, body: str, status: int) -> Reading:
    answer = _capture(host, "/robots.txt", Probe.ROBOTS, at, body.encode(), status)
    return Reading(answer, *classify(answer))


def _capture(
    host: str, path: str, probe: Probe, at: datetime, body: bytes, status: int = 200
) -> Capture:
    return Capture(
        url=f"https://{host}{path}", host=host, path=path, probe=probe, captured_at=at,
        method="crawl", status=status, body=body,
    )  # fmt: skip


def test_every_fact_is_judged_by_what_was_seen_around_the_act(known: World) -> None:
    asked = [(host, *act) for host in hosts() for act in sorted(moments(host))]
    dates = [f"{lo:%Y-%m-%d}" if hi > lo else f"{lo:%Y-%m-%dT%H:%M:%SZ}" for _, lo, hi in asked]

    rows = known.audit(
        *((f"https://{host.name}/a", date) for (host, *_), date in zip(asked, dates, strict=True))
    )

    wrong = [
        (host.name, date, differing)
        for row, date, (host, *act) in zip(rows, dates, asked, strict=True)
        if (differing := _differing(expected(host, *act), row))
    ]
    assert wrong == []
    assert len(asked) > 800


def _differing(facts: dict[str, Any], row: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what is expected and what was found, of each fact of which the two are not the same."""
    return {name: (said, row[name]) for name, said in facts.items() if row[name] != said}
