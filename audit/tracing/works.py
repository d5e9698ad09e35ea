"""What is asked for: an address, a host with all below it, a digest, a creator."""

from __future__ import annotations

import base64
import binascii
import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.errors import InputRefused, UsageRefused
from provenance.many import many
from provenance.show import show
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = ("url", "host", "digest", "creator")
MOST = 100_000
"""Works of one question."""

_ALGORITHMS = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
_PREFIX = re.compile(r"(?:urn:)?(md5|sha-?1|sha-?256|sha-?512)[:-]", re.IGNORECASE)
_BASE32 = re.compile(r"[A-Z2-7]{32}", re.IGNORECASE)
_MD5_BASE64 = re.compile(r"[A-Za-z0-9+/]{22}==")
_MAX_FILE = 64 * 1024 * 1024
_COLUMNS = ["kind", "value"]


class _NotAWork(ValueError):
    """The text names nothing that can be looked for."""


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to look for, in the one spelling that is compared."""

    kind: str
    """One of KINDS."""
    text: str
    """As it was asked for."""
    host: str = ""
    """Of a url or host: canonical, with a port where it is not the scheme's own."""
    path: str = ""
    """Of a url: path and query."""
    spellings: tuple[str, ...] = ()
    """Of a digest: hexadecimal, base32, base64; of a creator: the name."""
    algorithm: str = ""


def work_of(text: str, kind: str = "") -> Work:
    """Return the work that *text* names, of *kind* or of the kind that its form tells.

    Raises:
        UsageRefused: it names none.
    """
    try:
        return _work(text, kind)
    except (_NotAWork, NotAnAddress) as error:
        fact = f"{show(text, 120)!r} cannot be looked for: {error}"
        remedy = "name a URL, a host or a digest, or a creator with --creator"
        raise UsageRefused("trace", fact, remedy) from None


def read_works(path: Path) -> Iterator[Work]:
    """Yield the works of a file: one a line, or CSV with the columns kind and value.

    Raises:
        InputRefused: it cannot be read, or a line names no work.
    """
    if not path.is_file() or path.stat().st_size > _MAX_FILE:
        fact = "no file of at most 64 MiB" if path.exists() else "there is no such file"
        raise InputRefused(str(path), fact, "name a text or CSV file")
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputRefused(str(path), "not UTF-8 text", "save it as UTF-8") from error
    is_table = bool(lines) and [one.strip() for one in lines[0].split(",")] == _COLUMNS
    for number, row in enumerate(csv.reader(lines) if is_table else ([ln] for ln in lines), 1):
        text = row[-1].strip() if row else ""
        if (is_table and number == 1) or not any(cell.strip() for cell in row):
            continue
        if not is_table and text.startswith("#"):
            continue
        place = f"{path}, line {number}"
        if is_table and len(row) != len(_COLUMNS):  # else a part of a name would be looked for
            fact = f"has {many(len(row), 'cell')}, not {len(_COLUMNS)}"
            raise InputRefused(place, fact, "put a value with a comma into quotes")
        try:
            yield _work(text, row[0].strip() if is_table else "")
        except (_NotAWork, NotAnAddress) as error:
            raise InputRefused(place, f"cannot be looked for: {error}", "correct it") from None


def _work(text: str, kind: str) -> Work:
    text = text.strip()
    if kind and kind not in KINDS:
        raise _NotAWork(f"kind {show(kind, 40)!r} is none of {', '.join(KINDS)}")
    return _MAKERS[kind or _kind_of(text)](text)


def _kind_of(text: str) -> str:
    if "://" in text:
        return "url"
    return "digest" if _spellings(text) else "host"


def _url(text: str) -> Work:
    place = address(text)
    return Work("url", text, place.authority, place.path)


def _host(text: str) -> Work:
    place = address(f"http://{text}/")
    if place.path != "/" or "." not in text or "@" in text:
        raise _NotAWork("it is no host name")
    return Work("host", text, place.authority)


def _digest(text: str) -> Work:
    found = _spellings(text)
    if not found:
        raise _NotAWork("it is no md5, sha1, sha256 or sha512 in hexadecimal, base32 or base64")
    algorithm, octets = found
    spelt = [octets.hex(), base64.b64encode(octets).decode()]
    if algorithm == "sha1":
        spelt.append(base64.b32encode(octets).decode().lower())
    return Work("digest", text, spellings=tuple(spelt), algorithm=algorithm)


def _creator(text: str) -> Work:
    if not text:
        raise _NotAWork("the name is empty")
    return Work("creator", text, spellings=(text,))


_MAKERS = {"url": _url, "host": _host, "digest": _digest, "creator": _creator}


def _spellings(text: str) -> tuple[str, bytes] | None:
    """Return the algorithm and octets of a digest, None where *text* is none."""
    said = _PREFIX.match(text)
    bare = text[said.end() :] if said else text
    try:
        octets = _octets(bare)
    except (ValueError, binascii.Error):
        return None
    algorithm = _ALGORITHMS.get(2 * len(octets), "")
    if not algorithm or (said and said[1].lower().replace("-", "") != algorithm):
        return None
    return algorithm, octets


def _octets(bare: str) -> bytes:
    if _BASE32.fullmatch(bare) and not re.fullmatch(r"[0-9a-fA-F]{32}", bare):
        return base64.b32decode(bare.upper())
    if _MD5_BASE64.fullmatch(bare):
        return base64.b64decode(bare, validate=True)
    return bytes.fromhex(bare) if re.fullmatch(r"[0-9a-fA-F]*", bare) else b""
