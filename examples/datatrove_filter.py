"""datatrove: drop the documents whose sources speak against them, and keep the reasons.

    python examples/datatrove_filter.py provisor.duckdb dataset.toml documents/ out/

reads the JSON Lines in `documents/`; writes those that stay to `out/kept/` and the others, with
`filter_reason`, to `out/dropped/`. Needs provisor[arrow], datatrove and regex.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from audit.auditor import Auditor
from audit.declaration import read_declaration
from audit.rules import reaching

if TYPE_CHECKING:
    from datatrove.data import Document
    from datatrove.pipeline.writers.disk_base import DiskWriter

BATCH = 10_000
"""Documents judged in one call, which begins with a quarter of a second."""


class ProvisorFilter(BaseFilter):  # type: ignore[misc]  # datatrove has no types
    """Drops documents at a level or above; `unknown` counts as `medium`.

    Every document's metadata gets `provisor_level`, and the rules that fired or could not be told.
    """

    name = "provisor"

    def __init__(
        self,
        auditor: Auditor,
        *,
        level: str = "high",
        exclusion_writer: DiskWriter | None = None,
        batch_size: int = BATCH,
    ) -> None:
        """Take addresses and dates from the metadata that *auditor* calls its columns."""
        super().__init__(exclusion_writer, batch_size)
        self.auditor = auditor
        self.dropped = reaching(level)

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Judge one document: dear, and only for want of a batch."""
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: list[Document]) -> list[bool | tuple[bool, str]]:
        """Judge the documents of a batch."""
        names = [self.auditor.url, *([self.auditor.date] if self.auditor.date else [])]
        rows = {name: [_text(doc.metadata.get(name)) for doc in batch] for name in names}
        verdicts = self.auditor.judge(
            pa.table({name: pa.array(column, pa.string()) for name, column in rows.items()})
        )
        return [
            self._kept(doc, verdict)
            for doc, verdict in zip(batch, verdicts.to_pylist(), strict=True)
        ]

    def _kept(self, doc: Document, verdict: dict[str, list[str] | str]) -> bool | tuple[bool, str]:
        reasons = ", ".join([*verdict["rules"], *(f"{rule}?" for rule in verdict["untold"])])
        doc.metadata |= {"provisor_level": verdict["level"], "provisor_rules": reasons}
        if verdict["level"] not in self.dropped:
            return True
        return False, f"{verdict['level']}: {reasons}"


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def pipeline(auditor: Auditor, documents: Path, out: Path) -> LocalPipelineExecutor:
    """Return the pipeline, one task at a time."""
    dropped = JsonlWriter(str(out / "dropped"), compression=None)
    return LocalPipelineExecutor(
        [
            JsonlReader(str(documents)),
            ProvisorFilter(auditor, level="medium", exclusion_writer=dropped),
            JsonlWriter(str(out / "kept"), compression=None),
        ],
        logging_dir=str(out / "logs"),
    )


def main(store: str, declaration: str, documents: str, out: str) -> None:
    """Filter one folder."""
    auditor = Auditor.of(
        Path(store),
        Path(out) / "knowledge.duckdb",
        read_declaration(Path(declaration)),
        date="date",
    )
    pipeline(auditor, Path(documents), Path(out)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
