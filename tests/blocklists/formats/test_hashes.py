from __future__ import annotations

import pytest

from blocklists.formats import Candidate, Skip
from blocklists.formats.hashes import fits, parse
from blocklists.refusals import Refusal


def test_refuses_a_table_without_an_algorithm() -> None:
    assert list(parse([(1, "hash"), (2, "ab")])) == [
        Refusal("F_HEADER", "found the columns hash, but no column `algo`", 1, "hash")
    ]


def test_refuses_an_unknown_action() -> None:
    found = list(parse(enumerate(["algo,hash,action", "md5,ab,drop"], 1)))

    assert found[1] == Refusal("E_ACTION", "drop", 2, "ab")


def test_keeps_what_is_known_of_a_digest() -> None:
    lines = ["algo;hash;media;quality;work", "PDQ;ab;image;80;Work"]

    assert list(parse(enumerate(lines, 1))) == [
        Skip(1, "header"),
        Candidate(2, "ab", scope="hash", algorithm="PDQ", quality="80", work="Work"),
    ]


@pytest.mark.parametrize(
    ("lines", "share"), [([], 0), (["value"], 0), (["hash"], 0), (["media,HASH,algo"], 1)]
)
def test_is_known_by_its_header(lines: list[str], share: float) -> None:
    assert fits(lines) == share
