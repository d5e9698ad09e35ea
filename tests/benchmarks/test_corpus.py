"""The corpus: the same one every time, and what it is said to be like."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import duckdb
import pytest

from benchmarks.corpus import make_corpus
from benchmarks.corpus_hosts import kana
from benchmarks.corpus_robots import robots_bodies
from tests.benchmarks.conftest import SIZE

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.corpus import Corpus


def test_the_same_sizes_and_seed_give_the_same_rows(corpus: Corpus, tmp_path: Path) -> None:
    again = make_corpus(tmp_path / "again", SIZE)
    other = make_corpus(tmp_path / "other", replace(SIZE, seed=2))

    digests = [sha256(one.manifest[0].read_bytes()).digest() for one in (corpus, again, other)]

    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


def test_a_corpus_that_is_there_is_left_as_it_is(corpus: Corpus) -> None:
    before = corpus.store.stat().st_mtime_ns

    make_corpus(corpus.folder, SIZE)

    assert corpus.store.stat().st_mtime_ns == before


def test_another_corpus_in_the_folder_is_not_overwritten(corpus: Corpus) -> None:
    with pytest.raises(SystemExit, match="holds another corpus"):
        make_corpus(corpus.folder, replace(SIZE, rows=4_000))


def test_hosts_differ_and_rows_have_the_shares_they_are_said_to_have(corpus: Corpus) -> None:
    said = (
        f"SELECT count(*), avg((collected_at IS NULL)::INTEGER), avg((sha256 IS NULL)::INTEGER)"
        f" FROM '{corpus.manifest[0]}'"
    )
    ((rows, undated, without_digest),) = duckdb.execute(said).fetchall()

    assert rows == SIZE.rows
    assert undated == pytest.approx(0.02, abs=0.01)
    assert without_digest == pytest.approx(0.30, abs=0.04)


def test_bodies_and_words_of_kana_differ_from_each_other() -> None:
    assert len(set(robots_bodies(500, seed=1))) == 500
    assert len({kana(number) for number in range(5_000)}) == 5_000
