"""In what two audits differ as a whole: their rules, declarations, knowledge, readers, columns."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from audit.comparing.comparison import Difference
from audit.rules import LAWS, rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audit.comparing.sides import Side
    from audit.rules import Rule

_ANSWERING = ("id", "expression", "level", "rests_on", "alone", "missing")


PARTS = {
    "rules": "rules", "declaration": "declaration", "agents": "reader", "suffix_list": "reader",
    "sealed": "reader", "limits": "reader", "version": "reader", "columns": "manifest",
    "knowledge": "knowledge",
}  # fmt: skip
"""In what audits can differ, and as what that accounts for a verdict that changed.

That the manifest is another one is a part as well, and accounts for no row of files that both hold.
"""

_INPUTS = {"agents_sha256": "agents", "sealed_lists": "sealed"}
_COLUMNS = frozenset({"url_column", "date_column", "digest_columns"})
_NO_VERDICT = frozenset({"name", "version", "signed"})
"""Of a declaration: what no verdict hangs on."""


def differences(before: Side, after: Side) -> tuple[Difference, ...]:
    """Return in what the two audits differ as a whole, as far as rows they share hang on it."""
    found = differing(before.said, after.said)
    return tuple(Difference(PARTS[part], fact) for part, fact in found if part in PARTS)


def differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the parts (PARTS, or `manifest`) in which two summaries differ, and how.

    Args:
        old: what summary.json says of the earlier audit.
        new: the same of the later one.
    """
    for fact in rules_differ(old["rules"], new["rules"]):
        yield "rules", fact
    for name, was, now in _differing(*_declared(old["declaration"], new["declaration"])):
        yield "declaration", f"{name}: {_short(was)} → {_short(now)}"
    for name, was, now in _differing(old["inputs"], new["inputs"]):
        yield _INPUTS.get(name, "suffix_list"), f"{name}: {_short(was)} → {_short(now)}"
    for name, was, now in _differing(old["limits"], new["limits"]):
        yield "limits", f"{name}: {_short(was)} → {_short(now)}"
    if old["version"] != new["version"]:
        yield "version", f"release: {old['version']} → {new['version']}"
    for name, was, now in _differing(old["manifest"], new["manifest"]):
        if name in _COLUMNS:
            yield "columns", f"{name}: {_short(was)} → {_short(now)}"
    if old["manifest"]["sha256"] != new["manifest"]["sha256"]:
        yield (
            "manifest",
            "{:.12} → {:.12}".format(*(one["manifest"]["sha256"] for one in (old, new))),
        )
    if old["snapshot"].get("sha256") != new["snapshot"].get("sha256"):
        digests = (one["snapshot"].get("sha256", "–") for one in (old, new))
        yield "knowledge", "snapshot: {:.12} → {:.12}".format(*digests)


def installed(said: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...] | None:
    """Return the rules of this release that answer as those of a summary; None: one does not.

    The expressions in a summary are never executed: it is a file like any other.
    """
    known = {_answering(asdict(rule)): rule for rule in rules(*LAWS)}
    found = [known.get(_answering(one)) for one in said]
    return tuple(rule for rule in found if rule) if all(found) else None


def _answering(rule: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what of a rule its answer hangs on; the rest is how it is told."""
    return tuple(rule.get(name) for name in _ANSWERING)


def rules_differ(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return which rules are new, gone or other: one that only tells it otherwise is the same."""
    was, now = ({rule["id"]: rule for rule in several} for several in (old, new))
    return (
        [f"{rule} is new" for rule in now if rule not in was]
        + [f"{rule} is gone" for rule in was if rule not in now]
        + [
            f"{rule} changed"
            for rule in now
            if rule in was and _answering(was[rule]) != _answering(now[rule])
        ]
    )


def _declared(*several: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what each of *several* declares, by key of dataset.toml, as far as verdicts hang on it.

    The tables as they were read (`said`) hold all of it; summaries of old releases lack them.
    """
    told = all(isinstance(one.get("said"), dict) for one in several)
    for one in several:
        found = {name: value for name, value in one.items() if name != "said"}
        if told:
            tables = dict(one["said"])
            found |= tables.pop("dataset", {}) | {"acts": tables.pop("act", [])} | tables
        yield {name: value for name, value in found.items() if name not in _NO_VERDICT}


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield name, old.get(name), new.get(name)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return (text or "–") if len(text) <= 60 else f"{text[:57]}…"
