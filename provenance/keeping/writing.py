"""Writing a store into a folder: its tables under one look at it, then the files of evidence.

All of it is written beside the place it is for and put there at the end, when it is on disk. What
was copied of the evidence before an interruption is not copied again.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import duckdb

from provenance.defaults import VERSION, WAIT_S
from provenance.errors import EvidenceError, Incomplete, UsageRefused
from provenance.keeping.form import (
    ABOUT,
    EVIDENCE,
    FORMAT,
    TABLES,
    EvidenceCopy,
    Export,
    Table,
    written,
)
from provenance.keeping.measuring import octets_of
from provenance.ledger.verifying import last_checkpoint
from provenance.manifests import quoted
from provenance.progress import octet_progress, progress
from provenance.store import reading
from provenance.whole_files import DiskError, on_disk, replacing, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from provenance.progress import AdvanceOctets

_CHUNK = 1024 * 1024
_WARC, _GZIP, _ZSTD = b"WARC/", b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_HEAD = 4096
_DISK = (OSError, DiskError)
_AGAIN = "make room and run the command again: it goes on from there"
_LEFT_OUT = "restore the folder of evidence, or leave it out with --no-evidence"


def export_store(
    store: Path,
    folder: Path,
    *,
    evidence: bool,
    wait_s: float = WAIT_S,
    say: Callable[[str], None] = lambda _: None,
) -> Export:
    """Write *store* into *folder*, which must be new.

    Args:
        store: it is opened to read, and stays byte for byte as it is.
        folder: what was written of it before an interruption is taken up again.
        evidence: copy the files of evidence, too.
        wait_s: how long to wait while another process holds the store.
        say: is told for whom.

    Raises:
        UsageRefused: there is something at *folder*.
        StoreError: the store cannot be read.
        EvidenceError: a file of evidence is missing or cut short.
        Incomplete: the disk is full; run again, it goes on from there.
    """
    if os.path.lexists(folder):
        raise UsageRefused(str(folder), "there is something already", "name a new folder")
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    try:
        for name in (unfinished, unfinished / TABLES, unfinished / EVIDENCE):
            name.mkdir(mode=0o700, parents=True, exist_ok=True)
        with reading(store, wait_s=wait_s, say=say) as connection:
            export, files = _tables(connection, unfinished / TABLES)
        if evidence:
            export = _with_evidence(export, store, files, unfinished / EVIDENCE)
        else:
            shutil.rmtree(unfinished / EVIDENCE)
        write_whole(unfinished / ABOUT, written(export).encode())
        _flushed(unfinished)
        unfinished.rename(folder)
        on_disk(folder.parent)
    except _DISK as error:
        raise Incomplete(str(unfinished), f"stopped: {error}", _AGAIN) from error
    return export


@dataclass(frozen=True, slots=True)
class _File:
    """A file of evidence, and how many of its octets the store knows."""

    name: str
    known: int


def _tables(connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[Export, list[_File]]:
    """Write the tables of the store that is open, as they are at one moment."""
    names = [name for (name,) in connection.execute("SHOW TABLES").fetchall()]
    with progress("tables", len(names)) as advance:
        tables = []
        for name in sorted(names):
            tables.append(_table(connection, name, folder / f"{name}.parquet"))
            advance()
    schema = connection.execute("SELECT number FROM migration ORDER BY number").fetchall()
    last = last_checkpoint(connection)
    sequences = connection.execute(
        "SELECT sequence_name, coalesce(last_value + 1, start_value) FROM duckdb_sequences()"
    ).fetchall()
    files = connection.execute(
        "SELECT file, max(record_offset + record_length) FROM evidence GROUP BY file ORDER BY file"
    ).fetchall()
    export = Export(
        format=FORMAT,
        provisor=VERSION,
        schema=tuple(number for (number,) in schema),
        made_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        checkpoint=str(last) if last.size else "",
        sequences=dict(sequences),
        tables=tuple(tables),
        evidence=None,
    )
    return export, [_File(*row) for row in files]


def _table(connection: duckdb.DuckDBPyConnection, name: str, file: Path) -> Table:
    """Write one table in the order in which its rows were recorded."""
    with replacing(file) as unfinished:
        try:
            ((rows,),) = connection.execute(
                f"COPY {name} TO {quoted(str(unfinished))} (FORMAT parquet, COMPRESSION zstd)"
            ).fetchall()
        except duckdb.IOException as error:
            raise OSError(errno.EIO, str(error).splitlines()[0]) from error
        unfinished.chmod(0o600)
    return Table(name, rows, octets_of(connection, name, name), _sha256(file))


def _with_evidence(export: Export, store: Path, files: list[_File], folder: Path) -> Export:
    """Copy the files of evidence; a name is the place of its file in the order of all of them."""
    home = store.absolute().parent
    for one in files:
        source = home / one.name
        if not source.is_file():
            raise EvidenceError(str(source), "the file of evidence is missing", _LEFT_OUT)
        if source.stat().st_size < one.known:
            raise EvidenceError(str(source), "the file of evidence is cut short", _LEFT_OUT)
        if not _is_warc(source):
            # A store that was merged may name any file of this machine as its evidence.
            raise EvidenceError(str(source), "no WARC file", _LEFT_OUT)
    copies = []
    with octet_progress("evidence", sum((home / one.name).stat().st_size for one in files)) as more:
        for number, one in enumerate(files):
            copies.append(_copy(home / one.name, folder / f"{number:06}", one.name, more))
    names = {copy.name for copy in copies}
    for strange in folder.iterdir():  # of an earlier run, when the store held other files
        if strange.name not in names:
            strange.unlink()
    return replace(export, evidence=tuple(copies))


def _is_warc(source: Path) -> bool:
    """Whether *source* begins as a WARC file does; packed with gzip it is looked into."""
    with source.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, len(_WARC))
        except zlib.error:
            return False
    return head.startswith((_WARC, _ZSTD))


def _copy(source: Path, to: Path, name: str, advance: AdvanceOctets) -> EvidenceCopy:
    size = source.stat().st_size
    digest = _sha256(source) if to.is_file() and to.stat().st_size == size else ""
    if digest and _sha256(to) == digest:
        advance(size, 1)
        return EvidenceCopy(to.name, name, size, digest)
    found, octets = hashlib.sha256(), 0
    with replacing(to) as unfinished:
        unfinished.touch(mode=0o600)
        with source.open("rb") as file, unfinished.open("wb") as out:
            while chunk := file.read(min(_CHUNK, size - octets)):  # it may be growing
                found.update(chunk)
                out.write(chunk)
                octets += len(chunk)
                advance(len(chunk), 0)
    return EvidenceCopy(to.name, name, octets, found.hexdigest())


def _flushed(folder: Path) -> None:
    for one in (*folder.iterdir(), folder):
        on_disk(one)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
