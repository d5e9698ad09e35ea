from __future__ import annotations

import pytest

from blocklists.formats import Candidate, Skip
from blocklists.formats.rpz import fits, parse
from blocklists.refusals import Refusal


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "blank"),
        ("; c", "comment"),
        ("$TTL 300", "comment"),
        ("$ORIGIN rpz.example.", "comment"),
        ("@ 3600 IN SOA ns.example. root.example. 1 2 3 4 5", "comment"),
        ("@ SOA ns.example. root.example. (", "comment"),
        ("  2026010100 43200 3600 259200 300 )", "comment"),
        ("  NS localhost.", "comment"),
        ("localhost CNAME .", "boilerplate"),
    ],
)
def test_passes_over_lines_that_list_nothing(line: str, reason: str) -> None:
    assert list(parse([(1, line)])) == [Skip(1, reason)]


@pytest.mark.parametrize(
    ("line", "code", "what"),
    [
        ("a.example CNAME rpz-passthru.", "E_EXCEPTION", ""),
        ("a.example CNAME a.example.", "E_EXCEPTION", ""),
        ("32.7.2.0.192.rpz-ip CNAME .", "E_RPZ_TRIGGER", "32.7.2.0.192.rpz-ip"),
        ("ns.example.rpz-nsdname CNAME .", "E_RPZ_TRIGGER", "ns.example.rpz-nsdname"),
        ("a.example A 192.0.2.1", "E_RPZ_ACTION", "A 192.0.2.1"),
        ("a.example TXT text", "E_RPZ_ACTION", "TXT text"),
        ("a.example CNAME rpz-tcp-only.", "E_RPZ_ACTION", "rpz-tcp-only."),
        ("* CNAME .", "E_MATCH_ALL", ""),
        ("a.example", "E_RPZ_SYNTAX", ""),
        ("$INCLUDE other.zone", "F_DIRECTIVE", "$INCLUDE"),
        ("$generate 1-3000000 $ CNAME .", "F_DIRECTIVE", "$generate"),
    ],
)
def test_refuses_what_is_no_block_of_a_name(line: str, code: str, what: str) -> None:
    assert list(parse([(6, line)])) == [Refusal(code, what, 6, line)]


@pytest.mark.parametrize("data", [".", "*.", "rpz-drop.", "garden.example."])
def test_a_name_alone_is_exactly_that_host(data: str) -> None:
    assert list(parse([(1, f"a.example 300 IN CNAME {data}")])) == [
        Candidate(1, "a.example", scope="host")
    ]


def test_a_wildcard_alone_leaves_the_name_out() -> None:
    assert list(parse([(1, "*.a.example CNAME .")])) == [
        Candidate(1, "a.example", scope="subdomains")
    ]


def test_a_name_and_its_wildcard_are_the_whole_site_wherever_they_stand() -> None:
    lines = ["*.A.example CNAME .", "b.example CNAME .", "a.example CNAME ."]

    assert list(parse(enumerate(lines, 1))) == [
        Candidate(1, "A.example", scope="domain"),
        Candidate(2, "b.example", scope="host"),
        Candidate(3, "a.example", scope="domain"),
    ]


def test_takes_the_zones_own_name_off() -> None:
    lines = ["$ORIGIN rpz.example.", "a.example.rpz.example. CNAME ."]

    assert list(parse(enumerate(lines, 1)))[1] == Candidate(2, "a.example", scope="host")


@pytest.mark.parametrize(
    "lines",
    [
        # As BIND writes a zone: names below the one that $ORIGIN tells, the owner left out.
        ["$ORIGIN .", "$TTL 300", "rpz.example IN SOA ns. root. 1 2 3 4 5", "$ORIGIN rpz.example.",
         "$ORIGIN net.rpz.example.", "evil 1h30m CNAME .", "*.evil CNAME .",
         "  TXT text", "x.evil IN 2w CNAME rpz-drop."],
        ["@ SOA ns. root. 1 2 3 4 5", "", "", "", "", "evil.net. CNAME .", "*.evil.net CNAME .",
         " IN TXT text", "x.evil.net CNAME ."],
    ],
)  # fmt: skip
def test_names_are_read_as_the_zone_means_them(lines: list[str]) -> None:
    found = [item for item in parse(enumerate(lines, 1)) if not isinstance(item, Skip)]

    assert [
        (item.text.rstrip("."), item.scope) if isinstance(item, Candidate) else item.code
        for item in found
    ] == [
        ("evil.net", "domain"), ("evil.net", "domain"), "E_RPZ_ACTION", ("x.evil.net", "host"),
    ]  # fmt: skip


def test_a_name_that_stands_alone_below_the_zone_is_no_other_name() -> None:
    lines = ["$ORIGIN rpz.example.", "evil CNAME .", "a.net.rpz.example.other. CNAME ."]

    found = [item.text for item in parse(enumerate(lines, 1)) if isinstance(item, Candidate)]

    assert found == ["evil", "a.net.rpz.example.other."]


def test_looks_like_records() -> None:
    assert fits(["a.example", "0.0.0.0 a.example", "a.example CNAME .", "$TTL 3"]) == 1 / 2
    assert fits([]) == 0


def test_a_head_over_several_lines_is_part_of_the_zone() -> None:
    lines = ["@ IN SOA ns.example. root.example. (", "6 ; serial", "1h", ")", "NS ns.example."]

    assert fits([*lines, "a.example CNAME ."]) == 1
