"""img2dataset: the list of addresses to download, and beside it what was left out, and why.

    python examples/img2dataset_urls.py provisor.duckdb dataset.toml pairs.parquet out/
    img2dataset --url_list out/urls.parquet --input_format parquet --caption_col caption …

All columns are kept; `out/excluded.parquet` has one more, the verdict. Needs provisor[arrow].
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from audit.auditor import Auditor, schema
from audit.declaration import read_declaration
from audit.rules import reaching

BATCH = 100_000


def write_lists(
    auditor: Auditor, pairs: Path, urls: Path, excluded: Path, *, level: str = "high"
) -> None:
    """Write the rows of *pairs* below *level* to *urls*, the others to *excluded*."""
    out = pa.array(sorted(reaching(level)))
    with pq.ParquetFile(pairs) as source:
        kept = source.schema_arrow
        verdict = pa.field("provisor", pa.struct(list(schema())))
        with (
            pq.ParquetWriter(urls, kept) as url_file,
            pq.ParquetWriter(excluded, kept.append(verdict)) as excluded_file,
        ):
            for batch in source.iter_batches(BATCH):
                rows, verdicts = pa.Table.from_batches([batch]), auditor.judge(batch)
                leaves = pc.is_in(verdicts.column("level"), out)
                url_file.write_table(rows.filter(pc.invert(leaves)))
                judged = rows.append_column(verdict, verdicts.to_struct_array())
                excluded_file.write_table(judged.filter(leaves))


def main(store: str, declaration: str, pairs: str, out: str) -> None:
    """Write both lists into one folder."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    auditor = Auditor.of(
        Path(store), folder / "knowledge.duckdb", read_declaration(Path(declaration)), date=None
    )
    write_lists(auditor, Path(pairs), folder / "urls.parquet", folder / "excluded.parquet")


if __name__ == "__main__":
    main(*sys.argv[1:])
