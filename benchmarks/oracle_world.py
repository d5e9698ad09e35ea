"""What a store knows of some hosts, as plain Python lists and dictionaries."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from benchmarks.oracle_robots import Body
from benchmarks.oracle_timeline import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

BARRED = {"auth", "login", "registration", "payment", "paywall"}
LICENCES = {"license-link", "structured-data"}
WHOLE = {"", "/", "*", "/*"}
RESERVED = ({"deny", "conditional"}, {"train", "train-genai", "mine"})


class Page(NamedTuple):
    """What an answer for a page showed."""

    gated: bool | None
    """None: some visits are let to see it."""
    declared: bool | None
    """None: it speaks of some paths only."""
    priced: bool | None = False
    """None: some paths only, or a licence that is named and not read."""


class Entry(NamedTuple):
    """What is on lists: an entry with one of the receipts of its lists."""

    entry_id: str
    scope: str
    port: str
    path: str
    status: str
    received_at: datetime
    published_at: datetime | None


@dataclass(slots=True)
class World:
    """All that is known of the hosts that were asked for."""

    robots: dict[str, list[Seen[Body | None]]] = field(default_factory=dict)
    """Answers that state something; None: there are no rules."""
    failures: dict[str, list[Seen[None]]] = field(default_factory=dict)
    pages: dict[str, dict[str, list[Seen[Page]]]] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    """By the name of the entry's host."""
    addresses: dict[str, list[Entry]] = field(default_factory=dict)
    """Those for addresses, by the name of their host without a leading www."""


def known_of(store: Path, hosts: Iterable[str]) -> World:
    """Return what the store at *store* knows of *hosts*."""
    world = World()
    with _asked(store, hosts) as connection:
        _read_robots(connection, world)
        _read_pages(connection, world)
        _read_entries(connection, world)
    return world


@contextmanager
def _asked(store: Path, hosts: Iterable[str]) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{store}' AS store (READ_ONLY)")
        connection.execute(
            "CREATE TABLE asked AS SELECT unnest(?::VARCHAR[]) AS host", [sorted(set(hosts))]
        )
        yield connection


def _read_robots(connection: duckdb.DuckDBPyConnection, world: World) -> None:
    bodies = {
        (digest, lowercased): Body(octets, lowercased)
        for digest, lowercased, octets in connection.execute(
            "SELECT DISTINCT body_sha256, lowercased, bytes FROM store.capture"
            " JOIN asked USING (host) JOIN store.body ON sha256 = body_sha256"
            " WHERE probe = 'robots' AND outcome = 'parsed'"
        ).fetchall()
    }
    rows = connection.execute(
        "SELECT host, captured_at, capture_id, outcome, body_sha256, lowercased"
        " FROM store.capture JOIN asked USING (host) WHERE probe = 'robots'"
    ).fetchall()
    found: dict[str, list[tuple[tuple[object, ...], Seen[Body | None]]]] = defaultdict(list)
    for host, at, capture, outcome, digest, lowercased in rows:
        if outcome == "unreachable":
            world.failures.setdefault(host, []).append(Seen(at, capture, None))
        elif outcome in {"parsed", "unavailable"}:
            body = bodies[digest, lowercased] if outcome == "parsed" else None
            # Of two answers of one moment the one that refuses more counts as the later.
            order = (at, body.refusing_groups if body else 0, body is None, digest or "")
            found[host].append((order, Seen(at, capture, body)))
    for host, seen in found.items():
        world.robots[host] = [one for _, one in sorted(seen, key=lambda pair: pair[0])]


