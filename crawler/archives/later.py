"""What can only be told when a file was read to its end: redirects and revisits.

Common Crawl stores every hop of a redirect as a record of its own, and a revisit names the record
that holds its body. Both are kept until then, and looked up by address and time in the store, whose
evidence says where the octets stand; they are read again and must have the digest recorded there.
A robots.txt whose redirect leads to nothing in the file keeps its 3xx and tells no rules.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from crawler.archives.exchange import Exchange, Place, exchange
from crawler.archives.framing import Frame, frames
from crawler.archives.http_message import fields
from crawler.archives.octets import Octets
from crawler.archives.zstd_frames import unpacking
from provenance.records import Probe
from provenance.statements import statement
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

MAX_HOPS = 5
"""Redirects that are followed (RFC 9309, section 2.3.1.2)."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TOGETHER = timedelta(minutes=10)
"""A hop was captured so soon after the one before it."""
_MAX_RECORD = 64 * 1024 * 1024


class _Stored(NamedTuple):
    """A capture in the store, and where its octets stand."""

    url: str
    captured_at: datetime
    place: Place


def waits(one: Exchange) -> bool:
    """Whether *one* can be told only later."""
    return one.refers_to is not None or (one.probe is Probe.ROBOTS and bool(_target(one)))


def told(
    waiting: list[Exchange], connection: duckdb.DuckDBPyConnection, *, file: str
) -> Iterator[Exchange]:
    """Yield each of *waiting* with what its redirects led to, or with its body where it is known.

    A hop stands in the same *file*; the body of a revisit may stand in any that was imported.
    """
    stored = _Look(connection, file, waiting)
    for one in waiting:
        yield _revisited(one, stored) if one.refers_to else _followed(one, stored)


class _Look:
    """The captures that are asked for, by address, and the redirects that wait themselves."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, file: str, waiting: list[Exchange]
    ) -> None:
        self._connection = connection
        self._file = file
        self._waiting: dict[str, list[Exchange]] = {}
        for one in waiting:
            if not one.refers_to:
                self._waiting.setdefault(one.url, []).append(one)
        wanted = {target for one in waiting if (target := _target(one))}
        self._stored: dict[str, list[_Stored]] = {}
        self._read(wanted | {one.refers_to[0] for one in waiting if one.refers_to})

    def _read(self, urls: set[str]) -> None:
        rows = self._connection.execute(
            statement("crawler", "archived"), {"urls": sorted(urls)}
        ).fetchall()
        self._stored |= {url: [] for url in urls}
        for url, captured_at, *place in rows:
            self._stored[url].append(_Stored(url, captured_at, Place(0, *place)))

    def hop(self, url: str, since: datetime) -> Exchange | None:
        """Return the exchange with *url* that followed soon after *since*."""
        if url not in self._stored:
            self._read({url})
        found = [
            (abs(at - since), one)
            for one in self._waiting.get(url, ())
            if abs((at := datetime.fromisoformat(one.captured_at)) - since) <= _TOGETHER
        ]
        near = [
            (abs(one.captured_at - since), one.place)
            for one in self._stored[url]
            if one.place.file == self._file and abs(one.captured_at - since) <= _TOGETHER
        ]
        if found and (not near or min(found, key=_gap)[0] <= min(near, key=_gap)[0]):
            return min(found, key=_gap)[1]
        return reread(min(near, key=_gap)[1]) if near else None

    def referred(self, url: str, captured_at: str) -> tuple[Exchange, Place] | None:
        """Return the exchange that was captured of *url* at that time, and where it stands."""
        for one in self._stored.get(url, ()):
            if one.captured_at.isoformat() == captured_at and (found := reread(one.place)):
                return found, one.place
        return None


def _gap(one: tuple[timedelta, object]) -> timedelta:
    return one[0]


def _followed(first: Exchange, stored: _Look) -> Exchange:
    """Return *first* with the answer its redirects led to, as far as they can be followed."""
    last, hops, places = first, [], []
    since = datetime.fromisoformat(first.captured_at)
    while target := _target(last):
        hops.append(target)
        if len(hops) > MAX_HOPS:
            last = last._replace(error="redirects")
            break
        found = stored.hop(target, since)
        if found is None:
            break
        last = found
        places.append(Place(len(hops), "response", found.offset, found.length, found.sha256))
    return first._replace(
        status=last.status, head=last.head, body=last.body, error=last.error,
        truncated=last.truncated, hops=tuple(hops), behind=tuple(places),
    )  # fmt: skip


def _revisited(one: Exchange, stored: _Look) -> Exchange:
    """Return *one* with the body of the record that it refers to, where that is known."""
    found = stored.referred(*one.refers_to) if one.refers_to else None
    if not found:
        return one
    exchange_, place = found
    status = exchange_.status if one.status is None else one.status
    # A revisit states the length of a body that it leaves out: that is no body cut short.
    return one._replace(
        status=status, body=exchange_.body, truncated=exchange_.truncated, behind=(place,),
        refers_to=None,
    )  # fmt: skip


def _target(one: Exchange) -> str:
    """Return the address that *one* redirects to; empty where it does not."""
    if one.status not in _REDIRECTS:
        return ""
    said = next((value for name, value in fields(one.head) if name.lower() == "location"), "")
    try:
        return address(urljoin(one.url, said), hidden=True).url if said else ""
    except (NotAnAddress, ValueError):
        return ""


def reread(place: Place) -> Exchange | None:
    """Return the exchange that stands at *place*; None where it is no longer what was recorded.

    Its octets are hashed before they are unpacked: what is read here was read apart before.
    """
    if place.file is None or place.length > _MAX_RECORD:
        return None
    try:
        with Path(place.file).open("rb") as file:
            file.seek(place.offset)
            if sha256(file.read(place.length)).hexdigest() != place.sha256:
                return None
            head = Octets(file, 0, place.offset)
            unpack = unpacking(head) if place.offset else None
            octets = Octets(file, place.offset, place.offset + place.length)
            found = list(_frames(octets, unpack))
    except OSError:
        return None
    if len(found) != 1 or found[0].sha256 != place.sha256:
        return None
    read = exchange(found[0])
    return read if isinstance(read, Exchange) else None


def _frames(octets: Octets, unpack: object) -> Iterable[Frame]:
    return (one for one in frames(octets, unpacking=unpack) if isinstance(one, Frame))  # type: ignore[arg-type]
