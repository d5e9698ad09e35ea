"""JSON Lines of robots.txt captures: one capture a line, its body inline, in base64, or in a file.

| member                | meaning                                                             |
|-----------------------|---------------------------------------------------------------------|
| url, captured_at      | required; the time with its zone                                    |
| status                | null: the source did not record it                                  |
| body, body_base64     | the octets, as text or in base64                                    |
| file, sha256          | or: a file beside the list, taken only if it has this digest        |
| body_lowercased       | true: the source stored lower case, so paths compare without case   |
| source, *_basis, host | kept as said; a host that is not the address's own is refused       |
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import re
import zlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from provenance.errors import InputRefused
from provenance.records import Capture, Probe
from provenance.strict_json import NotStrictJson, parse_object
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_LINE = 16 * 1024 * 1024
"""Octets of one line, and of one body file."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_CLOCKS_DIFFER = timedelta(days=1)


def read_captures(path: Path) -> Iterator[Capture]:
    """Yield the captures of *path* (`.jsonl`, or `.jsonl.gz`), in order.

    Raises:
        InputRefused: naming the file, the line and what is wrong with it.
    """
    for number, line in _lines(path):
        try:
            yield _capture(parse_object(line), path)
        except (NotStrictJson, NotAnAddress, OverflowError, _Wrong) as error:
            remedy = "correct the line and import again"
            raise InputRefused(f"{path}, line {number}", str(error), remedy) from error


class _Wrong(ValueError):
    """A member is missing or does not say what it should."""


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    if not path.is_file():
        fact = "a folder" if path.is_dir() else "there is no such file"
        raise InputRefused(str(path), fact, "name a .jsonl or .jsonl.gz file")
    number = 0
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            while line := lines.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    fact = f"longer than {MAX_LINE:,} bytes"
                    raise InputRefused(f"{path}, line {number}", fact)
                if line.strip():
                    yield number, line
    except (OSError, EOFError, zlib.error) as error:
        raise InputRefused(f"{path}, after line {number}", f"cannot be read ({error})") from error
    if not number:
        raise InputRefused(str(path), "the file is empty", "name a file with captures")


def _capture(said: dict[str, Any], path: Path) -> Capture:
    place = address(_text(said, "url"))
    if place.path != "/robots.txt":
        raise _Wrong(f"{place.path[:80]!r} is not /robots.txt, and only those captures are read")
    named = _text(said, "host", place.authority)
    if named.lower() not in {place.authority, place.host}:
        raise _Wrong(f"host {named[:80]!r} is not the host of the address")
    return Capture(
        url=place.url,
        host=place.authority,
        path=place.path,
        probe=Probe.ROBOTS,
        captured_at=_moment(_text(said, "captured_at")),
        captured_at_basis=_text(said, "captured_at_basis", ""),
        method="import",
        source=_text(said, "source", path.name),
        status=_status(said.get("status")),
        status_basis=_text(said, "status_basis", ""),
        body=_body(said, path),
        lowercased=_flag(said, "body_lowercased"),
    )


def _text(said: dict[str, Any], name: str, default: str | None = None) -> str:
    value = said.get(name, default)
    if not isinstance(value, str):
        raise _Wrong(f"`{name}` is missing or not text")
    if _SURROGATE.search(value):
        raise _Wrong(f"`{name}` holds half a character")
    return value


def _flag(said: dict[str, Any], name: str) -> bool:
    value = said.get(name, False)
    if not isinstance(value, bool):
        raise _Wrong(f"`{name}` is neither true nor false")
    return value


def _status(value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 100 <= value <= 999:
        raise _Wrong(f"`status` is {str(value)[:40]!r}, not an HTTP status or null")
    return value


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _Wrong(
            f"`captured_at` {text[:40]!r} is not a time such as 2025-01-03T18:35:56Z"
        ) from None
    if moment.tzinfo is None:
        raise _Wrong(f"`captured_at` {text[:40]!r} has no zone; add Z for UTC")
    if moment > datetime.now(UTC) + _CLOCKS_DIFFER:
        raise _Wrong(f"`captured_at` {text[:40]!r} lies in the future")
    return moment.astimezone(UTC)


def _body(said: dict[str, Any], path: Path) -> bytes | None:
    """Return the body wherever it is kept; None where the source kept none."""
    if "body" in said:
        body = _text(said, "body").encode("utf-8", "surrogatepass")
    elif "body_base64" in said:
        try:
            body = base64.b64decode(_text(said, "body_base64"), validate=True)
        except (binascii.Error, ValueError) as error:
            raise _Wrong(f"`body_base64` is not base64 ({error})") from None
    elif "file" in said:
        body = _body_file(path, _text(said, "file"))
        _text(said, "sha256")  # without it any file of this machine could be named
    else:
        return None
    digest = hashlib.sha256(body).hexdigest()
    if said.get("sha256", digest) != digest:
        raise _Wrong("the body does not have the SHA-256 that `sha256` says")
    return body


def _body_file(path: Path, name: str) -> bytes:
    try:
        file = (path.parent / name).resolve(strict=True)
        near = file.is_relative_to(path.resolve().parent.parent) and file.is_file()
        with file.open("rb") as opened:
            body = opened.read(MAX_LINE + 1) if near else b""
    except (OSError, ValueError):
        near, body = False, b""
    if not near or len(body) > MAX_LINE:
        raise _Wrong(
            f"`file` {name[:120]!r} is no file in the folder of the list, or in the one around it,"
            f" of at most {MAX_LINE:,} bytes"
        )
    return body
