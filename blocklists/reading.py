"""Reading a list of a stranger: done by a process apart, which may take so much and no more.

This process never opens the file. The one that does may write no file at all (RLIMIT_FSIZE), and
hands entries and refusals over by a pipe; one that crashes, hangs or eats memory refuses its list.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from blocklists.check import check
from blocklists.codes import speaking, spoken
from blocklists.documents import MAX_BYTES
from blocklists.gathering import Checked
from blocklists.packing import packed, unpacked
from blocklists.refusals import ListRefused
from provenance.apart.limits import Limits
from provenance.apart.worker import Ended, aside_in_pieces, worker
from provenance.errors import UsageRefused
from provenance.progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from provenance.progress import Advance, ItemT

    Tell = Callable[[tuple[str, Any]], None]

_MEMORY = 3_000_000_000
"""A million names take half a gigabyte while they are read; a list has at most two million."""
_CPU_S = 60
_OCTETS_A_SECOND = 20_000
"""Lists of internationalised names, the slowest, are read at ten times that."""
_WAITING = 10
"""A machine that is busy may take so many times the seconds of CPU."""
_AT_ONCE = 20_000
_TOLD_EVERY = 2000
_MANY = ("entries", "digests", "withdrawn", "refusals")


def read_list(
    path: Path, *, format_name: str | None = None, encoding: str = "utf-8", now: datetime
) -> Checked:
    """Return the list at *path*, a file or the folder of a package, as `check.check` does.

    Raises:
        ListRefused: the file as a whole cannot be used, or not within the limits (F_ codes).
        UsageRefused: there is no such format or encoding.
    """
    asked = (path, format_name, encoding, now)
    try:
        pieces = aside_in_pieces(_read, *asked, spoken(), limits=_limits(path))
        return _gathered(pieces).checked()
    except Ended as ended:
        raise ListRefused(str(path), "F_GIVEN_UP", str(ended)) from ended


def read_secret(
    path: Path, *, format_name: str | None = None, encoding: str = "utf-8", now: datetime
) -> Checked | str:
    """Return the list at *path*, or a code for why it cannot be read, and no word of it.

    No error leaves the process that reads it, for its text may be that of the list; and that
    process reads no other list after it.
    """
    asked = (path, format_name, encoding, now)
    try:
        with worker() as apart:
            found = _gathered(apart.pieces(_read_secretly, *asked, limits=_limits(path)))
            return found.refused or found.checked()
    except Ended as ended:
        return str(ended)


def _limits(path: Path) -> Limits:
    octets = MAX_BYTES
    with suppress(OSError, ValueError):  # whoever reads it says what is wrong
        octets = octets if path.is_dir() else min(path.stat().st_size, octets)
    seconds = _CPU_S + octets // _OCTETS_A_SECOND
    return Limits(_MEMORY, seconds, wall_s=_WAITING * seconds, writes=0)


@dataclass(slots=True)
class _Gathered:
    """What was handed over so far."""

    many: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in _MANY})
    rest: dict[str, Any] = field(default_factory=dict)
    refused: str = ""

    def checked(self) -> Checked:
        """Return the whole."""
        many: dict[str, Any] = {name: tuple(one) for name, one in self.many.items()}
        return Checked(**many, **self.rest)


def _gathered(pieces: Iterable[tuple[str, Any]]) -> _Gathered:
    """Return what *pieces* make, and show how far they are."""
    found = _Gathered()
    advance: Advance = lambda count=1: count  # noqa: E731
    with ExitStack() as showing:
        for kind, value in pieces:
            if kind in found.many:
                found.many[kind] += unpacked(value)
            elif kind == "lines":
                showing.close()
                advance = showing.enter_context(progress("check", value))
            elif kind == "read":
                advance(value)
            elif kind == "refused":
                found.refused = value
            else:
                found.rest = value
    return found


def _read(
    tell: Tell, path: Path, format_name: str | None, encoding: str, now: datetime, language: str
) -> None:
    """Read the list and hand over what it gives; this runs apart."""
    with speaking(language):
        checked = check(
            path, format_name=format_name, encoding=encoding, now=now, counting=_telling(tell)
        )
    for kind in _MANY:
        entries = getattr(checked, kind)
        for begin in range(0, len(entries), _AT_ONCE):
            tell((kind, packed(entries[begin : begin + _AT_ONCE])))
    rest = {one.name: getattr(checked, one.name) for one in fields(checked)}
    tell(("rest", {name: value for name, value in rest.items() if name not in _MANY}))


def _read_secretly(
    tell: Tell, path: Path, format_name: str | None, encoding: str, now: datetime
) -> None:
    """Read the list as `_read`; of what is wrong with it, nothing but a code is told."""
    try:
        _read(tell, path, format_name, encoding, now, "en")
    except ListRefused as refused:
        code = refused.code
    except UsageRefused:  # of what the user asked for
        raise
    except MemoryError:
        code = "it took too much memory"
    except Exception as error:  # noqa: BLE001 (any error's words may be those of the list)
        code = type(error).__name__
    else:
        return
    tell(("refused", code))


def _telling(tell: Tell) -> Any:
    """Return what counts lines for a bar that another process shows."""

    def counting(items: Iterable[ItemT], _: str, total: int) -> Iterator[ItemT]:
        tell(("lines", total))
        for number, item in enumerate(items, start=1):
            yield item
            if number % _TOLD_EVERY == 0:
                tell(("read", _TOLD_EVERY))

    return counting
