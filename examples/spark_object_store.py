"""Spark: rows in and verdicts out by Spark's own file systems, s3a:// and the like.

    spark-submit examples/spark_object_store.py \
      provisor.duckdb dataset.toml s3a://bucket/rows/ s3a://bucket/verdicts/

Every node needs provisor[arrow]; what is known is sent to each of them once.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructField, StructType

from audit.auditor import Auditor, schema
from audit.declaration import read_declaration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import DataFrame

BATCH = 100_000


def judged(rows: DataFrame, auditor: Auditor) -> DataFrame:
    """Return *rows* with one more column, `provisor`: the verdict."""
    spark = rows.sparkSession
    spark.sparkContext.addFile(str(auditor.snapshot))
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
    name = auditor.snapshot.name

    def judge(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        here = replace(auditor, snapshot=Path(SparkFiles.get(name)))
        for batch in batches:
            verdicts = here.judge(batch).to_struct_array()
            table = pa.Table.from_batches([batch]).append_column("provisor", verdicts)
            yield from table.to_batches()

    verdict = StructField("provisor", from_arrow_schema(schema()))
    return rows.mapInArrow(judge, StructType([*rows.schema.fields, verdict]))


def main(store: str, declaration: str, rows: str, out: str) -> None:
    """Judge Parquet files where Spark finds them."""
    spark = SparkSession.builder.appName("provisor").getOrCreate()
    auditor = Auditor.of(Path(store), Path("knowledge.duckdb"), read_declaration(Path(declaration)))
    judged(spark.read.parquet(rows), auditor).write.parquet(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
