"""Inspecting a site: visit it now into a store of the moment, or read what a store holds of it."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.inspection import Inspection, Statement, answers_for
from provenance.defaults import WAIT_S
from provenance.errors import Incomplete, InputRefused, UsageRefused
from provenance.records import Outcome
from provenance.statements import statement
from provenance.store import reading
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

    from provenance.urls import Address


def inspect_now(
    url: str, *, contact: str, allow_loopback: bool = False, say: Callable[[str], None]
) -> Inspection:
    """Visit the site of *url* once and return what it says; nothing is kept.

    Raises:
        UsageRefused: no contact is given, or *url* is no address.
    """
    from crawler.run import CrawlPlan, crawl
    from crawler.targets import Target

    place = spelt(url)
    with tempfile.TemporaryDirectory(prefix="provisor-") as folder:
        store = Path(folder) / "inspect.duckdb"
        target = Target(place.authority, (place.scheme,), tuple(dict.fromkeys(("/", place.path))))
        plan = CrawlPlan(
            targets=(target,),
            store=store,
            contact=contact,
            delay_s=1.0,
            allow_loopback=allow_loopback,
        )
        summary = crawl(plan, say=say)
        if summary.stopped:
            raise Incomplete("inspect", f"stopped ({summary.stopped})", "try again")
        return inspect_recorded(url, store, until=datetime.now(UTC))


def inspect_recorded(
    url: str, store: Path, *, until: datetime, wait_s: float = WAIT_S
) -> Inspection:
    """Return what the site of *url* said last, up to *until*, by what *store* holds.

    Raises:
        InputRefused: the store holds no robots.txt capture of the host from before then.
        UsageRefused: *url* is no address.
    """
    place = spelt(url)
    moment = until.astimezone(UTC).replace(tzinfo=None)
    with reading(store, wait_s=wait_s) as connection:
        found = connection.execute(
            statement("crawler", "last_captures"),
            {"host": place.authority, "path": place.path, "until": moment},
        ).fetchall()
        captures = {row[1]: row for row in found}
        if "robots" not in captures:
            fact = f"no robots.txt of {place.authority} was captured up to {until:%Y-%m-%d %H:%M}Z"
            raise InputRefused(str(store), fact, "crawl the host, or import captures of it")
        page = captures.get("page")
        statements = _statements(connection, page)
    return _inspection(place, captures["robots"], _seen(page), statements)


def spelt(url: str) -> Address:
    """Return the address of *url*; a bare host is meant as its https front page."""
    try:
        return address(url if "://" in url else f"https://{url}")
    except NotAnAddress as error:
        raise UsageRefused(
            "inspect", f"{url!r} is no web address ({error})", "name a URL"
        ) from None


def _seen(page: Any) -> str:
    """Say which page was seen: no statement of one that was not seen means nothing."""
    if page is None:
        return "not seen, so what it says of itself cannot be told"
    path, captured_at, status = page[2], page[3], page[9]
    return f"{path} at {captured_at:%Y-%m-%d %H:%M}Z, status {status or 'none'}"


def _inspection(
    place: Address, robots: Any, page: str, statements: tuple[Statement, ...]
) -> Inspection:
    _, _, _, captured_at, outcome, reason, sha256, lowercased, body, _ = robots
    answers, findings = answers_for(
        Outcome(outcome), body or b"", place.path, lowercased=lowercased
    )
    return Inspection(
        url=place.url,
        host=place.authority,
        path=place.path,
        captured_at=captured_at.replace(tzinfo=UTC),
        outcome=outcome,
        reason=reason or "",
        sha256=sha256 or "",
        answers=answers,
        page=page,
        statements=statements,
        findings=findings,
    )


def _statements(connection: duckdb.DuckDBPyConnection, page: Any) -> tuple[Statement, ...]:
    if page is None:
        return ()
    rows = connection.execute(
        "SELECT kind, usage, value, gate, offer, quote FROM signal"
        " WHERE capture_id = ? ORDER BY ALL",
        [page[0]],
    ).fetchall()
    return tuple(Statement(*row) for row in rows)
