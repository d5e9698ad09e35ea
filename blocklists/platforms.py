"""Hosts shared by many owners that the Public Suffix List does not know, and public bodies.

An entry for all of one is not refused, but a person has to look at it: sites for copies are
popular, and so are the places where everybody keeps something. The hosts stand in platforms.csv.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from provenance.suffixes import place

# Elsewhere than below a suffix, `ac` and `go` say nothing: .ac is a country's own ending.
_PUBLIC_BODIES = frozenset({"gov", "mil", "edu", "ac", "go", "gob", "gouv", "govt", "gub"})
_NOT_PUBLIC = frozenset({"ac", "go.it"})  # Ascension; the province of Gorizia


def doubts(scope: str, host: str) -> tuple[str, ...]:
    """Return the Q_ codes for an entry of *scope* for canonical *host*; pages raise none."""
    if scope not in {"domain", "host", "subdomains"}:
        return ()
    found = []
    if host in platforms():
        found.append("Q_PLATFORM")
    if _is_public_body(place(host).suffix):
        found.append("Q_PUBLIC_BODY")
    return tuple(found)


@cache
def _is_public_body(suffix: str) -> bool:
    return suffix.partition(".")[0] in _PUBLIC_BODIES and suffix not in _NOT_PUBLIC


@cache
def platforms() -> frozenset[str]:
    """Return the hosts that are known to be shared."""
    text = (resources.files("blocklists") / "platforms.csv").read_text("utf-8")
    return frozenset(text.split()[1:])
