"""Asking rules about facts that are written down: a quiet row, and what is changed of it."""

from __future__ import annotations

from functools import cache
from typing import Any

from audit.declaration import Declaration, Purpose
from audit.explaining.alternatives import Outcome, outcomes
from audit.facts import FACTS
from audit.rules import rules
from audit.settings import Question

QUIET: dict[str, Any] = {
    "readable": True, "purpose": "pretraining", "agent_known": True, "copies": True,
    "robots_self": False, "robots_self_basis": "contemporaneous", "robots_ai": False,
    "robots_ai_basis": "contemporaneous", "robots_later": False, "robots_unreachable": False,
    "gate": False, "gate_basis": "contemporaneous", "gate_later": False, "declared": False,
    "declared_basis": "contemporaneous", "declared_later": False, "priced": False,
    "priced_basis": "contemporaneous", "listed": False, "known": None,
    "known_before_later_act": False, "published_before": False, "unverified": False,
    "copy_listed": False, "copy_known": None, "sealed": "no",
    "several_purposes": False, "non_commercial": False, "research_body": False, "minor_use": False,
    "use_limited": True, "viewable": False, "circumvented": False, "account_used": False,
    "account_allows": False, "method": "pages", "market_searched": True,
    "kept_after_training": False, "retention_reasoned": False, "generator_restricts": False,
    "own_works": False, "licence": "none", "licence_lapses": False, "dataset_offer": "none",
    "api_offer": "none", "sold_before": False, "reserved_in_words": False, "terms_read": True, "shared_host": False, "named_corpus": False,
    "authority_listed": False, "ended_before": False, "disputed": False, "listed_by_page": False,
    "creator_known": True, "concentrated": False, "small_set": False, "creator_named": False,
    "of_one_person": False, "repeated": False, "bulk": False, "generated": False,
    "sexual": False, "acquired": False, "licence_open": "free", "upstream_asked": True,
    "lists_cover": True,
    "reuse_planned": False, "lineage_recorded": True, "rows_removed": False,
    "model_published": False, "eu_offered": False, "provider": False, "summary_published": True,
    "summary_current": True, "californian": False, "principle_code": True, "removal_asked": False,
    "outputs_asked": False, "question_asked": False, "reply_late": False,
}  # fmt: skip
"""Everything is known of it, and nothing of that speaks."""

assert set(QUIET) == set(FACTS)


def ask(*several: dict[str, Any], laws: tuple[str, ...] = ("jp",)) -> list[Outcome]:
    """Return what the rules of *laws* come to for the quiet row with each change of *several*."""
    return outcomes(_question(laws), [QUIET | changed for changed in several])


@cache
def _question(laws: tuple[str, ...]) -> Question:
    return Question(Declaration(purpose=Purpose.PRETRAINING, agent="CCBot"), rules(*laws))
