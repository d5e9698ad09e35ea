"""Rows that only Python can read, written as JSON Lines for DuckDB."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path


def as_json_lines(
    rows: Callable[[Path], Iterable[Mapping[str, object]]],
) -> Callable[[Path, tuple[str, ...], int | None], Path]:
    """Return the `rewrite` of a form whose rows *rows* yields; of each row only what is wanted."""

    def rewrite(file: Path, names: tuple[str, ...], limit: int | None) -> Path:
        target = file.with_name("rewritten.jsonl")
        with target.open("w", encoding="ascii") as out:
            out.writelines(_lines(islice(rows(file), limit), names))
        return target

    return rewrite


def _lines(rows: Iterable[Mapping[str, object]], names: tuple[str, ...]) -> Iterator[str]:
    for row in rows:
        kept = {name: row.get(name) for name in names} if names else dict(row)
        yield json.dumps(kept) + "\n"
