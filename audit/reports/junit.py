"""report.xml: one test case for each rule, for continuous integration (JUnit's form).

A case fails where its rule fires at the gate or above. What could not be told is never green: it
fails as `unknown` where the gate takes unknown in, and is skipped elsewhere. Nothing judged is
nothing passed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from audit.headline import checkpoint_lines, footer, headline
from audit.reports import PLAIN, Report
from audit.rules import LEVELS, reaching
from provenance.many import many
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.of_dataset import Unasked
    from audit.reports import Asked
    from audit.rules import Rule
    from audit.summary import Finding, Summary

_NO_XML = re.compile("[\ufffe\uffff]")
"""Characters that XML 1.0, section 2.2 leaves out and `show` does not."""


def _render(summary: Summary, _asked: Asked = PLAIN) -> str:
    cases = list(_cases(summary))
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": "0",
        "skipped": str(sum(case.find("skipped") is not None for case in cases)),
    }
    top = ET.Element("testsuites", {"name": "provisor"} | counts)
    suite = ET.SubElement(
        top,
        "testsuite",
        {"name": _text(summary.manifest["file"])}
        | counts
        | {"timestamp": f"{summary.made_at:%Y-%m-%dT%H:%M:%S}"},
    )
    suite.append(_properties(summary))
    suite.extend(cases)
    lines = checkpoint_lines(summary)
    ET.SubElement(suite, "system-out").text = "\n".join(["checkpoint of the store:", *lines, ""])
    ET.indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(top, encoding="unicode")}\n'


def _properties(summary: Summary) -> ET.Element:
    english, japanese = footer()
    said = headline(summary) | {
        "gate": summary.gate,
        "footer": english,
        "footer.ja": japanese,
    }
    found = ET.Element("properties")
    for name, value in said.items():
        ET.SubElement(found, "property", {"name": name, "value": _text(value)})
    return found


def _cases(summary: Summary) -> Iterator[ET.Element]:
    """Yield a case for each rule; one that was not asked of some rows has not passed."""
    found = {one.rule.id: one for one in summary.findings}
    whole = {one.rule.id: one.level for one in summary.of_dataset}
    unasked = {one.rule: one for one in summary.unasked}
    gated = frozenset() if summary.gate == "never" else reaching(summary.gate)
    for rule in summary.rules:
        case = ET.Element("testcase", {"classname": "provisor", "name": f"{rule.id} {rule.title}"})
        if rule.id in whole:
            _tell_whole(case, rule, whole[rule.id], gated)
        elif not summary.rows and rule.about == "row":
            _add(case, "skipped", "no rows: nothing was judged")
        else:
            _tell(case, rule, found.get(rule.id), unasked.get(rule.id), gated)
        yield case


def _tell_whole(case: ET.Element, rule: Rule, level: str, gated: frozenset[str]) -> None:
    """Say of a rule about the dataset as a whole that it fires."""
    if level in gated:
        _add(case, "failure", f"the dataset: {level}", level, rule.advice)
    elif level == "unknown":
        _add(case, "skipped", "the dataset: unknown")
    else:
        ET.SubElement(case, "system-out").text = f"below the gate: {level}"


def _tell(
    case: ET.Element,
    rule: Rule,
    finding: Finding | None,
    unasked: Unasked | None,
    gated: frozenset[str],
) -> None:
    """Say what the rule came to, the worst of it."""
    untold = finding.untold + finding.levels.get("unknown", 0) if finding else 0
    if finding and (reached := [level for level in finding.levels if level in gated]):
        rows = sum(finding.levels[level] for level in reached)
        said = f"{many(rows, 'row')} at {' and '.join(reached)}; could not tell: {finding.untold:,}"
        _add(case, "failure", said, max(reached, key=LEVELS.index), rule.advice)
    elif untold and _misses(rule, gated):
        _add(case, "failure", f"could not be told for {many(untold, 'row')}", "unknown")
    elif untold:
        _add(case, "skipped", f"could not be told for {many(untold, 'row')}")
    elif unasked:
        _add(case, "skipped", f"not declared: {', '.join(unasked.facts)}")
    if finding and finding.rows and case.find("failure") is None:
        ET.SubElement(case, "system-out").text = f"below the gate: {many(finding.rows, 'row')}"


def _misses(rule: Rule, gated: frozenset[str]) -> bool:
    """Whether a missing fact makes rows reach the gate, as `unknown`."""
    return rule.level_if_missing == "unknown" and "unknown" in gated


def _add(case: ET.Element, name: str, message: str, kind: str = "", text: str = "") -> None:
    found = ET.SubElement(case, name, {"message": message} | ({"type": kind} if kind else {}))
    found.text = text or None


def _text(text: str) -> str:
    return _NO_XML.sub(lambda one: f"\\u{{{ord(one[0]):x}}}", show(text, 1000))


REPORT = Report("junit", "report.xml", _render)
