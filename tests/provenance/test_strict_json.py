"""JSON that we write means the same to every reader, and hides nothing from who looks at it."""

from __future__ import annotations

import json

import pytest

from provenance.strict_json import NotStrictJson, json_text, parse_object


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_json_does_not_know_is_not_written(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text({"number": number})


def test_letters_of_all_scripts_stay_and_what_is_hidden_is_escaped() -> None:
    said = {"漢字": "é 🙂", "hidden": "\x1b\x7f\x9b\u202e\u2028\ufeff\U000e0041\ud800\n"}

    text = json_text(said)

    assert text == (
        '{\n  "漢字": "é 🙂",\n'
        '  "hidden": "\\u001b\\u007f\\u009b\\u202e\\u2028\\ufeff\\udb40\\udc41\\ud800\\n"\n}'
    )
    assert json.loads(text) == said


def test_one_line_is_one_line() -> None:
    assert json_text(["a\nb", 1], indent=None) == '["a\\nb", 1]'


def test_a_key_that_stands_twice_is_found_among_very_many() -> None:
    # Comparing each with each would take many minutes; a body of the portal holds even more.
    text = "{" + "".join(f'"{number}":1,' for number in range(200_000)) + '"z":1,"z":2}'

    with pytest.raises(NotStrictJson, match="the key 'z' stands twice"):
        parse_object(text)
