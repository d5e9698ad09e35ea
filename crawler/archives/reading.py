"""Reading what others archived: done by a process apart, which may take so much and no more.

There a file meets what unpacks it and takes it apart: zlib, zstd, zip, WARC, HTTP, JSON, Parquet.
This process sees exchanges, a thousand at a time, and reads none of its octets but to hash them.
What a body says is worked out later (`interpreting`), by processes of their own.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from crawler.archives.alike import Plain
from crawler.archives.exchange import Exchange, Skipped
from provenance.apart.limits import Limits
from provenance.apart.worker import Ended, aside, aside_in_pieces, begin_early, each_aside
from provenance.errors import InputRefused
from provenance.many import many
from provenance.records import Probe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crawler.archives.framing import Damage
    from crawler.archives.imported import State
    from crawler.archives.index_rows import IndexRow
    from crawler.archives.windows import Content, Window
    from provenance.records import Capture

_MEMORY, _MEMORY_OF_DUCKDB = 1_000_000_000, 3_000_000_000
_CPU_S = 120
_OCTETS_A_SECOND = 1_000_000
"""Of a compressed file; the slowest of real ones goes ten times as fast."""
_WAITS_S = 3600.0
_AT_ONCE, _OCTETS_AT_ONCE = 1000, 4 * 1024 * 1024
_TOLD_EVERY = 2000
MOST_DAMAGE = 100
"""Places of damage that are told; all are counted."""
_CAPTURES_AT_ONCE, _ROWS_AT_ONCE = 20, 2000
"""A capture has up to 16 MiB."""
_WAT = (b'{"Container"', b'{"Envelope"')
_ANOTHER = "get the file again, or import it on a machine with more room"


class Read(NamedTuple):
    """Records of a WARC file, a thousand or so, and what lay between them."""

    plain: list[tuple[Any, ...]]
    """The fields of all that are `Plain`, field by field: so they travel in half the time."""
    others: list[tuple[Any, ...]]
    """The fields of all other exchanges."""
    records: int
    """All that were met: exchanges, skipped ones and places of damage."""
    octets: int
    """Of the file, from the first of them to the last."""
    skipped: dict[str, int]
    """Records that are no exchange, by kind."""
    damaged: int
    damage: list[Damage]
    """The first hundred of the file."""
    digest: str = ""
    """SHA-256 of all that was read; only with the last of a window."""

    @property
    def exchanges(self) -> Iterator[Exchange]:
        """What hosts answered that takes a closer look."""
        return map(Exchange, *self.others) if self.others else iter(())


def begin() -> None:
    """Have what reads ready, before what writes is imported: pyarrow starts threads."""
    begin_early()


def content_of(file: Path) -> Content:
    """Return where the WARCs of *file* stand, as `windows.windows`.

    Raises:
        InputRefused: it is no file with WARC records, or reading it took too much.
    """
    from crawler.archives.windows import windows

    try:
        content: Content = aside(windows, file, limits=_limits(file))
    except Ended as ended:
        raise given_up(file, ended) from ended
    return content


def read_warc(file: Path, window: Window, state: State, *, robots_only: bool) -> Iterator[Read]:
    """Yield what the WARC in *window* of *file* holds.

    Raises:
        InputRefused: it was compressed as a whole, or is no longer the file that *state* tells.
        Ended: reading it took too much, or crashed what reads it.
    """
    asked = (file, window, tuple(state), robots_only)
    yield from aside_in_pieces(_read_warc, *asked, limits=_limits(file))


def captures_of(file: Path) -> Iterator[Capture]:
    """Yield the captures of *file*, JSON Lines, as `jsonl.read_captures`.

    Raises:
        InputRefused: a line is wrong, or reading it took too much.
    """
    from crawler.archives.jsonl import read_captures

    try:
        yield from each_aside(read_captures, file, limits=_limits(file), at_once=_CAPTURES_AT_ONCE)
    except Ended as ended:
        raise given_up(file, ended) from ended


def rows_of(file: Path) -> Iterator[IndexRow]:
    """Yield the rows of *file*, an index, as `index_rows.index_rows`.

    Raises:
        InputRefused: it is no index, a line is wrong, or reading it took too much.
    """
    from crawler.archives.index_rows import index_rows

    limits = _limits(file, _MEMORY_OF_DUCKDB, writes=None)
    try:
        yield from each_aside(index_rows, file, limits=limits, at_once=_ROWS_AT_ONCE)
    except Ended as ended:
        raise given_up(file, ended) from ended


def given_up(file: Path, ended: Ended, kept: int = 0) -> InputRefused:
    """Return what is said of a file that could not be read to its end."""
    also = f"; {many(kept, 'new capture')} kept" if kept else ""
    return InputRefused(str(file), f"reading it was given up: {ended}{also}", _ANOTHER)


def _limits(file: Path, memory: int = _MEMORY, writes: int | None = 0) -> Limits:
    octets = file.stat().st_size if file.is_file() else 0
    return Limits(memory, _CPU_S + octets // _OCTETS_A_SECOND, _WAITS_S, writes)


def _read_warc(
    tell: Callable[[Read], None],
    file: Path,
    window: Window,
    state: tuple[int, ...],
    robots_only: bool,  # noqa: FBT001 (as a worker is given it)
) -> None:
    """Read a WARC and hand over what it holds; this runs apart."""
    from crawler.archives.alike import Alike
    from crawler.archives.exchange import exchange
    from crawler.archives.framing import Frame, GzippedWhole, frames
    from crawler.archives.imported import State
    from crawler.archives.octets import Octets
    from crawler.archives.zstd_frames import UnpackingFailed, unpacking
    from crawler.seldom_collecting import OF_ROWS, collecting_seldom

    with file.open("rb") as opened, collecting_seldom(OF_ROWS):
        if tuple(State.told_by(os.fstat(opened.fileno()))) != state:
            raise InputRefused(str(file), "it was replaced", "import the finished file again")
        octets, alike = Octets(opened, *window), Alike()
        gathered = _Gathering(tell, octets.offset, robots_only=robots_only)
        try:
            found: Iterator[Frame | Damage | Plain | Exchange]
            found = frames(octets, unpacking=unpacking(octets), glance=alike.read)
            for frame in found:
                one = exchange(frame) if isinstance(frame, Frame) else frame
                if isinstance(frame, Frame) and isinstance(one, Exchange):
                    alike.learn(frame)
                gathered.take(one, octets.offset)
        except GzippedWhole:
            remedy = "unpack it (gunzip, unzstd) and import the .warc, where records have a place"
            fact = "compressed as a whole and not record by record"
            raise InputRefused(str(file), fact, remedy) from None
        except UnpackingFailed as error:
            raise InputRefused(str(file), f"its zstd dictionary: {error}") from error
        gathered.send(octets.offset, octets.digest())


class _Gathering:
    """What was read and not yet handed over."""

    def __init__(self, tell: Callable[[Read], None], offset: int, *, robots_only: bool) -> None:
        self._tell = tell
        self._robots_only = robots_only
        self._since = offset
        self._told = 0
        self._begin()

    def _begin(self) -> None:
        self._plain: list[Plain] = []
        self._exchanges: list[Exchange] = []
        self._records = self._octets = self._damaged = 0
        self._skipped: Counter[str] = Counter()
        self._damage: list[Damage] = []

    def take(self, one: Plain | Exchange | Skipped | Damage, offset: int) -> None:
        """Take what one record said; *offset*: where it ended."""
        self._records += 1
        if isinstance(one, Plain):
            self._plain.append(one)
            self._octets += len(one.body) + len(one.head)
        elif isinstance(one, Exchange):
            if self._robots_only and one.probe is Probe.PAGE:
                self._skipped["page"] += 1
            else:
                self._exchanges.append(one)
                self._octets += len(one.body or b"") + len(one.head)
        elif isinstance(one, Skipped):
            self._skipped[_kind(one)] += 1
        else:
            self._damaged += 1
            if self._told < MOST_DAMAGE:
                self._told += 1
                self._damage.append(one)
        if (
            len(self._plain) + len(self._exchanges) >= _AT_ONCE
            or self._octets >= _OCTETS_AT_ONCE
            or self._records >= _TOLD_EVERY
        ):
            self.send(offset)

    def send(self, offset: int, digest: str = "") -> None:
        """Hand over what there is."""
        self._tell(
            Read(
                list(zip(*self._plain, strict=True)),
                list(zip(*self._exchanges, strict=True)), self._records, offset - self._since,
                dict(self._skipped),
                self._damaged, self._damage, digest,
            )
        )  # fmt: skip
        self._since = offset
        self._begin()


def _kind(one: Skipped) -> str:
    is_wat = one.kind == "metadata" and one.block.lstrip().startswith(_WAT)
    return "metadata of a WAT" if is_wat else one.kind
