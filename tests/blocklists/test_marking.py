from __future__ import annotations

from blocklists.formats import Candidate
from blocklists.marking import marked
from blocklists.vetting import Entry, vet
from tests.blocklists.test_vetting import NOW


def entries(*values: str) -> list[Entry]:
    found = [vet(Candidate(n, value), now=NOW) for n, value in enumerate(values, 1)]
    return [one for one in found if isinstance(one, Entry)]


def told(*values: str) -> list[tuple[str, ...]]:
    return [entry.warnings for entry in marked(entries(*values))]


def test_different_targets_are_left_as_they_are() -> None:
    assert told("a.example", "b.example", "a.example.com", "https://c.example/x") == [()] * 4


def test_the_later_of_two_is_the_duplicate() -> None:
    assert told("a.example", "A.EXAMPLE", "https://a.example/") == [
        (),
        ("W_DUPLICATE",),
        ("W_DUPLICATE",),
    ]


def test_what_a_listed_site_covers_is_redundant_wherever_it_stands() -> None:
    assert told("https://a.example/x", "m.a.example", "a.example", "https://b.m.a.example/") == [
        ("W_REDUNDANT",),
        ("W_REDUNDANT",),
        (),
        ("W_REDUNDANT",),
    ]
