from __future__ import annotations

import pytest

from blocklists.formats import Candidate, Skip
from blocklists.formats.unbound import fits, parse
from blocklists.refusals import Refusal


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "blank"),
        ("# c", "comment"),
        ("server:", "comment"),
        ('local-zone: "localhost." static', "boilerplate"),
    ],
)
def test_passes_over_lines_that_list_nothing(line: str, reason: str) -> None:
    assert list(parse([(1, line)])) == [Skip(1, reason)]


@pytest.mark.parametrize(
    ("line", "code", "what"),
    [
        ('local-zone: "a.example." transparent', "E_UNBOUND_ACTION", "transparent"),
        ('local-zone: "a.example." typetransparent', "E_UNBOUND_ACTION", "typetransparent"),
        ('local-zone: "a.example." inform', "E_UNBOUND_ACTION", "inform"),
        ('local-zone: "." always_nxdomain', "E_MATCH_ALL", ""),
        ('local-zone: "a.example."', "E_UNBOUND_SYNTAX", ""),
        ('forward-zone: "a.example."', "E_UNBOUND_SYNTAX", ""),
        ('include: "more.conf"', "E_UNBOUND_SYNTAX", ""),
        ('local-data: "a.example. A 192.0.2.7"', "E_HOSTS_REDIRECT", "192.0.2.7"),
        ('local-data: "a.example. CNAME b.example."', "E_HOSTS_REDIRECT", "b.example."),
    ],
)
def test_refuses_what_blocks_no_name_or_every_name(line: str, code: str, what: str) -> None:
    assert list(parse([(5, line)])) == [Refusal(code, what, 5, line)]


@pytest.mark.parametrize(
    "line",
    [
        'local-zone: "a.example." always_nxdomain',
        '  local-zone: "a.example." REFUSE  # why',
        "local-zone: a.example. static",
        'local-zone: "a.example." "redirect"',
        "local-zone: 'a.example.' 'always_null'",
    ],
)
def test_takes_a_zone_and_all_below_it(line: str) -> None:
    assert list(parse([(2, line)])) == [Candidate(2, "a.example.", scope="domain")]


def test_takes_data_that_leads_nowhere_as_exactly_that_host() -> None:
    lines = ['local-data: "a.example. 60 IN A 0.0.0.0"', "local-data: 'a.example AAAA ::'"]

    assert list(parse(enumerate(lines, 1))) == [
        Candidate(1, "a.example.", scope="host"),
        Candidate(2, "a.example", scope="host"),
    ]


def test_looks_like_zones() -> None:
    assert fits(["a.example", "server:", 'local-zone: "a." static', "x"]) == 1 / 2
    assert fits([]) == 0
