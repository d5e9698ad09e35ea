"""What statements of several standards come to together."""

from __future__ import annotations

import pytest

from crawler.combining import USAGES, combined
from provenance.records import Gate, Signal, Value

DENY, CONDITIONAL, ALLOW, UNSPECIFIED = (
    Value.DENY, Value.CONDITIONAL, Value.ALLOW, Value.UNSPECIFIED,
)  # fmt: skip


def said(kind: str, usage: str, value: Value, *, scope: str = "site", offer: str = "") -> Signal:
    return Signal(kind, scope, usage, value, offer=offer, quote=f"{kind} {usage} {value}")


@pytest.mark.parametrize(
    ("values", "together"),
    [
        ([], UNSPECIFIED),
        ([UNSPECIFIED, UNSPECIFIED], UNSPECIFIED),
        ([ALLOW, UNSPECIFIED], ALLOW),
        ([ALLOW, CONDITIONAL], CONDITIONAL),
        ([ALLOW, CONDITIONAL, DENY], DENY),
    ],
)
def test_any_denial_then_any_condition_then_any_permission(
    values: list[Value], together: Value
) -> None:
    signals = [said(f"k{number}", "search", value) for number, value in enumerate(values)]

    assert combined(signals).answers["search"].value is together


def test_leave_to_crawl_permits_nothing_else() -> None:
    answers = combined([said("robots", "crawl", ALLOW)]).answers

    assert {usage: one.value for usage, one in answers.items() if one.value is not UNSPECIFIED} == {
        "crawl": ALLOW
    }


def test_a_refusal_to_be_crawled_refuses_every_use() -> None:
    answers = combined([said("robots", "crawl", DENY), said("aipref", "train", ALLOW)]).answers

    assert {one.value for one in answers.values()} == {DENY}
    assert set(answers) == set(USAGES)


@pytest.mark.parametrize(
    ("usage", "value", "bears_on"),
    [
        ("mine", DENY, {"mine", "train", "train-genai"}),
        ("mine", ALLOW, {"mine", "train", "train-genai"}),
        ("train", DENY, {"train", "train-genai"}),
        ("train-genai", DENY, {"train", "train-genai"}),
        ("train-genai", ALLOW, {"train-genai"}),
        ("train-image", DENY, set()),
        ("ai-input", DENY, {"ai-input"}),
        ("crawl", CONDITIONAL, {"crawl"}),
        ("licence", CONDITIONAL, set()),
    ],
)
def test_a_statement_bears_on_the_uses_it_covers(
    usage: str, value: Value, bears_on: set[str]
) -> None:
    answers = combined([said("k", usage, value)]).answers

    assert {use for use, one in answers.items() if one.value is value} == bears_on


def test_offers_are_kept_where_a_denial_wins() -> None:
    together = combined(
        [said("rsl", "train", CONDITIONAL, offer="USD 1"), said("robots", "crawl", DENY)]
    )

    assert together.answers["train"].value is DENY
    assert together.offers == ("USD 1",)


def test_a_contradiction_is_shown_with_both_quotes() -> None:
    deny, allow = said("tdmrep", "mine", DENY), said("trust-txt", "train", ALLOW)

    answer = combined([allow, deny]).answers["train"]

    assert (answer.value, answer.finding) == (DENY, "contradiction")
    assert [one.quote for one in (*answer.decided_by, *answer.contradicted_by)] == [
        "tdmrep mine deny", "trust-txt train allow",
    ]  # fmt: skip


def test_a_refusal_by_name_covers_some_agents_and_closes_no_site() -> None:
    by_name = said("robots", "crawl", DENY, scope="agent:ccbot")
    for_all = said("robots", "crawl", DENY, scope="agent:*")

    some, every = (
        combined(signals).answers["train"] for signals in ([by_name], [by_name, for_all])
    )

    assert (some.value, some.coverage, some.agents) == (DENY, "some", ("ccbot",))
    assert (every.value, every.coverage, every.agents) == (DENY, "all", ())


def test_a_gate_changes_no_value() -> None:
    together = combined([Signal("access-gate", "page", "crawl", gate=Gate.CHALLENGE)])

    assert together.gates == (Gate.CHALLENGE,)
    assert {one.value for one in together.answers.values()} == {UNSPECIFIED}
