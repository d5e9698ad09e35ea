"""Which format a list is written in: by the shape of its first 200 lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from blocklists.formats import Format, formats
from blocklists.refusals import ListRefused
from provenance.errors import UsageRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blocklists.documents import Document

_SAMPLE = 200
_SURE, _UNLIKELY = 0.95, 0.5

# Told by name, so that the author knows that the list is not at fault.
_NOT_READ_YET = {
    "adblock": re.compile(r"\|\||@@|\[adblock|.*##", re.IGNORECASE),
    "dnsmasq": re.compile(r"(?:address|server|local)=/"),
    "unbound": re.compile(r"\s*(?:server:|local-zone:|local-data:)"),
    "RPZ": re.compile(r"[$@]|\S+\s+(?:\d+\s+)?(?:IN\s+)?(?:CNAME|SOA|NS)\s", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Detected:
    """A format, and how much of the sample looks like it."""

    format: Format
    share: float
    """From 0 to 1, of the first 200 lines that are neither blank nor comments."""


def detect(document: Document, *, format_name: str | None = None) -> Detected:
    """Return the format of *document*: the one named, or the one nearly all lines look like.

    Raises:
        UsageRefused: there is no such format.
        ListRefused: no format fits, or the named one fits under half of the lines.
    """
    known = formats()
    if format_name is not None and format_name not in known:
        raise UsageRefused(format_name, "not a list format", f"one of: {', '.join(known)}")
    sample = list(islice(_content(document), _SAMPLE))
    shares = {name: format_.fits(sample) for name, format_ in known.items()}
    named = format_name or _by_form(document.place, shares)
    if not sample or named == "csv":  # a CSV without a header is told so by its own reader
        named = named or "plain"
        return Detected(known[named], shares[named])
    best = max(shares, key=lambda name: shares[name])
    if named is None:
        if shares[best] < _SURE:
            raise ListRefused(document.place, "F_FORMAT", _no_format(sample, shares))
        return Detected(known[best], shares[best])
    if shares[named] < _UNLIKELY:
        fact = f"only {shares[named]:.0%} of the first lines look like {named}"
        raise ListRefused(document.place, "F_FORMAT", f"{fact}: {_likely(sample, shares)}")
    return Detected(known[named], shares[named])


def _content(document: Document) -> Iterator[str]:
    for _, line in document.lines:
        text = line.strip()
        if text and not text.startswith(("#", ";", "!")):
            yield text


def _by_form(place: str, shares: dict[str, float]) -> str | None:
    """Return csv for a file that is called so or begins with its header."""
    return "csv" if shares["csv"] == 1 or place.lower().endswith(".csv") else None


def _no_format(sample: Sequence[str], shares: dict[str, float]) -> str:
    told = ", ".join(f"{name} {share:.0%}" for name, share in sorted(shares.items()))
    return f"no format fits 95% of the first lines ({told}): {_likely(sample, shares)}"


def _likely(sample: Sequence[str], shares: dict[str, float]) -> str:
    for name, shape in _NOT_READ_YET.items():
        if sum(bool(shape.match(line)) for line in sample) > _UNLIKELY * len(sample):
            return f"it looks like {name}, which is not read yet"
    best = max(shares, key=lambda name: shares[name])
    if shares[best] < _UNLIKELY:
        return "it looks like no list"
    return f"most look like {best}"
