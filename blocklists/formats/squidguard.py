"""squidGuard and UT1 files: names in `domains`, `host/path` without a scheme in `urls`.

A path covers itself and what lies below it, as squidGuard compares them. A leading dot, as Squid
and Privoxy write it, means the site and all below it, which is what a name means anyway.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blocklists.formats import Candidate, Format, Skip
from blocklists.formats.plain import parse as parse_plain
from blocklists.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_RANK = -1  # each of its lines is a plain one, too, and means less there
_PATH = re.compile(r"(?P<host>[^\s/|^=,;\"<>$]+)/\S+")
_EXPRESSION = re.compile(r"\\\.|\.\*|\(\?|\[\^|\([^()|]*\|")


def parse(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip | Refusal]:
    """Yield each name as a site and each path as what lies below it."""
    for item in parse_plain(lines):
        if not isinstance(item, Candidate):
            yield item
        elif _EXPRESSION.search(item.text):
            yield Refusal("E_REGEX", "", item.line, item.text)
        else:
            yield Candidate(item.line, item.text, scope=_scope(item.text))


def _scope(text: str) -> str:
    """Return what a value covers here: a query makes it one page."""
    path = text.partition("://")[2] or text
    _, slash, rest = path.partition("/")
    if not slash or not rest or rest.startswith("#"):
        return ""  # a name, by its form
    return "url" if "?" in rest else "url_prefix"


def fits(lines: Sequence[str]) -> float:
    """Return the share of *lines* that are a path without a scheme."""
    alike = sum(
        (found := _PATH.fullmatch(line)) is not None and "." in found["host"] for line in lines
    )
    return alike / len(lines) if lines else 0.0


FORMAT = Format("squidguard", "squidGuard and UT1: names, and host/path", parse, fits, rank=_RANK)
