"""LAION and what img2dataset makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from provenance.errors import InputRefused
from provenance.intake.manifest import open_manifest
from tests.provenance.manifests.rows import read, rows_of

if TYPE_CHECKING:
    from pathlib import Path

REASON = (
    "column 'hash' is BIGINT: a hash of address and caption that the maker of the dataset computed "
    "(LAION has one), no digest of any content"
)


def laion(path: Path) -> Path:
    columns = {"URL": ["u"], "TEXT": ["t"], "hash": [-1234567890123], "md5": ["0" * 32]}
    pq.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize("option", ["url_column", "date_column", "digest_column"])
def test_the_hash_of_laion_is_refused_as_anything(tmp_path: Path, option: str) -> None:
    path = laion(tmp_path / "part.parquet")

    with pytest.raises(InputRefused) as caught:
        open_manifest(path, **{option: "hash"})

    assert caught.value.fact == REASON
    assert caught.value.remedy == "name the column with md5 or sha256"


def test_digests_are_read_when_asked(tmp_path: Path) -> None:
    path = laion(tmp_path / "part.parquet")

    rows = rows_of(open_manifest(path, digest_column="md5"), columns="row_number, url, digest")

    assert open_manifest(path).digest_column == ""
    assert rows == [(0, "u", "0" * 32)]


@pytest.mark.parametrize(("name", "count"), [("test_1000", 1000), ("test_10000", 10_000)])
def test_laion_as_it_is(shared_data: Path, name: str, count: int) -> None:
    mapping, rows = read(shared_data / f"08-manifests/laion-sample/{name}.parquet")

    assert mapping == f"{name}.parquet: parquet, URL from 'URL', no date column"
    assert [row[0] for row in rows] == list(range(count))
    assert rows[0][1] == (
        "http://direct.rhapsody.com/imageserver/v2/albums/Alb.131805200/images/170x170.jpg"
    )


def test_metadata_of_img2dataset(tmp_path: Path) -> None:
    path = tmp_path / "00000.parquet"
    columns = {
        "caption": ["c", "d"], "url": ["u", "v"], "key": ["000000000", "000000001"],
        "status": ["success", "failed_to_download"], "error_message": [None, "404"],
        "width": [1, None], "exif": ["{}", None], "sha256": ["0" * 64, None],
    }  # fmt: skip
    pq.write_table(pa.table(columns), path)

    assert read(path) == (
        "00000.parquet: parquet, URL from 'url', no date column",
        [(0, "u", None, None), (1, "v", None, None)],
    )
