from __future__ import annotations

import pytest

from blocklists.formats import Candidate, Skip
from blocklists.formats.hosts import fits, parse
from blocklists.refusals import Refusal


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "blank"),
        ("# 0.0.0.0 example.com", "comment"),
        ("127.0.0.1 localhost localhost.localdomain", "boilerplate"),
        ("fe80::1%lo0 localhost", "boilerplate"),
        ("255.255.255.255 broadcasthost", "boilerplate"),
        ("ff02::1 ip6-allnodes", "boilerplate"),
        ("0.0.0.0 0.0.0.0", "boilerplate"),
    ],
)
def test_passes_over_lines_that_list_nothing(line: str, reason: str) -> None:
    assert list(parse([(1, line)])) == [Skip(1, reason)]


@pytest.mark.parametrize("line", ["example.com", "::", "0.0.0 example.com", "example.com 0.0.0.0"])
def test_refuses_a_line_without_an_address_and_a_name(line: str) -> None:
    assert list(parse([(4, line)])) == [Refusal("E_HOSTS_SYNTAX", "", 4, line)]


@pytest.mark.parametrize("address", ["203.0.113.9", "127.0.0.2", "2001:db8::1"])
def test_refuses_a_mapping_because_it_is_no_block(address: str) -> None:
    line = f"{address} example.com"

    assert list(parse([(2, line)])) == [Refusal("E_HOSTS_REDIRECT", address, 2, line)]


NOWHERE = ("0.0.0.0", "127.0.0.1", "::", "::1", "0:0:0:0:0:0:0:1")  # noqa: S104 (not bound)


@pytest.mark.parametrize("address", NOWHERE)
def test_takes_each_name_as_exactly_that_host(address: str) -> None:
    found = list(parse([(9, f"{address}\ta.example localhost b.example # both")]))

    assert found == [
        Candidate(9, "a.example", scope="host"),
        Candidate(9, "b.example", scope="host"),
    ]


def test_looks_like_an_address_and_a_name() -> None:
    assert fits(["a.example", "::", "a b", "0.0.0.0 a.example"]) == 1 / 4
    assert fits([]) == 0
