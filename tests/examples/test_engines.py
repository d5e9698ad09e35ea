"""Spark and Ray read and write by their own file systems; here those of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from audit.auditor import Auditor

LOOPBACK = {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "PYSPARK_PYTHON": sys.executable,
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": "0123456789abcdef" * 4,
}


@pytest.mark.parametrize("example", ["spark_object_store", "ray_data"])
def test_verdicts_of_an_engine_are_those_of_the_auditor(
    example: str, auditor: Auditor, rows: pa.Table, tmp_path: Path
) -> None:
    (tmp_path / "rows").mkdir()
    for number in range(2):
        pq.write_table(rows.slice(2 * number, 2), tmp_path / "rows" / f"{number}.parquet")
    (tmp_path / "dataset.toml").write_text('[dataset]\npurpose = "pretraining"\nagent = "CCBot"\n')
    source, target = ((tmp_path / name).as_uri() for name in ("rows", "verdicts"))
    command = [sys.executable, f"{ROOT}/examples/{example}.py", "store.duckdb", "dataset.toml"]

    inherited = {name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"}
    # Ray's own folder apart, and with a short name: others may run one here.
    with TemporaryDirectory(prefix="ray-") as apart:
        done = subprocess.run(
            [*command, source, target],
            cwd=tmp_path,
            env=inherited | LOOPBACK | {"PYTHONPATH": str(ROOT), "RAY_TMPDIR": apart},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    assert done.returncode == 0, done.stderr
    written = pq.read_table(tmp_path / "verdicts").sort_by("n")
    assert written.select(rows.schema.names).to_pylist() == rows.to_pylist()
    assert written.column("provisor").to_pylist() == auditor.judge(rows).to_pylist()
