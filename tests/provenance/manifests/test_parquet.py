"""Parquet manifests; what is wrong with one is tested at the command (tests/audit/test_commands)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from provenance.errors import InputRefused
from provenance.intake.manifest import open_manifest
from tests.provenance.manifests.rows import rows_of

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://site.example/a"


@pytest.mark.parametrize(
    ("values", "kind", "lo", "hi"),
    [
        (datetime(2024, 2, 10, 12, tzinfo=UTC), pa.timestamp("us", "UTC"), "2024-02-10 12:00:00", None),
        (datetime(2024, 2, 10, 21, tzinfo=UTC), pa.timestamp("ms", "Asia/Tokyo"), "2024-02-10 21:00:00", None),
        (datetime(2024, 2, 10, 12, tzinfo=UTC), pa.timestamp("ns", "UTC"), "2024-02-10 12:00:00", None),
        (datetime(2024, 2, 10, 12, tzinfo=UTC).replace(tzinfo=None), pa.timestamp("ns"),
         "2024-02-10 12:00:00", None),
        (date(2024, 2, 10), pa.date32(), "2024-02-10 00:00:00", "2024-02-11 00:00:00"),
        ("2024-02", pa.string(), "2024-02-01 00:00:00", "2024-03-01 00:00:00"),
        (None, pa.date32(), None, None),
    ],
)  # fmt: skip
def test_a_date_of_each_type_is_its_interval(
    tmp_path: Path, values: Any, kind: pa.DataType, lo: str | None, hi: str | None
) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"url": [URL], "date": pa.array([values], kind)}), path)

    assert rows_of(open_manifest(path)) == [(0, URL, lo, hi or lo)]


def test_rows_are_numbered_as_they_stand_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    urls = [f"https://site.example/{number}" for number in range(5000)]
    pq.write_table(pa.table({"url": urls}), path, row_group_size=700)

    assert [(row[0], row[1]) for row in rows_of(open_manifest(path))] == list(enumerate(urls))


@pytest.mark.parametrize("value", [1707566400, ["2024-02-10"]])
def test_a_date_column_of_another_type_is_not_taken_by_its_name(
    tmp_path: Path, value: object
) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"url": [URL], "timestamp": [value]}), path)

    assert open_manifest(path).date_column == ""


def test_names_that_differ_only_in_case_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table([[URL], [URL]], names=["url", "URL"]), path)

    with pytest.raises(
        InputRefused, match="more than one column is called 'URL', but for letter case"
    ):
        open_manifest(path)
