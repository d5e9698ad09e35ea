"""Mutants of SQL: one word of a statement changed at a time, words being what DuckDB reads."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

OTHER = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "<>", "<>": "=",
    "+": "-", "-": "+", "*": "+", "/": "*", "//": "*", "%": "*", "&": "|", "|": "&",
    "AND": "OR", "OR": "AND", "TRUE": "FALSE", "FALSE": "TRUE", "DESC": "", "LEFT": "",
    "ANTI": "SEMI", "SEMI": "ANTI",
    "min": "max", "max": "min", "arg_min": "arg_max", "arg_max": "arg_min", "least": "greatest",
    "greatest": "least", "bool_or": "bool_and", "bool_and": "bool_or", "list_min": "list_max",
    "list_max": "list_min", "lag": "lead", "lead": "lag", "starts_with": "ends_with",
    "ends_with": "starts_with",
}  # fmt: skip
"""What stands for a word in its mutant; empty: nothing."""

_NO_OPERATION = {
    "OR": frozenset({"CREATE", "INSERT"}),
    "*": frozenset({"SELECT", ",", "(", "."}),
}
"""Behind which words it is no operation: `CREATE OR REPLACE`, `SELECT *`."""

Change = tuple[int, int, str]
"""From where to where a text is replaced, and by what."""


@dataclass(frozen=True, slots=True)
class _Word:
    said: str
    begin: int
    end: int
    kind: object


def changed_sql(text: str, other_text: Callable[[str], str] = "{}?".format) -> Iterator[str]:
    """Yield *text* with one change each.

    Another comparison, operator or function (OTHER); a number or a text that differs; NOT taken
    away, IS NULL turned round, IS NOT DISTINCT FROM made an equality; coalesce and nullif reduced
    to their first argument; FILTER, ELSE and one of several branches of a CASE taken away.

    Args:
        text: statements, or an expression.
        other_text: what stands for a text in its mutant; both without quotes.
    """
    words = _words(text)
    for at in range(len(words)):
        for begin, end, other in _changes(words, at, text, other_text):
            yield f"{text[:begin]}{other}{text[end:]}"


def _words(text: str) -> list[_Word]:
    tokens = [*duckdb.tokenize(text), (len(text), None)]
    return [
        _Word(said := text[begin:end].rstrip(), begin, begin + len(said), kind)
        for (begin, kind), (end, _) in pairwise(tokens)
        if kind != duckdb.token_type.comment
    ]


def _changes(
    words: Sequence[_Word], at: int, text: str, other_text: Callable[[str], str]
) -> Iterator[Change]:
    word = words[at]
    before, behind = _said(words, at - 1), _said(words, at + 1)
    if word.kind == duckdb.token_type.string_const:
        yield word.begin, word.end, f"'{other_text(word.said[1:-1])}'"
    elif word.said.isdecimal():
        yield word.begin, word.end, str(int(word.said) + 1)
    elif word.said == "NOT":
        yield from _without_not(words, at, before, behind)
    elif word.said == "NULL" and before == "IS":
        yield word.begin, word.end, "NOT NULL"
    elif word.said in {"coalesce", "nullif"} and behind == "(":
        comma = _end(words, at + 2, {","})
        closing = _end(words, at + 2, {")"})
        yield word.begin, words[closing].end, f"({text[words[at + 2].begin : words[comma].begin]})"
    elif word.said == "FILTER" and behind == "(":
        yield word.begin, words[_end(words, at + 2, {")"})].end, ""
    elif word.said in {"WHEN", "ELSE"}:
        yield from _without_branch(words, at)
    elif word.said in OTHER and _is_operation(words, at, before, behind):
        yield word.begin, word.end, OTHER[word.said]


def _said(words: Sequence[_Word], at: int) -> str:
    return words[at].said if 0 <= at < len(words) else ""


def _is_operation(words: Sequence[_Word], at: int, before: str, behind: str) -> bool:
    said = words[at].said
    if before in _NO_OPERATION.get(said, ()):
        return False
    if said.islower():
        return behind == "("
    if said == "AND":
        since = [one.said for one in words[max(0, at - 12) : at] if one.said in {"BETWEEN", "AND"}]
        return since[-1:] != ["BETWEEN"]
    if said == "LEFT":
        return behind == "JOIN"
    return said != "=" or _said(words, at - 2) != "VARIABLE"


def _without_not(words: Sequence[_Word], at: int, before: str, behind: str) -> Iterator[Change]:
    word = words[at]
    if before == "IS" and behind == "DISTINCT":
        yield words[at - 1].begin, words[at + 2].end, "="
    elif before == "IS" or behind not in {"NULL", "EXISTS"}:
        yield word.begin, words[at + 1].begin, ""


def _without_branch(words: Sequence[_Word], at: int) -> Iterator[Change]:
    end = _end(words, at + 1, {"WHEN", "ELSE", "END"})
    alone = _said(words, at - 1) == "CASE" and words[end].said != "WHEN"
    if not (words[at].said == "WHEN" and alone):
        yield words[at].begin, words[end].begin, ""


def _end(words: Sequence[_Word], at: int, ends: set[str]) -> int:
    """Return where the first of *ends* stands that closes nothing opened behind *at*."""
    deep = 0
    while deep or words[at].said not in ends:
        deep += words[at].said in {"(", "[", "{", "CASE"}
        deep -= words[at].said in {")", "]", "}", "END"}
        at += 1
    return at
