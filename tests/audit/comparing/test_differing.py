"""In what two audits differ as a whole: whatever a verdict can hang on is named, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from audit.comparing.differing import differing
from audit.declared import declaration_of
from audit.declared_said import said_of
from audit.reports.summary_json import REPORT
from tests.audit.reports.test_html import SUMMARY

DECLARED: dict[str, Any] = {
    "dataset": {"name": "demo", "purpose": "pretraining", "agent": "CCBot", "timezone": "UTC"},
    "act": [{"kind": "crawl", "from": "2024-02-01"}],
}


def summary(declared: dict[str, Any] = DECLARED, **manifest: Any) -> dict[str, Any]:
    """Return what summary.json says of an audit that *declared* this."""
    found = declaration_of(declared)
    said = SUMMARY.declaration | {
        "name": found.name, "version": found.version, "purpose": str(found.purpose),
        "agent": found.agent, "copies": found.copies, "timezone": found.zone,
        "acts": [{"kind": str(act.kind), "from": str(act.lo), "to": str(act.hi)}
                 for act in found.acts],
        "said": said_of(found),
    }  # fmt: skip
    whole = replace(SUMMARY, declaration=said, manifest=SUMMARY.manifest | manifest)
    told: dict[str, Any] = json.loads(REPORT.render(whole))
    return told


def test_two_audits_asked_alike_do_not_differ() -> None:
    assert list(differing(summary(), summary())) == []


@pytest.mark.parametrize(
    ("table", "said", "fact"),
    [
        ("licence", [{"name": "c7", "from": "2024-01-01T00:00:00Z"}],
         'licence: null → [{"name": "c7", "from": "2024-01-01T00:00:00Z"}]'),
        ("facts", {"circumvented": True}, 'facts: null → {"circumvented": true}'),
        ("columns", {"creator": "artist"}, 'columns: null → {"creator": "artist"}'),
        ("thresholds", {"repeats": 9},
         'thresholds: null → {"repeats": 9, "creator_share": 0.8, "small_rows": 10000,…'),
        ("inquiry", [{"kind": "removal", "received": "2024-07-01T00:00:00Z"}],
         'inquiry: null → [{"kind": "removal", "received": "2024-07-01T00:00:00Z"}]'),
        ("act", [], 'acts: [{"kind": "crawl", "from": "2024-02-01T00:00:00Z", "to": … → []'),
    ],
)  # fmt: skip
def test_every_table_that_a_verdict_can_hang_on_is_compared(
    table: str, said: object, fact: str
) -> None:
    found = list(differing(summary(), summary(DECLARED | {table: said})))

    assert found == [("declaration", fact)]


@pytest.mark.parametrize(
    ("key", "said", "fact"),
    [
        ("agent", "GPTBot", "agent: CCBot → GPTBot"),
        ("copies", True, "copies: null → true"),
        ("purpose", ["pretraining", "analysis"],
         'purpose: pretraining → ["pretraining", "analysis"]'),
        ("shared_hosts", ["drive.example"], 'shared_hosts: null → ["drive.example"]'),
        ("sources", ["c4"], 'sources: null → ["c4"]'),
    ],
)  # fmt: skip
def test_every_key_of_the_dataset_is_compared(key: str, said: object, fact: str) -> None:
    dataset = DECLARED["dataset"] | {key: said}

    found = list(differing(summary(), summary(DECLARED | {"dataset": dataset})))

    assert found == [("declaration", fact)]


def test_an_act_by_another_agent_is_another_declaration() -> None:
    act = DECLARED["act"][0] | {"agent": "GPTBot"}

    ((part, fact),) = differing(summary(), summary(DECLARED | {"act": [act]}))

    assert (part, fact.partition(":")[0]) == ("declaration", "acts")


@pytest.mark.parametrize("key", ["name", "version", "signed"])
def test_what_no_verdict_hangs_on_is_not(key: str) -> None:
    dataset = DECLARED["dataset"] | {key: "another"}

    assert list(differing(summary(), summary(DECLARED | {"dataset": dataset}))) == []


def test_a_summary_of_an_old_release_is_compared_by_what_both_say() -> None:
    old = summary()
    del old["declaration"]["said"]

    assert list(differing(old, summary())) == []


def test_other_columns_of_digests_are_another_reading_of_the_manifest() -> None:
    named = [{"name": "sha256", "algorithm": "sha256"}]

    found = list(differing(summary(digest_columns=[]), summary(digest_columns=named)))

    assert found == [
        ("columns", 'digest_columns: [] → [{"name": "sha256", "algorithm": "sha256"}]')
    ]
