"""AI Preferences: `Content-Usage: train-ai=n`, as a response header or in a group of robots.txt.

IETF drafts draft-ietf-aipref-vocab-08 (labels), draft-ietf-aipref-attach-05 (header, robots rule)
and RFC 9651 (the dictionary they are written in). `n` denies, `y` allows, anything else is
unknown; a dictionary that does not parse says nothing. The header speaks of the content it comes
with, the rule of the paths it names. Labels of earlier drafts are unknown to a reader of today,
but who wrote `genai=n` did reserve something: they are kept with what they meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import http_sf

from crawler.robots.lines import path_and_rest
from crawler.signals import Page, Reader
from provenance.records import Signal, Strength, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.robots.lines import Line


_FIELD = "Content-Usage"
_USAGES = {"train-ai": "train-genai", "ai-use": "ai-input", "search": "search"}
_LEGACY_USAGES = {
    "tdm": "mine", "ai": "train", "genai": "train-genai", "inference": "ai-input", "all": "train",
    "train-genai": "train-genai", "bots": "train", "ai-output": "ai-input",
}  # fmt: skip
_VALUES = {"y": Value.ALLOW, "n": Value.DENY}
_EXCEPTIONS = "exceptions"  # CC signals, draft 0.1: who may do what is refused to others
_ABOUT_AI = frozenset(_USAGES) - {"search"}
_LONGEST = 4_096
_MAX_QUOTE = 300


def read(page: Page) -> Iterator[Signal]:
    """Yield what the header says of the content that came with it.

    Several field lines are one dictionary (RFC 9651, section 4.2).
    """
    lines = page.values(_FIELD.lower())
    if not lines:
        return
    written = ", ".join(line for line in lines if line)
    yield from _statements(written, scope="asset", path="", quote=f"{_FIELD}: {written}")


def read_line(line: Line, scope: str) -> Iterator[Signal]:
    """Yield what a rule of a robots.txt says to the agents of its group."""
    quote = f"line {line.number}: {_FIELD}: {line.value}"
    if scope == "site":  # outside of any group it is no rule at all
        yield _signal("any", Value.UNSPECIFIED, scope, "", quote, finding="outside-group")
        return
    path, written = path_and_rest(line.value)
    yield from _statements(written, scope=scope, path=path, quote=quote)


def _statements(written: str, *, scope: str, path: str, quote: str) -> Iterator[Signal]:
    said, finding = _parsed(written)
    if not said:  # it stands there all the same, and hides the rules of shorter paths
        yield _signal("any", Value.UNSPECIFIED, scope, path, quote, finding=finding)
    for label, (item, parameters) in said.items():
        value = _VALUES.get(str(item)) if isinstance(item, http_sf.Token) else None
        if label not in _USAGES:
            yield _unknown(label, value, scope, path, quote)
            continue
        finding = "" if value else "invalid-value"
        about_ai = label in _ABOUT_AI
        stated = _signal(
            _USAGES[label], value or Value.UNSPECIFIED, scope, path, quote,
            finding=finding, specific=about_ai,
        )  # fmt: skip
        yield stated
        if value is Value.DENY and _EXCEPTIONS in parameters:
            yield _exception(stated, str(parameters[_EXCEPTIONS]))


def _parsed(written: str) -> tuple[dict[str, Any], str]:
    """Return the dictionary, and what to say of it where it holds nothing."""
    if len(written) > _LONGEST:
        return {}, "over-limit"
    try:
        said: Any = http_sf.parse(written.encode(), tltype="dictionary")
    except ValueError:
        return {}, "invalid-syntax"
    return said, "empty"


def _unknown(label: str, value: Value | None, scope: str, path: str, quote: str) -> Signal:
    if label not in _LEGACY_USAGES:
        return _signal("any", Value.UNSPECIFIED, scope, path, quote, finding="unknown-label")
    return _signal(
        _LEGACY_USAGES[label], Value.UNSPECIFIED, scope, path, quote, finding="legacy-label",
        conditions=f"legacy={value}" if value else "", specific=True,
    )  # fmt: skip


def _exception(denial: Signal, named: str) -> Signal:
    return Signal(
        kind=denial.kind,
        scope=denial.scope,
        usage=denial.usage,
        value=Value.CONDITIONAL,
        strength=Strength.CONVENTION,
        specific=denial.specific,
        offer=named[:_MAX_QUOTE],
        quote=denial.quote,
        path=denial.path,
        conditions=f"exceptions={named}"[:_MAX_QUOTE],
    )


def _signal(
    usage: str,
    value: Value,
    scope: str,
    path: str,
    quote: str,
    *,
    finding: str = "",
    conditions: str = "",
    specific: bool = False,
) -> Signal:
    return Signal(
        kind="aipref",
        scope=scope,
        usage=usage,
        value=value,
        specific=specific,
        quote=quote[:_MAX_QUOTE],
        finding=finding,
        path=path,
        conditions=conditions,
    )


READER = Reader(
    "aipref",
    read,
    canary=Page("https://canary.example/", headers=(("Content-Usage", "train-ai=n"),)),
    robots_field="content-usage",
    read_line=read_line,
)
