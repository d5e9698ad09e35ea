"""Hosts files: an address that leads nowhere, then the exact names that are listed."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from blocklists.boilerplate import BOILERPLATE
from blocklists.formats import Candidate, Format, Skip
from blocklists.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NOWHERE = frozenset(map(ip_address, ("0.0.0.0", "127.0.0.1", "::", "::1")))  # noqa: S104 (not bound)


def parse(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip | Refusal]:
    """Yield each name that a line lists."""
    for number, line in lines:
        words = line.partition("#")[0].split()
        if words:
            yield from _names(number, line.strip(), words)
        else:
            yield Skip(number, "comment" if line.strip() else "blank")


def _names(number: int, text: str, words: list[str]) -> Iterator[Candidate | Skip | Refusal]:
    first, *names = words
    if not names or not _is_address(first):
        yield Refusal("E_HOSTS_SYNTAX", line=number, text=text)
        return
    # `0.0.0.0 0.0.0.0` stands at the head of widespread files.
    listed = [name for name in names if name.lower() not in BOILERPLATE and name != first]
    if not listed:
        yield Skip(number, "boilerplate")
    elif not leads_nowhere(first):
        yield Refusal("E_HOSTS_REDIRECT", first, number, text)
    else:
        # A hosts file blocks exact names; reading them as whole sites would widen the list.
        yield from (Candidate(number, name, scope="host") for name in listed)


def fits(lines: Sequence[str]) -> float:
    """Return the share of *lines* that begin with an address and hold a name after it."""
    alike = sum(len(words := line.split()) > 1 and _is_address(words[0]) for line in lines)
    return alike / len(lines) if lines else 0.0


def leads_nowhere(word: str) -> bool:
    """Whether *word* is an address by which a name is blocked: 0.0.0.0, 127.0.0.1, ::, ::1."""
    return _is_address(word) and ip_address(word) in _NOWHERE


def _is_address(word: str) -> bool:
    try:
        ip_address(word)
    except ValueError:
        return False
    return True


FORMAT = Format("hosts", "hosts file: 0.0.0.0 and exact names", parse, fits)
