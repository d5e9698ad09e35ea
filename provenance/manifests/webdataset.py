"""webdataset: a tar of samples, as img2dataset writes it; the .json of each sample is its row.

A sample is what stands together under one name up to its first dot. One without .json is a row
without an address. The tar is read from front to end; nothing is unpacked, pictures are skipped.
"""

from __future__ import annotations

import re
import tarfile
from typing import TYPE_CHECKING

from provenance.errors import InputRefused
from provenance.intake.rewriting import as_json_lines
from provenance.manifests import Form
from provenance.manifests import jsonl as lines
from provenance.strict_json import NotStrictJson, parse_object

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LARGEST = 16 * 1024 * 1024
_BLOCK = 512
_PART = 1024 * 1024
_META = re.compile(r"__[^/]*__($|/)")
"""What webdataset itself keeps in a tar."""


def _rows(path: Path) -> Iterator[dict[str, object]]:
    sample: dict[str, object] | None = None
    key = ""
    try:
        with tarfile.open(path, "r|") as tar:
            for member in tar:
                name, _, ending = _parts(member.name)
                if not member.isreg() or _META.match(member.name):
                    continue
                if sample is None or name != key:
                    if sample is not None:
                        yield sample
                    sample, key = {}, name
                if ending.lower() == "json":
                    if sample:
                        raise InputRefused(f"{path.name}, {member.name[:80]}", "it stands twice")
                    sample = _row(path, tar, member)
                # Otherwise every header of the archive stays in memory.
                tar.members = []  # type: ignore[attr-defined]
            _refuse_rest(path, tar.offset)
    except tarfile.TarError as error:
        raise InputRefused(path.name, f"not a whole tar ({error})", "copy it again") from error
    if sample is not None:
        yield sample


def _refuse_rest(path: Path, offset: int) -> None:
    """Refuse a tar that does not end in two blocks of zeros and nothing else (POSIX.1-2001, pax).

    `tarfile` takes a header that it cannot read for the end, and the end of the file too.
    """
    with path.open("rb") as file:
        rest = file.seek(0, 2) - offset
        file.seek(offset)
        parts = iter(lambda: file.read(_PART), b"")
        if rest < 2 * _BLOCK or any(part.strip(b"\0") for part in parts):
            raise InputRefused(path.name, "not a whole tar (it has no end)", "copy it again")


def _parts(name: str) -> tuple[str, str, str]:
    folder, slash, base = name.rpartition("/")
    stem, dot, ending = base.partition(".")
    return folder + slash + stem, dot, ending


def _row(path: Path, tar: tarfile.TarFile, member: tarfile.TarInfo) -> dict[str, object]:
    place = f"{path.name}, {member.name[:80]}"
    if member.size > _LARGEST:
        raise InputRefused(place, "larger than 16 MiB", "leave it out")
    file = tar.extractfile(member)
    try:
        row = parse_object(file.read() if file else b"")
    except NotStrictJson as error:
        raise InputRefused(place, str(error), "write one object in each .json") from error
    return {"__key__": _parts(member.name)[0], **row}


FORM = Form(
    "webdataset",
    (".tar",),
    lines.jsonl_columns,
    lines.jsonl_relation,
    rewrite=as_json_lines(_rows),
)
