"""The folder that an audit leaves: what lies where in it, and which shards of it are done."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import duckdb

from provenance.errors import StoreError, UsageRefused
from provenance.show import show
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SIDES = ("facts", "fired", "states", "tally", "lists")
"""What is kept of a shard besides its verdicts, each in a folder of its own."""

TABLES = ("verdicts", *SIDES)
SUMMARY = "summary.json"
KNOWLEDGE = "knowledge.duckdb"

_MARKS = "shards"
_BEGUN = "audit.json"
FOLDERS = (*TABLES, _MARKS)
"""In which an audit keeps its own files."""
_FORMAT = "provisor-audit/1"


@dataclass(frozen=True, slots=True)
class Part:
    """What a shard holds of one file."""

    file: str
    sha256: str
    bytes: int
    row_count: int


@dataclass(frozen=True, slots=True)
class Done:
    """That a shard is done, and what was counted."""

    key: str
    """The digest of all that its results depend on."""
    number: int
    parts: tuple[Part, ...]
    first_in_file: int
    """Which row of its first part it begins with."""
    row_count: int
    unreadable_dates: int
    odd_urls: int
    collected: dict[str, int]
    """Rows by the day from which they were collected, or by the month where the days are many."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What an audit was begun with."""

    manifest: str
    question: str
    """The digest of what is asked."""
    snapshot: str
    """The file of what was known, as seen from the folder."""
    snapshot_digest: str
    shards: int


def table(folder: Path, name: str, number: int) -> Path:
    """Return where a shard's table lies."""
    return folder / name / f"{number:05d}.parquet"


def mark(folder: Path, number: int) -> Path:
    """Return where it is said that a shard is done."""
    return folder / _MARKS / f"{number:05d}.json"


def write_done(folder: Path, done: Done) -> None:
    """Say that a shard is done: the last thing that is written of it."""
    _write(mark(folder, done.number), asdict(done))


def read_done(folder: Path, number: int) -> Done | None:
    """Return what is said of a shard, if it is done."""
    try:
        said = json.loads(mark(folder, number).read_text("utf-8"))
        return Done(**said | {"parts": tuple(Part(**part) for part in said["parts"])})
    except (OSError, ValueError, LookupError, TypeError):
        return None


def write_begun(folder: Path, begun: Begun) -> None:
    """Say what the audit in *folder* was begun with."""
    _write(folder / _BEGUN, {"format": _FORMAT} | asdict(begun))


def read_begun(folder: Path) -> Begun | None:
    """Return what the audit in *folder* was begun with, if there is one."""
    try:
        said = json.loads((folder / _BEGUN).read_text("utf-8"))
        return Begun(**said) if said.pop("format") == _FORMAT else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def refuse_unfit(folder: Path, manifest: str, inputs: Sequence[Path], outputs: set[str]) -> None:
    """Refuse a folder in which an output would lie over an input, or over what is not ours.

    Raises:
        UsageRefused: saying which.
    """
    place = folder.resolve()
    resolved = {path.resolve() for path in inputs}
    written = {place / name for name in {*outputs, *FOLDERS, SUMMARY, _BEGUN}}
    within = any(place / name in path.parents for path in resolved for name in FOLDERS)
    if folder.is_file() or resolved & written or within:
        raise UsageRefused(str(folder), "an output would lie over an input", "choose another --out")
    begun = read_begun(folder)
    if begun and begun.manifest != manifest:
        fact = f"it holds the audit of {show(begun.manifest)}"
        raise UsageRefused(str(folder), fact, "choose another --out, or remove it")
    if not begun and (strange := [name for name in FOLDERS if (folder / name).exists()]):
        fact = f"it holds {strange[0]!r}, which no audit left there"
        raise UsageRefused(str(folder), fact, "choose another --out")


def make_ready(folder: Path, keep: set[int], reports: set[str]) -> None:
    """Make the folders, and remove all but the results of the shards *keep*.

    A mark goes first and comes last, so that what it stands for is whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in reports:
        (folder / name).unlink(missing_ok=True)
    for name in (*reports, KNOWLEDGE, _BEGUN):  # what a killed process was writing
        for file in folder.glob(f".{name}.*"):
            file.unlink()
    kept = {f"{number:05d}" for number in keep}
    for name in (_MARKS, *TABLES):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for file in (folder / name).iterdir():
            if file.stem not in kept:
                file.unlink()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Write beside *path* and put the file there when it is whole."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{uuid4().hex[:8]}")
    try:
        yield unfinished
        unfinished.replace(path)
    except (OSError, duckdb.IOException) as error:
        fact = f"cannot be written ({error})"
        remedy = "make room and run the command again; an audit goes on with --resume"
        raise StoreError(str(path), fact, remedy) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _write(path: Path, said: dict[str, Any]) -> None:
    with replacing(path) as file:
        file.write_text(json_text(said) + "\n", "utf-8")
