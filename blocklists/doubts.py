"""What an entry is held back for: a name so popular or so shared that somebody should look."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from blocklists.targets import NAME_SCOPES, Target, target
from provenance.errors import InputRefused
from provenance.show import show
from provenance.suffixes import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

REASONS = {
    "popular": "its name is among the most visited",
    "platform": "many owners publish below this name",
    "official": "a name of a government, a school or a university",
    "own-name": "a name of whoever handed it in, or of the operator",
    "withdrawn-before": "it was withdrawn as an error, and is listed again",
    "rejected-before": "it was rejected before, and is listed again",
    "mass-change": "the version adds or removes so much that it may be another list",
}
"""Why something is held back, as a reviewer reads it."""

_LONGEST = 1024
_HOST = re.compile(r"[a-z0-9_.-]{1,253}")
_RANK = re.compile(r"\s*[0-9]+\s*,\s*")
# Registries for public bodies and for teaching: `go.jp`, `gov.uk`, `ac.jp`. A plain `.ac` is none.
_OFFICIAL = frozenset({"gov", "mil", "edu", "ac", "go", "gob", "gouv", "lg"})
_WHOLE_SUFFIXES = frozenset({"gov", "mil", "edu", "int"})


@dataclass(frozen=True, slots=True)
class Watched:
    """Names that an entry for a whole site or host is held back for."""

    popular: frozenset[str] = frozenset()
    """Of the operator's popularity list."""
    own: frozenset[str] = frozenset()
    """Sites of the submitter, as their mail address and page tell, and of the operator."""


NOTHING_WATCHED = Watched()


def doubt(entry: Target, watched: Watched) -> str:
    """Return why *entry* is held back, as a key of REASONS; empty: it is not.

    An entry for one page or directory is specific enough to stand.
    """
    if entry.scope not in NAME_SCOPES:
        return ""
    names = {entry.host, entry.host.removeprefix("www.")}
    if any(entry.host == own or entry.host.endswith(f".{own}") for own in watched.own):
        return "own-name"
    if names & platforms():
        return "platform"
    if _is_official(entry.host):
        return "official"
    return "popular" if names & watched.popular else ""


def read_popular(path: Path) -> frozenset[str]:
    """Return the names of a popularity list: one a line, or `rank,name` as Tranco writes it.

    Raises:
        InputRefused: it cannot be read, or a line names no host.
    """
    try:
        with path.open(encoding="utf-8-sig") as lines:
            return frozenset(_names(path, lines))
    except (OSError, UnicodeDecodeError) as error:
        fact = f"cannot be read as UTF-8 text ({type(error).__name__})"
        raise InputRefused(str(path), fact, "name a file with one name per line") from error


def _names(path: Path, lines: TextIO) -> Iterator[str]:
    number = 0
    while line := lines.readline(_LONGEST):
        number += 1
        rank = _RANK.match(line)
        name = line[rank.end() if rank else 0 :].strip().lower()
        if not name or name.startswith("#"):
            continue
        if not _HOST.fullmatch(name):
            fact = f"line {number} names no host: {show(name, 80)}"
            raise InputRefused(str(path), fact, "write one name per line, or rank,name")
        yield name


@cache
def platforms() -> frozenset[str]:
    """Return the names below which many owners publish, by `platforms.csv`."""
    text = (resources.files("blocklists") / "platforms.csv").read_text("utf-8")
    return frozenset(row["host"] for row in csv.DictReader(text.splitlines()))


def sites_of(*addresses: str) -> frozenset[str]:
    """Return the sites behind mail addresses and pages; what cannot be read is left out."""
    found = (target(one.rpartition("@")[2]) for one in addresses if one)
    return frozenset(place(one.host).site for one in found if isinstance(one, Target))


def _is_official(host: str) -> bool:
    suffix = place(host).suffix
    first, _, country = suffix.partition(".")
    return suffix in _WHOLE_SUFFIXES or (bool(country) and first in _OFFICIAL)
