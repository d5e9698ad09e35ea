"""A summary read back from summary.json, for reports that are made after the audit."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from audit.folder import SUMMARY
from audit.of_dataset import OfDataset, Unasked
from audit.reports.summary_json import FORMAT
from audit.rule_files import CHOICES
from audit.rules import Rule
from audit.samples import Sample
from audit.summary import (
    Finding,
    Period,
    ReceivedList,
    RefusedAgent,
    RiskySite,
    RobotsClass,
    Summary,
)
from audit.terms import NOBODY_MAY_CONCLUDE
from provenance.errors import InputRefused
from provenance.strict_json import NotStrictJson, parse_object

if TYPE_CHECKING:
    from pathlib import Path

_REMEDY = "name the --out of `provisor audit`, or audit again"


def read_summary(folder: Path) -> Summary:
    """Return the summary of the finished audit in *folder*.

    Raises:
        InputRefused: there is none, or it is of another form.
    """
    try:
        said: dict[str, Any] = parse_object((folder / SUMMARY).read_bytes())
    except OSError:
        fact = "no folder that a finished audit left"
        raise InputRefused(str(folder), fact, _REMEDY) from None
    except NotStrictJson as error:
        raise InputRefused(str(folder / SUMMARY), str(error), _REMEDY) from None
    try:
        return _summary(said)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        fact = f"no summary of this release ({type(error).__name__}: {str(error)[:100]})"
        raise InputRefused(str(folder / SUMMARY), fact, _REMEDY) from None


def _summary(said: dict[str, Any]) -> Summary:
    if said.pop("format") != FORMAT:
        raise ValueError(FORMAT)
    said.pop("footer")
    if missing := {field.name for field in fields(Summary)} ^ said.keys():
        raise KeyError(*sorted(missing))
    rules = tuple(read_rule(rule) for rule in said["rules"])
    known = {rule.id: rule for rule in rules}
    return Summary(
        **said
        | {
            "made_at": datetime.fromisoformat(said["made_at"]),
            "rules": rules,
            "overdue": tuple(said["overdue"]),
            "knowledge": said["knowledge"]
            | {
                name: _moment(said["knowledge"][name]) for name in ("first_capture", "last_capture")
            },
            "classes": tuple(RobotsClass(**one) for one in said["classes"]),
            "findings": tuple(_finding(one, known) for one in said["findings"]),
            "of_dataset": tuple(
                OfDataset(known[one["rule"]["id"]], one["level"]) for one in said["of_dataset"]
            ),
            "unasked": tuple(
                Unasked(**one | {"facts": tuple(one["facts"])}) for one in said["unasked"]
            ),
            "agents": tuple(RefusedAgent(**one) for one in said["agents"]),
            "sites": tuple(
                RiskySite(**one | {"rules": tuple(one["rules"])}) for one in said["sites"]
            ),
            "periods": tuple(Period(**one) for one in said["periods"]),
            "lists": tuple(
                ReceivedList(**one | {"received_at": _moment(one["received_at"])})
                for one in said["lists"]
            ),
            "samples": tuple(
                Sample(
                    **one | {"captures": tuple(one["captures"]), "entries": tuple(one["entries"])}
                )
                for one in said["samples"]
            ),
        }
    )


def _finding(said: dict[str, Any], rules: dict[str, Rule]) -> Finding:
    found = Finding(**said | {"rule": rules[said["rule"]["id"]]})
    if sum(found.levels.values()) != found.rows:
        raise ValueError("levels")
    return found


def read_rule(said: dict[str, Any]) -> Rule:
    """Return a rule as a summary has it; its expressions are read where they are asked.

    Raises:
        ValueError, TypeError or KeyError: it is none of this release.
    """
    dated = {name: date.fromisoformat(said[name]) for name in ("law_as_of", "review_by")}
    rule = Rule(**said | dated)
    for name, known in CHOICES.items():
        if getattr(rule, name) not in known:
            raise ValueError(name)
    if not set(rule.must_not.split()) <= set(NOBODY_MAY_CONCLUDE):
        raise ValueError("must_not")
    return rule


def _moment(text: str | None) -> Any:
    """Return a moment as a summary has it: UTC, without a zone."""
    return datetime.fromisoformat(text.removesuffix("Z")) if text else None
