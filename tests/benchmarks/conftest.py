"""A small corpus, made once for all tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.corpus import Corpus, Size, make_corpus

if TYPE_CHECKING:
    from pathlib import Path

SIZE = Size(rows=3_000, hosts=400, bodies=120, entries=300, file_rows=3_000)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder: Path = tmp_path_factory.mktemp("corpus")
    return make_corpus(folder, SIZE)
