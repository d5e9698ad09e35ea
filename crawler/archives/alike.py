"""Records that look like the one before: most of a file, each read at one glance.

A file's records have the same fields in the same order. A record whose header is an earlier one's
but for the values, and whose answer is a robots.txt with nothing to decode, is told by two
patterns. What differs in anything is left to `exchange`, which says the same of those that do not.
"""

from __future__ import annotations

import re
from collections import deque
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from crawler.archives.exchange import MAX_BODY, Exchange
from crawler.archives.framing import MAX_HEADER
from crawler.archives.http_message import stated_length
from provenance.records import Probe

if TYPE_CHECKING:
    from crawler.archives.framing import Frame

PATH = "/robots.txt"

_VALUES = {
    b"warc-type": rb"response",
    b"warc-date": rb"(?P<day>\d{4}-\d\d-\d\d)T(?P<time>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)Z",
    b"content-length": rb"(?P<length>\d{1,9})",
    # Spelt as we spell it: no `--` (A-labels are looked into), and letters only in the last label,
    # which tells whether the host is an IPv4 address.
    b"warc-target-uri": (
        rb"(?P<url>https?://(?P<host>(?:[a-z0-9]+[.-])*[a-z0-9]+\.[a-z]{2,63})/robots\.txt)"
    ),
}
_ANY = rb"[^\r\n]*"
_NAME = re.compile(rb"[A-Za-z0-9-]{1,64}")
_SAYS_MORE = frozenset({b"warc-truncated"})
_MOST_FIELDS = 40
_MAX_HOST = 63  # then no label of it is longer
_STATUS = re.compile(r"HTTP/\d(?:\.\d)? (\d{3})(?: |\r\n)")
_CODED = ("\ncontent-encoding", "\ntransfer-encoding")
_MOST_LOOKS = 4
_REDIRECTION = 3


class Plain(NamedTuple):
    """An answer to a request for a robots.txt that had nothing to decode, and led nowhere else.

    What else an `Exchange` tells is the same for all of them.
    """

    url: str
    host: str
    captured_at: str
    status: int
    head: str
    body: bytes
    offset: int
    length: int
    sha256: str

    @property
    def exchange(self) -> Exchange:
        """All of it."""
        return Exchange(
            "response", self.url, self.host, PATH, Probe.ROBOTS, self.captured_at, self.status,
            self.head, self.body, "", truncated=False, offset=self.offset, length=self.length,
            sha256=self.sha256,
        )  # fmt: skip


class Alike:
    """The look of the records of one file, learnt from those that were read with care."""

    def __init__(self) -> None:
        self._looks: deque[re.Pattern[bytes]] = deque(maxlen=_MOST_LOOKS)

    def learn(self, frame: Frame) -> None:
        """Know the next record that looks like *frame*."""
        look = _look_of(frame.header)
        if look and look not in self._looks:
            self._looks.appendleft(look)

    def read(self, data: bytes, offset: int, length: int, sha256: str) -> Plain | Exchange | None:
        """Return what the record *data* says; None where it takes a closer look.

        Args:
            data: a gzip member, unpacked, whose checksum agrees.
            offset: where the member stands.
            length: how many octets it has there.
            sha256: of those octets.
        """
        for look in self._looks:
            if seen := look.match(data):
                break
        else:
            return None
        day, time, stated, url, host = seen.group("day", "time", "length", "url", "host")
        block, end = seen.end(), seen.end() + int(stated)
        if (
            len(data) != end + 4 or not data.endswith(b"\r\n\r\n")
            or block > MAX_HEADER or end - block > MAX_BODY
            or len(host) > _MAX_HOST or not _is_past(day)
        ):  # fmt: skip
            return None
        head_end = data.find(b"\r\n\r\n", block, min(end, block + MAX_HEADER))
        if head_end < 0:
            return None
        head, body = data[block:head_end].decode("latin-1"), data[head_end + 4 : end]
        status = _STATUS.match(head)
        if not status:
            return None
        low = head.lower()
        if _CODED[0] in low or _CODED[1] in low or stated_length(low) > len(body):
            return None
        plain = Plain(
            url.decode(), host.decode(), f"{day.decode()}T{time.decode()}", int(status[1]),
            head, body, offset, length, sha256,
        )  # fmt: skip
        return plain.exchange if plain.status // 100 == _REDIRECTION else plain


@lru_cache(maxsize=64)
def _look_of(header: bytes) -> re.Pattern[bytes] | None:
    """Return what matches records with the fields of *header*, in their order."""
    _, *lines = header.split(b"\r\n")
    names = [line.partition(b":")[0] for line in lines]
    low = [name.lower() for name in names]
    if (
        len(names) > _MOST_FIELDS
        or not all(_NAME.fullmatch(name) for name in names)
        or not _SAYS_MORE.isdisjoint(low)
        or any(low.count(name) != 1 for name in _VALUES)
    ):
        return None
    fields = [name + b": " + _VALUES.get(name.lower(), _ANY) + rb"\r\n" for name in names]
    return re.compile(rb"WARC/1\.[01]\r\n" + b"".join(fields) + rb"\r\n")


@lru_cache(maxsize=4096)
def _is_past(day: bytes) -> bool:
    try:
        return date.fromisoformat(day.decode()) <= datetime.now(UTC).date()
    except ValueError:
        return False
