"""Inspecting a site: visit it now into a store of the moment, or read what a store holds of it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.history import history
from crawler.inspection import Look, Statement, statements_of
from crawler.robots.outcome import classify
from crawler.seeing import ALL_AGENTS, Asking, Seen, inspection
from provenance.defaults import WAIT_S
from provenance.errors import Incomplete, InputRefused, UsageRefused
from provenance.moments import stored
from provenance.recording import body_digest
from provenance.records import Capture, Outcome, Probe
from provenance.sealed import names_beside
from provenance.statements import statement
from provenance.store import reading
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

    from crawler.inspection import Inspection
    from provenance.urls import Address

_LARGEST = 8 * 1024 * 1024
_SHOWN = range(200, 300)
_ONE_LOOK = timedelta(days=1)  # what an audit takes for contemporaneous
_NO_HOST = "https://site.invalid"


def inspect_now(
    url: str,
    *,
    contact: str,
    asking: Asking = ALL_AGENTS,
    allow_loopback: bool = False,
    sealed_beside: Path | None = None,
    say: Callable[[str], None],
) -> Inspection:
    """Visit the site of *url* once and return what it says; nothing is kept.

    Raises:
        UsageRefused: no contact is given, *url* is no address, or a list that is sealed beside the
            store *sealed_beside* names it.
    """
    from crawler.plan import CrawlPlan
    from crawler.run import crawl
    from crawler.targets import Target

    place = spelt(url)
    names = names_beside(sealed_beside) if sealed_beside else None
    if names and names.kind_of(place.url):
        raise UsageRefused("inspect", "a sealed list names it", "it is not contacted or shown")
    with tempfile.TemporaryDirectory(prefix="provisor-") as folder:
        store = Path(folder) / "inspect.duckdb"
        target = Target(place.authority, (place.scheme,), tuple(dict.fromkeys(("/", place.path))))
        plan = CrawlPlan(
            targets=(target,),
            store=store,
            contact=contact,
            delay_s=1.0,
            allow_loopback=allow_loopback,
            sealed_beside=sealed_beside,
        )
        summary = crawl(plan, say=say)
        if summary.stopped:
            raise Incomplete("inspect", f"stopped ({summary.stopped})", "try again")
        found = inspect_recorded(url, store, until=datetime.now(UTC), asking=asking)
        look = replace(found.look, capture_id=None) if found.look else None
        return replace(found, capture_id=None, look=look)  # the store of the moment is gone


def inspect_recorded(
    url: str,
    store: Path,
    *,
    until: datetime,
    asking: Asking = ALL_AGENTS,
    wait_s: float = WAIT_S,
) -> Inspection:
    """Return what the site of *url* said last, up to *until*, by what *store* holds.

    Raises:
        InputRefused: the store holds no robots.txt capture of the host from before then, or a
            sealed list names the address.
        UsageRefused: *url* is no address.
    """
    place = spelt(url)
    moment = stored(until)
    names = names_beside(store)
    # As of a host of which nothing is known: who asks through a portal learns nothing by trying.
    sealed = names is not None and bool(names.kind_of(place.url))
    with reading(store, wait_s=wait_s) as connection:
        found = connection.execute(
            statement("crawler", "last_captures"),
            {"host": place.authority, "path": place.path, "until": moment},
        ).fetchall()
        captures = {row[1]: row for row in found}
        if sealed or "robots" not in captures:
            fact = f"no robots.txt of {place.authority} was captured up to {until:%Y-%m-%d %H:%M}Z"
            raise InputRefused(str(store), fact, "crawl the host, or import captures of it")
        page = captures.get("page")
        seen = Seen(
            place=place,
            captured_at=captures["robots"][3].replace(tzinfo=UTC),
            outcome=Outcome(captures["robots"][4]),
            reason=captures["robots"][5] or "",
            sha256=captures["robots"][6] or "",
            lowercased=captures["robots"][7],
            body=captures["robots"][8] or b"",
            look=_look(page),
            shown=page is not None and page[9] in _SHOWN,
            statements=statements_of(connection, page[0]) if page else (),
            of_files=_of_files(connection, place, moment),
            terms=_terms(connection, place, captures["robots"][3], moment),
            history=tuple(history(connection, place, moment, asking.asked))
            if asking.with_history
            else (),
            capture_id=captures["robots"][0],
        )
    return inspection(seen, asking)


def inspect_file(file: Path, url: str = "", *, asking: Asking = ALL_AGENTS) -> Inspection:
    """Return what the robots.txt in *file* says, as if it had been served for *url*.

    Raises:
        InputRefused: the file cannot be read, or is larger than 8 MiB.
        UsageRefused: *url* is no address.
    """
    try:
        with file.open("rb") as octets:
            body = octets.read(_LARGEST + 1)
    except OSError as error:
        fact = f"cannot be read ({error.strerror})"
        raise InputRefused(str(file), fact, "name a robots.txt") from error
    if len(body) > _LARGEST:
        raise InputRefused(str(file), "larger than 8 MiB", "no robots.txt is")
    place = spelt(url or _NO_HOST)
    at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    capture = Capture(
        url=f"{place.scheme}://{place.authority}/robots.txt", host=place.authority,
        path="/robots.txt", probe=Probe.ROBOTS, captured_at=at, method="file", status=200,
        body=body,
    )  # fmt: skip
    outcome, reason = classify(capture)
    return inspection(
        Seen(
            place=place, captured_at=at, outcome=outcome, reason=reason,
            sha256=body_digest(body) or "", body=body, lowercased=False,
            look=None, statements=(),
        ),
        asking,
    )  # fmt: skip


def spelt(url: str) -> Address:
    """Return the address of *url*; a bare host is meant as its https front page."""
    try:
        return address(url if "://" in url else f"https://{url}")
    except NotAnAddress as error:
        raise UsageRefused(
            "inspect", f"{url!r} is no web address ({error})", "name a URL"
        ) from None


def _of_files(
    connection: duckdb.DuckDBPyConnection, place: Address, until: datetime
) -> tuple[Statement, ...]:
    rows = connection.execute(
        statement("crawler", "last_files"), {"host": place.authority, "until": until}
    ).fetchall()
    return tuple(Statement(*row) for row in rows)


def _terms(
    connection: duckdb.DuckDBPyConnection, place: Address, named: datetime, until: datetime
) -> frozenset[str]:
    span = {"from": named - _ONE_LOOK, "until": min(named + _ONE_LOOK, until)}
    rows = connection.execute(
        statement("crawler", "seen_terms"), {"host": place.authority, **span}
    ).fetchall()
    return frozenset(path for (path,) in rows)


def _look(page: Any) -> Look | None:
    return Look(page[3].replace(tzinfo=UTC), page[9], page[0]) if page else None
