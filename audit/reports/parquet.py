"""report.parquet: the table of report.csv with its types, for programs that join audits.

What has to be read first, the closing sentences and the checkpoint stand in the key-value metadata
too. The verdict of each row is another file: `provisor verdicts --out rows.parquet`.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from audit.headline import checkpoint_lines, footer, headline
from audit.reports import PLAIN, Report
from audit.tabled import COLUMNS, table_rows
from provenance.manifests import quoted
from provenance.show import show

if TYPE_CHECKING:
    from audit.reports import Asked
    from audit.summary import Summary

_NUMBERS = frozenset({"rows", "possible", "untold", "hosts"})


def _render(summary: Summary, _asked: Asked = PLAIN) -> bytes:
    rows = [[_plain(cell) for cell in row] for row in table_rows(summary)]
    columns = [list(column) for column in zip(*rows, strict=True)]
    kinds = {name: "BIGINT" if name in _NUMBERS else "VARCHAR" for name in COLUMNS}
    listed = ", ".join(f"unnest(?::{kind}[]) AS {name}" for name, kind in kinds.items())
    with TemporaryDirectory(prefix="provisor-") as folder, duckdb.connect() as connection:
        file = Path(folder) / "report.parquet"
        connection.execute(f"CREATE TABLE report AS SELECT {listed}", columns)
        options = f"FORMAT parquet, KV_METADATA {{{_about(summary)}}}"
        connection.execute(f"COPY report TO {quoted(str(file))} ({options})")
        return file.read_bytes()


def _about(summary: Summary) -> str:
    """Return what is said of the whole, as a list in SQL."""
    english, japanese = footer()
    said = {f"provisor.{name}": text for name, text in headline(summary).items()} | {
        "provisor.checkpoint": "\n".join([*checkpoint_lines(summary), ""]),
        "provisor.footer.en": english,
        "provisor.footer.ja": japanese,
        "provisor.gate": summary.gate,
    }
    return ", ".join(f"{quoted(name)}: {quoted(text)}" for name, text in said.items())


def _plain(cell: object) -> object:
    """Return a name spelt out, and nothing where a cell of text would be empty."""
    if cell == "":
        return None
    return show(cell, 1000) if isinstance(cell, str) else cell


REPORT = Report("parquet", "report.parquet", _render, binary=True)
