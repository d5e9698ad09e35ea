"""Columns that hold digests of what the rows stand for, and which algorithm made them.

A column is taken unasked only where its name and its values make that plain. LAION's number `hash`
is made from address and caption; it is no digest of any content and is refused with that reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.errors import InputRefused, UsageRefused
from provenance.intake.choice import refuse_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from provenance.intake.columns import Column

OPTION, PDQ_OPTION = "--digest-column", "--pdq-column"
EXACT = ("md5", "sha1", "sha256", "sha512")
"""Algorithms whose digests are compared octet by octet."""

NAMES = {
    "md5": ("md5",), "image_md5": ("md5",), "content_md5": ("md5",),
    "sha1": ("sha1",), "image_sha1": ("sha1",), "content_sha1": ("sha1",),
    "sha256": ("sha256",), "image_sha256": ("sha256",), "content_sha256": ("sha256",),
    "sha512": ("sha512",), "image_sha512": ("sha512",), "content_sha512": ("sha512",),
    "content_digest": EXACT, "payload_digest": EXACT, "warc_payload_digest": EXACT,
    "image_hash": EXACT, "digest": EXACT,
}  # fmt: skip
"""What columns of digests are called, and what may stand in them."""

_SHAPES = {
    "md5": re.compile(r"[0-9a-fA-F]{32}|[A-Za-z0-9+/]{22}=="),
    "sha1": re.compile(r"[0-9a-fA-F]{40}|[A-Za-z2-7]{32}|[A-Za-z0-9+/]{27}="),
    "sha256": re.compile(r"[0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}="),
    "sha512": re.compile(r"[0-9a-fA-F]{128}|[A-Za-z0-9+/]{86}=="),
    "pdq": re.compile(r"[0-9a-fA-F]{64}"),
}
_PREFIX = re.compile(r"(?:urn:)?(?:md5|sha-?1|sha-?256|sha-?512)[:-]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DigestColumn:
    """A column of digests."""

    name: str
    algorithm: str
    """md5, sha1, sha256, sha512: exact; pdq: by distance."""


def choose_digests(
    path: Path,
    columns: dict[str, Column],
    asked: Sequence[str],
    pdq: str,
    sample: Callable[[str], Iterable[object]],
) -> tuple[DigestColumn, ...]:
    """Return the columns of digests, those that were asked for or those that are plain.

    Args:
        path: the manifest, for errors.
        columns: its columns by name.
        asked: `NAME` or `NAME:ALGORITHM`; `none`: take none; empty: those that are plain.
        pdq: the column of PDQ digests; empty: none, for it is never taken unasked.
        sample: returns the first values of a column.

    Raises:
        InputRefused: an asked column holds no text, or other digests than were said.
        UsageRefused: an asked column is not there, or its values leave the algorithm open.
    """
    found = [_asked(path, columns, one, sample) for one in asked if one != "none"]
    if not asked:
        found = [one for name in columns if (one := _plain(columns, name, sample))]
    if pdq:
        _require(path, columns, pdq, PDQ_OPTION)
        found.append(_said(path, pdq, "pdq", sample))
    twice = {one.name for one in found if found.count(one) > 1}
    if twice:
        raise UsageRefused(OPTION, f"column {min(twice)!r} is named twice", "name it once")
    return tuple(found)


def _asked(
    path: Path,
    columns: dict[str, Column],
    asked: str,
    sample: Callable[[str], Iterable[object]],
) -> DigestColumn:
    name, _, algorithm = asked.rpartition(":")
    if asked in columns or not name:
        name, algorithm = asked, ""
    algorithm = algorithm.lower().replace("-", "")
    if algorithm and algorithm not in EXACT:
        fact = f"there is no exact algorithm {algorithm!r}"
        raise UsageRefused(OPTION, fact, f"write one of {', '.join(EXACT)}")
    _require(path, columns, name, OPTION)
    if algorithm:
        return _said(path, name, algorithm, sample)
    fitting = _fitting(sample(name), NAMES.get(folded(name), EXACT))
    if len(fitting) != 1:
        fact = f"the first values of column {name!r} do not tell which algorithm made them"
        raise UsageRefused(OPTION, fact, f"write {name}:sha256, or whichever it is")
    return DigestColumn(name, fitting[0])


def _said(
    path: Path, name: str, algorithm: str, sample: Callable[[str], Iterable[object]]
) -> DigestColumn:
    """Return the column as it was said to be, unless its first values are something else."""
    values = _texts(sample(name))
    if values and not any(_SHAPES[algorithm].fullmatch(value) for value in values):
        fact = f"no {algorithm} digest stands in the first values of column {name!r}"
        raise InputRefused(str(path), fact, "name the algorithm that made them")
    return DigestColumn(name, algorithm)


def _plain(
    columns: dict[str, Column], name: str, sample: Callable[[str], Iterable[object]]
) -> DigestColumn | None:
    """Return the column if its name and all of its first values say the same."""
    allowed = NAMES.get(folded(name), ())
    if not allowed or columns[name].kind not in {"VARCHAR", "BLOB"}:
        return None
    fitting = _fitting(sample(name), allowed)
    return DigestColumn(name, fitting[0]) if len(fitting) == 1 else None


def _require(path: Path, columns: dict[str, Column], name: str, option: str) -> None:
    if name not in columns:
        raise UsageRefused(option, f"{path} has no column {name!r}", "check the spelling")
    if columns[name].kind not in {"VARCHAR", "BLOB"}:
        refuse_hash(path, columns, name)
        kind = columns[name].kind[:40]
        raise InputRefused(str(path), f"column {name!r} is {kind}, not text")


def _fitting(values: Iterable[object], allowed: Sequence[str]) -> list[str]:
    """Return the algorithms that may have made all of *values*; none where there are none."""
    texts = _texts(values)
    return [one for one in allowed if texts and all(_SHAPES[one].fullmatch(text) for text in texts)]


def _texts(values: Iterable[object]) -> list[str]:
    texts = (value.strip() for value in values if isinstance(value, str))
    return [_PREFIX.sub("", text, count=1) for text in texts if text]


def folded(name: str) -> str:
    """Return *name* as `NAMES` has it."""
    return name.rpartition(".")[2].strip().lower().replace("-", "_")


def as_text(column: Column) -> str:
    """Return the SQL of the column's values; octets are written in hexadecimal."""
    return f"lower(hex({column.expression}))" if column.kind == "BLOB" else column.expression
