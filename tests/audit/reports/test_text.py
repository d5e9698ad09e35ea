"""The table on the terminal, written out whole."""

from __future__ import annotations

from dataclasses import replace

from audit.reports.text import render_text
from tests.audit.reports.test_html import SUMMARY

TOLD = """\
pages.parquet: 2,000 rows, 4 hosts; purpose pretraining, agent CCBot
known of its hosts: 2 robots.txt captures of 1 hosts, 0 pages; list entries: 0, lists: 0
coverage: robots.txt known for 20.0% of rows and only possible for 5.0%; pages looked at for 0.0%;
the rest could not be told
unreadable addresses: 1, unreadable dates: 0
rules past their review date: PRV-02

Rows by level
level       rows   share
────────────────────────
critical       0    0.0%
high           1    0.1%
medium         0    0.0%
unknown    1,500   75.0%
low          499   24.9%
info           0    0.0%

What robots.txt said to AI-training agents at collection
robots.txt    basis             rows   share
────────────────────────────────────────────
unknown       never_observed   1,500   75.0%
not_refused   bracketed          499   24.9%
refused       bracketed            1    0.1%

Rules
rule     what is the case                                rows   possible   hosts   cannot tell
──────────────────────────────────────────────────────────────────────────────────────────────
PIR-01   Listed and known                                   0          0       0         1,500
PRV-02   Others were refused                              499         99       3             0
PRV-01   Collected by an agent that robots.txt refused      1          0       1             0

Lists
list             handed in by    status     received            rows
────────────────────────────────────────────────────────────────────
kestrel/comics   Kestrel Press   accepted   2026-01-15 09:30Z      0

Hosts with the most rows at medium or above
host                          level   rows   rules
───────────────────────────────────────────────────
xn--r8jz45g.xn--zckzah:8080   high       1   PRV-01

Facts as recorded, sorted by the factors of the guidance. This is not legal advice.
"""


def test_shows_coverage_levels_answers_rules_and_hosts() -> None:
    assert render_text(SUMMARY) == TOLD


def test_what_a_name_hides_is_shown() -> None:
    said = {**SUMMARY.manifest, "file": "a\x1b]0;b\u202e.csv"}

    told = render_text(replace(SUMMARY, manifest=said))

    assert told.startswith("a\\u{1b}]0;b\\u{202e}.csv: ")


def test_colours_are_for_terminals() -> None:
    assert "\x1b[" not in render_text(SUMMARY)
    assert "\x1b[" in render_text(SUMMARY, colour=True)
