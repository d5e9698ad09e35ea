"""What must not be written over: the files of an audit, and the manifest that it judged."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from audit.folder import FOLDERS
from audit.gathering import done_shards
from audit.verdicts import shards_of
from provenance.errors import UsageRefused

if TYPE_CHECKING:
    from pathlib import Path

_REMEDY = "choose another --out"


def refuse_own(audit: Path, out: Path) -> None:
    """Refuse to write to *out* what the folder *audit* says, where that is one of its own inputs.

    Raises:
        UsageRefused: *out* lies among the files of the audit, or is the manifest it was made of.
        InputRefused: *audit* is no finished audit.
    """
    if out.resolve().parent in {audit.resolve() / name for name in FOLDERS}:
        raise UsageRefused(str(out), "the audit keeps its own files there", _REMEDY)
    if not out.is_file():
        return
    judged = {part.sha256 for done in done_shards(audit, shards_of(audit)) for part in done.parts}
    with out.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() in judged:
            raise UsageRefused(str(out), "it is a file that the audit judged", _REMEDY)
