"""Which charts a report has, drawn from its counts, each with what it shows in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.page.charts import Chart, Layer, bars, columns
from audit.terms import ANSWERS, BASES, LEVEL_TERMS, Term
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from audit.changes import Changes
    from audit.summary import Period, Summary

ANSWER_COLOURS = {
    "refused": "high", "possibly_refused": "medium", "not_refused": "told", "unknown": "unknown",
}  # fmt: skip
"""By which name of the page's style an answer is drawn."""

_TITLES = {
    "levels": Term("Rows by level", "区分別の行数"),
    "basis": Term("Rows by basis and what robots.txt said", "根拠と robots.txt の内容別の行数"),
    "refusing": Term("Hosts read, and hosts refusing, over time", "読み取り済みと拒否の推移"),
    "collected": Term("Rows by when their collection began", "収集開始時期による行数"),
    "sites": Term("Rows at medium or above by site", "「中」以上の行数(サイト別)"),
    "changes": Term("Rows more or fewer by level", "区分別の行数の増減"),
}  # fmt: skip


def figures(summary: Summary, changes: Changes | None, lang: str) -> dict[str, Markup]:
    """Return the charts by name; what there is nothing of is not drawn."""
    drawn = {}
    if summary.rows:
        drawn = {"levels": _levels(summary, lang), "basis": _basis(summary, lang)}
    if summary.periods:
        drawn |= {
            "refusing": _refusing(summary.periods, lang),
            "collected": _collected(summary.periods, lang),
        }
    if summary.sites:
        drawn["sites"] = _sites(summary, lang)
    if changes:
        drawn["changes"] = _changes(changes, lang)
    return drawn


def _chart(
    name: str, labels: Sequence[str], layers: Sequence[Layer], numbers: Sequence[str], lang: str
) -> Chart:
    """Return a chart that says its numbers in words as well."""
    told = "; ".join(f"{label}: {text}" for label, text in zip(labels, numbers, strict=True))
    return Chart(f"chart-{name}", getattr(_TITLES[name], lang), told, labels, layers)


def _colour(name: str) -> str:
    """Return a colour of the page's style; what could not be told is hatched, in any print."""
    return "url(#hatched)" if name == "unknown" else f"var(--{name})"


def _levels(summary: Summary, lang: str) -> Markup:
    levels = list(summary.levels)
    numbers = list(summary.levels.values())
    layer = Layer(numbers, [_colour(level) for level in levels])
    labels = [getattr(LEVEL_TERMS[level], lang) for level in levels]
    return bars(_chart("levels", labels, [layer], [f"{n:,}" for n in numbers], lang))


def _basis(summary: Summary, lang: str) -> Markup:
    """Draw for each basis the answers after one another: of each the sum so far, longest behind."""
    met = [basis for basis in BASES if any(one.basis == basis for one in summary.classes)]
    rows = {
        basis: {
            answer: sum(
                one.rows for one in summary.classes if (one.basis, one.robots) == (basis, answer)
            )
            for answer in ANSWERS
        }
        for basis in met
    }
    answers = list(ANSWERS)
    layers = [
        Layer(
            [
                sum(rows[basis][one] for one in answers[: count + 1])
                if rows[basis][answers[count]]
                else None
                for basis in met
            ],
            _colour(ANSWER_COLOURS[answers[count]]),
        )
        for count in reversed(range(len(answers)))
    ]
    numbers = [
        ", ".join(f"{getattr(ANSWERS[one], lang)} {n:,}" for one, n in rows[basis].items() if n)
        for basis in met
    ]
    labels = [getattr(BASES[basis], lang) for basis in met]
    return bars(_chart("basis", labels, layers, numbers, lang))


def _refusing(periods: Sequence[Period], lang: str) -> Markup:
    layers = [
        Layer([one.observed for one in periods], "var(--told)"),
        Layer([one.refusing for one in periods], "var(--high)"),
    ]
    numbers = [f"{one.refusing:,} / {one.observed:,}" for one in periods]
    return columns(_chart("refusing", [one.name for one in periods], layers, numbers, lang))


def _collected(periods: Sequence[Period], lang: str) -> Markup:
    rows = [one.collected for one in periods]
    names = [one.name for one in periods]
    numbers = [f"{one:,}" for one in rows]
    return columns(_chart("collected", names, [Layer(rows, "var(--low)")], numbers, lang))


def _sites(summary: Summary, lang: str) -> Markup:
    layer = Layer(
        [one.rows for one in summary.sites], [_colour(one.level) for one in summary.sites]
    )
    labels = [show(one.site, 60) for one in summary.sites]
    numbers = [f"{one.rows:,} ({getattr(LEVEL_TERMS[one.level], lang)})" for one in summary.sites]
    return bars(_chart("sites", labels, [layer], numbers, lang))


def _changes(changes: Changes, lang: str) -> Markup:
    numbers = [now - then for _, then, now in changes.levels]
    layer = Layer(numbers, [_colour(level) for level, _, _ in changes.levels])
    labels = [getattr(LEVEL_TERMS[level], lang) for level, _, _ in changes.levels]
    return bars(_chart("changes", labels, [layer], [f"{n:+,}" for n in numbers], lang))
