"""The loop a user would write gives an answer for each row."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import tldextract
from protego import Protego

from benchmarks.naive import Known, answer, cost

if TYPE_CHECKING:
    from benchmarks.corpus import Corpus

EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def test_it_measures_the_rows_it_is_given(corpus: Corpus) -> None:
    found = cost(corpus.manifest, corpus.store, rows=500)

    assert found.rows == 500
    assert found.wall_s_per_row > 0
    assert found.bodies > 0


def test_it_says_who_was_refused_how_surely_and_whether_the_row_is_listed() -> None:
    known = Known(
        times={"www.site.example": [datetime(2024, 1, 1), datetime(2024, 2, 1)]},  # noqa: DTZ001
        bodies={"www.site.example": ["refuses", ""]},
        parsers={"refuses": Protego.parse("User-agent: GPTBot\nDisallow: /a")},
        lists={
            "host": set(), "domain": {"site.example"}, "subdomains": set(), "url": set(),
            "url_prefix": set(),
        },
    )  # fmt: skip

    found = answer(known, EXTRACT, ("https://www.site.example/a", datetime(2024, 1, 20)))  # noqa: DTZ001

    assert found == ("changed_between", ["GPTBot"], [], True)
