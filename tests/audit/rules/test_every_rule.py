"""Each rule by itself: a row it must not flag, though it is near; one it must; one it cannot tell."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

import duckdb
import pytest

from audit.rule_files import read_rule
from audit.rules import LEVELS, Rule, every_rule
from audit.rules_page import filled
from tests.audit.rules.asking import QUIET
from tests.conftest import ROOT


class Case(NamedTuple):
    """What is changed of the quiet row."""

    flags: dict[str, Any]
    spares: dict[str, Any]
    open: dict[str, Any]
    """Where a fact is missing."""
    level: str


PIRATED = {"listed": True, "known": "before"}
TUNED: dict[str, Any] = {"purpose": "finetune_general"}
CASES = {
    "ENJ-01": Case({}, {"purpose": "redistribution"}, {"purpose": None}, "info"),
    "ENJ-02": Case(
        {"purpose": "finetune_reproduce"},
        {"purpose": "finetune_reproduce", "licence": "held"},
        {"purpose": "unknown"}, "high",
    ),
    "ENJ-03": Case(
        {"purpose": "rag_verbatim"}, {"purpose": "rag_verbatim", "minor_use": True},
        {"purpose": "unknown"}, "high",
    ),
    "ENJ-04": Case(
        {"purpose": "rag_verbatim", "non_commercial": True}, {"non_commercial": True},
        {"purpose": "rag_verbatim", "non_commercial": None}, "info",
    ),
    "ENJ-05": Case({"several_purposes": True}, {"purpose": "redistribution"}, {"purpose": None},
                   "unknown"),
    "ENJ-06": Case(
        {"purpose": "redistribution", "use_limited": False, "viewable": True},
        {"purpose": "redistribution"}, {"purpose": "redistribution", "use_limited": None}, "high",
    ),
    "ENJ-07": Case({"repeated": True}, {"bulk": True}, {"repeated": None}, "medium"),
    "ENJ-08": Case(
        {"kept_after_training": True}, {"kept_after_training": True, "retention_reasoned": True},
        {"kept_after_training": None}, "low",
    ),
    "PRV-01": Case(
        {"robots_self": True}, {"robots_self": True, "robots_later": True}, {"robots_self": None},
        "high",
    ),
    "PRV-02": Case(
        {"robots_ai": True}, {"robots_ai": True, "robots_self": True}, {"robots_ai": None}, "low",
    ),
    "PRV-03": Case({"gate": True}, {"gate": True, "account_allows": True}, {"gate": None}, "high"),
    "PRV-04": Case({"circumvented": True}, {"account_used": True}, {"circumvented": None}, "high"),
    "PRV-05": Case(
        {"robots_self": True, "sold_before": True}, {"sold_before": True},
        {"robots_self": True, "sold_before": None}, "high",
    ),
    "PRV-06": Case(
        {"agent_known": False, "robots_ai": True, "robots_self": None}, {"robots_ai": True},
        {"agent_known": False, "robots_ai": None, "robots_self": None}, "medium",
    ),
    "PRV-07": Case({"declared": True}, {"declared": True, "gate": True}, {"declared": None}, "low"),
    "PRV-08": Case({"robots_later": True}, {"robots_self": True}, {"robots_later": None}, "low"),
    "PRV-09": Case(
        {"robots_ai_basis": "changed_between"}, {"robots_ai_basis": "bracketed_wide"},
        {"robots_ai_basis": None}, "low",
    ),
    "PRV-10": Case({"bulk": True}, {"repeated": True}, {"bulk": None}, "info"),
    "PRV-11": Case({"robots_unreachable": True}, {"robots_self": None},
                   {"robots_unreachable": None}, "medium"),
    "LIC-01": Case(
        {"dataset_offer": "active"}, {"dataset_offer": "active", "licence": "held"},
        {"dataset_offer": None}, "high",
    ),
    "LIC-02": Case(
        {"api_offer": "active"}, {"api_offer": "active", "method": "api"},
        {"api_offer": "active", "method": None}, "medium",
    ),
    "LIC-03": Case({"priced": True}, {"priced": True, "licence": "held"}, {"priced": None}, "low"),
    "LIC-04": Case({"licence": "held"}, {"licence": "expired"}, {"licence": None}, "info"),
    "LIC-05": Case({"licence": "expired"}, {"licence": "held"}, {"licence": None}, "medium"),
    "LIC-06": Case({"dataset_offer": "later"}, {"dataset_offer": "ended"}, {"dataset_offer": None},
                   "low"),
    "LIC-07": Case({"sold_before": True}, {"dataset_offer": "later"}, {"sold_before": None}, "info"),
    "LIC-08": Case({"licence_open": "nc"}, {"licence_open": "free"}, {"licence_open": None},
                   "medium"),
    "PIR-01": Case(PIRATED, {"listed": True, "known": "after"}, {"listed": True, "known": None},
                   "high"),
    "PIR-02": Case(
        {"listed": True, "known": "during", "known_before_later_act": True},
        {"listed": True, "known": "before", "known_before_later_act": True},
        {"listed": True, "known": "after", "known_before_later_act": None}, "high",
    ),
    "PIR-03": Case(
        {"listed": True, "known": "after"},
        {"listed": True, "known": "after", "known_before_later_act": True},
        {"listed": True, "known": None}, "medium",
    ),
    "PIR-04": Case(
        {"authority_listed": True}, {"authority_listed": True, **PIRATED},
        {"authority_listed": None}, "medium",
    ),
    "PIR-05": Case({"published_before": True}, {"published_before": True, "known": "before"},
                   {"published_before": None}, "medium"),
    "PIR-06": Case({"named_corpus": True}, PIRATED, {"named_corpus": None}, "high"),
    "PIR-07": Case({"unverified": True}, {"unverified": True, "listed": True},
                   {"unverified": None}, "low"),
    "PIR-08": Case(
        {**PIRATED, "shared_host": True},
        {**PIRATED, "shared_host": True, "listed_by_page": True},
        {**PIRATED, "shared_host": None}, "low",
    ),
    "PIR-10": Case({**PIRATED, "disputed": True}, {"disputed": True},
                   {"ended_before": None}, "low"),
    "PIR-11": Case({**PIRATED, "acquired": True}, {"acquired": True},
                   {**PIRATED, "acquired": None}, "info"),
    "PIR-12": Case({"lists_cover": False}, {"unverified": True}, {"lists_cover": None}, "unknown"),
    "PIR-13": Case({"copy_listed": True, "copy_known": "before"}, PIRATED,
                   {"copy_listed": None}, "medium"),
    "ILL-01": Case({"sealed": "csam"}, {"sealed": "ncii"}, {"sealed": None}, "critical"),
    "ILL-02": Case({"sealed": "ncii"}, {"sealed": "csam"}, {"sealed": None}, "critical"),
    "ILL-04": Case({"generated": True, "sexual": True}, {"sexual": True},
                   {"generated": True, "sexual": None}, "high"),
    "ILL-05": Case({"sealed": "host"}, {"sealed": "other"}, {"sealed": None}, "critical"),
    "ILL-07": Case({"sealed": "other"}, {"sealed": "no"}, {"sealed": None}, "high"),
    "STY-01": Case(
        {**TUNED, "concentrated": True, "small_set": True},
        {**TUNED, "concentrated": True}, {**TUNED, "concentrated": None, "small_set": True}, "high",
    ),
    "STY-02": Case({"concentrated": True}, {**TUNED, "concentrated": True}, {"concentrated": None},
                   "low"),
    "STY-03": Case({**TUNED, "creator_named": True}, {"creator_named": True},
                   {**TUNED, "creator_named": None}, "medium"),
    "STY-04": Case({**TUNED, "creator_known": None}, {"creator_known": None},
                   {"purpose": None, "creator_known": None},
                   "unknown"),
    "STY-05": Case({"of_one_person": True}, {"concentrated": True}, {"of_one_person": None},
                   "medium"),
    "REM-01": Case({"removal_asked": True, "reuse_planned": True}, {"removal_asked": True},
                   {"removal_asked": True, "reuse_planned": None}, "high"),
    "REM-02": Case({"outputs_asked": True}, {"removal_asked": True}, {"outputs_asked": None},
                   "medium"),
    "REM-04": Case({"rows_removed": True, "lineage_recorded": False}, {"rows_removed": True},
                   {"rows_removed": True, "lineage_recorded": None}, "unknown"),
    "REM-05": Case({"reply_late": True}, {"question_asked": True}, {"reply_late": None}, "medium"),
    "DEP-04": Case({"generated": True, "generator_restricts": True}, {"generator_restricts": True},
                   {"generated": None}, "medium"),
    "DEP-05": Case({"question_asked": True}, {"outputs_asked": True}, {"question_asked": None},
                   "low"),
    "TRN-01": Case({"provider": True, "summary_published": False}, {"summary_published": False},
                   {"provider": None, "summary_published": False}, "low"),
    "TRN-02": Case({"provider": True, "agent_known": False}, {"provider": True},
                   {"provider": None, "agent_known": False}, "info"),
    "TRN-06": Case({"provider": True, "upstream_asked": False}, {"upstream_asked": False},
                   {"provider": True, "upstream_asked": None}, "low"),
    "TRN-07": Case({"provider": True, "summary_current": False},
                   {"provider": True, "summary_published": False, "summary_current": False},
                   {"provider": True, "summary_current": None}, "low"),
    "TRN-08": Case({"californian": True}, {"provider": True}, {"californian": None}, "info"),
    "TRN-09": Case({"principle_code": False}, {}, {"principle_code": None}, "info"),
    "EU-01": Case({"robots_ai": True}, {"robots_ai": True, "robots_later": True},
                  {"robots_ai": None}, "high"),
    "EU-02": Case({"research_body": True}, {"non_commercial": True}, {"research_body": None},
                  "info"),
    "EU-03": Case({"reserved_in_words": True}, {"declared": True}, {"reserved_in_words": None},
                  "medium"),
    "EU-04": Case({"circumvented": True}, {"gate": True}, {"circumvented": None}, "high"),
    "EU-05": Case({"listed": True, "known": "after"}, {"unverified": True},
                  {"listed": True, "known": None}, "high"),
    "EU-06": Case({"eu_offered": True}, {"model_published": True}, {"eu_offered": None}, "info"),
    "EU-08": Case({"declared": True}, {"declared": True, "declared_later": True},
                  {"declared": None}, "high"),
    "EU-PIR-04": Case({"authority_listed": True}, PIRATED, {"authority_listed": None}, "high"),
    "EU-PIR-06": Case({"named_corpus": True}, PIRATED, {"named_corpus": None}, "high"),
    "US-01": Case(PIRATED, {**PIRATED, "acquired": True}, {"listed": True, "known": None}, "high"),
    "US-PIR-06": Case({"named_corpus": True}, PIRATED, {"named_corpus": None}, "critical"),
    "UK-01": Case({}, {"licence": "held"}, {"non_commercial": None}, "high"),
}  # fmt: skip

_database = cache(duckdb.connect)


def rule_named(name: str) -> Rule:
    return next(rule for rule in every_rule() if rule.id == name)


def answer(name: str, changed: dict[str, Any]) -> tuple[bool | None, str]:
    """Return what the rule says of the quiet row with what is *changed*, and at which level."""
    facts = QUIET | changed
    said = ", ".join(f"{_literal(value)} AS {fact}" for fact, value in facts.items())
    rule = rule_named(name)
    return (
        _database()
        .execute(f"SELECT {rule.condition}, {rule.level_expression} FROM (SELECT {said})")
        .fetchall()[0]
    )


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return f"'{value}'" if isinstance(value, str) else str(value).upper()


def test_every_rule_that_ships_has_its_three_cases() -> None:
    assert set(CASES) == {rule.id for rule in every_rule()}


@pytest.mark.parametrize("name", CASES)
def test_a_rule_spares_what_is_only_near(name: str) -> None:
    assert answer(name, CASES[name].spares)[0] is False


@pytest.mark.parametrize("name", CASES)
def test_a_rule_flags_what_it_is_about(name: str) -> None:
    assert answer(name, CASES[name].flags) == (True, CASES[name].level)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_cannot_tell_where_its_fact_is_missing(name: str) -> None:
    assert answer(name, CASES[name].open)[0] is None


REPRODUCED: dict[str, Any] = {"purpose": "finetune_reproduce"}
FEW_OF_ONE = {**REPRODUCED, "concentrated": True, "small_set": True}


@pytest.mark.parametrize(
    ("name", "changed", "said"),
    [
        ("ENJ-01", {"purpose": "analysis"}, True),
        # What nobody declared excuses nothing.
        ("ENJ-02", {**REPRODUCED, "own_works": None}, True),
        ("ENJ-02", {**REPRODUCED, "own_works": True}, False),
        ("ENJ-02", {**REPRODUCED, "licence": None}, True),
        ("ENJ-02", {**REPRODUCED, "licence": "expired"}, True),
        ("ENJ-03", {"purpose": "rag_verbatim", "minor_use": None}, True),
        ("ENJ-03", {"purpose": "rag_verbatim", "licence": None}, True),
        ("ENJ-03", {"purpose": "rag_verbatim", "licence": "held"}, False),
        ("ENJ-03", {"purpose": "rag_verbatim", "licence": "expired"}, True),
        ("ENJ-04", {**REPRODUCED, "non_commercial": True}, True),
        ("LIC-01", {"dataset_offer": "active", "licence": None}, True),
        ("LIC-02", {"api_offer": "active", "licence": None}, True),
        ("LIC-02", {"api_offer": "active", "licence": "held"}, False),
        ("LIC-03", {"priced": True, "licence": None}, True),
        ("LIC-06", {"api_offer": "later"}, True),
        ("LIC-06", {"api_offer": "ended"}, False),
        ("PIR-03", {"listed": True, "known": "after", "known_before_later_act": None}, True),
        ("PIR-05", {"published_before": True, "known": "during"}, False),
        ("PRV-03", {"gate": True, "account_allows": None}, True),
        ("PRV-03", {"account_used": True, "account_allows": None}, False),
        ("PRV-05", {"sold_before": True, "gate": True}, True),
        ("PRV-05", {"sold_before": True, "gate": True, "account_allows": True}, False),
        ("PRV-05", {"sold_before": True, "gate": True, "account_allows": None}, True),
        ("PRV-05", {"sold_before": True, "account_used": True}, True),
        ("PRV-05", {"sold_before": True, "account_used": True, "account_allows": True}, False),
        ("PRV-05", {"sold_before": True, "circumvented": True}, True),
        ("PRV-05", {"sold_before": True, "circumvented": None}, False),
        ("PRV-05", {"sold_before": True, "robots_self": True, "robots_later": True}, False),
        ("PRV-06", {"agent_known": False}, False),
        ("PRV-06", {"agent_known": False, "robots_self": True}, None),
        ("PRV-07", {"declared": True, "gate": None}, True),
        ("PRV-07", {"declared": True, "robots_ai": None}, True),
        ("PRV-07", {"declared": True, "robots_ai": True}, False),
        ("PRV-08", {"gate_later": True}, True),
        ("PRV-08", {"declared_later": True}, True),
        ("PRV-09", {"robots_ai_basis": "inside_window"}, True),
        ("PRV-09", {"robots_self_basis": "inside_window"}, True),
        ("PRV-09", {"robots_self_basis": "changed_between"}, True),
        ("PRV-09", {"robots_self_basis": "changed_between", "agent_known": False}, False),
        ("STY-01", FEW_OF_ONE, True),
        ("STY-01", {**FEW_OF_ONE, "own_works": None}, True),
        ("STY-01", {**FEW_OF_ONE, "own_works": True}, False),
        ("STY-01", {**FEW_OF_ONE, "licence": None}, True),
        ("STY-01", {**FEW_OF_ONE, "licence": "held"}, False),
        ("STY-03", {**REPRODUCED, "creator_named": True}, True),
        ("STY-03", {**TUNED, "creator_named": True, "own_works": True}, False),
        ("STY-03", {**TUNED, "creator_named": True, "own_works": None}, True),
        ("STY-04", {**REPRODUCED, "creator_known": False}, True),
        ("EU-05", {"listed": True, "known": "before"}, True),
        ("EU-05", {"listed": True, "known": "during"}, True),
        ("UK-01", {"licence": None}, True),
        ("UK-01", {"own_works": None}, True),
        ("UK-01", {"own_works": True}, False),
        ("US-01", {**PIRATED, "acquired": None}, True),
        ("US-01", {"listed": True, "known": "during"}, True),
        ("US-01", {"listed": True, "known": "after"}, True),
    ],
)  # fmt: skip
def test_a_rule_says_of_each_fact_what_it_says(
    name: str, changed: dict[str, Any], said: bool | None
) -> None:
    assert answer(name, changed)[0] is said


@pytest.mark.parametrize(
    ("name", "changed", "level"),
    [
        ("ENJ-06", {"purpose": "redistribution", "use_limited": False}, "medium"),
        ("ENJ-08", {"kept_after_training": True, "listed": True}, "medium"),
        ("PRV-02", {"robots_ai": True, "sold_before": True}, "medium"),
        ("PRV-03", {"gate": True, "copies": False}, "medium"),
        ("PRV-03", {"account_used": True}, "high"),
        ("LIC-01", {"dataset_offer": "unclear"}, "unknown"),
        ("LIC-02", {"api_offer": "active", "bulk": True}, "high"),
        ("LIC-02", {"api_offer": "unclear"}, "unknown"),
        ("LIC-05", {"licence": "held", "licence_lapses": True}, "medium"),
        ("LIC-08", {"licence_open": "by"}, "low"),
        ("LIC-08", {"licence_open": "nc", "non_commercial": True}, "low"),
        ("LIC-08", {"licence_open": "nc", "non_commercial": None}, "unknown"),
        ("LIC-08", {"licence_open": "nd", **TUNED}, "medium"),
        ("LIC-08", {"licence_open": "sa", "purpose": "redistribution"}, "medium"),
        ("LIC-08", {"licence_open": "sa"}, "low"),
        ("LIC-08", {"licence_open": "by", "purpose": "redistribution"}, "low"),
        ("LIC-08", {"licence_open": "nd"}, "low"),
        ("LIC-08", {"licence_open": "nd", "purpose": "analysis"}, "low"),
        ("LIC-08", {"licence_open": "nc-nd", "non_commercial": None}, "unknown"),
        ("LIC-08", {"licence_open": "nc-nd"}, "medium"),
        ("LIC-08", {"licence_open": "nc-nd", "non_commercial": True, **TUNED}, "medium"),
        ("LIC-08", {"licence_open": "nc-sa", "non_commercial": None}, "unknown"),
        ("LIC-08", {"licence_open": "nc-sa"}, "medium"),
        ("LIC-08", {"licence_open": "nc-sa", "non_commercial": True, **TUNED}, "low"),
        ("LIC-08", {"licence_open": "nc-sa", "non_commercial": True, "purpose": "redistribution"},
         "medium"),
        ("PIR-13", {"copy_listed": True, "copy_known": "after"}, "low"),
        ("STY-03", {**TUNED, "creator_named": True, "concentrated": True}, "medium"),
        ("PIR-01", {**PIRATED, "purpose": "finetune_reproduce"}, "critical"),
        ("PIR-10", {"ended_before": True}, "info"),
        ("STY-03", {**TUNED, "creator_named": True, "concentrated": True, "small_set": True},
         "high"),
        ("STY-03", {**TUNED, "creator_named": True, "concentrated": True, "small_set": True,
                    "licence": "held"}, "medium"),
        ("STY-04", {**TUNED, "creator_known": False}, "unknown"),
        ("DEP-04", {"generated": True}, "info"),
        ("ENJ-05", {"purpose": "rag_index"}, "unknown"),
        ("ENJ-05", {"purpose": "unknown"}, "unknown"),
    ],
)  # fmt: skip
def test_a_rule_has_the_level_that_its_facts_give_it(
    name: str, changed: dict[str, Any], level: str
) -> None:
    assert answer(name, changed) == (True, level)


# Where a fact is missing, these make the level of the row unknown, or only note that nobody looked;
# of all others the report tells once what the declaration or the manifest would have to bring.
UNKNOWN_WITHOUT = frozenset({
    "ENJ-01", "ENJ-05", "ENJ-06", "ILL-01", "ILL-02", "ILL-05", "ILL-07", "LIC-05", "PIR-01", "PIR-02",
    "PIR-03", "PIR-04", "PIR-05", "PIR-07", "PIR-10", "PIR-13", "PRV-01", "PRV-02", "PRV-06",
    "PRV-08", "PRV-09", "PRV-11", "STY-01", "STY-04", "EU-01", "EU-05", "EU-PIR-04", "US-01",
})  # fmt: skip
NOTED = frozenset({"EU-08", "LIC-03", "LIC-04", "PRV-03", "PRV-07"})
EFFECTS = {
    "EU-02": "cap EU-01 EU-03 EU-08 at low",
    "LIC-04": "cap PRV LIC-01 LIC-02 at low",
    "LIC-07": "supports PRV-02 PRV-05",
    "PIR-08": "cap PIR-01 PIR-02 PIR-03 PIR-04 PIR-05 at medium",
    "PIR-10": "lower PIR-01 PIR-02 PIR-03 PIR-05",
    "PIR-11": "lower PIR-01 PIR-02 PIR-03 PIR-05",
    "PRV-10": "supports PRV-01 PRV-02 PRV-03 PRV-04 PRV-05",
}


@pytest.mark.parametrize("name", CASES)
def test_a_rule_does_what_it_may_to_its_row_and_to_others(name: str) -> None:
    rule = rule_named(name)

    missing = "unknown" if name in UNKNOWN_WITHOUT else "note" if name in NOTED else "dataset"
    assert (rule.missing, rule.effect) == (missing, EFFECTS.get(name, "none"))
    assert rule.alone is (name == "ENJ-01")


def test_every_rule_cites_its_source_and_is_not_past_its_review() -> None:
    today = datetime.now(UTC).date()
    for rule in every_rule():
        assert rule.review_by >= today, f"{rule.id}: its source is to be looked at again"
        assert rule.grade != "D" or rule.level in {"low", "info"} or not rule.enabled, rule.id
        assert rule.title_ja != rule.title, rule.id
        assert re.search("[\u3040-\u30ff\u4e00-\u9fff]", rule.title_ja + rule.advice_ja), rule.id
        assert set(re.findall(r"'(\w+)'", rule.level)) & set(LEVELS) or rule.level in LEVELS


def test_neighbours_never_carry_their_result_to_another() -> None:
    """N10 and N11 hold for every row of law.md, section 1.10."""
    for rule in every_rule("eu", "us", "uk", "us-ca"):
        assert {"N10"} <= set(rule.must_not.split()) or rule.id.startswith("TRN"), rule.id


_CONCLUSIONS = re.compile(
    r"\b(is|are|was|were) (il)?legal\b|\binfringes\b|\bis (an )?infring|\bunlawful(ly)? (site|copy)"
    r"|\bis a pirate|\bnon-?compliant\b|\bis compliant\b|\bcomplies with\b"
    r"|\bis (not )?(permitted|allowed) to\b|\bproves? that (?!no)"
    r"|(?<!whether it )(?<!whether something )\bis a (database )?work\b"
    r"|probability of (liability|damages) (is|of)|違法である|侵害である|海賊版サイトである|適法である|合法",
    re.IGNORECASE,
)
"""What the N-codes forbid to conclude, as sentences would say it."""


def test_no_rule_concludes_what_nobody_may_conclude() -> None:
    for rule in every_rule():
        for text in (rule.title, rule.title_ja, rule.advice, rule.advice_ja):
            assert not _CONCLUSIONS.search(text), (rule.id, text)


def test_no_template_or_message_concludes_what_nobody_may_conclude() -> None:
    """Sentences about what may not be concluded name it: they stand in audit/terms.py and words.py."""
    for path in [*ROOT.glob("audit/**/*.jinja"), *ROOT.glob("audit/**/*.py")]:
        if path.name not in {"terms.py", "words.py"}:
            met = _CONCLUSIONS.search(path.read_text("utf-8"))
            assert not met, (path, met)


def test_the_tables_of_the_page_on_rules_are_those_of_the_rule_files() -> None:
    """To make them anew: `python -m audit.rules_page`."""
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")

    assert filled(page) == page
    assert all(f"| {rule.id} |" in page and rule.basis in page for rule in every_rule())


def test_the_page_on_rules_has_an_example_that_is_a_rule() -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")

    text = page.partition("```sql\n")[2].partition("```")[0]

    assert read_rule(text, "own_01.sql", "house-rules").id == "OWN-01"
