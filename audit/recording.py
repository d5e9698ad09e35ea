"""That an audit was made, of what and with which result, goes into the store."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from provenance.errors import StoreError
from provenance.recording import record_run
from provenance.store import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit.summary import Summary


def record_audit(
    store: Path, summary: Summary, *, wait_s: float, say: Callable[[str], None]
) -> None:
    """Record the audit as a run; where the store cannot be written, say so: the reports stand."""
    try:
        with writing(store, wait_s=wait_s, say=say) as connection:
            record_run(
                connection,
                run_id=uuid.uuid4().hex,
                kind="audit",
                started_at=summary.made_at,
                settings={
                    "manifest": summary.manifest,
                    "snapshot": summary.snapshot,
                    "declaration": summary.declaration,
                    "limits": summary.limits,
                    "inputs": summary.inputs,
                    "levels": summary.levels,
                    "rules": [rule.id for rule in summary.rules],
                },
                version=summary.version,
            )
    except StoreError as error:
        say(f"this audit was not recorded: {error}")
