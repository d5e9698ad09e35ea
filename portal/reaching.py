"""What a list that was handed in would name in the operator's data sets, for whoever reviews it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from blocklists.preview import preview
from blocklists.reading import read_list
from portal.folder import Folder, replace_json
from portal.looking import written_list
from portal.messages import Message, MessageKind
from portal.refusing import fact_in_each
from provenance.errors import ProvisorError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blocklists.gathering import Checked
    from provenance.sealed import SealedNames

_WIDEST = 20


def reach_of(
    folder: Folder,
    message: Message,
    manifests: Sequence[Path],
    names: SealedNames | None = None,
) -> None:
    """Publish what the list of *message* names in each of *manifests*; nothing that is sealed."""
    if message.kind is not MessageKind.LIST:
        return
    try:
        with written_list(message.said["text"].encode()) as path:
            checked = read_list(path, format_name=message.said["format"], now=message.received_at)
        found = [_in_one(checked, manifest, names) for manifest in manifests]
    except ProvisorError as error:
        found = [_untold(manifest, error) for manifest in manifests]
    replace_json(folder.lists / f"reach-{message.id}.json", {"manifests": found})


def _in_one(checked: Checked, manifest: Path, names: SealedNames | None) -> dict[str, Any]:
    try:
        seen = preview(
            [entry.target for entry in checked.entries],
            manifest,
            digests=[entry.digest for entry in checked.digests],
            names=names,
        )
    except ProvisorError as error:
        return _untold(manifest, error)
    return {
        "manifest": manifest.name,
        "rows": seen.rows,
        "named": seen.named,
        "unreadable": seen.unreadable,
        "uncompared": seen.uncompared,
        "entries": len(seen.reaches),
        "widest": [
            {
                **asdict(one),
                "samples": list(one.samples),
                "wide": one.is_wide(seen.rows),
                "placeholder": one.is_placeholder,
            }
            for one in seen.reaches[:_WIDEST]
        ],
    }


def _untold(manifest: Path, error: ProvisorError) -> dict[str, Any]:
    """Say that it cannot be told: nothing named would look harmless."""
    return {"manifest": manifest.name, **fact_in_each(error.fact)}
