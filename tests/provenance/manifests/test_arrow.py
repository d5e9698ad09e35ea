"""Arrow files of Hugging Face datasets on disk."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from provenance.errors import InputRefused, UsageRefused
from provenance.intake.manifest import open_manifest
from provenance.manifests.arrow import FORM
from tests.provenance.manifests.rows import read

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pa.table(
    {
        "image": [{"bytes": b"\xff" * 1000, "path": None}] * 3,
        "url": ["u", None, "w"],
        "metadata": [{"timestamp": datetime(2024, 2, 10, 12, tzinfo=UTC)}, None, None],
    }
)
AT = "2024-02-10 12:00:00"


def written(path: Path, *, framed: bool, table: pa.Table = TABLE) -> Path:
    new = pa.ipc.new_file if framed else pa.ipc.new_stream
    with new(path, table.schema) as out:
        out.write_table(table, max_chunksize=2)
    return path


@pytest.mark.parametrize("framed", [False, True])
def test_an_arrow_file_is_read_in_either_framing(tmp_path: Path, framed: bool) -> None:
    path = written(tmp_path / "data-00000-of-00001.arrow", framed=framed)

    assert read(path) == (
        "data-00000-of-00001.arrow: arrow, URL from 'url', date from 'metadata.timestamp'",
        [(0, "u", AT, AT), (1, None, None, None), (2, "w", None, None)],
    )


@pytest.mark.parametrize("framed", [False, True])
@pytest.mark.parametrize("left", [0, 4, 200, -8, -100])
def test_one_that_was_cut_short_is_refused(tmp_path: Path, framed: bool, left: int) -> None:
    path = written(tmp_path / "rows.arrow", framed=framed)
    path.write_bytes(path.read_bytes()[:left])

    with pytest.raises(InputRefused, match="an Arrow file that was cut short, or none"):
        open_manifest(path)


def test_octets_in_an_arrow_frame_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.arrow"
    path.write_bytes(b"\x07" * 64 + b"\xff\xff\xff\xff\x00\x00\x00\x00")

    with pytest.raises(InputRefused, match="cannot be read as Arrow"):
        open_manifest(path)


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["u"]), pa.array(["v"])], names=["url", "url"])
    path = written(tmp_path / "rows.arrow", framed=False, table=table)

    with pytest.raises(InputRefused, match="two columns have one name"):
        open_manifest(path)


def test_without_pyarrow_the_user_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "rows.arrow", framed=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    assert FORM.rewrite is not None
    with pytest.raises(UsageRefused) as caught:
        FORM.rewrite(path, (), 1)  # in this process: another one has the package

    assert str(caught.value) == (
        f"{path.name}: Arrow files are read by pyarrow; install provisor[arrow]"
    )
