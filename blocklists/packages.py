"""A package: a folder with `manifest.json`, which says who hands in what, and its tables.

`entries.csv` (or `.jsonl`) names addresses, `hashes.csv` digests. With mode `delta` a package says
what changed since the one before, with mode `snapshot` all that is listed now.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from blocklists.documents import Document, read_bytes, read_document
from blocklists.refusals import ListRefused
from provenance.strict_json import NotStrictJson, parse_object

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCHEMA = "provisor-blocklist/1"
ROLES = (
    "right_holder", "agent", "association", "authority", "hotline", "list_maintainer", "operator",
)  # fmt: skip
BASES = (
    "right_holder_notice", "court_order", "administrative_order", "association_list", "hotline",
    "third_party_list",
)  # fmt: skip
LIST_ID = re.compile(r"[a-z0-9._-]{1,100}/[a-z0-9._-]{1,100}")

_MODES = ("snapshot", "delta")
_COUNTRY = re.compile(r"[A-Z]{2}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DEFAULTS = ("scope", "category", "right_holder", "notice_date", "expires_on")
_STATEMENTS = ("good_faith", "accurate", "authorised")
_MANIFEST_BYTES = 1024**2
_MAX_VERSION = 2**31 - 1
_SLACK = timedelta(days=1)
_FIRST_YEAR = 1998


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
    own_names: tuple[str, ...] = ()
    """The hosts of the submitter's mail address and web page."""


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
    for code, wrong in _CHECKS:
        if what := wrong(manifest):
            raise ListRefused(str(folder), code, what)
    declared = _declared(manifest)
    if declared.issued_at > now + _SLACK:
        raise ListRefused(str(folder), "F_ISSUED_AT", _text(manifest, "issued_at"))
    defaults = _object(manifest, "defaults")
    return Package(
        declared=declared,
        defaults={name: _text(defaults, name) for name in _DEFAULTS},
        tables=tuple(_table(folder, file, encoding) for file in _files(manifest)),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _table(folder: Path, file: dict[str, object], encoding: str) -> Table:
    """Return a table of the package, if it is the very file the manifest speaks of."""
    name, promised = _text(file, "path"), _text(file, "sha256").lower()
    if (folder / name).is_symlink() or not (folder / name).is_file():
        raise ListRefused(str(folder), "F_PATH", f"{name!r} is not a file of the package")
    document = read_document(
        folder / name, encoding=encoding, follow=False, check=_is_promised(folder, name, promised)
    )
    if _text(file, "kind") == "hashes":
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
    submitter = _object(manifest, "submitter")
    version = manifest["version"]
    return Declared(
        list_id=_text(manifest, "list_id"),
        version=version if isinstance(version, int) else 0,
        issued_at=datetime.fromisoformat(_text(manifest, "issued_at")),
        submitter=_text(submitter, "name"),
        role=_text(submitter, "role"),
        basis=_text(manifest, "basis"),
        mode=_text(manifest, "mode"),
        sensitivity=_text(manifest, "sensitivity"),
        own_names=_own_names(submitter),
    )


def _own_names(submitter: dict[str, object]) -> tuple[str, ...]:
    """Return the hosts by which the submitter is reached."""
    mail = _text(submitter, "email").rpartition("@")[2].strip()
    written = (f"https://{mail}/", _text(submitter, "url"))
    return tuple(host for text in written if (host := _host(text)))


def _host(url: str) -> str:
    from provenance.urls import NotAnAddress, address  # not for those who only ask for ROLES

    try:
        return address(url).host
    except NotAnAddress:
        return ""


def _wrong_list_id(manifest: dict[str, object]) -> str:
    list_id = _text(manifest, "list_id")
    return "" if LIST_ID.fullmatch(list_id) else repr(list_id)


def _wrong_version(manifest: dict[str, object]) -> str:
    version = manifest.get("version")
    good = type(version) is int and 0 < version <= _MAX_VERSION
    return "" if good else f"manifest.json: version is {version!r}, not a whole number from 1"


def _wrong_submitter(manifest: dict[str, object]) -> str:
    submitter = _object(manifest, "submitter")
    missing = [n for n in ("name", "role", "country", "email") if not _text(submitter, n).strip()]
    if missing:
        return f"{missing[0]} is missing"
    if not _COUNTRY.fullmatch(_text(submitter, "country")):
        return f"country {_text(submitter, 'country')!r} is not two letters such as JP"
    if "@" not in _text(submitter, "email"):
        return f"email {_text(submitter, 'email')!r} is not a mail address"
    role = _text(submitter, "role")
    return "" if role in ROLES else f"role {role!r} is not one of {', '.join(ROLES)}"


def _wrong_issued_at(manifest: dict[str, object]) -> str:
    text = _text(manifest, "issued_at")
    try:
        issued_at = datetime.fromisoformat(text)
    except ValueError:
        return repr(text)
    return "" if issued_at.tzinfo and issued_at.year >= _FIRST_YEAR else repr(text)


def _wrong_statement(manifest: dict[str, object]) -> str:
    if manifest.get("basis") == "third_party_list":
        return ""  # whoever copies a public list cannot state this
    statements = _object(manifest, "statements")
    missing = [name for name in _STATEMENTS if statements.get(name) is not True]
    missing += [n for n in ("signed_by", "signed_on") if not _text(statements, n).strip()]
    return f"{missing[0]} is missing or not true" if missing else ""


def _wrong_sensitivity(manifest: dict[str, object]) -> str:
    sensitivity = manifest.get("sensitivity")
    hashes = any(_text(file, "kind") == "hashes" for file in _files(manifest))
    if sensitivity not in ("public", "restricted") or (hashes and sensitivity == "public"):
        return repr(sensitivity) + (" for a list of digests" if hashes else "")
    return ""


def _wrong_path(manifest: dict[str, object]) -> str:
    files = _files(manifest)
    names = [_text(file, "path") for file in files]
    strange = [name for name in names if not re.fullmatch(r"(?!\.)[^/\\\0:]+", name)]
    kinds = sorted(_text(file, "kind") for file in files)
    if strange:
        return f"{strange[0]!r} is not a file of the package"
    if kinds in (["entries"], ["hashes"], ["entries", "hashes"]):
        return ""
    return f"{len(files)} files ({', '.join(kinds)})" if files else "none"


def _wrong_mode(manifest: dict[str, object]) -> str:
    mode = manifest.get("mode")
    if mode not in _MODES:
        return repr(mode)
    if mode == "delta" and not _SHA256.fullmatch(_text(manifest, "previous_sha256").lower()):
        return "delta without previous_sha256"
    return ""


# In this order: what makes the rest unreadable first.
_CHECKS: tuple[tuple[str, Callable[[dict[str, object]], str]], ...] = (
    ("F_SCHEMA_VERSION", lambda m: "" if m.get("schema") == SCHEMA else repr(m.get("schema"))),
    ("F_PATH", _wrong_path),
    ("F_SENSITIVITY", _wrong_sensitivity),
    ("F_LIST_ID", _wrong_list_id),
    ("F_VERSION", _wrong_version),
    ("F_MODE", _wrong_mode),
    ("F_SUBMITTER", _wrong_submitter),
    ("F_BASIS", lambda m: "" if m.get("basis") in BASES else repr(m.get("basis"))),
    ("F_STATEMENT", _wrong_statement),
    ("F_ISSUED_AT", _wrong_issued_at),
)  # fmt: skip


def _object(owner: dict[str, object], name: str) -> dict[str, object]:
    value = owner.get(name)
    return value if isinstance(value, dict) else {}


def _text(owner: dict[str, object], name: str) -> str:
    value = owner.get(name)
    return value if isinstance(value, str) else ""


def _files(manifest: dict[str, object]) -> list[dict[str, object]]:
    files = manifest.get("files")
    return [file for file in files if isinstance(file, dict)] if isinstance(files, list) else []
