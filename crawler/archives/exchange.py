"""A WARC record of an exchange, read: who was asked, when, and what came back (ISO 28500).

`request`, `metadata`, `warcinfo` and the like say nothing of what a host answered; they are
counted. A `revisit` says that the answer was the same as one before; its body stands elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from crawler.archives.framing import Damage
from crawler.archives.http_message import message
from crawler.archives.probes import probe_of
from provenance.show import show
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from crawler.archives.framing import Frame
    from provenance.records import Probe

MAX_BODY = 2 * 1024 * 1024
"""Octets of a body that are read; a robots.txt is read to 500 KiB (RFC 9309, section 2.5)."""

_TOLD = ("response", "revisit")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?Z")
_TYPE, _TARGET, _DATE = b"\r\nwarc-type:", b"\r\nwarc-target-uri:", b"\r\nwarc-date:"
_BLOCK_DIGEST = b"\r\nwarc-block-digest:"
_DIGESTS = {
    "sha1": lambda block: hashlib.sha1(block, usedforsecurity=False).digest(),
    "sha256": lambda block: hashlib.sha256(block).digest(),
}
_CUT = b"\r\nwarc-truncated:"
_TO_URI, _TO_DATE = b"\r\nwarc-refers-to-target-uri:", b"\r\nwarc-refers-to-date:"
_CLOCKS_DIFFER = timedelta(days=1)
# An address that is spelt as we spell it: nothing to parse. The last label decides whether the
# host is an IPv4 address, so it holds letters only; A-labels are looked into.
_PLAIN = re.compile(
    r"https?://((?:(?!xn--)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?!xn--)[a-z]{2,63})(/robots\.txt)"
)
_MAX_HOST = 253


class Place(NamedTuple):
    """A record in a file."""

    hop: int
    kind: str
    offset: int
    length: int
    sha256: str
    file: str | None = None
    """None: the file that is read."""


class Exchange(NamedTuple):
    """What a host answered, or that it answered as before."""

    kind: str
    """`response` or `revisit`."""
    url: str
    host: str
    path: str
    probe: Probe
    captured_at: str
    """UTC, as `datetime.isoformat` writes it without a zone."""
    status: int | None
    head: str
    """Status line and header fields as received."""
    body: bytes | None
    error: str
    truncated: bool
    offset: int
    length: int
    sha256: str
    """Of the record's octets in the file."""
    refers_to: tuple[str, str] | None = None
    """Of a revisit whose body is not here: address and time of the record that holds it."""
    hops: tuple[str, ...] = ()
    """The addresses redirects led through, without the first."""
    behind: tuple[Place, ...] = ()
    """Further records that hold a part of it: of each hop, or the body that a revisit refers to."""


class Skipped(NamedTuple):
    """A record that is no exchange, or not one with a web server."""

    kind: str
    block: bytes = b""
    """How it begins."""


def exchange(frame: Frame) -> Exchange | Skipped | Damage:
    """Return what the record *frame* says."""
    header, low = frame.header, frame.header.lower()
    kind = _field(header, low, _TYPE).lower()
    if kind not in _TOLD:
        return Skipped(kind or "without a type", frame.block[:100])
    target = _field(header, low, _TARGET).strip("<>")
    if not target.startswith(("http:", "https:", "HTTP")):
        return Skipped(f"{kind} of {show(target.partition(':')[0] or 'nothing', 20)}:")
    try:
        url, host, path = _place(target)
    except NotAnAddress as wrong:
        return Damage(frame.offset, f"WARC-Target-URI {show(target, 80)!r}: {wrong}")
    moment = _field(header, low, _DATE)
    captured_at = _moment(moment)
    if not captured_at:
        return Damage(
            frame.offset, f"WARC-Date {show(moment, 40)!r} is no time in the past, in UTC"
        )
    if not frame.checked and _differs(frame, _field(header, low, _BLOCK_DIGEST)):
        return Damage(frame.offset, "its block does not have the digest that it states")
    cut = _field(header, low, _CUT).lower()
    short = frame.block_length > len(frame.block)
    said = message(frame.block, limit=MAX_BODY, cut=bool(cut) or short)
    told, broke_off = kind == "response", cut in {"disconnect", "time"}
    return Exchange(
        kind, url, host, path, probe_of(path), captured_at, said.status, said.head,
        said.body if told else None, "protocol" if broke_off else said.error if told else "",
        said.more, frame.offset, frame.length, frame.sha256,
        None if told else _refers_to(header, low, url),
    )  # fmt: skip


def _differs(frame: Frame, stated: str) -> bool:
    """Whether the block is not what its WARC-Block-Digest says; one we cannot check does not."""
    algorithm, _, value = stated.partition(":")
    make = _DIGESTS.get(algorithm.lower().replace("-", ""))
    if make is None or len(frame.block) < frame.block_length:
        return False
    digest = make(frame.block)
    return value.lower() not in {
        digest.hex(),
        base64.b32encode(digest).decode().rstrip("=").lower(),
    }


def _field(header: bytes, low: bytes, name: bytes) -> str:
    """Return the field *name* of *header*, which *low* is in lower case; empty: it has none."""
    at = low.find(name)
    if at < 0:
        return ""
    begin, end = at + len(name), header.find(b"\r\n", at + 2)
    return header[begin : None if end < 0 else end].decode("utf-8", "replace").strip()


def _place(target: str) -> tuple[str, str, str]:
    """Return the canonical address of *target*, its host with its port, and its path."""
    plain = _PLAIN.fullmatch(target)
    if plain and len(plain[1]) <= _MAX_HOST:
        return target, plain[1], plain[2]
    place = address(target, hidden=True)
    return place.url, place.authority, place.path


@lru_cache(maxsize=65536)
def _moment(text: str) -> str:
    """Return *text* as the store keeps a time; empty where it is none, or lies in the future."""
    if not _MOMENT.fullmatch(text):
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    if moment > datetime.now(UTC) + _CLOCKS_DIFFER:
        return ""
    return moment.replace(tzinfo=None).isoformat()


def _refers_to(header: bytes, low: bytes, url: str) -> tuple[str, str] | None:
    """Return the address and time of the record whose body a revisit has."""
    moment = _moment(_field(header, low, _TO_DATE))
    target = _field(header, low, _TO_URI).strip("<>")
    try:
        return (_place(target)[0] if target else url, moment) if moment else None
    except NotAnAddress:
        return None
