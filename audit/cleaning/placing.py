"""Which rows of the audit are those of each file: it has to be the audit of exactly these files."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.cleaning.writing import WRITTEN
from audit.folder import SUMMARY
from audit.gathering import done_shards
from audit.inputs import labels
from provenance.errors import InputRefused, UsageRefused
from provenance.many import many

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from provenance.intake.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Placed:
    """A file of the manifest, what it goes by, and its rows in the whole."""

    part: Manifest
    label: str
    rows: range


def read_summary(audit: Path) -> dict[str, Any]:
    """Return what the finished audit in the folder *audit* came to."""
    try:
        said: dict[str, Any] = json.loads((audit / SUMMARY).read_text("utf-8"))
        int(said["shards"])
    except (OSError, ValueError, LookupError, TypeError):
        fact = "no folder that a finished audit left"
        raise InputRefused(str(audit), fact, "name the --out of `provisor audit`") from None
    return said


def place_files(manifests: Sequence[Manifest], audit: Path, shards: int) -> tuple[Placed, ...]:
    """Return where the rows of each file stand in the audit, which has to be of exactly these."""
    audited: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for shard in done_shards(audit, shards):
        for judged in shard.parts:
            audited[judged.file] = judged.sha256
            counts[judged.file] += judged.row_count
    named = dict(zip(labels(manifests), manifests, strict=True))
    for label, part in named.items():
        if label not in audited or audited[label] != part.sha256:
            fact = f"is not the file that {audit} is the audit of"
            raise InputRefused(str(part.path), fact, "audit it, or name the audit of it")
        if part.form.name not in WRITTEN:
            fact = f"a manifest of form {part.form.name} is not written anew"
            remedy = "choose rows by `provisor verdicts`, or audit it as Parquet or JSON Lines"
            raise InputRefused(str(part.path), fact, remedy)
    if list(named) != list(audited):
        fact = (
            f"is the audit of {many(len(audited), 'file')} in their order, named are {len(named):,}"
        )
        raise InputRefused(str(audit), fact, "name the files as for `provisor audit`")
    found, first = [], 0
    for label, part in named.items():
        found.append(Placed(part, label, range(first, first + counts[label])))
        first += counts[label]
    return tuple(found)


def refuse_unfit(to: Path, inputs: Sequence[Path], audit: Path) -> None:
    """Refuse a folder that holds something: it could be an input, or what nobody can bring back."""
    place = to.resolve()
    if place == audit.resolve() or any(place == path.resolve() for path in inputs):
        raise UsageRefused(str(to), "the output would lie over an input", "choose another --to")
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise UsageRefused(str(to), "there is something already", "choose another --to")
