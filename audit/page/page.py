"""A page made of sections: their templates, and what each of them is given to say."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from audit.changes import NOTES, compare
from audit.explaining.words import CONFIDENCES
from audit.fact_words import VALUES
from audit.headline import of_whole
from audit.packs import packs
from audit.page.figures import ANSWER_COLOURS, figures
from audit.page.filters import filters, full_width, levels_of, span
from audit.rules import LEVELS
from audit.summary import FOOTER
from audit.terms import (
    ACTS,
    AGENT_PURPOSES,
    ANSWERS,
    BASES,
    GRADES,
    LEVEL_TERMS,
    NOBODY_MAY_CONCLUDE,
    Term,
)
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.reports import Asked
    from audit.summary import Finding, Period, Summary

_TOP = 20
_SAMPLES = 3
_LONG = 2000

_SECTIONS = (
    ("coverage", "Coverage", "判断できた範囲"),
    ("levels", "Levels", "区分"),
    ("changes", "Changes", "変化"),
    ("robots", "robots.txt", "robots.txt"),
    ("time", "Over time", "推移"),
    ("findings", "Findings", "結果"),
    ("sites", "Sites", "サイト"),
    ("agents", "Agents", "エージェント"),
    ("audited", "What was audited", "対象と前提"),
    ("rules", "Rules", "規則"),
)


def page(summary: Summary, asked: Asked) -> str:
    """Return the page; whatever stood in the manifest, it can be written as UTF-8."""
    lang = asked.language
    changes = compare(asked.before, summary) if asked.before else None
    contents = [one for one in _SECTIONS if changes or one[0] != "changes"]
    limits = {name: span(hours, lang) for name, hours in summary.limits.items()}
    environment = _environment(lang)
    style, _, _ = environment.loader.get_source(environment, "style.css")  # type: ignore[union-attr]
    return environment.get_template("page.html.jinja").render(
        summary=summary, whole=of_whole(summary, lang), asked=asked, lang=lang, style=Markup(style),  # noqa: S704 (ours)
        contents=contents, sections=[name for name, _, _ in contents],
        levels=LEVEL_TERMS, answers=ANSWERS, confidences=CONFIDENCES, acts=ACTS,
        bases={name: _limited(term, limits) for name, term in BASES.items()},
        answer_colours=ANSWER_COLOURS, robots=_robots(summary),
        findings=sorted(summary.findings, key=_weight), samples=_samples(summary),
        silent=_silent(summary), limits=limits,
        grades=GRADES,
        forbidden=NOBODY_MAY_CONCLUDE,
        purposes=AGENT_PURPOSES,
        purposes_declared=VALUES | {"unknown": Term("not declared", "宣言なし")},
        top=_TOP, footer=FOOTER, packs=packs(summary), changes=changes, change_notes=NOTES,
        charts=figures(summary, changes, lang), news=tuple(_news(summary.periods)),
        undated=summary.rows - sum(one.collected for one in summary.periods),
        hatch=Markup('<span class="hatch" aria-hidden="true"></span>'),
    )  # fmt: skip


@cache
def _environment(lang: str) -> Environment:
    found = Environment(
        loader=PackageLoader("audit", "page"),
        autoescape=select_autoescape(default=True),
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= filters(lang)

    def say(en: str, ja: str, **values: object) -> Markup:
        """Return a sentence of ours in the page's language; what is put into it is text."""
        words = {name: escape(_shown(value)) for name, value in values.items()}
        return Markup(en if lang == "en" else full_width(ja)).format(**words)  # noqa: S704 (our own words)

    def softly(text: str) -> Markup:
        return Markup('<span class="soft">{}</span>').format(_shown(text))

    found.globals |= {
        "say": say,
        "softly": softly,
        "term": lambda one: one.en if lang == "en" else full_width(one.ja),
        "meaning": lambda one: one.meaning if lang == "en" else full_width(one.meaning_ja),
    }
    return found


def _limited(term: Term, limits: dict[str, str]) -> Term:
    return term._replace(
        meaning=term.meaning.format(**limits), meaning_ja=term.meaning_ja.format(**limits)
    )


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
    spoken |= {one.rule.id for one in summary.of_dataset} | {one.rule for one in summary.unasked}
    return [rule.id for rule in summary.rules if rule.id not in spoken]


def _weight(finding: Finding) -> tuple[bool, int, int, str]:
    """Order by what fires at all, then the highest level it has there, then the most rows."""
    levels = finding.levels or levels_of(finding.rule)
    highest = max(map(LEVELS.index, levels), default=0)
    return not finding.rows, -highest, -finding.rows, finding.rule.id


def _news(periods: Sequence[Period]) -> Iterator[Period]:
    """Yield the periods in which something changed, and the last."""
    known = (0, 0)
    for one in periods:
        if one.collected or (one.observed, one.refusing) != known or one is periods[-1]:
            yield one
        known = (one.observed, one.refusing)
