"""Sentences about what an audit counted, in both languages, for the drafts of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.drafts import Extent
from audit.fact_words import VALUES
from audit.headline import share
from audit.markup import code
from audit.terms import ACTS, ANSWERS, Term
from provenance.many import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.of_dataset import Unasked
    from audit.summary import Summary

ACCESSING = ("crawl", "download", "api")
"""Acts that reach the source (audit/declaration.py)."""

_AGENTS = 10


def rule_rows(summary: Summary, *ids: str) -> Iterator[Term]:
    """Yield what each rule speaks of, and for how many rows it could not be told.

    Rows of which it was not asked, for want of a declaration, are told: they are no good news.
    """
    found = {one.rule.id: one for one in summary.findings}
    asked = {rule.id: rule for rule in summary.rules}
    unasked = {one.rule: one for one in summary.unasked}
    for name in ids:
        if name not in asked:
            yield Term(f"{name}: this rule was not asked", f"{name}:この規則は適用していない")
            continue
        one, rule = found.get(name), asked[name]
        rows, possible, untold = (one.rows, one.possible, one.untold) if one else (0, 0, 0)
        left = _unasked(unasked[name]) if name in unasked else Term("", "")
        yield Term(
            f"{name} ({rule.title}): {many(rows, 'row')} ({share(rows, summary.rows)}), "
            f"{possible:,} of them only possible; could not be told for {untold:,}{left.en}",
            f"{name}({rule.title_ja}):{rows:,} 行({share(rows, summary.rows)})、"
            f"うち可能性のみ {possible:,} 行、不明 {untold:,} 行{left.ja}",
        )


def _unasked(one: Unasked) -> Term:
    facts = ", ".join(one.facts)
    return Term(
        f"; not asked of {many(one.rows, 'row')}, not declared: {facts}",
        f"、宣言がなく未判定 {one.rows:,} 行({facts})",
    )


def asked(summary: Summary, *ids: str) -> tuple[str, ...]:
    """Return those of the rules that were asked."""
    known = {rule.id for rule in summary.rules}
    return tuple(one for one in ids if one in known)


def purpose(summary: Summary) -> Term:
    """Return the declared purpose."""
    said = VALUES[summary.declaration["purpose"]]
    return Term(f"declared purpose: {said.en}", f"宣言された目的:{said.ja}")


def agent(summary: Summary) -> Term:
    """Return the agent that is declared to have collected."""
    said = summary.declaration["agent"]
    name = code(said) if said else ""
    return Term(
        f"declared crawler: {name or 'not declared'}", f"宣言されたクローラー:{name or '宣言なし'}"
    )


def acts(summary: Summary, *kinds: str) -> Iterator[Term]:
    """Yield the declared acts of these kinds, from month to month."""
    told = [one for one in summary.declaration["acts"] if one["kind"] in kinds]
    for one in told:
        kind, first, last = ACTS[one["kind"]], _month(one["from"]), _month(one["to"])
        yield Term(
            f"declared {kind.en}: {first} – {last}", f"宣言された行為({kind.ja}):{first} – {last}"
        )
    if not told:
        yield Term("no such act is declared", "該当する行為の宣言なし")


def collected(summary: Summary) -> Term:
    """Return when the dated rows were collected."""
    periods = [one for one in summary.periods if one.collected]
    dated = sum(one.collected for one in periods)
    if not periods:
        return Term("no row has a collection date", "収集日のある行はない")
    first, last = _month(periods[0].name), _month(periods[-1].name)
    return Term(
        f"collection began {first} – {last} for the {many(dated, 'row')} with a date; "
        f"without one: {summary.rows - dated:,}",
        f"収集日のある {dated:,} 行の収集開始は {first} – {last}、"
        f"収集日なし {summary.rows - dated:,} 行",
    )


def answers(summary: Summary) -> Iterator[Term]:
    """Yield what robots.txt said at collection, in rows."""
    for name, said in ANSWERS.items():
        rows = sum(one.rows for one in summary.classes if one.robots == name)
        part = share(rows, summary.rows)
        yield Term(
            f"robots.txt at collection, {said.en}: {many(rows, 'row')} ({part})",
            f"収集時の robots.txt が{said.ja}:{rows:,} 行({part})",
        )


def modality(name: str) -> Term:
    """Return how a modality is called; empty: none is declared."""
    return Term(name or "modality not declared", name or "モダリティの宣言なし")


def refused_agents(summary: Summary) -> Iterator[Term]:
    """Yield the agents that most rows' hosts refused before collection."""
    for one in summary.agents[:_AGENTS]:
        yield Term(
            f"refused {code(one.token)}: {many(one.rows, 'row')}",
            f"{code(one.token)} を拒否:{one.rows:,} 行",
        )


def lists(summary: Summary) -> Term:
    """Return which lists of right holders were at hand."""
    known = summary.knowledge
    return Term(
        f"lists at hand: {known['lists']:,} with {many(known['entries'], 'entry')}; rows they "
        f"name: {summary.coverage['listed']:,}",
        f"手元のリスト {known['lists']:,} 件(記載 {known['entries']:,} 件)、"
        f"掲載された行 {summary.coverage['listed']:,}",
    )


def of_lists(summary: Summary) -> Extent:
    """Return how far lists are evidence: where none was at hand, that nothing is listed is none."""
    return Extent.EVIDENCED if summary.knowledge["lists"] else Extent.PARTLY


def _month(moment: str) -> str:
    """Return a moment, day or month as the template writes it: MM/YYYY; a year stays one."""
    year, _, month = moment[:7].partition("-")
    return f"{month}/{year}" if month else year