def _read_pages(connection: duckdb.DuckDBPyConnection, world: World) -> None:
    rows = connection.execute(
        "SELECT host, capture.path, probe, captured_at, capture_id, status,"
        " list({'kind': kind, 'gate': gate, 'scope': scope, 'value': value, 'usage': usage,"
        " 'path': signal.path, 'offer': offer, 'conditions': conditions}) FILTER (gate IS NOT NULL)"
        " FROM store.capture JOIN asked USING (host) LEFT JOIN store.signal USING (capture_id)"
        " WHERE probe IN ('page', 'file') AND error = '' GROUP BY ALL"
        " UNION ALL"
        " SELECT host, '/robots.txt', 'file', captured_at, capture_id, 200,"
        " list({'kind': kind, 'gate': gate, 'scope': scope, 'value': value, 'usage': usage,"
        " 'path': signal.path, 'offer': offer, 'conditions': conditions}) FILTER (gate IS NOT NULL)"
        " FROM store.capture JOIN asked USING (host)"
        " LEFT JOIN store.robots_signal AS signal USING (body_sha256, lowercased)"
        " WHERE probe = 'robots' AND outcome IN ('parsed', 'unavailable') GROUP BY ALL"
        " ORDER BY captured_at, capture_id"
    ).fetchall()
    for host, path, probe, at, capture, status, signals in rows:
        said = signals or []
        paths = world.pages.setdefault(host, {})
        shown = status is not None and 200 <= status < 300
        if probe == "file":
            if shown or status in {404, 410}:
                page = Page(
                    gated=False,
                    declared=_declares(said, whole_site=True),
                    priced=_prices(said, whole_site=True),
                )
                paths.setdefault(f"site:{path}", []).append(Seen(at, capture, page))
            continue
        page = Page(
            _gates(said), _declares(said, whole_site=False), _prices(said, whole_site=False)
        )
        if page.gated or (shown and all(one["gate"] in {"none", "metered"} for one in said)):
            paths.setdefault(path, []).append(Seen(at, capture, page))


def _gates(signals: list[dict[str, str]]) -> bool | None:
    gates = {one["gate"] for one in signals}
    if gates & BARRED:
        return True
    return None if "metered" in gates else False


def _declares(signals: list[dict[str, str]], *, whole_site: bool) -> bool | None:
    """Return whether something is reserved; None: on some paths of the site only."""
    values, usages = RESERVED
    reserved = [
        one
        for one in signals
        if one["gate"] == "none"
        and (one["scope"] == "agent:*" or not one["scope"].startswith("agent:"))
        and one["value"] in values
        and one["usage"] in usages
        and not (one["value"] == "conditional" and one["kind"] in LICENCES)
    ]
    if not whole_site or not reserved:
        return bool(reserved)
    return any(one["path"] in WHOLE for one in reserved) or None


def _prices(signals: list[dict[str, str]], *, whole_site: bool) -> bool | None:
    """Return whether use is offered at a price or on terms; None: that cannot be told."""
    to_all = [one for one in signals if one["scope"] == "agent:*" or "agent:" not in one["scope"]]
    told = [one for one in to_all if _is_price(one)]
    if any(not whole_site or one["path"] in WHOLE for one in told):
        return True
    named = any(one["kind"] == "rsl" and one["usage"] == "licence" for one in to_all)
    return None if told or named else False


def _is_price(one: dict[str, str]) -> bool:
    values, usages = RESERVED
    if one["kind"] == "access-gate":
        return one["value"] == "conditional"
    if one["usage"] not in usages or one["value"] not in values:
        return False
    if one["kind"] != "rsl":
        on_terms = one["kind"] in {"tdmrep", "tdmrep-media", "ai-txt"}
        return on_terms and one["value"] == "conditional" and bool(one["offer"])
    if one["value"] == "deny":
        return bool(one["offer"])
    asked = set(one["conditions"].split("; ")) - {"payment=attribution", "payment=contribution"}
    return any(text.startswith(("server=", "payment=")) for text in asked)


def _read_entries(connection: duckdb.DuckDBPyConnection, world: World) -> None:
    rows = connection.execute(
        "SELECT entry.host, entry_id, scope, port, path, status, received_at, published_at"
        " FROM store.entry JOIN store.submission USING (submission_id)"
    ).fetchall()
    for host, *rest in rows:
        entry = Entry(*rest)
        if entry.scope in {"url", "url_prefix"}:
            world.addresses.setdefault(host.removeprefix("www."), []).append(entry)
        else:
            world.entries.setdefault(host, []).append(entry)
