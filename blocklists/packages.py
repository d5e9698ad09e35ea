"""A package: a folder with `manifest.json`, which says who hands in what, and its tables.

`entries.csv` (or `.jsonl`) names addresses, `hashes.csv` digests. With mode `delta` a package says
what changed since the one before, with mode `snapshot` all that is listed now.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from blocklists.documents import Document, read_bytes, read_document
from blocklists.manifest import BASES, DEFAULTS, LIST_ID, ROLES, files_of, member, text_of, wrong
from blocklists.refusals import ListRefused
from provenance.strict_json import NotStrictJson, parse_object

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["BASES", "LIST_ID", "ROLES", "Declared", "Package", "Table", "read_package"]

RESTRICTED = "restricted"
"""The sensitivity of a list that partners keep to themselves: nothing of it is shown."""

_MANIFEST_BYTES = 1024**2
_SLACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Declared:
    """What a manifest says of its list."""

    list_id: str
    version: int
    issued_at: datetime
    submitter: str
    role: str
    basis: str
    mode: str = "snapshot"
    """`snapshot`, or `delta`: changes alone."""
    sensitivity: str = "public"
    """`public`, or `restricted`: nothing of it is shown."""
    previous_sha256: str = ""
    """Of the version that a delta changes, as its receipt tells it."""
    own_names: tuple[str, ...] = ()
    """The hosts of the submitter's mail address and web page."""

    @property
    def restricted(self) -> bool:
        """Whether partners keep the list to themselves."""
        return self.sensitivity == RESTRICTED


@dataclass(frozen=True, slots=True)
class Table:
    """One file of a package."""

    format: str
    """`csv` or `jsonl` for entries, `hashes` for digests."""
    document: Document


@dataclass(frozen=True, slots=True)
class Package:
    """A package, read and checked against its manifest."""

    declared: Declared
    defaults: dict[str, str]
    """For cells of the table that are empty."""
    tables: tuple[Table, ...]
    sha256: str
    """Of manifest.json, which holds the digests of the tables."""


def read_package(folder: Path, *, encoding: str = "utf-8", now: datetime) -> Package:
    """Return the package in *folder*.

    Raises:
        ListRefused: the manifest is missing or wrong, or does not fit the files.
    """
    path = folder / "manifest.json"
    if not path.exists():
        raise ListRefused(str(folder), "F_MANIFEST_MISSING")
    content = read_bytes(path, follow=False, limit=_MANIFEST_BYTES)
    try:
        manifest = parse_object(content)
    except NotStrictJson as error:
        raise ListRefused(str(folder), "F_MANIFEST_JSON", str(error)) from error
    if found := wrong(manifest):
        raise ListRefused(str(folder), *found)
    declared = _declared(manifest)
    if declared.issued_at > now + _SLACK:
        raise ListRefused(str(folder), "F_ISSUED_AT", text_of(manifest, "issued_at"))
    defaults = member(manifest, "defaults")
    return Package(
        declared=declared,
        defaults={name: text_of(defaults, name) for name in DEFAULTS},
        tables=tuple(_table(folder, file, encoding) for file in files_of(manifest)),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _table(folder: Path, file: dict[str, object], encoding: str) -> Table:
    """Return a table of the package, if it is the very file the manifest speaks of."""
    name, promised = text_of(file, "path"), text_of(file, "sha256").lower()
    if (folder / name).is_symlink() or not (folder / name).is_file():
        raise ListRefused(str(folder), "F_PATH", f"{name!r} is not a file of the package")
    document = read_document(
        folder / name, encoding=encoding, follow=False, check=_is_promised(folder, name, promised)
    )
    if text_of(file, "kind") == "hashes":
        return Table("hashes", document)
    return Table("jsonl" if name.lower().endswith(".jsonl") else "csv", document)


def _is_promised(folder: Path, name: str, promised: str) -> Callable[[str], None]:
    """Return what refuses a file by its digest, before anything in it is believed."""

    def check(found: str) -> None:
        if found != promised:
            what = f"{name}: the manifest says sha256 {promised[:12]}, the file has {found[:12]}"
            raise ListRefused(str(folder), "F_CHECKSUM", what)

    return check


def _declared(manifest: dict[str, object]) -> Declared:
    submitter = member(manifest, "submitter")
    version = manifest["version"]
    return Declared(
        list_id=text_of(manifest, "list_id"),
        version=version if isinstance(version, int) else 0,
        issued_at=datetime.fromisoformat(text_of(manifest, "issued_at")),
        submitter=text_of(submitter, "name"),
        role=text_of(submitter, "role"),
        basis=text_of(manifest, "basis"),
        mode=text_of(manifest, "mode"),
        sensitivity=text_of(manifest, "sensitivity"),
        previous_sha256=text_of(manifest, "previous_sha256").lower(),
        own_names=_own_names(submitter),
    )


def _own_names(submitter: dict[str, object]) -> tuple[str, ...]:
    """Return the hosts by which the submitter is reached."""
    mail = text_of(submitter, "email").rpartition("@")[2].strip()
    written = (f"https://{mail}/", text_of(submitter, "url"))
    return tuple(host for text in written if (host := _host(text)))


def _host(url: str) -> str:
    from provenance.urls import NotAnAddress, address  # not for those who only ask for ROLES

    try:
        return address(url).host
    except NotAnAddress:
        return ""
