"""What of a dataset comes from which domain name, and how many of them are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from audit.inputs import open_manifests
from audit.run import run
from audit.sources import Corpus, Modality, Source, count_sources, listed
from provenance.errors import InputRefused, UsageRefused
from tests.audit.corpus import QUESTION
from tests.audit.world import ALLOW, World

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (
    ("https://www.one.co.jp/a", "文字", 10, "text/html", "c4"),
    ("https://blog.one.co.jp:8443/b?c", "x", -1, "IMAGE/png", " c4 "),
    ("HTTPS://WWW.ONE.CO.JP", "yy", 5, "image", "pile"),
    ("http://two.example/", None, None, "application/pdf", "pile"),
    ("http://zwei.example/", "1234567", 15, "audio/ogg", ""),
    ("http://b\u00fccher.example/x", "1234567", 15, "model", None),
    ("no address", "12", 1, None, "c4"),
)


@pytest.mark.parametrize(
    ("domains", "all_of_them", "sme"),
    [
        (0, 0, 0), (1, 1, 1), (10, 1, 1), (11, 2, 1), (20, 2, 1), (21, 3, 2),
        (12_345, 1_235, 618), (20_000, 2_000, 1_000), (20_001, 2_001, 1_000),
        (50_000, 5_000, 1_000), (2_000_000, 200_000, 1_000),
    ],
)  # fmt: skip
def test_a_tenth_is_listed_and_of_small_providers_a_twentieth_at_most_a_thousand(
    domains: int, all_of_them: int, sme: int
) -> None:
    assert (listed(domains), listed(domains, sme=True)) == (all_of_them, sme)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The audit `o` of a manifest with contents, sizes and kinds."""
    place = tmp_path_factory.mktemp("sources")
    world = World(place)
    world.robots("2024-01-10", ALLOW, host="www.one.co.jp")
    with duckdb.connect() as table:
        table.execute(
            "CREATE TABLE t (url VARCHAR, text VARCHAR, size INTEGER, mime VARCHAR, corpus VARCHAR,"
            " score FLOAT)"
        )
        table.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, 0.5)", ROWS)
        table.execute(f"COPY t TO '{place}/rows.parquet' (FORMAT parquet)")
    run(open_manifests([place / "rows.parquet"]), QUESTION, world.store, place / "o")
    return place


def _sites(one: Modality) -> list[tuple[str, int, int]]:
    return [(source.site, source.rows, source.octets) for source in one.sources]


def test_rows_go_to_registrable_domains_and_of_two_alike_the_name_decides(folder: Path) -> None:
    (one,) = count_sources(folder / "o").modalities

    assert _sites(one) == [
        ("one.co.jp", 3, 0),
        ("two.example", 1, 0),
        ("xn--bcher-kva.example", 1, 0),
        ("zwei.example", 1, 0),
    ]
    assert (one.name, one.rows, one.unplaced) == ("", 7, 1)


def test_contents_are_measured_in_octets_and_what_is_missing_is_counted(folder: Path) -> None:
    (one,) = count_sources(folder / "o", size_column="text", modality="text").modalities

    assert _sites(one) == [
        ("one.co.jp", 3, 9),
        ("xn--bcher-kva.example", 1, 7),
        ("zwei.example", 1, 7),
        ("two.example", 1, 0),
    ]
    assert one == Modality("text", one.sources, rows=7, octets=25, unplaced=1, unmeasured=1)


def test_a_size_below_nothing_is_no_size(folder: Path) -> None:
    (one,) = count_sources(folder / "o", size_column="size").modalities

    assert one.sources[0] == Source("one.co.jp", 3, 15)
    assert one.unmeasured == 2


def test_media_types_and_words_name_the_modality(folder: Path) -> None:
    found = count_sources(folder / "o", size_column="size", modality_column="mime").modalities

    assert {one.name: one.rows for one in found} == {"audio": 1, "image": 2, "other": 2, "text": 2}


def test_a_column_names_the_public_datasets_that_rows_come_from(folder: Path) -> None:
    found = count_sources(folder / "o", size_column="size", corpus_column="corpus")

    assert found.corpus_column == "corpus"
    assert [one.corpora for one in found.modalities] == [
        (Corpus("c4", 3, 11), Corpus("pile", 2, 5)),
    ]


def test_a_column_that_is_not_there_or_holds_no_sizes_is_refused(folder: Path) -> None:
    with pytest.raises(UsageRefused, match="has no column 'bytes'"):
        count_sources(folder / "o", size_column="bytes")
    with pytest.raises(InputRefused, match="neither a number of octets nor a content"):
        count_sources(folder / "o", size_column="score")


def test_rows_are_counted_without_the_manifest_and_sizes_are_not(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "o").symlink_to(folder / "o")

    assert count_sources(tmp_path / "o").modalities[0].rows == 7
    with pytest.raises(InputRefused, match="is not beside it as it was"):
        count_sources(tmp_path / "o", size_column="size")
