"""report.ab2013.md: the twelve items, each with what is recorded of it."""

from __future__ import annotations

import re
from dataclasses import replace

from audit.reports import Asked
from audit.reports.ab2013 import REPORT
from tests.audit.reports.small import SEALED, SOURCES, expected


def test_shows_all_of_a_small_audit() -> None:
    assert REPORT.render(SEALED, Asked(sources=SOURCES)) == expected("report.ab2013.md")


def test_has_the_twelve_items_in_their_order() -> None:
    found = re.findall(r"^\| \((\d+)\) ", REPORT.render(SEALED), re.MULTILINE)

    assert found == [str(number) for number in range(1, 13)]


def test_whether_contents_are_held_is_told_only_where_it_is_declared() -> None:
    told = [
        REPORT.render(replace(SEALED, declaration=SEALED.declaration | {"copies": copies}))
        for copies in (True, False, None)
    ]

    assert "parquet; copies of the contents |" in told[0]
    assert "parquet; addresses, without the contents |" in told[1]
    assert "parquet; whether contents are held is not declared |" in told[2]
