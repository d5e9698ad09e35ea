"""What an import of an archive came to, and how an earlier one of the same file is known again."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import file_digest
from typing import TYPE_CHECKING, NamedTuple

from provenance.defaults import WAIT_S
from provenance.statements import statement
from provenance.store import reading

if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from pathlib import Path

    import duckdb

    from crawler.archives.framing import Damage
    from provenance.progress import AdvanceOctets


@dataclass(frozen=True, slots=True)
class ImportedWarc:
    """What an import came to; `records` = `new` + `known` + all that was skipped."""

    file: str
    octets: int
    sha256: str
    records: int
    captures: int
    new: int
    known: int
    """Already in the store: the same exchange counts once."""
    skipped: dict[str, int]
    """Records that are no exchange with a web server, by kind."""
    outcomes: dict[str, int]
    """Captures of a robots.txt by outcome: parsed, unavailable, unreachable, unreadable."""
    damaged: int
    """Places where no whole record stands; they are no records and count for none."""
    damage: tuple[Damage, ...]
    """The first hundred of them."""
    said: str = ""
    """What a WACZ says of itself, and whether it is so."""
    before: bool = False
    """The file was imported before, to its end; nothing was read but its digest."""
    reading_cpu_s: float = 0.0
    """What reading bodies took."""


@dataclass(frozen=True, slots=True)
class Importing:
    """How to import."""

    store: Path
    robots_only: bool = False
    """Pass over pages; robots.txt and other files for machines are read."""
    wait_s: float = WAIT_S
    say: Callable[[str], None] = lambda _: None
    advance: AdvanceOctets = lambda octets, records: (octets, records)
    stop: Callable[[], bool] = lambda: False
    """Whether somebody asked to stop."""


class State(NamedTuple):
    """What differs after a file was written or replaced."""

    inode: int
    octets: int
    changed_ns: int

    @classmethod
    def of(cls, file: Path) -> State:
        """Return that of *file* now."""
        return cls.told_by(file.stat())

    @classmethod
    def told_by(cls, now: os.stat_result) -> State:
        """Return the state that the system tells as *now*."""
        return cls(now.st_ino, now.st_size, now.st_mtime_ns)


def remember(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    path: str,
    how: Importing,
    came: ImportedWarc,
) -> None:
    """Note that the file at *path* was read to its end without damage."""
    connection.execute(
        "INSERT INTO archive VALUES (?, ?, ?, ?, ?, ?, ?, ?, now() AT TIME ZONE 'UTC')",
        [run_id, path, came.sha256, came.octets, how.robots_only, came.captures,
         sum(came.skipped.values()), came.damaged],
    )  # fmt: skip


def finished(file: Path, how: Importing) -> ImportedWarc | None:
    """Return what an earlier import of the same file came to, if it was read to its end."""
    if not how.store.exists():
        return None
    octets = file.stat().st_size
    with reading(how.store, wait_s=how.wait_s, say=how.say) as connection:
        question = statement("crawler", "finished_archives")
        found = {
            sha256: (captures, skipped)
            for sha256, captures, skipped in connection.execute(
                question, {"octets": octets, "robots_only": how.robots_only}
            ).fetchall()
        }
    digest = digest_of(file) if found else ""
    if digest not in found:
        return None
    captures, skipped = found[digest]
    how.advance(octets, captures + skipped)
    return ImportedWarc(
        file=str(file), octets=octets, sha256=digest, records=captures + skipped,
        captures=captures, new=0, known=captures,
        skipped={"as before": skipped} if skipped else {}, outcomes={}, damaged=0, damage=(),
        before=True,
    )  # fmt: skip


def digest_of(file: Path) -> str:
    """Return the SHA-256 of *file*, as hex."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
