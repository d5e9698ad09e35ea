from __future__ import annotations

import pytest

from blocklists.formats import Candidate, Skip
from blocklists.formats.dnsmasq import fits, parse
from blocklists.refusals import Refusal


@pytest.mark.parametrize(
    ("line", "reason"),
    [("", "blank"), ("# address=/a.example/#", "comment"), ("local=/localhost/", "boilerplate")],
)
def test_passes_over_lines_that_list_nothing(line: str, reason: str) -> None:
    assert list(parse([(1, line)])) == [Skip(1, reason)]


@pytest.mark.parametrize(
    ("line", "code", "what"),
    [
        ("address=/#/0.0.0.0", "E_MATCH_ALL", ""),
        ("address=//0.0.0.0", "E_MATCH_ALL", ""),
        ("address=/a.example//#", "E_MATCH_ALL", ""),
        ("server=/#/", "E_MATCH_ALL", ""),
        ("server=/a.example/#", "E_EXCEPTION", ""),
        ("server=/a.example/192.0.2.53", "E_HOSTS_REDIRECT", "192.0.2.53"),
        ("address=/a.example/192.0.2.7", "E_HOSTS_REDIRECT", "192.0.2.7"),
        ("conf-file=/etc/more.conf", "E_DNSMASQ_SYNTAX", ""),
        ("ipset=/a.example/blocked", "E_DNSMASQ_SYNTAX", ""),
        ("address=/a.example", "E_DNSMASQ_SYNTAX", ""),
        ("server=192.0.2.53", "E_DNSMASQ_SYNTAX", ""),
        ("a.example", "E_DNSMASQ_SYNTAX", ""),
    ],
)
def test_refuses_what_blocks_no_name_or_every_name(line: str, code: str, what: str) -> None:
    assert list(parse([(5, line)])) == [Refusal(code, what, 5, line)]


@pytest.mark.parametrize(
    "line",
    [
        "address=/a.example/#",
        "address=/a.example/",
        "address=/a.example/0.0.0.0",
        "address=/a.example/::",
        "server=/a.example/",
        "local=/a.example/   # why",
        "--address=/a.example/#",
    ],
)
def test_takes_a_name_and_all_below_it(line: str) -> None:
    assert list(parse([(2, line)])) == [Candidate(2, "a.example", scope="domain")]


def test_takes_each_of_several_names() -> None:
    assert list(parse([(2, "local=/a.example/localhost/b.example/")])) == [
        Candidate(2, "a.example", scope="domain"),
        Candidate(2, "b.example", scope="domain"),
    ]


def test_looks_like_a_name_between_slashes() -> None:
    assert fits(["a.example", "conf-file=/x", "address=/a.example/#", "local=/b/"]) == 1 / 2
    assert fits([]) == 0
