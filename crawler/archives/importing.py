"""Bringing past captures into the store: a file is checked whole before its first line is kept."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.archives.reading import captures_of
from crawler.robots.lines import robots_lines
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.defaults import VERSION, WAIT_S
from provenance.errors import InputRefused
from provenance.many import many
from provenance.progress import progress
from provenance.recording import body_digest, record_readings, record_run
from provenance.records import Outcome, Reading
from provenance.sealed import names_beside, unnamed
from provenance.store import writing
from provenance.suffixes import place
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from provenance.records import Capture
    from provenance.sealed import SealedNames

_BATCH = 1000
_BATCH_OCTETS = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to; `captures` = `new` + `known`."""

    file: str
    captures: int
    new: int
    known: int
    """Already in the store: the same exchange counts once."""
    hosts: int
    outcomes: dict[str, int]
    """Captures by outcome: parsed, unavailable, unreachable, unreadable."""


def import_captures(
    store: Path, file: Path, *, wait_s: float = WAIT_S, say: Callable[[str], None] = lambda _: None
) -> Imported:
    """Read the captures of *file* into the store at *store*.

    Raises:
        InputRefused: a line is wrong; nothing of the file was kept.
        StoreError: the store cannot be written; importing again continues where it stopped.
    """
    begun = file.stat().st_mtime_ns if file.exists() else 0
    names = names_beside(store)
    neighbours = _Neighbours.of(_unsealed(file, names))
    run_id, started_at = uuid.uuid4().hex, datetime.now(UTC)
    new, outcomes = 0, dict.fromkeys(map(str, Outcome), 0)
    readings = (_reading(capture, neighbours) for capture in _unsealed(file, names))
    with progress(f"import {file.name}", neighbours.captures) as advance:
        while batch := _batch(readings):
            with writing(store, wait_s=wait_s, say=say) as connection:
                record_run(
                    connection,
                    run_id=run_id,
                    kind="import",
                    started_at=started_at,
                    settings={"file": file.name},
                    version=VERSION,
                )
                new += record_readings(connection, run_id, batch, compile_robots=read_robots)
            for reading in batch:
                outcomes[str(reading.outcome)] += 1
            advance(len(batch))
    if file.stat().st_mtime_ns != begun:
        fact = f"it changed while it was read; {many(new, 'new capture')} kept"
        raise InputRefused(str(file), fact, "import the finished file again")
    known = neighbours.captures - new
    return Imported(str(file), neighbours.captures, new, known, neighbours.hosts, outcomes)


def _unsealed(file: Path, names: SealedNames | None) -> Iterator[Capture]:
    """Yield the captures of *file*; those that a sealed list names are as if not there."""
    return (one for one in captures_of(file) if unnamed(names, one.url, *one.hops))


def _batch(readings: Iterator[Reading]) -> list[Reading]:
    """Return the next readings: so many, and not many more octets than are held at once."""
    batch: list[Reading] = []
    octets = 0
    while len(batch) < _BATCH and octets < _BATCH_OCTETS:
        reading = next(readings, None)
        if reading is None:
            break
        batch.append(reading)
        octets += len(reading.capture.body or b"")
    return batch


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """What else a file holds: a body may have slipped from one host to the next."""

    captures: int
    hosts: int
    bodies: dict[str, dict[str | None, set[datetime]]]
    """By site, each digest with the times at which it was captured."""

    @classmethod
    def of(cls, captures: Iterable[Capture]) -> _Neighbours:
        bodies: dict[str, dict[str | None, set[datetime]]] = defaultdict(lambda: defaultdict(set))
        hosts: set[str] = set()
        count = 0
        for capture in captures:
            count += 1
            hosts.add(capture.host)
            bodies[_site(capture)][body_digest(capture.body)].add(capture.captured_at)
        return cls(count, len(hosts), dict(bodies))


def _reading(capture: Capture, neighbours: _Neighbours) -> Reading:
    outcome, reason = classify(capture)
    if outcome is Outcome.PARSED:
        whose = _whose_body(capture, neighbours)
        if whose:
            return Reading(capture, Outcome.UNREADABLE, f"body of another site: {whose}")
    return Reading(capture, outcome, reason)


def _whose_body(capture: Capture, neighbours: _Neighbours) -> str:
    """Return the site whose robots.txt this is, if it is another one's in the same file.

    A list of captures made host after host can slip by a line. The body then names the other site
    in its Sitemap lines and not its own, and is what that site was captured with at other times,
    but not at this one. Where both hold it at the same time, one redirects to the other, and the
    body is right for both.
    """
    named = set(_sitemap_sites(capture.body or b""))
    if not named or _site(capture) in named:
        return ""
    digest = body_digest(capture.body)
    for site in sorted(named):
        times = neighbours.bodies.get(site, {}).get(digest)
        if times and capture.captured_at not in times:
            return site
    return ""


def _sitemap_sites(body: bytes) -> Iterator[str]:
    for line in robots_lines(body):
        if line.field == "sitemap":
            try:
                yield place(address(line.value).host).site
            except NotAnAddress:
                continue


def _site(capture: Capture) -> str:
    return place(address(capture.url).host).site
