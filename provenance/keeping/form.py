"""What an export says of itself: `export.json`, which names each of its files with its digest."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from provenance.errors import InputRefused
from provenance.ledger.checkpoint import parse_checkpoint
from provenance.strict_json import NotStrictJson, json_text, parse_object

if TYPE_CHECKING:
    from pathlib import Path

    from provenance.ledger.checkpoint import Checkpoint

ABOUT = "export.json"
TABLES = "tables"
EVIDENCE = "evidence"
FORMAT = 1

_LARGEST = 64 * 1024 * 1024
_MOST = 2**62
_REMEDY = "get the export again from where it was made"
_NAMES = re.compile(r"[a-z_]{1,64}")
_DIGESTS = re.compile(r"[0-9a-f]{64}")
_FILES = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table, in the order in which they were recorded: `tables/<name>.parquet`."""

    name: str
    rows: int
    octets: int
    """What its texts and octets come to when they are unpacked."""
    sha256: str


@dataclass(frozen=True, slots=True)
class EvidenceCopy:
    """A file of evidence: `evidence/<name>`."""

    name: str
    """Six digits."""
    file: str
    """Under which name the store knows it: relative to its folder, or absolute."""
    octets: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Export:
    """What a folder holds."""

    format: int
    provisor: str
    """The release that wrote it."""
    schema: tuple[int, ...]
    """The migrations that the store went through."""
    made_at: str
    checkpoint: str
    """What the ledger of the store came to (C2SP tlog-checkpoint); empty: nothing was recorded."""
    sequences: dict[str, int]
    """The next number of each."""
    tables: tuple[Table, ...]
    evidence: tuple[EvidenceCopy, ...] | None
    """None: it was left out."""

    @property
    def files(self) -> dict[str, tuple[str, int | None]]:
        """Digest and length of each file by its place; of tables no length is said."""
        found: dict[str, tuple[str, int | None]] = {
            f"{TABLES}/{one.name}.parquet": (one.sha256, None) for one in self.tables
        }
        of_evidence = {
            f"{EVIDENCE}/{one.name}": (one.sha256, one.octets) for one in self.evidence or ()
        }
        return found | of_evidence


def written(export: Export) -> str:
    """Return *export* as the text of its file."""
    return json_text(asdict(export), indent=1) + "\n"


def read_about(folder: Path, *, known: set[int]) -> Export:
    """Return what *folder* says of itself.

    Args:
        folder: the export.
        known: the migrations that this release knows.

    Raises:
        InputRefused: it is no export, or one of a newer release.
    """
    file = folder / ABOUT
    place = str(file)
    if folder.is_symlink() or file.is_symlink() or not file.is_file():
        raise InputRefused(str(folder), f"no export: it has no {ABOUT}", "name an export's folder")
    if file.stat().st_size > _LARGEST:
        raise InputRefused(place, f"over {_LARGEST:,} octets", _REMEDY)
    try:
        said = parse_object(file.read_bytes())
    except (NotStrictJson, OSError) as error:
        raise InputRefused(place, str(error), _REMEDY) from error
    if said.get("format") != FORMAT:
        fact = f"format {str(said.get('format'))[:20]!r}, and this provisor knows {FORMAT}"
        raise InputRefused(place, fact, "update provisor, or get another export")
    try:
        export = _export(said)
        if export.checkpoint:
            parse_checkpoint(export.checkpoint, place)
    except (KeyError, TypeError, ValueError) as error:
        raise InputRefused(place, f"not what an export says ({error})", _REMEDY) from error
    if strange := set(export.schema) - known:
        fact = f"written by a newer provisor (schema {max(strange)}, this one knows {max(known)})"
        raise InputRefused(place, fact, "update provisor")
    return export


def checkpoint_of(export: Export) -> Checkpoint | None:
    """Return what the ledger of the store came to."""
    return parse_checkpoint(export.checkpoint, ABOUT)[0] if export.checkpoint else None


def _export(said: dict[str, Any]) -> Export:
    tables, evidence = _a(list, said, "tables"), said["evidence"]
    return Export(
        format=FORMAT,
        provisor=_a(str, said, "provisor"),
        schema=tuple(_each_a(int, said, "schema")),
        made_at=_a(str, said, "made_at"),
        checkpoint=_a(str, said, "checkpoint"),
        sequences={
            _like(_NAMES, name): _number(said["sequences"], name, least=1)
            for name in _a(dict, said, "sequences")
        },
        tables=_each_once(
            Table(
                _like(_NAMES, one["name"]),
                _number(one, "rows"),
                _number(one, "octets"),
                _like(_DIGESTS, one["sha256"]),
            )
            for one in tables
        ),
        evidence=None
        if evidence is None
        else _each_once(
            EvidenceCopy(
                _like(_FILES, one["name"]),
                _file_name(one),
                _number(one, "octets"),
                _like(_DIGESTS, one["sha256"]),
            )
            for one in _a(list, said, "evidence")
        ),
    )


def _each_once(items: Any) -> Any:
    found = tuple(items)
    if len({one.name for one in found}) < len(found):
        message = "a name stands twice"
        raise ValueError(message)
    return found


def _a(kind: type, said: dict[str, Any], name: str) -> Any:
    if not isinstance(said[name], kind):
        message = f"{name!r} is no {kind.__name__}"
        raise TypeError(message)
    return said[name]


def _each_a(kind: type, said: dict[str, Any], name: str) -> list[Any]:
    items: list[Any] = _a(list, said, name)
    if not items or any(type(item) is not kind for item in items):
        message = f"{name!r} is no list of {kind.__name__}"
        raise TypeError(message)
    return items


def _number(said: dict[str, Any], name: str, *, least: int = 0) -> int:
    number = _a(int, said, name)
    if isinstance(number, bool) or not least <= number < _MOST:
        message = f"{name!r} is out of bounds"
        raise ValueError(message)
    return int(number)


def _like(pattern: re.Pattern[str], text: object) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        message = f"{str(text)[:80]!r} is no name or digest of ours"
        raise ValueError(message)
    return text


def _file_name(said: dict[str, Any]) -> str:
    name: str = _a(str, said, "file")
    if not name or "\0" in name:
        message = "'file' is no name"
        raise ValueError(message)
    return name
