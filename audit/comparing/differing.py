"""In what two audits differ as a whole: their rules, declarations, knowledge, readers, columns."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib import resources
from typing import TYPE_CHECKING, Any

from audit.comparing.comparison import Difference
from audit.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audit.comparing.sides import Side
    from audit.rules import Rule

_ANSWERING = ("id", "expression", "level", "rests_on", "alone", "missing")


def differences(before: Side, after: Side) -> tuple[Difference, ...]:
    """Return in what the two audits differ as a whole."""
    old, new = before.said, after.said
    found = [Difference("rules", fact) for fact in rules_differ(old["rules"], new["rules"])] + [
        Difference("declaration", f"{name}: {_short(was)} → {_short(now)}")
        for name, was, now in _differing(old["declaration"], new["declaration"])
        if name not in {"name", "version", "said"}  # the last one says all of them once more
    ]
    for what, part in (("reader", "inputs"), ("reader", "limits")):
        found += [
            Difference(what, f"{name}: {_short(was)} → {_short(now)}")
            for name, was, now in _differing(old[part], new[part])
        ]
    if old["version"] != new["version"]:
        found.append(Difference("reader", f"release: {old['version']} → {new['version']}"))
    found += [
        Difference("manifest", f"{name}: {_short(was)} → {_short(now)}")
        for name, was, now in _differing(old["manifest"], new["manifest"])
        if name in {"url_column", "date_column"}
    ]
    if old["snapshot"]["sha256"] != new["snapshot"]["sha256"]:
        digests = (old["snapshot"]["sha256"], new["snapshot"]["sha256"])
        found.append(Difference("knowledge", "snapshot: {:.12} → {:.12}".format(*digests)))
    return tuple(found)


def installed(said: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...] | None:
    """Return the rules of this release that answer as those of a summary; None: one does not.

    The expressions in a summary are never executed: it is a file like any other.
    """
    folder = resources.files("audit.rules")
    profiles = [one.name for one in folder.iterdir() if one.is_dir() and "__" not in one.name]
    known = {_answering(asdict(rule)): rule for one in profiles for rule in rules(one)}
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


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield name, old.get(name), new.get(name)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return (text or "–") if len(text) <= 60 else f"{text[:57]}…"
