"""The formats lists come in: each module of this package holds exactly one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from provenance.registry import collect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from blocklists.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value to be vetted, with what its line says about it."""

    line: int
    """From 1."""
    text: str
    """The value as written."""
    scope: str = ""
    """One of `targets.SCOPES`, or `hash` for a digest; empty: by the value's form."""
    category: str = ""
    work: str = ""
    right_holder: str = ""
    notice_date: str = ""
    expires_on: str = ""
    action: str = ""
    """`add` or nothing, `withdraw`, `update`."""
    algorithm: str = ""
    """Of a digest, as written."""
    quality: str = ""
    """Of a PDQ digest, as written."""


@dataclass(frozen=True, slots=True)
class Skip:
    """A line that lists nothing."""

    line: int
    reason: str
    """`blank`, `comment`, `boilerplate` or `header`."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a list."""

    name: str
    title: str
    parse: Callable[[Iterable[tuple[int, str]]], Iterator[Candidate | Skip | Refusal]]
    """From decoded lines with their numbers. A refusal with an F_ code ends the list."""
    fits: Callable[[Sequence[str]], float]
    """The share of lines, free of comments and blanks, that look like this format."""
    rank: int = 0
    """Of formats that fit equally well, the one with the highest is proposed."""


@cache
def formats() -> dict[str, Format]:
    """Return every format by its name."""
    return collect(sys.modules[__name__], Format)
