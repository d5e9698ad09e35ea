"""Bringing index rows into the store: that something was answered, with which status, and when.

Of a page the status may be a gate (401, 402, 403, 451 …). Of a robots.txt it is an answer where no
rules were served; a row with 200 says that there were rules, not which, and is passed over: the
WARC has them, and "could not tell" must not stand in their way.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.archives.probes import probe_of
from crawler.archives.reading import rows_of
from crawler.pages import page_signals
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.defaults import VERSION, WAIT_S
from provenance.errors import InputRefused
from provenance.progress import progress
from provenance.recording import record_readings, record_run
from provenance.records import Capture, Outcome, Probe, Reading
from provenance.sealed import names_beside, unnamed
from provenance.store import writing
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crawler.archives.index_rows import IndexRow
    from provenance.sealed import SealedNames

_BATCH = 5000
_CLOCKS_DIFFER = timedelta(days=1)
_REDIRECTS = range(300, 400)
_OK = range(200, 300)


@dataclass(frozen=True, slots=True)
class ImportedIndex:
    """What an import came to; `rows` = `new` + `known` + all that was skipped."""

    file: str
    rows: int
    captures: int
    new: int
    known: int
    skipped: dict[str, int]
    """Rows that tell nothing, by why."""
    outcomes: dict[str, int]


def import_index(
    file: Path, store: Path, *, wait_s: float = WAIT_S, say: Callable[[str], None] = lambda _: None
) -> ImportedIndex:
    """Read the rows of *file* into the store at *store*.

    Raises:
        InputRefused: it is no index, or a line is wrong; the rows before it are kept.
        StoreError: the store cannot be written; importing again goes on.
    """
    skipped: Counter[str] = Counter()
    outcomes = dict.fromkeys(map(str, Outcome), 0)
    captures = new = 0
    run_id, started_at = uuid.uuid4().hex, datetime.now(UTC)
    readings = _readings(file, skipped, names_beside(store))
    with progress(f"import {file.name}", None) as advance:
        while batch := [one for _, one in zip(range(_BATCH), readings, strict=False)]:
            with writing(store, wait_s=wait_s, say=say) as connection:
                record_run(
                    connection, run_id=run_id, kind="import", started_at=started_at,
                    settings={"file": file.name}, version=VERSION,
                )  # fmt: skip
                new += record_readings(connection, run_id, batch, compile_robots=read_robots)
            captures += len(batch)
            for one in batch:
                if one.outcome is not None:
                    outcomes[str(one.outcome)] += 1
            advance(len(batch))
    rows = captures + sum(skipped.values())
    return ImportedIndex(
        str(file), rows, captures, new, captures - new, dict(sorted(skipped.items())), outcomes
    )


def _readings(file: Path, skipped: Counter[str], names: SealedNames | None) -> Iterator[Reading]:
    for row in rows_of(file):
        capture = _capture(row, file.name, skipped)
        if capture is None:
            continue
        if not unnamed(names, capture.url, *capture.hops):
            skipped["sealed"] += 1
            continue
        if capture.probe is Probe.ROBOTS:
            outcome, reason = classify(capture)
            if outcome is Outcome.PARSED:  # a row has no body
                message = f"{file}, {row.place}: rules without a body"
                raise InputRefused(message, "no row of an index tells rules")
            yield Reading(capture, outcome, reason)
        else:
            yield Reading(capture, signals=page_signals(capture))


def _capture(row: IndexRow, source: str, skipped: Counter[str]) -> Capture | None:
    """Return what *row* tells; None where that is nothing, which is counted."""
    try:
        place = address(row.url, hidden=True)
    except NotAnAddress:
        skipped["no web address"] += 1
        return None
    if row.captured_at is None or row.captured_at > datetime.now(UTC) + _CLOCKS_DIFFER:
        skipped["no time, or one in the future"] += 1
        return None
    if row.status is None:
        skipped["no status"] += 1
        return None
    probe = probe_of(place.path)
    if probe is not Probe.PAGE and row.status in _OK:
        skipped["what was served is in the WARC"] += 1
        return None
    hops = (urljoin(place.url, row.redirect),) if row.redirect and row.status in _REDIRECTS else ()
    return Capture(
        url=place.url,
        host=place.authority,
        path=place.path,
        probe=probe,
        captured_at=row.captured_at,
        method="import",
        source=source,
        status=row.status,
        status_basis=f"index: {row.where}" if row.where else "index",
        headers=(("Content-Type", row.mime),) if row.mime else (),
        hops=hops,
    )
