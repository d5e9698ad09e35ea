"""JSON whose objects hold a name twice."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.repeated_names import Repeated, parsed_json


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", None),
        ("{", None),
        ("[" * 100_000, None),
        ('{"a": 1, "b": [1, 1]}', {"a": 1, "b": [1, 1]}),
        ('{"a": 1, "a": 1}', {"a": 1}),
        ('{"a": 1, "a": 0}', {"a": Repeated((1, 0))}),
        ('{"a": 1, "a": true}', {"a": Repeated((1, True))}),
        ('[{"a": {"b": 1, "b": 2}}]', [{"a": {"b": Repeated((1, 2))}}]),
    ],
)
def test_no_value_hides_another(text: str, found: Any) -> None:
    assert parsed_json(text) == found


def test_what_stands_in_a_list_is_not_repeated() -> None:
    assert not isinstance(parsed_json('{"a": [1, 0]}')["a"], Repeated)
