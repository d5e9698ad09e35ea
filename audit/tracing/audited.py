"""The files to search: manifests as they are named, or those that an audit was of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from audit.folder import SUMMARY
from audit.gathering import done_shards
from audit.inputs import open_manifests
from provenance.errors import InputRefused
from provenance.intake.manifest import open_manifest
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from provenance.intake.manifest import Manifest


def is_audit(folder: Path) -> bool:
    """Whether *folder* is what `provisor audit` left."""
    return (folder / SUMMARY).is_file() and (folder / "shards").is_dir()


def searched_in(
    place: Path,
    *,
    url_column: str = "",
    date_column: str = "",
    say: Callable[[str], object] = lambda _: None,
) -> tuple[tuple[Manifest, str], ...]:
    """Return the files to search in *place*, each with the zone of its dates that have none.

    Args:
        place: a manifest, a folder of them, or the folder of an audit, which has chosen its columns
            and declares the zone.
        url_column: the column of addresses; empty: found by name.
        date_column: the column of dates, or `none`; empty: found by name.
        say: told what a folder holds besides.

    Raises:
        InputRefused: a file cannot be used, or is not as it was audited.
        UsageRefused: the choice of columns cannot be carried out.
    """
    if is_audit(place):
        return tuple((part, _said(place).zone) for part in audited_files(place))
    parts = open_manifests([place], url_column=url_column, date_column=date_column, say=say)
    return tuple((part, "UTC") for part in parts)


def audited_files(folder: Path) -> tuple[Manifest, ...]:
    """Return the files that the audit in *folder* was of.

    Raises:
        InputRefused: the audit is not finished, or a file is gone or another.
    """
    said = _said(folder)
    shards = done_shards(folder, said.shards)
    digests = {part.file: part.sha256 for done in shards for part in done.parts}
    beside = folder.absolute().parent
    found = []
    for label, sha256 in digests.items():
        near = (beside / label, beside / said.name / label)
        path = next((path for path in near if path.is_file()), None)
        part = open_manifest(path, url_column=said.url, date_column=said.date) if path else None
        if part is None or part.sha256 != sha256:
            fact = f"{show(label)}, of which it is the audit, is not beside it as it was"
            raise InputRefused(str(folder), fact, "name the manifest itself")
        found.append(part)
    return tuple(found)


class _Said(NamedTuple):
    """What the summary of an audit says of its manifest."""

    shards: int
    name: str
    url: str
    date: str
    zone: str


def _said(folder: Path) -> _Said:
    try:
        said = json.loads((folder / SUMMARY).read_text("utf-8"))
        manifest, zone = said["manifest"], said["declaration"]["timezone"]
        return _Said(
            int(said["shards"]), manifest["file"], manifest["url_column"],
            manifest["date_column"] or "none", zone,
        )  # fmt: skip
    except (OSError, ValueError, LookupError, TypeError):
        fact = "no folder that a finished audit left"
        raise InputRefused(str(folder), fact, "name the manifest itself") from None
