"""report.parquet: the table with its types, and what has to be read first beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from audit.headline import footer, headline
from audit.reports.parquet import REPORT
from audit.tabled import table_rows
from tests.audit.reports.small import CHECKPOINT, SEALED, hostile

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the small audit."""
    place = tmp_path_factory.mktemp("parquet") / "report.parquet"
    place.write_bytes(REPORT.render(SEALED))
    return place


def test_holds_the_table_in_its_order(file: Path) -> None:
    table = duckdb.read_parquet(str(file))

    wanted = [tuple(None if cell == "" else cell for cell in row) for row in table_rows(SEALED)]
    assert table.fetchall() == wanted
    assert dict(zip(table.columns, map(str, table.types), strict=True)) == {
        "part": "VARCHAR", "name": "VARCHAR", "level": "VARCHAR", "rows": "BIGINT",
        "possible": "BIGINT", "untold": "BIGINT", "hosts": "BIGINT", "said": "VARCHAR",
    }  # fmt: skip


def test_says_of_itself_what_has_to_be_read_first(file: Path) -> None:
    found = duckdb.execute(
        "SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(file)]
    )

    said = {name: text for name, text in found.fetchall() if name.startswith("provisor.")}
    assert said == {f"provisor.{name}": text for name, text in headline(SEALED).items()} | {
        "provisor.checkpoint": CHECKPOINT,
        "provisor.footer.en": footer()[0],
        "provisor.footer.ja": footer()[1],
        "provisor.gate": "high",
    }


def test_the_same_summary_gives_the_same_octets(file: Path) -> None:
    assert REPORT.render(SEALED) == file.read_bytes()


def test_hostile_names_are_spelt_out(tmp_path: Path) -> None:
    (tmp_path / "r.parquet").write_bytes(REPORT.render(hostile()))

    table = duckdb.read_parquet(str(tmp_path / "r.parquet"))
    names = table.filter("part = 'site'").project("name").fetchall()

    assert ("\\u{202e}gnp.exe\\u{200b}",) in names
    assert ("\\u{d800}\\u{fffe}\\u{ffff}",) not in names  # only what hides is spelt out
    assert ("\\u{d800}\ufffe\uffff",) in names
