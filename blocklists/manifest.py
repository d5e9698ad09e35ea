"""What the manifest of a package has to say, and what is wrong with one that does not."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = "provisor-blocklist/1"
ROLES = (
    "right_holder", "agent", "association", "authority", "hotline", "list_maintainer", "operator",
)  # fmt: skip
BASES = (
    "right_holder_notice", "court_order", "administrative_order", "association_list", "hotline",
    "third_party_list",
)  # fmt: skip
LIST_ID = re.compile(r"(?!\.)[a-z0-9._-]{1,100}/(?!\.)[a-z0-9._-]{1,100}")
"""As `owner/slug`; neither begins with a dot, which would be no name of a file."""
DEFAULTS = ("scope", "category", "work", "right_holder", "notice_date", "expires_on")
"""Cells that a package may fill for rows in which they are empty."""

_ORDERS = frozenset({"court_order", "administrative_order"})
_MODES = ("snapshot", "delta")
_COUNTRY = re.compile(r"[A-Z]{2}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_STATEMENTS = ("good_faith", "accurate", "authorised")
_MAX_VERSION = 2**31 - 1
_FIRST_YEAR = 1998


def wrong(manifest: dict[str, object]) -> tuple[str, str] | None:
    """Return the code and the words for the first thing that is wrong with *manifest*."""
    return next(((code, what) for code, check in _CHECKS if (what := check(manifest))), None)


def _wrong_list_id(manifest: dict[str, object]) -> str:
    list_id = text_of(manifest, "list_id")
    return "" if LIST_ID.fullmatch(list_id) else repr(list_id)


def _wrong_version(manifest: dict[str, object]) -> str:
    version = manifest.get("version")
    good = type(version) is int and 0 < version <= _MAX_VERSION
    return "" if good else f"manifest.json: version is {version!r}, not a whole number from 1"


def _wrong_submitter(manifest: dict[str, object]) -> str:
    submitter = member(manifest, "submitter")
    missing = [n for n in ("name", "role", "country", "email") if not text_of(submitter, n).strip()]
    if missing:
        return f"{missing[0]} is missing"
    if not _COUNTRY.fullmatch(text_of(submitter, "country")):
        return f"country {text_of(submitter, 'country')!r} is not two letters such as JP"
    if "@" not in text_of(submitter, "email"):
        return f"email {text_of(submitter, 'email')!r} is not a mail address"
    role = text_of(submitter, "role")
    return "" if role in ROLES else f"role {role!r} is not one of {', '.join(ROLES)}"


def _wrong_issued_at(manifest: dict[str, object]) -> str:
    text = text_of(manifest, "issued_at")
    try:
        issued_at = datetime.fromisoformat(text)
    except ValueError:
        return repr(text)
    return "" if issued_at.tzinfo and issued_at.year >= _FIRST_YEAR else repr(text)


def _wrong_statement(manifest: dict[str, object]) -> str:
    if manifest.get("basis") == "third_party_list":
        return ""  # whoever copies a public list cannot state this
    statements = member(manifest, "statements")
    missing = [name for name in _STATEMENTS if statements.get(name) is not True]
    missing += [n for n in ("signed_by", "signed_on") if not text_of(statements, n).strip()]
    if missing:
        return f"{missing[0]} is missing or not true"
    signed_on = text_of(statements, "signed_on").strip()
    try:
        date.fromisoformat(signed_on[: len("2026-02-03")])
    except ValueError:
        return f"signed_on {signed_on!r} is no day"
    return ""


def _wrong_basis(manifest: dict[str, object]) -> str:
    basis = manifest.get("basis")
    if basis not in BASES:
        return repr(basis)
    # Whoever says that a court or an authority decided says which decision it was.
    return (
        f"{basis!r} without order_ref" if basis in _ORDERS and not manifest.get("order_ref") else ""
    )


def _wrong_defaults(manifest: dict[str, object]) -> str:
    """Refuse a misspelt default as a misspelt column: entries would cover more than was meant."""
    defaults = manifest.get("defaults", {})
    if not isinstance(defaults, dict):
        return "defaults: not a JSON object"
    strange = sorted(defaults.keys() - set(DEFAULTS))
    if strange:
        return f"defaults: the member {strange[0]!r} is not known"
    wrong_kind = [name for name, value in defaults.items() if not isinstance(value, str)]
    return f"defaults: the member {wrong_kind[0]!r} is not text" if wrong_kind else ""


def _wrong_sensitivity(manifest: dict[str, object]) -> str:
    sensitivity = manifest.get("sensitivity")
    hashes = any(text_of(file, "kind") == "hashes" for file in files_of(manifest))
    if sensitivity not in ("public", "restricted") or (hashes and sensitivity == "public"):
        return repr(sensitivity) + (" for a list of digests" if hashes else "")
    return ""


def _wrong_path(manifest: dict[str, object]) -> str:
    files = files_of(manifest)
    names = [text_of(file, "path") for file in files]
    strange = [name for name in names if not re.fullmatch(r"(?!\.)[^/\\\0:]+", name)]
    kinds = sorted(text_of(file, "kind") for file in files)
    if strange:
        return f"{strange[0]!r} is not a file of the package"
    if kinds in (["entries"], ["hashes"], ["entries", "hashes"]):
        return ""
    return f"their kinds are {', '.join(kinds)}" if files else "none"


def _wrong_mode(manifest: dict[str, object]) -> str:
    mode = manifest.get("mode")
    if mode not in _MODES:
        return repr(mode)
    if mode == "delta" and not _SHA256.fullmatch(text_of(manifest, "previous_sha256").lower()):
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
    ("F_BASIS", _wrong_basis),
    ("F_STATEMENT", _wrong_statement),
    ("F_ISSUED_AT", _wrong_issued_at),
    ("F_MANIFEST_JSON", _wrong_defaults),
)  # fmt: skip


def member(owner: dict[str, object], name: str) -> dict[str, object]:
    """Return the object *name* of *owner*, empty where it is none."""
    value = owner.get(name)
    return value if isinstance(value, dict) else {}


def text_of(owner: dict[str, object], name: str) -> str:
    """Return the text *name* of *owner*, empty where it is none."""
    value = owner.get(name)
    return value if isinstance(value, str) else ""


def files_of(manifest: dict[str, object]) -> list[dict[str, object]]:
    """Return what *manifest* says of its files."""
    files = manifest.get("files")
    return [file for file in files if isinstance(file, dict)] if isinstance(files, list) else []
