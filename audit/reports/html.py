"""The page to read and to hand on: the audit as one HTML file that asks the network for nothing.

Every text that reaches the page goes through `show` and is then escaped; an audited address is
text and never a link. What the terms mean is written in audit/terms.py.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

import idna
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from audit.headline import unasked_by_fact
from audit.reports import Report
from audit.rules import LEVELS
from audit.summary import FOOTER
from audit.terms import (
    AGENT_PURPOSES,
    ANSWERS,
    BASES,
    GRADES,
    LEVEL_TERMS,
    NOBODY_MAY_CONCLUDE,
    Term,
)
from provenance.show import show
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from datetime import date, datetime

    from audit.rules import Rule
    from audit.summary import Finding, Summary

_TOP = 20
_SAMPLES = 3
_DAY_H = 24
_LONG = 2000


def _render(summary: Summary) -> str:
    """Return the page; whatever stood in the manifest, it can be written as UTF-8."""
    limits = {name: _span(hours) for name, hours in summary.limits.items()}
    return _page().from_string(_template()).render(
        unasked=unasked_by_fact(summary),
        summary=summary,
        levels=LEVEL_TERMS,
        answers=ANSWERS,
        bases={name: _limited(term, limits) for name, term in BASES.items()},
        robots=_robots(summary),
        findings=sorted(summary.findings, key=_weight),
        samples=_samples(summary),
        silent=_silent(summary),
        limits=limits,
        grades=GRADES,
        nobody_may_conclude=NOBODY_MAY_CONCLUDE,
        purposes=AGENT_PURPOSES,
        top=_TOP,
        footer=FOOTER,
    )  # fmt: skip


def _limited(term: Term, limits: dict[str, str]) -> Term:
    return term._replace(meaning=term.meaning.format(**limits))


def _page() -> Environment:
    page = Environment(
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page.filters |= {
        "a_label": _a_label,
        "count": _count,
        "counted": _counted,
        "day": _day,
        "host": _host,
        "levels_of": _levels_of,
        "moment": _moment,
        "percent": _percent,
        "share": _share,
        "short": _short,
        "show": show,
    }
    return page


def _template() -> str:
    return (resources.files("audit.reports") / "report.html.jinja").read_text("utf-8")


def _shown(value: object) -> object:
    """Spell out what hides in any text, even where the template forgot to."""
    return show(value, _LONG) if isinstance(value, str) and not isinstance(value, Markup) else value


def _robots(summary: Summary) -> dict[str, dict[str, int]]:
    """Return the rows by basis and answer, in the order of Table A."""
    counted: dict[str, dict[str, int]] = {basis: dict.fromkeys(ANSWERS, 0) for basis in BASES}
    for one in summary.classes:
        counted[one.basis][one.robots] += one.rows
    return counted


def _samples(summary: Summary) -> dict[str, list[object]]:
    by_rule: dict[str, list[object]] = {}
    for sample in summary.samples:
        by_rule.setdefault(sample.rule, []).append(sample)
    return {rule: samples[:_SAMPLES] for rule, samples in by_rule.items()}


def _silent(summary: Summary) -> list[str]:
    """Return the rules that neither fire nor miss a fact."""
    spoken = {finding.rule.id for finding in summary.findings}
    return [rule.id for rule in summary.rules if rule.id not in spoken]


def _weight(finding: Finding) -> tuple[bool, int, int, str]:
    """Order by what fires at all, then the highest level, then the most rows."""
    highest = max(map(LEVELS.index, _levels_of(finding.rule)), default=0)
    return not finding.rows, -highest, -finding.rows, finding.rule.id


def _levels_of(rule: Rule) -> list[str]:
    """Return the level, or those its expression chooses from."""
    found = {rule.level} if rule.level in LEVELS else set(re.findall(r"'(\w+)'", rule.level))
    return sorted(found.intersection(LEVELS), key=LEVELS.index, reverse=True)


def _host(host: str) -> str:
    """Return *host*, with its Unicode spelling beside it where it has one."""
    try:
        spelt = idna.decode(host.partition(":")[0]) if "xn--" in host else ""
    except idna.IDNAError:
        spelt = ""
    return f"{show(host)} ({show(spelt)})" if spelt else show(host)


def _a_label(url: str) -> str:
    """Return the host of a URL that is not ASCII as it goes over the wire; empty for others."""
    try:
        return "" if url.isascii() else address(url).authority
    except NotAnAddress:
        return ""


def _count(number: int) -> str:
    return f"{number:,}"


def _counted(number: int, one: str, many: str = "") -> str:
    """Return *number* with its noun."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _share(part: int, whole: int) -> str:
    """Return a percentage in which few are not none, and nearly all are not all."""
    if not whole:
        return "–"
    if part in {0, whole}:
        return f"{part / whole:.0%}"
    if part * 1000 < whole:
        return "<0.1%"
    return f"{part / whole:.1%}" if part * 1000 <= whole * 999 else ">99.9%"


def _percent(part: int, whole: int) -> str:
    """Return a width for CSS."""
    return f"{part / whole:.3%}" if whole else "0%"


def _moment(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC" if when else "–"


def _day(when: date) -> str:
    return when.isoformat()


def _short(digest: str) -> str:
    return f"{digest[:12]}…"


def _span(hours: int) -> str:
    """Return *hours* in words, in days where they are many."""
    if hours <= _DAY_H or hours % _DAY_H:
        return f"{hours:,} hours"
    return f"{hours // _DAY_H:,} days"


REPORT = Report("html", "report.html", _render, always=True)
