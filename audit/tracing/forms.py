"""The forms of a statement: text to hand out, JSON for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from audit.summary import FOOTER
from audit.terms import word
from audit.tracing import words
from provenance.show import show
from provenance.strict_json import json_text
from provenance.told_times import iso_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from audit.tracing.answers import Answer, Row, Searched, Statement

FORMAT = "provisor-trace/1"

_GAPS = ("no_address", "unreadable", "untold_copies", "no_digest", "no_creator")


def as_text(said: Statement, lang: str) -> str:
    """Return the statement as lines."""
    made = f"{said.made_at:%Y-%m-%d %H:%M:%S}Z"
    lines = [
        word(words.HEADINGS, "title", lang),
        word(words.LABELS, "made", lang, made_at=made, version=said.version),
    ]
    for name, part in (
        ("answers", [line for one in said.answers for line in _answer(one, lang)]),
        ("searched", [ln for n, one in enumerate(said.searched) for ln in _searched(n, one, lang)]),
        ("method", [getattr(term, lang) for term in words.METHOD]),
        ("limits", [getattr(term, lang) for term in words.LIMITS]),
    ):
        lines += ["", word(words.HEADINGS, name, lang), *(f"  {line}" for line in part)]
    return "\n".join([*lines, "", FOOTER[lang]]) + "\n"


def as_json(said: Statement, lang: str) -> str:
    """Return the statement with its codes, and the words of *lang* beside."""
    found = {"format": FORMAT, "lang": lang} | asdict(said)
    found["method"] = [getattr(term, lang) for term in words.METHOD]
    found["limits"] = [getattr(term, lang) for term in words.LIMITS]
    found["footer"] = FOOTER[lang]
    return json_text(found, default=iso_text) + "\n"


def _answer(one: Answer, lang: str) -> Iterator[str]:
    answer = word(words.ANSWERS, one.answer, lang, rows=f"{one.rows:,}")
    kind = word(words.KINDS, one.work.kind, lang)
    yield f"{show(one.work.text, 2000)} ({kind}): {answer}"
    if one.without and one.answer != "not_searched":
        files = ", ".join(str(number + 1) for number in one.without)
        yield f"    {word(words.LABELS, 'without', lang, files=files)}"
    for way, count in one.counts.items():
        yield f"    {_way(way, count, lang)}"
    if one.first and one.last:
        first, last = _moment(one.first), _moment(one.last)
        yield f"    {word(words.LABELS, 'collected', lang, first=first, last=last)}"
    if one.undated:
        yield f"    {word(words.LABELS, 'undated', lang, rows=f'{one.undated:,}')}"
    for row in one.shown:
        yield f"    {_row(row, lang)}"
    if left := one.rows - len(one.shown):
        yield f"    {word(words.LABELS, 'more', lang, rows=f'{left:,}')}"


def _way(way: str, count: int, lang: str) -> str:
    copy, _, by = way.rpartition(" of ")
    told = {"way": word(words.WAYS, by, lang), "rows": f"{count:,}"}
    if copy:
        return word(words.LABELS, "copy_way", lang, copy=word(words.WAYS, copy, lang), **told)
    return word(words.LABELS, "way", lang, **told)


def _row(row: Row, lang: str) -> str:
    date = word(words.LABELS, "no_date", lang)
    if row.lo and row.hi:
        date = _moment(row.lo) + (f" – {_moment(row.hi)}" if row.hi != row.lo else "")
    return word(words.LABELS, "row", lang, row=f"{row.row:,}", file=row.file + 1, date=date)


def _searched(number: int, one: Searched, lang: str) -> Iterator[str]:
    nothing = word(words.LABELS, "not_read", lang)
    said = {"number": number + 1, "file": show(one.file), "rows": f"{one.rows:,}"}
    yield word(words.LABELS, "file", lang, bytes=f"{one.bytes:,}", form=one.form, **said)
    yield f"    {word(words.LABELS, 'digest', lang, sha256=one.sha256)}"
    columns = {
        "url": one.url_column, "date": one.date_column, "digest": one.digest_column,
        "creator": one.creator_column,
    }  # fmt: skip
    shown = {name: show(column) or nothing for name, column in columns.items()}
    yield f"    {word(words.LABELS, 'columns', lang, **shown)}"
    if one.algorithms:
        names = ", ".join(one.algorithms)
        yield f"    {word(words.LABELS, 'algorithms', lang, names=names)}"
    for name in _GAPS:
        if count := getattr(one, name):
            yield f"    {word(words.LABELS, name, lang, rows=f'{count:,}')}"
    if one.undated:
        yield f"    {word(words.LABELS, 'undated_rows', lang, rows=f'{one.undated:,}')}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


FORMS: dict[str, Callable[[Statement, str], str]] = {"text": as_text, "json": as_json}
