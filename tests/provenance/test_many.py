"""Numbers with their nouns."""

from __future__ import annotations

import pytest

from provenance.many import Counted, many


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (1, "row", "1 row"), (0, "row", "0 rows"), (2, "day", "2 days"), (1, "entry", "1 entry"),
        (1_024, "entry", "1,024 entries"), (2, "address", "2 addresses"),
        (3, "domain name", "3 domain names"),
    ],
)  # fmt: skip
def test_one_is_one_and_all_else_is_several(number: int, noun: str, said: str) -> None:
    assert many(number, noun) == said


def test_a_template_asks_for_a_number_with_its_noun_or_alone() -> None:
    said = "{rows:row} of {all:row}; {rows} 行"

    assert said.format(rows=Counted(1), all=Counted(1_024)) == "1 row of 1,024 rows; 1 行"
