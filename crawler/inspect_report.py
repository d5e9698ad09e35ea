"""An inspection as text for a terminal: what is said, to whom, and what its author should know."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import click

from crawler.inspect_texts import TEXTS, text
from crawler.reserving import unread
from provenance.agents import Purpose
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from crawler.history import Line, Span
    from crawler.inspection import Answer, Group, Inspection, Named, Statement

_COLOURS = {"allow": "green", "deny": "red", "cannot tell": "yellow"}
_FIELDS = {"content-usage": "Content-Usage", "content-signal": "Content-Signal"}
_MOST_RULES = 40
_MOST_AGENTS = 8
_FORMS = ("%Y-%m-%d", "%Y-%m-%d %H:%MZ", "%Y-%m-%d %H:%M:%SZ")
_ORDER = {purpose: place for place, purpose in enumerate(Purpose)}


def report(found: Inspection, language: str) -> Iterator[str]:
    """Yield the lines of *found* in *language*; colours go where the output is no terminal."""

    def say(code: str, **words: object) -> str:
        return text(language, code, **words)

    yield f"{show(found.url)} · {_minute(found.captured_at)}"
    digest = f", sha256 {found.sha256[:16]}…" if found.sha256 else ""
    numbered = say("capture", number=found.capture_id) if found.capture_id else ""
    yield f"robots.txt: {found.outcome}{_because(found.reason, language)}{digest}{numbered}"
    if found.outcome == "parsed":
        yield from _answers(found, language)
        yield from _groups(found.groups, language)
    else:
        yield from ("", say(found.outcome))
    yield from ("", *_head(language, "page", page=_page(found, language)))
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


def _because(reason: str, language: str) -> str:
    """Return why there is no robots.txt to read, as recorded, and in words where it is a code."""
    code = f"why-{reason}"
    words = f": {text(language, code)}" if code in TEXTS else ""
    return f" ({show(reason)}{words})" if reason else ""


def _page(found: Inspection, language: str) -> str:
    look = found.look
    if look is None:
        closed = text(language, "closed-to-us", line=show(found.closed_to_us, 80))
        return text(language, "not-seen") + (closed if found.closed_to_us else "")
    status = look.status or text(language, "none")
    said = text(language, "looked", path=show(found.path), at=_minute(look.at), status=status)
    return said + (text(language, "capture", number=look.capture_id) if look.capture_id else "")


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}Z"


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
            field = _FIELDS.get(rule.field, rule.field.capitalize())
            written = f"{show(field, 60)}: {value}" if field else value
            yield f"{rule.line:>6}  {written} — {meaning}"
        if len(group.rules) > _MOST_RULES:
            yield f"        {text(language, 'more', count=len(group.rules) - _MOST_RULES)}"
        if not group.rules:
            yield f"        {text(language, 'no-rules')}"


def _named(one: Named, language: str) -> str:
    if one.token == "*":
        return f"* ({text(language, 'everyone')})"
    of_whom = "ourselves" if one.is_ours else one.purpose or "not-known"
    return f"{show(one.token, 60)} ({text(language, of_whom)})"


def _statement(one: Statement) -> str:
    value = "cannot tell" if unread(one) else one.value
    said = f"gate {one.gate}" if one.gate != "none" else f"{one.usage}: {value}"
    scope = f" [{show(one.scope, 60)}{f' {show(one.path, 60)}' if one.path else ''}]"
    offer = f", offer {show(one.offer, 80)}" if one.offer else ""
    given = f", where {show(one.conditions, 80)}" if one.conditions else ""
    finding = f" ({show(one.finding, 40)})" if one.finding else ""
    where = scope if one.scope else ""
    quote = f"; {show(one.quote, 100)}" if one.quote else ""
    return f"  {one.kind}{where}: {said}{finding}{offer}{given}{quote}"


def _facts(found: Inspection, language: str) -> Iterator[str]:
    yield from ("", *_head(language, "facts"))
    for fact in found.facts:
        rules = text(language, "feeds", rules=", ".join(fact.rules)) if fact.rules else ""
        because = show(fact.because, 80)
        if fact.name == "robots_ai":
            told = fact.value != "unknown"  # of none refused nothing follows where none can be told
            because = text(language, "refused-of", because=because) if told else ""
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
        form = _form(line)
        for one, other in pairwise((*line.spans, None)):
            yield f"    {_span(one, form, language)}" if one else ""
            if one and other and one.told and other.told:
                days = {"one": f"{one.last:{form}}", "other": f"{other.first:{form}}"}
                yield f"      {text(language, 'changed', **days)}"
        yield f"      {text(language, 'since', last=f'{line.spans[-1].last:{form}}')}"


def _form(line: Line) -> str:
    """Return how moments of *line* are written: by days, unless it changed within one."""
    changes = [(one.last, other.first) for one, other in pairwise(line.spans)]
    return next(
        (form for form in _FORMS if all(f"{a:{form}}" != f"{b:{form}}" for a, b in changes)),
        _FORMS[-1],
    )


def _whose(line: Line, language: str) -> str:
    tokens = line.agents[:_MOST_AGENTS]
    left = len(line.agents) - len(tokens)
    more = f", {text(language, 'more', count=left)}" if left else ""
    return f"{', '.join(tokens)}{more}" if tokens else text(language, "the-page")


def _span(span: Span, form: str, language: str) -> str:
    codes = {"allow": "may-fetch", "deny": "refused"}
    said = f" · {show(span.said, 60)}" if span.said else ""
    return text(
        language,
        "span",
        first=f"{span.first:{form}}",
        last=f"{span.last:{form}}",
        state=text(language, codes.get(span.state, span.state)),
        said=said,
        captures=span.captures,
        basis=text(language, span.basis),
    )


def plain(value: object) -> str:
    """Return a moment or a day of an inspection as JSON has it (RFC 3339)."""
    if not isinstance(value, date):
        raise TypeError(type(value).__name__)
    return value.isoformat().replace("+00:00", "Z")


def padded(said: str, width: int) -> str:
    """Return *said* filled up to *width* columns of a terminal: Japanese takes two each."""
    taken = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in said)
    return said + " " * max(0, width - taken)
