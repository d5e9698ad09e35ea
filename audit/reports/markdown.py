"""report.md: the tables in Markdown (GitHub's), to paste into a review or a pull request.

Names from outside stand in code spans, in which nothing is markup and no address becomes a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.headline import checkpoint_lines, footer, headline, share
from audit.markup import code, text
from audit.report_words import COLUMNS, TITLES
from audit.reports import PLAIN, Report
from audit.terms import ANSWERS, BASES, LEVEL_TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from audit.reports import Asked
    from audit.summary import Summary


def _render(summary: Summary, asked: Asked = PLAIN) -> str:
    lang = asked.language
    title = getattr(TITLES["report"], lang)
    parts = (
        f"# {title}\n", _head(summary, lang), _levels(summary, lang), _findings(summary, lang),
        _robots(summary, lang), _lists(summary, lang), _sites(summary, lang), _foot(summary, lang),
    )  # fmt: skip
    return "\n".join(part for part in parts if part)


def _head(summary: Summary, lang: str) -> str:
    return "".join(f"- {name}: {text(said)}\n" for name, said in headline(summary, lang).items())


def _levels(summary: Summary, lang: str) -> str:
    names = {level: f"{level} {LEVEL_TERMS[level].ja}" for level in summary.levels}
    rows = (
        (
            names[level] if lang == "en" else LEVEL_TERMS[level].ja,
            f"{count:,}",
            text(share(count, summary.rows)),
        )
        for level, count in summary.levels.items()
    )
    return _table(lang, "levels", ("level", "rows", "share"), rows)


def _findings(summary: Summary, lang: str) -> str:
    rows = (
        (
            one.rule.id, text(one.rule.title if lang == "en" else one.rule.title_ja),
            f"{one.rows:,}", f"{one.possible:,}", f"{one.untold:,}", f"{one.hosts:,}",
            text(one.rule.advice if lang == "en" else one.rule.advice_ja),
        )
        for one in summary.findings
    )  # fmt: skip
    head = ("rule", "case", "rows", "only_possible", "could_not_tell", "hosts", "advice")
    return _table(lang, "findings", head, rows)


def _robots(summary: Summary, lang: str) -> str:
    rows = (
        (
            getattr(ANSWERS[one.robots], lang), getattr(BASES[one.basis], lang), f"{one.rows:,}",
            text(share(one.rows, summary.rows)),
        )
        for one in summary.classes
    )  # fmt: skip
    return _table(lang, "robots", ("answer", "basis", "rows", "share"), rows)


def _lists(summary: Summary, lang: str) -> str:
    rows = (
        (
            code(one.list_id), code(one.submitter), code(one.status),
            f"{one.received_at:%Y-%m-%d %H:%M} UTC", f"{one.rows:,}",
        )
        for one in summary.lists
    )  # fmt: skip
    return _table(lang, "lists", ("list", "submitter", "status", "received", "rows"), rows)


def _sites(summary: Summary, lang: str) -> str:
    rows = (
        (
            code(one.site) + (f" ({code(one.beneath)})" if one.beneath else ""),
            one.level if lang == "en" else LEVEL_TERMS[one.level].ja,
            f"{one.rows:,}", f"{one.hosts:,}", ", ".join(one.rules),
        )
        for one in summary.sites
    )  # fmt: skip
    return _table(lang, "sites", ("site", "level", "rows", "hosts", "rules"), rows)


def _foot(summary: Summary, lang: str) -> str:
    lines, title = checkpoint_lines(summary), getattr(TITLES["checkpoint"], lang)
    block = [f"{title}:", "", "```", *lines, "```", ""] if lines else []
    return "\n".join([*block, *footer()]) + "\n"


def _table(lang: str, name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = list(_lines(rows))
    if not lines:
        return ""
    title, columns = getattr(TITLES[name], lang), [getattr(COLUMNS[one], lang) for one in head]
    return "\n".join([f"## {title}", "", *_lines([columns, ["---"] * len(head)]), *lines, ""])


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        yield f"| {' | '.join(row)} |"


REPORT = Report("markdown", "report.md", _render)
