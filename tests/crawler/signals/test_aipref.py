"""AI preferences in a header and in groups of robots.txt."""

from __future__ import annotations

import pytest

from crawler.pages import page_signals
from crawler.robots.reading import read_robots
from provenance.records import Signal, Strength, Value
from tests.crawler.signals.pages import page


def header(*lines: str) -> list[tuple[str, Value, str]]:
    signals = page_signals(page(None, *(("Content-Usage", line) for line in lines)))
    return [(one.usage, one.value, one.finding) for one in signals]


def robots(text: str) -> list[tuple[str, str, str, Value, str]]:
    signals = read_robots(text.encode()).signals
    return [(one.scope, one.path, one.usage, one.value, one.finding) for one in signals]


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("", "empty"), ("train-ai=n,", "invalid-syntax"), ("Train-AI=n", "invalid-syntax"),
        ("train-ai = n", "invalid-syntax"), ("train-ai=n; x y", "invalid-syntax"),
        ("train-ai=n search=y", "invalid-syntax"), (", train-ai=n", "invalid-syntax"),
        ("train-ai=n;\texceptions=x", "invalid-syntax"), ("train-ai=n;Q=1", "invalid-syntax"),
        ("1train-ai=n", "invalid-syntax"), ("train_ai=n", "unknown-label"), ("*train-ai=n", "unknown-label"),
        ("日本", "invalid-syntax"), ("x=" + "y" * 5000, "over-limit"), ("all-ai=n", "unknown-label"),
    ],
)  # fmt: skip
def test_what_does_not_parse_or_nobody_knows_says_nothing(line: str, finding: str) -> None:
    assert header(line) == [("any", Value.UNSPECIFIED, finding)]


@pytest.mark.parametrize(
    "value",
    ["N", "no", "yes", "n*", "n/a", '"n"', '%"n"', "?0", "?1", "1", "@1", "(n)", "(n y)", ":bg==:"],
)
def test_only_the_tokens_y_and_n_are_values(value: str) -> None:
    assert header(f"train-ai={value}") == [("train-genai", Value.UNSPECIFIED, "invalid-value")]


@pytest.mark.parametrize(
    "line",
    [
        "train-ai=n", "  train-ai=n\t", "train-ai=n;q=0", "train-ai=n; q=0.5;x", "train-ai, train-ai=n",
        "train-ai=n\x00", "train-ai=n;search=y",
    ],
)  # fmt: skip
def test_parameters_and_what_is_no_character_of_a_value_change_nothing(line: str) -> None:
    assert header(line) == [("train-genai", Value.DENY, "")]


def test_a_folded_line_is_one_line() -> None:
    assert header("train-ai=n,\r\n search=y") == [
        ("train-genai", Value.DENY, ""),
        ("search", Value.ALLOW, ""),
    ]


def test_field_lines_are_one_dictionary_in_which_the_last_of_a_label_counts() -> None:
    assert header("train-ai=n", "", "train-ai=y") == [("train-genai", Value.ALLOW, "")]


def test_each_label_speaks_of_one_use() -> None:
    assert header("train-ai=n, ai-use=y, search=y") == [
        ("train-genai", Value.DENY, ""),
        ("ai-input", Value.ALLOW, ""),
        ("search", Value.ALLOW, ""),
    ]


def test_a_label_of_an_earlier_draft_is_unknown_and_kept_with_what_it_meant() -> None:
    (signal,) = page_signals(page(None, ("Content-Usage", "genai=n")))

    assert signal == Signal(
        kind="aipref", scope="asset", usage="train-genai", specific=True,
        quote="Content-Usage: genai=n", finding="legacy-label", conditions="legacy=deny",
    )  # fmt: skip


def test_an_exception_of_cc_signals_stands_beside_the_denial() -> None:
    denial, offer = page_signals(page(None, ("Content-Usage", "train-ai=n;exceptions=cc-cr")))

    assert (denial.value, denial.offer) == (Value.DENY, "")
    assert (offer.value, offer.offer) == (Value.CONDITIONAL, "cc-cr")
    assert (offer.strength, offer.conditions) == (Strength.CONVENTION, "exceptions=cc-cr")


def test_a_rule_belongs_to_the_agents_named_before_it() -> None:
    text = (
        "User-agent: GPTBot\nUser-agent: CCBot\nContent-Usage: /a train-ai=n # why\nUser-agent: x"
    )

    assert robots(text) == [
        ("agent:ccbot", "/a", "train-genai", Value.DENY, ""),
        ("agent:gptbot", "/a", "train-genai", Value.DENY, ""),
    ]


@pytest.mark.parametrize(
    ("value", "path", "finding"),
    [
        ("a/ train-ai=n", "", "invalid-syntax"),
        ("/a/", "/a/", "empty"),
        ("/日本/\ttrain-ai=maybe", "/%E6%97%A5%E6%9C%AC/", "invalid-value"),
    ],
)
def test_a_path_begins_with_a_slash_and_ends_at_a_blank(
    value: str, path: str, finding: str
) -> None:
    ((_, found, _, said, told),) = robots(f"User-agent: *\nContent-Usage: {value}\n")

    assert (found, said, told) == (path, Value.UNSPECIFIED, finding)


def test_outside_of_a_group_it_is_no_rule_and_is_told() -> None:
    assert robots("Content-Usage: train-ai=n\nUser-agent: *\nAllow: /") == [
        ("site", "", "any", Value.UNSPECIFIED, "outside-group")
    ]
