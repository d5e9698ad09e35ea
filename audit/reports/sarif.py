"""report.sarif: findings for tools that read SARIF 2.1.0 (OASIS Standard, 27 March 2020).

Rows where a rule fires are a result of kind `fail`; rows where it could not be told are one of kind
`open`, which section 3.27.9 keeps for what could not be decided. Addresses are not in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from audit.headline import checkpoint_lines, footer, headline
from audit.reports import PLAIN, Report
from audit.rules import LEVELS
from provenance.many import many
from provenance.show import show
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.reports import Asked
    from audit.rules import Rule
    from audit.summary import Finding, Summary

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_GRAVITY = {
    "critical": "error", "high": "error", "medium": "warning", "unknown": "warning",
    "low": "note", "info": "note",
}  # fmt: skip


def _render(summary: Summary, _asked: Asked = PLAIN) -> str:
    said = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(summary)]}
    return json_text(said) + "\n"


def _run(summary: Summary) -> dict[str, Any]:
    english, japanese = footer()
    return {
        "properties": {
            **headline(summary),
            "checkpoint": "\n".join([*checkpoint_lines(summary), ""]),
            "levels": summary.levels,
            "footer": {"en": english, "ja": japanese},
        },
        "tool": {
            "driver": {
                "name": "provisor",
                "version": show(summary.version),
                "fullDescription": {"text": english},
                "rules": [_rule(rule) for rule in summary.rules],
            }
        },
        "invocations": [
            {"executionSuccessful": True, "endTimeUtc": f"{summary.made_at:%Y-%m-%dT%H:%M:%SZ}"}
        ],
        "artifacts": [
            {
                "location": {"uri": _uri(summary)},
                "length": summary.manifest["bytes"],
                "hashes": {"sha-256": summary.manifest["sha256"]},
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [
            *(result for one in summary.findings for result in _results(summary, one)),
            *_of_whole(summary),
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}. Source: {rule.basis}."},
        "help": {"text": rule.advice},
        "defaultConfiguration": {"level": _GRAVITY.get(rule.level, "error")},
        "properties": {
            "title_ja": rule.title_ja,
            "advice_ja": rule.advice_ja,
            "grade": rule.grade,
            "law_as_of": rule.law_as_of.isoformat(),
            "review_by": rule.review_by.isoformat(),
            "must_not": rule.must_not.split(),
        },
    }


def _results(summary: Summary, finding: Finding) -> Iterator[dict[str, Any]]:
    rule = finding.rule
    place = [rule.id for rule in summary.rules].index(rule.id)
    counts = {"rows": finding.rows, "possible": finding.possible, "untold": finding.untold}
    known = {"ruleId": rule.id, "ruleIndex": place}
    if finding.rows:
        highest = max(finding.levels, key=LEVELS.index, default=rule.level)
        text = (
            f"{rule.title}: {many(finding.rows, 'row')}, {finding.possible:,} of them only possible"
        )
        yield known | {
            "kind": "fail",
            "level": _GRAVITY.get(highest, "error"),
            "message": {"text": text},
            "locations": _locations(summary, finding),
            "properties": counts | {"hosts": finding.hosts, "levels": finding.levels},
        }
    if finding.untold:
        yield known | {
            "kind": "open",
            "level": "none",
            "message": {
                "text": f"{rule.title}: could not be told for {many(finding.untold, 'row')}"
            },
            "locations": [{"physicalLocation": {"artifactLocation": _artifact(summary)}}],
            "properties": counts,
        }


def _of_whole(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield what is the case of the dataset as a whole, and what was not asked."""
    places = {rule.id: number for number, rule in enumerate(summary.rules)}
    where = [{"physicalLocation": {"artifactLocation": _artifact(summary)}}]
    for one in summary.of_dataset:
        yield {
            "ruleId": one.rule.id, "ruleIndex": places[one.rule.id], "kind": "fail",
            "level": _GRAVITY.get(one.level, "error"), "message": {"text": one.rule.title},
            "locations": where,
        }  # fmt: skip
    for left in summary.unasked:
        of = f" of {many(left.rows, 'row')}" if left.rows else ""
        text = f"could not be asked{of}: {', '.join(left.facts)} not declared"
        yield {
            "ruleId": left.rule, "ruleIndex": places[left.rule], "kind": "open", "level": "none",
            "message": {"text": text}, "locations": where,
        }  # fmt: skip


def _locations(summary: Summary, finding: Finding) -> list[dict[str, Any]]:
    """Return the manifest, once for each sample row; rows are numbered from 0."""
    rows = [one.row for one in summary.samples if one.rule == finding.rule.id]
    place = {"physicalLocation": {"artifactLocation": _artifact(summary)}}
    return [
        place | {"logicalLocations": [{"name": f"row {row}", "kind": "row"}]} for row in rows
    ] or [place]


def _artifact(summary: Summary) -> dict[str, Any]:
    return {"uri": _uri(summary), "index": 0}


def _uri(summary: Summary) -> str:
    """Return the manifest's name as a relative reference; a name such as `javascript:x` is none."""
    return quote(show(summary.manifest["file"]), safe="/")


REPORT = Report("sarif", "report.sarif", _render)
