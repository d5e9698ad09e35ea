"""An inspection as text for a terminal: what is said, to whom, and what its author should know."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import click

from crawler.inspect_texts import text
from crawler.reserving import unread
from provenance.agents import Purpose
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.history import Line, Span
    from crawler.inspection import Answer, Group, Inspection, Named, Statement

_COLOURS = {"allow": "green", "deny": "red", "cannot tell": "yellow"}
_MOST_RULES = 40
_MOST_AGENTS = 8
_ORDER = {purpose: place for place, purpose in enumerate(Purpose)}


def report(found: Inspection, language: str) -> Iterator[str]:
    """Yield the lines of *found* in *language*; colours go where the output is no terminal."""

    def say(code: str, **words: object) -> str:
        return text(language, code, **words)

    yield f"{show(found.url)} · {found.captured_at:%Y-%m-%d %H:%M}Z"
    reason = f" ({show(found.reason)})" if found.reason else ""
    digest = f", sha256 {found.sha256[:16]}…" if found.sha256 else ""
    yield f"robots.txt: {found.outcome}{reason}{digest}"
    if found.outcome == "parsed":
        yield from _answers(found, language)
        yield from _groups(found.groups, language)
    else:
        yield from ("", say(found.outcome))
    page = show(found.page) if found.page_seen else say("not-seen")
    yield from ("", *_head(language, "page", page=page))
    if found.statements:
        yield from ("", *_head(language, "beside"), *map(_statement, found.statements))
    if found.contradictions:
        yield from ("", *_head(language, "contradictions"))
        for one in found.contradictions:
            words = {"usage": one.usage, "one": show(one.one), "other": show(one.other)}
            yield f"  {say(one.kind, **words)}"
    if found.lints:
        yield from ("", *_head(language, "lints"))
        for lint in found.lints:
            place = f"{lint.line:>4}  " if lint.line else "   –  "
            words = {name: show(value) for name, value in lint.words}
            yield f"{place}{say(lint.code, **words)}"
    yield from _facts(found, language)
    yield from _history(found, language)


def _head(language: str, code: str, **words: object) -> list[str]:
    return [click.style(text(language, code, **words), bold=True)]


def _answers(found: Inspection, language: str) -> Iterator[str]:
    names = [text(language, code) for code in ("purpose", "agent", "may", "group", "rule")]
    yield from ("", *_head(language, "answers", path=show(found.path)))
    yield "  " + " ".join(
        padded(name, width) for name, width in zip(names, (14, 28, 12, 8, 0), strict=True)
    )
    for one in sorted(found.answers, key=_place):
        yield _answer(one, language)
    yield from ("", *_head(language, "tallies"))
    for tally in found.tallies:
        unclear = text(language, "unclear", count=tally.unclear) if tally.unclear else ""
        counts = {"refused": tally.refused, "known": tally.known, "named": tally.named}
        said = text(language, "tally", unclear=unclear, **counts)
        yield f"  {padded(text(language, tally.purpose), 14)} {said}"
    yield from ("", text(language, "no-consent"))


def _place(answer: Answer) -> tuple[int, str]:
    return _ORDER[answer.agent.purpose], answer.agent.key


def _answer(one: Answer, language: str) -> str:
    may = click.style(padded(text(language, one.crawl), 12), fg=_COLOURS[one.crawl])
    return (
        f"  {padded(text(language, one.agent.purpose), 14)} {padded(one.agent.token, 28)} {may}"
        f" {padded(text(language, one.group), 8)} {show(one.rule, 80)}"
    ).rstrip()


def _groups(groups: tuple[Group, ...], language: str) -> Iterator[str]:
    if groups:
        yield from ("", *_head(language, "groups"))
    for group in groups:
        named = [_named(one, language) for one in group.agents]
        if len(named) > _MOST_AGENTS:
            left = len(named) - _MOST_AGENTS
            named = [*named[:_MOST_AGENTS], text(language, "more", count=left)]
        yield f"{group.agents[0].line:>4}  {text(language, 'to', agents=', '.join(named))}"
        for rule in group.rules[:_MOST_RULES]:
            value = show(rule.value, 80)
            meaning = text(language, rule.meaning, value=value)
            yield f"{rule.line:>6}  {show(rule.field.capitalize(), 60)}: {value} — {meaning}"
        if len(group.rules) > _MOST_RULES:
            yield f"        {text(language, 'more', count=len(group.rules) - _MOST_RULES)}"
        if not group.rules:
            yield f"        {text(language, 'no-rules')}"


def _named(one: Named, language: str) -> str:
    if one.token == "*":
        return f"* ({text(language, 'everyone')})"
    return f"{show(one.token, 60)} ({text(language, one.purpose or 'not-known')})"


def _statement(one: Statement) -> str:
    value = "cannot tell" if unread(one) else one.value
    said = f"gate {one.gate}" if one.gate != "none" else f"{one.usage}: {value}"
    scope = f" [{show(one.scope, 60)}{f' {show(one.path, 60)}' if one.path else ''}]"
    offer = f", offer {show(one.offer, 80)}" if one.offer else ""
    finding = f" ({show(one.finding, 40)})" if one.finding else ""
    where = scope if one.scope else ""
    quote = f"; {show(one.quote, 100)}" if one.quote else ""
    return f"  {one.kind}{where}: {said}{finding}{offer}{quote}"


def _facts(found: Inspection, language: str) -> Iterator[str]:
    yield from ("", *_head(language, "facts"))
    for fact in found.facts:
        rules = text(language, "feeds", rules=", ".join(fact.rules)) if fact.rules else ""
        because = show(fact.because, 80)
        if fact.name == "robots_ai":
            because = text(language, "refused-of", because=because)
        because = f" ({because})" if because else ""
        value = text(language, fact.value)
        yield "  " + text(
            language, "fact", name=fact.name, value=value, because=because, rules=rules
        )


def _history(found: Inspection, language: str) -> Iterator[str]:
    if found.history:
        yield from ("", *_head(language, "history"))
    for line in found.history:
        yield f"  {_whose(line, language)}"
        for one, other in pairwise((*line.spans, None)):
            yield f"    {_span(one, language)}" if one else ""
            if one and other and one.told and other.told:
                days = {"one": f"{one.last:%Y-%m-%d}", "other": f"{other.first:%Y-%m-%d}"}
                yield f"      {text(language, 'changed', **days)}"
        last = f"{line.spans[-1].last:%Y-%m-%d}"
        yield f"      {text(language, 'since', last=last)}"


def _whose(line: Line, language: str) -> str:
    tokens = line.agents[:_MOST_AGENTS]
    left = len(line.agents) - len(tokens)
    more = f", {text(language, 'more', count=left)}" if left else ""
    return f"{', '.join(tokens)}{more}" if tokens else text(language, "the-page")


def _span(span: Span, language: str) -> str:
    codes = {"allow": "may-fetch", "deny": "refused"}
    said = f" · {show(span.said, 60)}" if span.said else ""
    return text(
        language,
        "span",
        first=f"{span.first:%Y-%m-%d}",
        last=f"{span.last:%Y-%m-%d}",
        state=text(language, codes.get(span.state, span.state)),
        said=said,
        captures=span.captures,
        basis=text(language, span.basis),
    )


def padded(said: str, width: int) -> str:
    """Return *said* filled up to *width* columns of a terminal: Japanese takes two each."""
    taken = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in said)
    return said + " " * max(0, width - taken)
