"""What an audit takes from one look at a site."""

from __future__ import annotations

import pytest

from crawler.builders_view import facts
from crawler.inspection import Statement, answers_for
from provenance.records import Outcome

REFUSE = b"User-agent: GPTBot\nDisallow: /\n"
GATE = Statement("access-gate", "crawl", "unspecified", "auth", "", "401", "page")
METER = Statement("structured-data", "crawl", "unspecified", "metered", "", "metered", "page")
RESERVED = Statement("tdmrep", "mine", "deny", "none", "", "tdm-reservation: 1", "page")
TO_ONE = Statement(
    "robots-meta", "train", "deny", "none", "", "bingbot: noarchive", "agent:bingbot"
)
CC_BY = Statement("license-link", "train", "conditional", "none", "", "CC BY", "page")


def taken(
    *statements: Statement,
    outcome: Outcome = Outcome.PARSED,
    body: bytes = b"",
    seen: bool = True,
    agent: str = "",
) -> dict[str, str]:
    answers, _ = answers_for(outcome, body, "/")
    found = facts(outcome, answers, statements, seen=seen, agent=agent)
    return {one.name: one.value for one in found}


def test_a_site_that_says_nothing_gives_no_fact() -> None:
    assert taken(outcome=Outcome.UNAVAILABLE) == {
        "robots_ai": "no",
        "robots_unreachable": "no",
        "gate": "no",
        "declared": "no",
    }


@pytest.mark.parametrize("outcome", [Outcome.UNREADABLE, Outcome.UNREACHABLE])
def test_what_could_not_be_read_refuses_nobody_and_allows_nobody(outcome: Outcome) -> None:
    assert taken(outcome=outcome)["robots_ai"] == "unknown"
    assert taken(outcome=outcome, agent="GPTBot")["robots_self"] == "unknown"


def test_a_page_that_was_not_shown_leaves_open_what_it_says() -> None:
    found = taken(seen=False)

    assert (found["gate"], found["declared"]) == ("unknown", "unknown")


@pytest.mark.parametrize(
    ("kind", "finding", "declared"),
    [
        ("tdmrep", "soft-404", "no"),
        ("tdmrep", "invalid-value", "no"),
        ("security-txt", "undecodable", "no"),
        ("structured-data", "broken-json-ld", "no"),
        ("tdmrep", "undecodable", "unknown"),
        ("ai-txt", "too-complex", "unknown"),
        ("rsl", "not-well-formed", "unknown"),
        ("plus-data-mining", "xmp-cut-off", "unknown"),
        ("tdmrep-media", "epub-broken", "unknown"),
        ("c2pa-training-mining", "c2pa-not-read", "unknown"),
    ],
)
def test_what_could_not_be_read_is_no_silence(kind: str, finding: str, declared: str) -> None:
    said = Statement(kind, "train", "unspecified", "none", "", "", "asset", finding=finding)

    assert taken(said)["declared"] == declared
    assert taken(said, RESERVED)["declared"] == "yes"


def test_a_gate_bars_and_a_meter_leaves_open() -> None:
    assert taken(GATE, seen=False)["gate"] == "yes"
    assert taken(METER)["gate"] == "unknown"


@pytest.mark.parametrize(
    ("statement", "declared"), [(RESERVED, "yes"), (TO_ONE, "no"), (CC_BY, "no"), (GATE, "no")]
)
def test_only_a_reservation_against_all_is_declared(statement: Statement, declared: str) -> None:
    assert taken(statement)["declared"] == declared


def test_the_agent_that_collected_is_told_apart() -> None:
    assert (
        taken(body=REFUSE, agent="gptbot")["robots_self"],
        taken(body=REFUSE, agent="CCBot")["robots_self"],
        taken(body=REFUSE)["robots_ai"],
    ) == ("yes", "no", "yes")


def test_each_fact_names_the_rules_that_ask_for_it() -> None:
    answers, _ = answers_for(Outcome.PARSED, REFUSE, "/")

    found = facts(Outcome.PARSED, answers, (), seen=True, rules_of=lambda fact: (f"X-{fact}",))

    assert [one.rules for one in found][:2] == [("X-robots_ai",), ("X-robots_unreachable",)]
