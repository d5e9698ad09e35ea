"""Which entries are meant: by id, by the beginning of one, or by what they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocklists.digests import ALGORITHMS, digest
from blocklists.refusals import Refusal
from blocklists.targets import target
from provenance.errors import UsageRefused
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blocklists.standing import Standing

_SHORTEST = 8  # of an entry id: enough to name one among millions


def chosen(every: Sequence[Standing], named: Sequence[str], place: str) -> list[Standing]:
    """Return the entries of *every* that are *named*, each once.

    Raises:
        UsageRefused: one of them is not there, or two are meant by the same words.
    """
    found: dict[str, Standing] = {}
    for name in named:
        ones = meant(every, name.strip())
        if len(ones) != 1:
            fact = f"no entry is called {show(name, 80)}"
            if ones:
                fact = f"{len(ones)} entries are called {show(name, 80)}"
            remedy = "name one as `provisor blocklist status` shows it"
            raise UsageRefused(place, fact, remedy)
        found[ones[0].entry_id] = ones[0]
    return list(found.values())


def meant(every: Sequence[Standing], name: str) -> list[Standing]:
    """Return the entries of *every* that *name* can mean."""
    algorithm, _, text = name.partition(":")
    if algorithm.lower() in ALGORITHMS:
        named = digest(algorithm, text)
        return [] if isinstance(named, Refusal) else _called(every, named.entry_id)
    if len(name) >= _SHORTEST and "." not in name:
        return _called(every, name)
    found = target(name)
    if isinstance(found, Refusal):
        return []
    place = (found.host, found.port, found.path)
    same = [one for one in every if (one.host, one.port, one.path) == place]
    return [one for one in same if one.entry_id == found.entry_id] or same


def _called(every: Sequence[Standing], beginning: str) -> list[Standing]:
    return [one for one in every if one.entry_id.startswith(beginning)]
