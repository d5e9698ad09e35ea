"""The Link header: addresses with the relations they stand in (RFC 8288, section 3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BETWEEN = re.compile(r"[\s,]*")
_TARGET = re.compile(r"<([^<>]*)>")
# Always matches, so that a text of quotes only is read once: the closing one may be missing.
_PARAMETER = re.compile(
    r"""\s*;\s*([!#$%&'*+.^_`|~0-9A-Za-z-]*)\s*(?:=\s*("(?:\\.|[^"\\])*+"?|[^\s;,]*))?""", re.DOTALL
)
_NEXT = re.compile(r"""(?:"(?:\\.|[^"\\])*+"?|[^",])*+""", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MOST_LINKS = 200


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a Link header."""

    target: str
    """As written; may be relative."""
    relations: frozenset[str]
    """In lower case; of several `rel` parameters the first counts (3.3)."""
    parameters: dict[str, str]
    """By name in lower case; the first of a name counts."""

    @property
    def media_type(self) -> str:
        """The `type` parameter, in lower case."""
        return self.parameters.get("type", "").strip().lower()

    @property
    def elsewhere(self) -> bool:
        """Whether an `anchor` lets the link start at another resource than the answer (3.2)."""
        return bool(self.parameters.get("anchor"))


def links(values: Iterable[str]) -> Iterator[Link]:
    """Yield the links of the field lines *values*; what is no link is passed over."""
    left = _MOST_LINKS
    for value in values:
        at = 0
        while left and at < len(value):
            at = _BETWEEN.match(value, at).end()  # type: ignore[union-attr]
            found = _TARGET.match(value, at)
            if not found:  # no link: on to the comma that ends it
                at = _NEXT.match(value, at).end() + 1  # type: ignore[union-attr]
                continue
            parameters, at = _parameters(value, found.end())
            left -= 1
            yield Link(
                target=found[1].strip(),
                relations=frozenset(parameters.get("rel", "").lower().split()),
                parameters=parameters,
            )


def _parameters(value: str, at: int) -> tuple[dict[str, str], int]:
    """Return the parameters from *at* on, the first of each name, and where they end."""
    parameters: dict[str, str] = {}
    while found := _PARAMETER.match(value, at):
        text = found[2] or ""
        if text.startswith('"'):
            text = _ESCAPED.sub(r"\1", text[1:].removesuffix('"'))
        parameters.setdefault(found[1].lower(), text)
        at = found.end()
    return parameters, _NEXT.match(value, at).end() + 1  # type: ignore[union-attr]
