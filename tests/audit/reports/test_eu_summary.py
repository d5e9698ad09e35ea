"""report.eu-summary.md: the draft of the summary of training content, from measured counts."""

from __future__ import annotations

import re
from dataclasses import replace

from audit.reports import Asked
from audit.reports.eu_summary import REPORT
from audit.sources import Corpus, Modality, Source, Sources
from tests.audit.reports.small import SEALED, SOURCES, expected, hostile


def test_shows_all_of_a_small_audit() -> None:
    said = REPORT.render(SEALED, Asked(sources=SOURCES))

    assert said == expected("report.eu-summary.md")


def _listed(text: str) -> list[str]:
    return re.findall(r"^\| [0-9,]+ \| `([^`]+)`", text, re.MULTILINE)


def test_a_small_provider_lists_fewer() -> None:
    one = Modality("text", tuple(Source(f"s{n:05}.example", 1, 1) for n in range(101)), 1, 1, 0, 0)
    asked = Asked(sources=Sources("text", (one,)))

    many, few = (REPORT.render(SEALED, replace(asked, sme=sme)) for sme in (False, True))

    assert _listed(many) == [f"s{n:05}.example" for n in range(11)]
    assert _listed(few) == [f"s{n:05}.example" for n in range(6)]
    assert "listed: 6 (a twentieth or 1,000, whichever is lower (SME); a part of one" in few


def test_without_sizes_it_says_that_rows_were_counted() -> None:
    said = REPORT.render(SEALED, Asked(sources=replace(SOURCES, size_column="")))

    assert "ranked by: number of rows, for no column of sizes was named" in said
    assert "| list of domain names | partly |" in said


def test_yes_and_no_are_left_to_the_provider() -> None:
    said = REPORT.render(SEALED, Asked(sources=SOURCES))

    assert re.findall(r"\| (?:yes|no)\b", said, re.IGNORECASE) == []
    assert "| 3.1 signatory of the Code of Practice | not by this tool | – |" in said


def test_a_share_of_3_percent_is_told_by_both_readings() -> None:
    corpora = (Corpus("c4", 950, 0), Corpus("just", 30, 0), Corpus("less", 20, 0))
    one = Modality("text", (), 1_200, 0, 0, 1_200, corpora)
    asked = Asked(sources=Sources("", (one,), "source"))

    (line,) = [
        line
        for line in REPORT.render(SEALED, asked).splitlines()
        if line.startswith("| 2.1 publicly available datasets")
    ]

    assert line == (
        "| 2.1 publicly available datasets | partly | public datasets over 3% of the public data of "
        "their modality are named; sources differ on whether 3% itself counts<br>text: "
        "datasets in the column `source`: 3; over 3%: 1; 3% or more: 2 (by rows, of the rows that "
        "name one: 1,000)<br>`c4`: 95.0%<br>`just`: 3.0%; exactly 3%: the readings differ |"
    )


def test_hostile_names_are_code() -> None:
    site = Source("a|b`c", 1, 1)
    asked = Asked(sources=Sources("te|xt`", (Modality("other", (site,), 1, 1, 0, 0),)))

    said = REPORT.render(hostile(), asked)

    assert "| 1 | `` a\\u{7c}b`c `` | 1 | 1 |" in said
    assert "<script>" not in re.sub(r"(`+) ?.*?(?<!`)\1(?!`)", "", said).replace("\\<", "")
