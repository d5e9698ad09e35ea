"""Ray Data: rows in and verdicts out by Ray's own file systems, s3://, gs:// and the like.

    python examples/ray_data.py \
      provisor.duckdb dataset.toml s3://bucket/rows/ s3://bucket/verdicts/

Runs on the cluster that RAY_ADDRESS names, else on this machine. Every node needs provisor[ray];
what is known travels by Ray's object store.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import ray

from audit.auditor import Auditor
from audit.declaration import read_declaration

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 100_000


def judge(rows: pa.Table, auditor: Auditor, knowledge: list[Any]) -> pa.Table:
    """Return *rows* with one more column, `provisor`: the verdict."""
    with TemporaryDirectory(prefix="provisor-") as folder:
        snapshot = Path(folder) / "knowledge.duckdb"
        snapshot.write_bytes(ray.get(knowledge[0]))
        here = replace(auditor, snapshot=snapshot)
        return rows.append_column("provisor", here.judge(rows).to_struct_array())


def judged(rows: ray.data.Dataset, auditor: Auditor) -> ray.data.Dataset:
    """Return *rows* judged by tasks, which Ray spreads over the cores there are."""
    knowledge = [ray.put(auditor.snapshot.read_bytes())]  # in a list, Ray leaves it a reference
    return rows.map_batches(
        judge,
        fn_kwargs={"auditor": auditor, "knowledge": knowledge},
        batch_format="pyarrow",
        batch_size=BATCH,
    )


def main(store: str, declaration: str, rows: str, out: str) -> None:
    """Judge Parquet files where Ray finds them."""
    auditor = Auditor.of(Path(store), Path("knowledge.duckdb"), read_declaration(Path(declaration)))
    # Without an address Ray joins any cluster that happens to run on this machine.
    ray.init(address=os.environ.get("RAY_ADDRESS", "local"))
    judged(ray.data.read_parquet(rows), auditor).write_parquet(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
