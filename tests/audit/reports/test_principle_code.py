"""report.principle-code.md: what is published, in English and in Japanese."""

from __future__ import annotations

import pytest

from audit.reports import Asked
from audit.reports.principle_code import REPORT
from tests.audit.reports.small import SEALED, SOURCES, expected


@pytest.mark.parametrize("language", ["en", "ja"])
def test_shows_all_of_a_small_audit(language: str) -> None:
    said = REPORT.render(SEALED, Asked(language, sources=SOURCES))

    assert said == expected(f"report.principle-code.{language}.md")


def test_rules_that_were_not_asked_are_not_told_as_finding_nothing() -> None:
    assert "PRV-11: this rule was not asked" in REPORT.render(SEALED)
