"""The files that an audit was of, found again beside its folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from audit.folder import SUMMARY, read_done
from provenance.errors import InputRefused
from provenance.intake.manifest import open_manifest
from provenance.show import show

if TYPE_CHECKING:
    from pathlib import Path

    from provenance.intake.manifest import Manifest


def is_audit(folder: Path) -> bool:
    """Whether *folder* is what `provisor audit` left."""
    return (folder / SUMMARY).is_file() and (folder / "shards").is_dir()


def audited_files(folder: Path) -> tuple[Manifest, ...]:
    """Return the files that the audit in *folder* was of.

    Raises:
        InputRefused: the audit is not finished, or a file is gone or another.
    """
    try:
        said = json.loads((folder / SUMMARY).read_text("utf-8"))
        shards, manifest = int(said["shards"]), said["manifest"]
        name, url, date = manifest["file"], manifest["url_column"], manifest["date_column"]
    except (OSError, ValueError, LookupError, TypeError):
        fact = "no folder that a finished audit left"
        raise InputRefused(str(folder), fact, "name the manifest itself") from None
    digests: dict[str, str] = {}
    for number in range(shards):
        done = read_done(folder, number)
        if done is None:
            fact = f"shard {number} of its audit is not done"
            raise InputRefused(str(folder), fact, "go on with `provisor audit … --resume`")
        digests |= {part.file: part.sha256 for part in done.parts}
    beside = folder.absolute().parent
    found = []
    for label, sha256 in digests.items():
        near = (beside / label, beside / name / label)
        path = next((path for path in near if path.is_file()), None)
        if path is not None:
            part = open_manifest(path, url_column=url, date_column=date or "none")
        if path is None or part.sha256 != sha256:
            fact = f"{show(label)}, of which it is the audit, is not beside it as it was"
            raise InputRefused(str(folder), fact, "name the manifest itself")
        found.append(part)
    return tuple(found)
