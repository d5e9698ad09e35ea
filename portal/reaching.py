"""What a list that was handed in would name in the operator's data sets, for whoever reviews it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from blocklists.preview import preview
from blocklists.reading import read_list
from portal.folder import Folder, replace_json
from portal.looking import written_list
from portal.messages import Message, MessageKind
from provenance.errors import ProvisorError
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
    with written_list(message.said["text"].encode()) as path:
        checked = read_list(path, format_name=message.said["format"], now=message.received_at)
    targets = [entry.target for entry in checked.entries]
    found = [_in_one(targets, manifest, names) for manifest in manifests]
    replace_json(folder.lists / f"reach-{message.id}.json", {"manifests": found})


def _in_one(targets: Any, manifest: Path, names: SealedNames | None) -> dict[str, Any]:
    try:
        seen = preview(targets, manifest, names=names)
    except ProvisorError as error:
        # That it cannot be told is shown: nothing named would look harmless.
        return {"manifest": manifest.name, "refused": show(error.fact, 300)}
    return {
        "manifest": manifest.name,
        "rows": seen.rows,
        "named": seen.named,
        "unreadable": seen.unreadable,
        "entries": len(seen.reaches),
        "widest": [
            {**asdict(one), "samples": list(one.samples), "wide": one.is_wide(seen.rows)}
            for one in seen.reaches[:_WIDEST]
        ],
    }
