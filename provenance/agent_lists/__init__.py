"""The forms lists of crawlers come in: each module of this package holds exactly one.

What is in them was written by others and is checked before any of it counts: tokens that no
robots.txt could name, repeated rows and stray members refuse the whole list.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from provenance.registry import collect

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from provenance.agents import Agent

LARGEST = 5 * 1024 * 1024
"""Octets of a list; the largest known has 130,000."""
MOST = 20_000
"""Rows of a list."""

_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/ -]{0,98}[A-Za-z0-9]|[A-Za-z]")
_TEXT = re.compile(r"[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]{0,120}")


class NotAList(ValueError):
    """The content is no list of this form."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list says."""

    agents: tuple[Agent, ...]
    version: str
    """Its own; empty where it states none."""


@dataclass(frozen=True, slots=True)
class ListForm:
    """One form of list."""

    name: str
    title: str
    claims: Callable[[bytes], bool]
    """Whether content looks like it."""
    read: Callable[..., Listed]
    """From content, and as `checked` the day it was fetched where it states none itself; raise
    NotAList where it cannot be used."""
    canary: bytes
    """A list of one row, which must be found."""


@cache
def list_forms() -> dict[str, ListForm]:
    """Return every form by its name."""
    return collect(sys.modules[__name__], ListForm)


def read_list(content: bytes, *, checked: date) -> tuple[ListForm, Listed]:
    """Return the form of *content* and what it says.

    Args:
        content: the list, as it came.
        checked: the day it was fetched, where it states none itself.

    Raises:
        NotAList: it is of no form, too large, or a row cannot be used.
    """
    if len(content) > LARGEST:
        raise NotAList(f"larger than {LARGEST // 1024 // 1024} MiB")
    for form in list_forms().values():
        if form.claims(content):
            return form, form.read(content, checked=checked)
    names = "; ".join(form.title for form in list_forms().values())
    raise NotAList(f"of no form that is read ({names})")


def a_token(value: Any, place: str) -> str:
    """Return *value* where a robots.txt could name it; `*` and line ends it could not."""
    if not isinstance(value, str) or not _TOKEN.fullmatch(value):
        raise NotAList(f"{place}: {str(value)[:40]!a} is no token (ASCII letters, digits, . _ / -)")
    return value


def a_text(value: Any, place: str) -> str:
    """Return *value* where it is a short line of text."""
    if not isinstance(value, str) or not _TEXT.fullmatch(value):
        raise NotAList(f"{place}: {str(value)[:40]!r} is no line of at most 120 characters")
    return value.strip()


def each_once(agents: list[Agent]) -> tuple[Agent, ...]:
    """Return *agents*, of those that differ in case only the first."""
    if not agents:
        raise NotAList("it lists nothing")
    if len(agents) > MOST:
        raise NotAList(f"it lists more than {MOST:,} tokens")
    first: dict[str, Agent] = {}
    for agent in agents:
        first.setdefault(agent.key, agent)
    return tuple(first.values())
