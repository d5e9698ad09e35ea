"""The records of a robots.txt, with their line numbers (RFC 9309, section 2.2).

Lines end at CR, LF or CRLF and nowhere else: U+2028 or a vertical tab in a path is part of the
path. Octets that a URL cannot hold as they are come back percent-encoded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 500 * 1024
"""Octets that are read; RFC 9309, section 2.5 asks for at least so many."""

# Whole, several times or in part: editors and scripts that join files leave all three.
_BOMS = re.compile(rb"(?:\xef\xbb\xbf)+|\xef\xbb?(?=[\x00-\x7f])")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_BLANKS = b" \t"
_UNPRINTABLE = re.compile(rb"[^\x21-\x7e]")
_NOT_IN_PATTERNS = re.compile(rb"[^\x21-\x7e]|#")

# Spellings that stand in many files and that Google's parser and Protego read the same way.
_SPELLINGS = {
    "useragent": "user-agent",
    "user agent": "user-agent",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One record: a field and its value."""

    number: int
    """From 1, as an editor shows it."""
    field: str
    """Lower case, in its proper spelling; empty where the line has no colon."""
    value: str
    """Trimmed; for allow and disallow with other octets than printable ASCII escaped."""
    misspelt: bool = False


def robots_lines(body: bytes) -> Iterator[Line]:
    """Yield the records of *body*; blank lines and comments are passed over."""
    for number, raw in enumerate(_LINE_END.split(_read_part(body)), start=1):
        text = raw.partition(b"#")[0].strip(_BLANKS)
        bare = _BOMS.sub(b"", text, count=1) if _BOMS.match(text) else text
        if bare:
            line = _record(number, bare)
            yield line if bare == text else replace(line, misspelt=True)


def path_and_rest(value: str) -> tuple[str, str]:
    """Split a value that may begin with a path pattern; the path is empty where none stands.

    It begins with `/` and ends before the first blank (draft-ietf-aipref-attach, section 3.2).
    """
    if not value.startswith("/"):
        return "", value
    path, *rest = re.split(r"[ \t]+", value, maxsplit=1)
    return escaped_pattern(path), "".join(rest)


def escaped_pattern(pattern: str) -> str:
    """Return *pattern* with what neither a URL nor a line of a robots.txt holds percent-encoded."""
    octets = pattern.encode("utf-8", "replace")
    return _NOT_IN_PATTERNS.sub(lambda octet: b"%%%02X" % octet[0][0], octets).decode("ascii")


def _read_part(body: bytes) -> bytes:
    """Return what is read of *body*: no byte order mark, and whole lines within the limit."""
    mark = _BOMS.match(body)
    body = body[mark.end() :] if mark else body
    if len(body) <= LIMIT:
        return body
    ends = [end.end() for end in _LINE_END.finditer(body, LIMIT - 65536, LIMIT)]
    # A rule cut in the middle would be another rule: `Disallow: /private` and `Disallow: /`.
    return body[: ends[-1]] if ends else body[:LIMIT]


def _record(number: int, text: bytes) -> Line:
    name, colon, value = text.partition(b":")
    if not colon:
        return Line(number, "", text.decode("utf-8", "replace"))
    written = name.strip(_BLANKS).decode("utf-8", "replace").lower()
    field = _SPELLINGS.get(written, written)
    value = value.strip(_BLANKS)
    if field in {"allow", "disallow"}:
        shown = _UNPRINTABLE.sub(lambda octet: b"%%%02X" % octet[0][0], value).decode("ascii")
    else:
        shown = value.decode("utf-8", "replace")
    return Line(number, field, shown, misspelt=field != written)
