"""report.csv: one table, in which nothing is a formula."""

from __future__ import annotations

import csv
import io

from audit.reports.csv import REPORT
from audit.tabled import COLUMNS
from tests.audit.reports.small import SEALED, expected, hostile


def test_shows_all_of_a_small_audit() -> None:
    assert REPORT.render(SEALED) == expected("report.csv")


def test_no_cell_begins_as_a_formula_does() -> None:
    text = REPORT.render(hostile())

    rows = list(csv.reader(io.StringIO(text)))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert [one for row in rows for one in row if one.startswith(("=", "+", "-", "@", "\t"))] == []
    assert "'=cmd|' /C calc'!A0" in {row[1] for row in rows}
    assert all(mark not in text for mark in ("\x1b", "\u202e", "\ud800", "\r"))
