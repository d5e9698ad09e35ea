"""Which format a list is written in: by the shape of its first 200 lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from blocklists.formats import Format, formats
from blocklists.refusals import ListRefused
from provenance.errors import UsageRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blocklists.documents import Document

_SAMPLE = 200
_SURE, _UNLIKELY = 0.95, 0.5
_WITH_HEADER = frozenset({"csv", "hashes"})
_LIKE_PLAIN = frozenset({"squidguard", "wildcard"})  # they read names, too

# Told by name, so that the author knows that the list is not at fault.
_NOT_READ = {
    "PeerGuardian ranges of addresses": re.compile(
        r":\d{1,3}(?:\.\d{1,3}){3}-\d{1,3}(?:\.\d{1,3}){3}"
    ),
    "a web page": re.compile(
        r"(?i:^\s*</?(?:!doctype html|html|head|body|title|meta|link|script|div|p|table|tr|td|a)\b)"
    ),
    "XML": re.compile(r"^</?[?!a-zA-Z][^>]*>"),
    "STIX or MISP": re.compile(r'^"(?:type|spec_version|pattern|Event|uuid|id)"\s*:'),
    "regular expressions": re.compile(r"\\\.|\.\*|\(\?|\[\^"),
}
_FORMATS_BY_NAME = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_SQUIDGUARD_NAME = "urls"  # squidGuard's own name for such a file


@dataclass(frozen=True, slots=True)
class Detected:
    """A format, and how much of the sample looks like it."""

    format: Format
    share: float
    """From 0 to 1, of the first 200 lines that are neither blank nor comments."""
    shares: tuple[tuple[str, float], ...] = ()
    """The same for every format, the likeliest first: what could be proposed instead."""


def detect(document: Document, *, format_name: str | None = None) -> Detected:
    """Return the format of *document*: the one named, or the one nearly all lines look like.

    Raises:
        UsageRefused: there is no such format.
        ListRefused: no format fits, or the named one fits under half of the lines.
    """
    known = formats()
    if format_name is not None and format_name not in known:
        raise UsageRefused(format_name, "not a list format", f"one of: {', '.join(sorted(known))}")
    sample = list(islice(_content(document), _SAMPLE))
    shares = {name: format_.fits(sample) for name, format_ in known.items()}
    ranked = sorted(known, key=lambda name: (-shares[name], -known[name].rank, name))
    best = ranked[0]
    told = tuple((name, shares[name]) for name in ranked)
    named = format_name or _by_name(document.place, shares)
    if not sample or named in _WITH_HEADER:  # one without a header is told so by its own reader
        named = named or "plain"
        return Detected(known[named], shares[named], told)
    if named is None:
        if shares[best] < _SURE:
            raise ListRefused(document.place, "F_FORMAT", _no_format(sample, told))
        return Detected(known[best], shares[best], told)
    fit = max(shares[named], shares["plain"] if named in _LIKE_PLAIN else 0)
    if fit < _UNLIKELY:
        fact = f"only {shares[named]:.0%} of the first lines look like {named}"
        raise ListRefused(document.place, "F_FORMAT", f"{fact}: {_likely(sample, best, shares)}")
    return Detected(known[named], shares[named], told)


def format_of_name(name: str) -> str | None:
    """Return the format that the name of a file tells; None: it tells none."""
    path = PurePath(name.lower())
    return "squidguard" if path.name == _SQUIDGUARD_NAME else _FORMATS_BY_NAME.get(path.suffix)


def _content(document: Document) -> Iterator[str]:
    for _, line in document.lines:
        text = line.strip()
        if text and not text.startswith(("#", ";", "!")):
            yield text


def _by_name(place: str, shares: dict[str, float]) -> str | None:
    """Return the format that the name of a file tells, or the header of a table."""
    for name in ("hashes", "csv"):
        if shares[name] == 1:
            return name
    named = format_of_name(place)
    return None if named == "squidguard" and shares["plain"] < _SURE else named


def _no_format(sample: Sequence[str], told: Sequence[tuple[str, float]]) -> str:
    shares = ", ".join(f"{name} {share:.0%}" for name, share in told if share) or "none"
    likely = _likely(sample, told[0][0], dict(told))
    return f"no format fits 95% of the first lines ({shares}): {likely}"


def _likely(sample: Sequence[str], best: str, shares: dict[str, float]) -> str:
    for name, shape in _NOT_READ.items():
        if sum(bool(shape.search(line)) for line in sample) > _UNLIKELY * len(sample):
            return f"it looks like {name}, which cannot be read"
    if shares[best] < _UNLIKELY:
        return "it looks like no list"
    return f"most look like {best}"
