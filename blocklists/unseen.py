"""Reading a list of illegal content: what is wrong with it is told by line and code alone.

What was found wrong with a line is often the line again, so neither may leave this module.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from blocklists.reading import read_secret
from blocklists.vetting import DigestEntry
from provenance.errors import InputRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from blocklists.gathering import Checked
    from blocklists.preview import Preview
    from blocklists.vetting import Entry

_PLACE = "the list"
_SHOWN = 20


def read_unseen(
    path: Path, *, format_name: str | None, encoding: str, skip_refused: bool, now: datetime
) -> tuple[list[Entry | DigestEntry], dict[str, tuple[int, ...]]]:
    """Return what of the list at *path* can be sealed, and by code the lines that cannot.

    Raises:
        InputRefused: it cannot be read, lines of it would be lost, or nothing is left.
    """
    checked = _checked(path, format_name, encoding, now)
    refused = refused_lines(checked)
    if refused and not skip_refused:
        told = "; ".join(f"{code} in {lines_told(lines)}" for code, lines in refused.items())
        remedy = "mend these lines, or leave them out with --skip-refused"
        raise InputRefused(_PLACE, f"lines cannot be sealed: {told}", remedy)
    entries: list[Entry | DigestEntry] = [*checked.entries, *_exact(checked)]
    if not entries:
        raise InputRefused(_PLACE, "it holds nothing that can be sealed", "check the file")
    return entries, refused


def refused_lines(checked: Checked) -> dict[str, tuple[int, ...]]:
    """Return the lines of *checked* that cannot be sealed, by code."""
    found: dict[str, list[int]] = defaultdict(list)
    for refusal in checked.refusals:
        found[refusal.code].append(refusal.line)
    # Under a key nothing is near anything: a perceptual digest would match itself alone.
    if pdq := [one.line for one in checked.digests if one.digest.algorithm == "pdq"]:
        found["E_HASH_ALGO"] += pdq
    return {code: tuple(lines) for code, lines in found.items()}


def lines_told(lines: Sequence[int]) -> str:
    """Return the numbers of the first twenty *lines*, as a sentence has them."""
    more = " …" if len(lines) > _SHOWN else ""
    return f"line {', '.join(map(str, lines[:_SHOWN]))}{more}"


def preview_unseen(
    entries: Sequence[Entry | DigestEntry], manifest: Path, *, most: int, **columns: Any
) -> Preview:
    """Return what *entries* name in *manifest*, without what they are and any address.

    Args:
        entries: of a list that is to be sealed.
        manifest: in any form that an audit reads.
        most: how many of the rows that are named are told by their number.
        columns: as for `blocklists.preview.preview`.

    Raises:
        InputRefused: the manifest cannot be read.
        UsageRefused: it has no such column.
    """
    from blocklists.preview import preview

    found = preview(
        [one.target for one in entries if not isinstance(one, DigestEntry)],
        manifest,
        digests=[one.digest for one in entries if isinstance(one, DigestEntry)],
        row_numbers=most,
        **columns,
    )
    unnamed = tuple(replace(one, target="", samples=()) for one in found.reaches)
    return replace(found, reaches=unnamed)


def _checked(path: Path, format_name: str | None, encoding: str, now: datetime) -> Checked:
    found = read_secret(path, format_name=format_name, encoding=encoding, now=now)
    if isinstance(found, str):
        fact = f"it cannot be read ({found})"
        raise InputRefused(_PLACE, fact, "see docs/blocklists.md for the code")
    return found


def _exact(checked: Checked) -> Iterator[DigestEntry]:
    return (one for one in checked.digests if one.digest.algorithm != "pdq")
