from __future__ import annotations

import pytest

from blocklists.formats import Candidate, Skip
from blocklists.formats.jsonl import fits, parse
from blocklists.refusals import Refusal


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("a.example", "not JSON (Expecting value: line 1 column 1 (char 0))"),
        ("[]", "not a JSON object"),
        ("{}", "no member `value`"),
        ('{"value": "a.example", "scop": "host"}', "the member 'scop' is not known"),
        ('{"value": 7}', "the member 'value' is not text"),
        ('{"value": ["a.example"]}', "the member 'value' is not text"),
        ('{"value": "a", "value": "b"}', "the key 'value' stands twice"),
    ],
)
def test_refuses_what_is_no_row(line: str, what: str) -> None:
    assert list(parse([(4, line)])) == [Refusal("E_JSON", what, 4, line)]


def test_refuses_an_unknown_action() -> None:
    line = '{"value": "a.example", "action": "drop"}'

    assert list(parse([(1, line)])) == [Refusal("E_ACTION", "drop", 1, "a.example")]


def test_reads_members_as_columns() -> None:
    line = (
        '{"value": " a.example ", "scope": "host", "work": "A, B", "note": "x", "category": null}'
    )

    assert list(parse([(1, ""), (2, line)])) == [
        Skip(1, "blank"),
        Candidate(2, "a.example", scope="host", work="A, B"),
    ]


def test_looks_like_objects() -> None:
    assert fits(["{", "{}", "a.example", '{"value": ""}']) == 1 / 2
    assert fits([]) == 0
