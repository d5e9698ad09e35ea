"""Who asked to be left alone until when: Retry-After, kept over restarts and runs.

RFC 9110, section 10.2.3: seconds, or a date. What lies over thirty days ahead is cut to that. The
host is not asked before then. Other hosts at its address wait, too, but a minute at most: behind
one address of a large provider stand thousands of owners who asked for nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from crawler.politeness import LONGEST_DELAY_S

if TYPE_CHECKING:
    import duckdb

    from crawler.fetching import Answer
    from provenance.urls import Address

LONGEST = timedelta(days=30)
LONGEST_AT_ADDRESS = timedelta(seconds=LONGEST_DELAY_S)

_ASKING = frozenset({429, 503})
_KEPT = 100_000


class RestingError(Exception):
    """A host, or the address behind it, asked to be left alone for longer than we wait."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"{until:%Y-%m-%d %H:%M:%S}Z")
        self.until = until


class Rests:
    """The hosts and addresses that asked to be left alone."""

    def __init__(self, until: dict[str, datetime] | None = None) -> None:
        self._until = until or {}

    def __bool__(self) -> bool:
        return bool(self._until)

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection) -> Rests:
        """Return what the store knows of them."""
        rows = connection.execute(
            "SELECT name, max(until) AS latest FROM not_before WHERE until > ? GROUP BY name"
            " ORDER BY latest DESC LIMIT ?",
            [datetime.now(UTC).replace(tzinfo=None), _KEPT],
        ).fetchall()
        return cls({name: until.replace(tzinfo=UTC) for name, until in rows})

    def until(self, *names: str) -> datetime | None:
        """Return the moment before which one of *names* is not to be asked; None for none."""
        return max((self._until[name] for name in names if name in self._until), default=None)

    def note(self, answer: Answer, host: str, at: str) -> list[tuple[Any, ...]]:
        """Take in what *answer* of *host* asks for, and return it as rows of `not_before`.

        *at* is the address that answered, with its port.
        """
        until = None
        if answer.status in _ASKING:
            until = retry_after(answer.field("retry-after"), answer.at)
        if until is None:
            return []
        shared = min(until, answer.at + LONGEST_AT_ADDRESS)
        # Where a host is named by its address, both are one, and its own wish counts.
        self._until |= {at: shared, host: until}
        rows = [_row(at, "address", shared, answer.at)] if at != host else []
        return [_row(host, "host", until, answer.at), *rows]

    def host_rests(self, host: str, resting: RestingError) -> list[tuple[Any, ...]]:
        """Return the row for *host*, whose own wish or whose address' wish it was."""
        return [_row(host, "host", resting.until, datetime.now(UTC))]


def at(address: Address, peer: str) -> str:
    """Return the name under which the address *peer* behind *address* rests: with its port."""
    port = f":{address.port}" if address.port else ""
    return f"{peer}{port}" if peer else ""


def retry_after(value: str, now: datetime) -> datetime | None:
    """Return the moment that a Retry-After of *value*, received at *now*, names; None for none."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        seconds = min(int(text[:12]), LONGEST.total_seconds())
        return now + timedelta(seconds=seconds) if seconds else None
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    until = until.replace(tzinfo=UTC) if until.tzinfo is None else until.astimezone(UTC)
    return min(until, now + LONGEST) if until > now else None


def _row(name: str, kind: str, until: datetime, at: datetime) -> tuple[Any, ...]:
    return (name, kind, until.replace(tzinfo=None), "retry-after", at.replace(tzinfo=None))
