"""From a value that was read to an entry that can be kept, or to the reason why not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from blocklists.refusals import Refusal
from blocklists.targets import Target, target

if TYPE_CHECKING:
    from blocklists.formats import Candidate

CATEGORIES = frozenset({
    "piracy_site", "piracy_link_site", "piracy_storage", "piracy_stream", "torrent_index",
    "infringing_page", "mirror_or_proxy", "other_illegal",
})  # fmt: skip

_MAX_TEXT = 500
_EARLIEST = date(1998, 10, 28)  # the DMCA: no notice of this kind is older
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SLACK = timedelta(days=1)  # the author's clock and zone are not ours


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list that can be kept."""

    line: int
    raw: str
    """The value as written."""
    target: Target
    category: str
    work: str
    right_holder: str
    notice_date: date | None
    """What the submitter claims; shown, never trusted."""
    warnings: tuple[str, ...]
    expires_on: date | None = None
    """The last day on which it counts."""


def vet(candidate: Candidate, *, now: datetime) -> Entry | Refusal:
    """Return the entry that *candidate* makes, or why it makes none."""
    found = target(candidate.text, scope=candidate.scope)
    if isinstance(found, Refusal):
        return replace(found, line=candidate.line, text=candidate.text)
    try:
        return _entry(candidate, found, now)
    except _UnfitError as unfit:
        code, what = unfit.args
        return Refusal(code, what, candidate.line, candidate.text)


def _entry(candidate: Candidate, found: Target, now: datetime) -> Entry:
    if candidate.category and candidate.category not in CATEGORIES:
        raise _UnfitError("E_CATEGORY", candidate.category)
    notice, expires = _day(candidate.notice_date), _day(candidate.expires_on)
    if notice and notice > (now + _SLACK).date():
        raise _UnfitError("E_DATE_FUTURE", candidate.notice_date)
    if notice and expires and expires < notice:
        raise _UnfitError("E_DATE_ORDER", candidate.expires_on)
    return Entry(
        line=candidate.line,
        raw=candidate.text,
        target=found,
        category=candidate.category,
        work=_text(candidate.work),
        right_holder=_text(candidate.right_holder),
        notice_date=notice,
        warnings=found.warnings,
        expires_on=expires,
    )


def _day(text: str) -> date | None:
    """Return the day *text* names (YYYY-MM-DD, or RFC 3339 with a zone); None for no text."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text[:10]) if _DAY.match(text) else _EARLIEST
        zoned = len(text) == len("2026-02-03") or datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        day, zoned = _EARLIEST, False
    if day <= _EARLIEST or not zoned:
        raise _UnfitError("E_DATE_FORMAT", text)
    return day


def _text(text: str) -> str:
    if len(text) > _MAX_TEXT:
        raise _UnfitError("E_TEXT_TOO_LONG", "")
    return unicodedata.normalize("NFC", text)


class _UnfitError(ValueError):
    """A code, and the words in question."""
