"""What the store keeps of the captures of a timeline: quotes, lines, and where the octets stand."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from audit.explaining.lines import deciding_lines
from audit.explaining.timeline import rows_of
from provenance.errors import InputRefused
from provenance.statements import statement
from provenance.store import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from audit.explaining.explanation import Happened
    from provenance.records import RobotsFile

_LINE_END = re.compile(rb"\r\n|\r|\n")


def with_proof(
    events: Sequence[Happened],
    store: Path,
    path: str,
    read_robots: Callable[[bytes, bool], RobotsFile],
    *,
    wait_s: float,
    say: Callable[[str], None],
) -> list[Happened]:
    """Add to each capture of *events* what *store* keeps of it.

    Raises:
        InputRefused: the store holds another capture by that number.
        StoreError: the store cannot be read.
    """
    numbers = [one.said["capture_id"] for one in events if "capture_id" in one.said]
    with reading(store, wait_s=wait_s, say=say) as connection:
        text = statement("audit", "explain/proof")
        kept = {row["capture_id"]: row for row in rows_of(connection, text, captures=numbers)}
    found = []
    for one in events:
        if "capture_id" not in one.said:
            found.append(one)
            continue
        row = kept.get(one.said["capture_id"])
        if row is None or (row["captured_at"], row["body_sha256"]) != (
            one.at,
            one.said["body_sha256"],
        ):
            fact = f"its capture {one.said['capture_id']} is not the one that was known"
            raise InputRefused(str(store), fact, "name the store that the audit was made from")
        found.append(replace(one, proof=_proof(one, row, path, read_robots)))
    return found


def _proof(
    event: Happened,
    row: dict[str, Any],
    path: str,
    read_robots: Callable[[bytes, bool], RobotsFile],
) -> dict[str, Any]:
    lines: list[dict[str, Any]] = []
    body, refused = row["body"], event.said.get("refused")
    if body and refused:
        texts = _LINE_END.split(body)
        file = read_robots(bytes(body), row["lowercased"])
        lines = [
            {"line": line, "quote": texts[line - 1].decode("utf-8", "replace").strip(),
             "refuses": who}
            for line, _, _, who in deciding_lines(file, path, refused)
        ]  # fmt: skip
    return {
        "url": row["url"],
        "method": row["method"],
        "source": row["source"],
        "lines": lines,
        "signals": [*(row["signals"] or []), *(row["robots_signals"] or [])],
        "evidence": row["evidence"] or [],
    }
