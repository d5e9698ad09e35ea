"""The Link header: where a resource points, with which relation and of which type (RFC 8288)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TARGET = re.compile(r"[ \t,]*+<([^<>]*+)>")
# Possessive, so that a line of nothing but quotes takes no time.
_PARAMETER = re.compile(
    r"""[ \t]*+;[ \t]*+(?:([A-Za-z0-9!#$&+.^_`|~*-]++)"""
    r"""(?:[ \t]*+=[ \t]*+(?:"((?:[^"\\]|\\.)*+)"|([^\s",;]*+)))?+)?+"""
)
_QUOTED_PAIR = re.compile(r"\\(.)")
_TO_NEXT = re.compile(r"""(?:[^",]++|"(?:[^"\\]|\\.)*+"?+)*+,""")
_MOST = 200


@dataclass(frozen=True, slots=True)
class Link:
    """One link: its target as written, its relations and its parameters."""

    target: str
    relations: frozenset[str]
    """Lower case; of several `rel` parameters the first counts (RFC 8288, section 3.3)."""
    parameters: dict[str, str]
    """By name in lower case; the first of a name counts."""


def links(lines: Iterable[str]) -> Iterator[Link]:
    """Yield the links of the field *lines*; what cannot be read is passed over."""
    found = 0
    for line in lines:
        place = 0
        while (start := _TARGET.match(line, place)) and found < _MOST:
            parameters, place = _parameters(line, start.end())
            relations = frozenset(parameters.get("rel", "").lower().split())
            yield Link(start[1].strip(), relations, parameters)
            found += 1
            after = _TO_NEXT.match(line, place)
            if not after:
                break
            place = after.end()


def _parameters(line: str, place: int) -> tuple[dict[str, str], int]:
    parameters: dict[str, str] = {}
    while parameter := _PARAMETER.match(line, place):
        place = parameter.end()
        name, quoted, token = parameter.groups(default="")
        value = _QUOTED_PAIR.sub(r"\1", quoted) if quoted else token
        if name:
            parameters.setdefault(name.lower(), value.strip())
    return parameters, place
