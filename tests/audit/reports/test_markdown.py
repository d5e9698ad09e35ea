"""report.md: the tables, and names that could be markup."""

from __future__ import annotations

import re

from audit.reports import Asked
from audit.reports.markdown import REPORT
from tests.audit.reports.small import SEALED, expected, hostile


def test_shows_all_of_a_small_audit() -> None:
    assert REPORT.render(SEALED) == expected("report.md")
    assert REPORT.render(SEALED, Asked("ja")) == expected("report.ja.md")


def test_hostile_names_are_text_in_cells_of_their_own() -> None:
    page = REPORT.render(hostile())

    assert page.isprintable() or not re.search("[\x00-\x09\x0b-\x1f\u202e\u200b\ud800]", page)
    for title, cells in (("## Lists", 5), ("## Sites", 5)):
        table = page.partition(title)[2].partition("\n\n")[2].partition("\n\n")[0]
        assert {line.count("|") for line in table.splitlines()} == {cells + 1}
    for line in page.splitlines():
        outside = re.sub(r"(`+) ?.*?(?<!`)\1(?!`)", "", line)
        outside = re.sub(r"\\.", "", outside)
        assert not re.search(r"<|\]\(|https?://|www\.|@", outside), line


def test_a_backslash_before_a_pipe_splits_no_cell() -> None:
    from dataclasses import replace

    site = replace(SEALED.sites[0], site="a\\|b", host="")

    page = REPORT.render(replace(SEALED, sites=(site,)))

    assert "| `a\\\\u{7c}b` | high | 1 | 1 | PRV-01 |" in page
