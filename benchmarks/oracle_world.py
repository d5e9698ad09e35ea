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

BARRED = {"auth", "login", "registration", "payment"}
RESERVED = ({"deny", "conditional"}, {"train", "train-genai", "mine"})


class Page(NamedTuple):
    """What an answer for a page showed."""

    gated: bool
    declared: bool


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
        "SELECT host, path, captured_at, capture_id, status,"
        " list({'gate': gate, 'scope': scope, 'value': value, 'usage': usage})"
        " FILTER (gate IS NOT NULL)"
        " FROM store.capture JOIN asked USING (host) LEFT JOIN store.signal USING (capture_id)"
        " WHERE probe = 'page' AND error = '' GROUP BY ALL ORDER BY captured_at, capture_id"
    ).fetchall()
    for host, path, at, capture, status, signals in rows:
        page = _page(signals or [])
        shown = status is not None and 200 <= status < 300
        if page.gated or (shown and all(one["gate"] == "none" for one in signals or [])):
            paths = world.pages.setdefault(host, {})
            paths.setdefault(path, []).append(Seen(at, capture, page))


def _page(signals: list[dict[str, str]]) -> Page:
    values, usages = RESERVED
    return Page(
        gated=any(one["gate"] in BARRED for one in signals),
        declared=any(
            one["gate"] == "none" and not one["scope"].startswith("agent:")
            and one["value"] in values and one["usage"] in usages
            for one in signals
        ),
    )  # fmt: skip


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
