"""The table on the terminal, written out whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.reports import Asked
from audit.reports.text import REPORT, render_text
from tests.audit.reports.small import SEALED, expected
from tests.audit.reports.test_html import SUMMARY


@pytest.mark.parametrize("language", ["en", "ja"])
def test_shows_coverage_levels_answers_rules_hosts_and_the_checkpoint(language: str) -> None:
    assert REPORT.render(SEALED, Asked(language)) == expected(f"report.{language}.txt")


def test_what_a_name_hides_is_shown() -> None:
    said = {**SUMMARY.manifest, "file": "a\x1b]0;b\u202e.csv"}

    told = render_text(replace(SUMMARY, manifest=said))

    assert told.startswith("a\\u{1b}]0;b\\u{202e}.csv: ")


def test_brackets_and_colons_in_a_title_are_no_markup() -> None:
    title = "Named by [house] list [/x] :warning:"
    finding = replace(SEALED.findings[0], rule=replace(SEALED.findings[0].rule, title=title))

    assert title in render_text(replace(SEALED, findings=(finding,)), width=200)


def test_colours_are_for_terminals() -> None:
    assert "\x1b[" not in render_text(SUMMARY)
    assert "\x1b[" in render_text(SUMMARY, colour=True)
