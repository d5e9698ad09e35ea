"""Which entries name an address, and what follows for knowledge (docs/rules.md, Table B)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from benchmarks.oracle_timeline import Act
    from benchmarks.oracle_world import Entry, World

SHOWN = 20
"""So many entries are shown of those for the host, and of those for the address."""


class Listing(NamedTuple):
    """What lists say of a row."""

    listed: bool
    known: str | None
    known_before_later_act: bool | None
    published_before: bool | None
    unverified: bool
    entries: frozenset[str]


def listing(
    world: World, host: str, port: str, path: str, act: Act, later_act: datetime | None
) -> Listing:
    """Return what lists say of the address at *host*, *port* and *path*."""
    by_host = list(_of_host(world, host))
    by_address = list(_of_address(world, host, port, path))
    accepted = [one for one in by_host + by_address if one.status == "accepted"]
    received = min((one.received_at for one in accepted), default=None)
    public = min((one.published_at for one in accepted if one.published_at), default=None)
    return Listing(
        listed=received is not None,
        known=_known(received, act),
        known_before_later_act=_earlier(received, later_act),
        published_before=_earlier(public, act.lo),
        unverified=any(one.status != "accepted" for one in by_host + by_address),
        entries=frozenset(_shown(by_host) + _shown(by_address)),
    )


def _earlier(at: datetime | None, than: datetime | None) -> bool | None:
    """Whether it happened, and earlier *than* that; None: that has no date."""
    if at is None:
        return False
    return None if than is None else at < than


def _known(received: datetime | None, act: Act) -> str | None:
    if received is None or act.lo is None or act.hi is None:
        return None
    if received < act.lo:
        return "before"
    return "during" if received < act.hi else "after"


def _shown(entries: list[Entry]) -> list[str]:
    return sorted({one.entry_id for one in entries})[:SHOWN]


def _of_host(world: World, host: str) -> Iterator[Entry]:
    labels = host.split(".")
    for start in range(len(labels)):
        for entry in world.entries.get(".".join(labels[start:]), ()):
            if (
                entry.scope == "domain"
                or (entry.scope == "host" and not start)
                or (entry.scope == "subdomains" and start)
            ):
                yield entry


def _of_address(world: World, host: str, port: str, path: str) -> Iterator[Entry]:
    for entry in world.addresses.get(host.removeprefix("www."), ()):
        if entry.port == port and _covers(entry, path):
            yield entry


def _covers(entry: Entry, path: str) -> bool:
    if entry.scope == "url":
        return path == entry.path
    folder = path.partition("?")[0]
    return folder == entry.path or folder.startswith(entry.path.removesuffix("/") + "/")
