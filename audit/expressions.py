"""What a rule may say: a few words of SQL over facts we know, and nothing else.

A rule of someone else is data. It is read here, word by word, and written anew from what was
understood; nothing of it reaches the database that is not one of these:

    fact   'text'   TRUE FALSE NULL   =  <>  IN (…)  IS NULL  AND  OR  NOT  ( )
    coalesce(a, b, …)   CASE WHEN … THEN … ELSE … END

Facts are answers (yes, no, unknown) or one of the texts that audit/facts.py gives for them; what a
fact can never be is an error, for such a rule would be silent for ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from audit.facts import FACTS
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_MOST_CHARACTERS = 8_000
_DEEPEST = 40
_WORDS = frozenset({
    "AND", "OR", "NOT", "IN", "IS", "NULL", "TRUE", "FALSE", "CASE", "WHEN", "THEN", "ELSE", "END",
})  # fmt: skip
_TOKEN = re.compile(
    r"(?P<space>\s+|--[^\n]*)|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|'(?P<text>[a-z0-9_-]*)'"
    r"|(?P<mark><>|[=(),])"
)


class NotARule(ValueError):
    """The expression is none; says where, in lines and columns from 1, and what helps."""

    def __init__(self, line: int, column: int, fact: str, remedy: str) -> None:
        super().__init__(fact)
        self.line, self.column, self.fact, self.remedy = line, column, fact, remedy


@dataclass(frozen=True, slots=True)
class Expression:
    """What was understood."""

    sql: str
    facts: frozenset[str]
    texts: frozenset[str] | None
    """The texts it can come to; None: it comes to yes, no or unknown."""
    fixed: bool = False
    """It is a text as it is written, or NULL."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    said: str
    at: int


@cache
def parse(text: str) -> Expression:
    """Return the expression *text*, which answers yes, no or unknown.

    Raises:
        NotARule: it holds anything that is not listed above, or a value a fact never has.
    """
    found = _Reader(text).whole()
    if found.texts is not None:
        line = len(text) - len(text.lstrip("\n")) + 1
        raise NotARule(line, 1, "it comes to a text, not to yes or no", "compare it with a value")
    return found


def parse_choice(text: str, texts: Collection[str]) -> Expression:
    """Return the expression *text*, which comes to one of *texts*.

    Raises:
        NotARule: it can come to something else.
    """
    found = _Reader(text).whole()
    if found.texts is None or not found.texts <= set(texts):
        line = len(text) - len(text.lstrip("\n")) + 1
        raise NotARule(line, 1, "it comes to something else", f"choose from {', '.join(texts)}")
    return found


class _Reader:
    """Reads an expression from left to right, each word once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._depth = 0
        if len(text) > _MOST_CHARACTERS:
            raise NotARule(1, 1, f"longer than {_MOST_CHARACTERS:,} characters", "make it shorter")
        self._tokens = self._split()
        self._next = 0

    def whole(self) -> Expression:
        found = self._any()
        if self._peek().kind != "end":
            fact = f"{show(self._peek().said)!r} follows a whole expression"
            raise self._wrong(fact, "join the two by AND or OR")
        return found

    def _split(self) -> list[_Token]:
        tokens, at = [], 0
        while at < len(self._text):
            met = _TOKEN.match(self._text, at)
            if not met:
                said = show(self._text[at : at + 12])
                raise self._wrong(f"{said!r} is no part of a rule", "see docs/rules.md", at)
            kind = str(met.lastgroup)
            if kind != "space":
                tokens.append(_Token(kind, met[kind], at))
            at = met.end()
        return [*tokens, _Token("end", "", len(self._text))]

    def _wrong(self, fact: str, remedy: str, at: int | None = None) -> NotARule:
        where = self._peek().at if at is None else at
        before = self._text[:where]
        return NotARule(before.count("\n") + 1, where - before.rfind("\n"), fact, remedy)

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._peek()
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def _has(self, *words: str) -> bool:
        """Take the *words* if they come next."""
        coming = self._tokens[self._next : self._next + len(words)]
        if [one.said for one in coming if one.kind in {"word", "mark"}] != list(words):
            return False
        self._next += len(words)
        return True

    def _need(self, word: str) -> None:
        if not self._has(word):
            met = self._peek().said or "the end"
            raise self._wrong(f"{show(met)!r} stands where {word!r} was expected", f"write {word}")

    def _any(self) -> Expression:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._wrong(f"nested deeper than {_DEEPEST}", "make two rules of it")
        found = self._chain("OR", lambda: self._chain("AND", self._negated))
        self._depth -= 1
        return found

    def _chain(self, word: str, part: Callable[[], Expression]) -> Expression:
        parts = [part()]
        while self._has(word):
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        for one in parts:
            self._answers(one)
        return _joined(parts, f"({f' {word} '.join(one.sql for one in parts)})")

    def _negated(self) -> Expression:
        turned = 0
        while self._has("NOT"):
            turned += 1
        found = self._compared()
        if not turned:
            return found
        self._answers(found)
        return _joined([found], f"(NOT {found.sql})" if turned % 2 else found.sql)

    def _answers(self, found: Expression) -> None:
        if found.texts is not None and not (found.fixed and not found.texts):
            raise self._wrong("a text stands where yes or no is meant", "compare it with a value")

    def _compared(self) -> Expression:
        left = self._value()
        if self._has("IS", "NOT", "NULL"):
            return _joined([left], f"({left.sql} IS NOT NULL)")
        if self._has("IS", "NULL"):
            return _joined([left], f"({left.sql} IS NULL)")
        for sign in ("=", "<>"):
            if self._has(sign):
                right = self._value()
                self._comparable(left, right)
                return _joined([left, right], f"({left.sql} {sign} {right.sql})")
        for words, sign in ((("NOT", "IN"), "NOT IN"), (("IN",), "IN")):
            if self._has(*words):
                every = self._listed(left)
                return _joined([left, *every], f"({left.sql} {sign} ({_commas(every)}))")
        return left

    def _listed(self, left: Expression) -> list[Expression]:
        self._need("(")
        every = [self._value()]
        while self._has(","):
            every.append(self._value())
        self._need(")")
        for one in every:
            self._comparable(left, one)
        return every

    def _comparable(self, left: Expression, right: Expression) -> None:
        """Refuse a comparison that can never hold."""
        if left.texts is None or right.texts is None:
            remedy = "write the fact alone, or NOT before it"
            raise self._wrong("yes and no are not compared", remedy)
        for one, other in ((left, right.texts), (right, left.texts)):
            if one.fixed and one.texts and not one.texts <= other:
                known = ", ".join(sorted(other))
                raise self._wrong(f"{one.sql} is never the case", f"it is one of {known}")

    def _value(self) -> Expression:
        token = self._take()
        if token.kind == "text":
            return Expression(f"'{token.said}'", frozenset(), frozenset({token.said}), fixed=True)
        if token.kind == "mark" and token.said == "(":
            found = self._any()
            self._need(")")
            return found
        if token.kind == "word":
            return self._named(token)
        self._next -= token.kind != "end"
        met = show(token.said) or "the end"
        raise self._wrong(f"{met!r} stands where a fact or a value was expected", "name a fact")

    def _named(self, token: _Token) -> Expression:
        said = token.said
        if said in {"TRUE", "FALSE"}:
            return Expression(said, frozenset(), None)
        if said == "NULL":
            return Expression("NULL", frozenset(), frozenset(), fixed=True)
        if said == "CASE":
            return self._case()
        if said == "coalesce":
            return self._coalesced()
        if fact := FACTS.get(said):
            texts = frozenset(fact.values) if fact.values else None
            return Expression(said, frozenset({said}), texts)
        remedy = "see the facts in docs/rules.md"
        if said in _WORDS:
            remedy = "it stands in the wrong place"
        raise self._wrong(f"there is no fact {show(said, 60)!r}", remedy, token.at)

    def _coalesced(self) -> Expression:
        self._need("(")
        every = [self._any()]
        while self._has(","):
            every.append(self._any())
        self._need(")")
        return self._alike(every, f"coalesce({_commas(every)})")

    def _case(self) -> Expression:
        asked, every, sql = [], [], "CASE"
        while self._has("WHEN"):
            asked.append(self._any())
            self._answers(asked[-1])
            self._need("THEN")
            every.append(self._any())
            sql += f" WHEN {asked[-1].sql} THEN {every[-1].sql}"
        if not asked:
            raise self._wrong("CASE without WHEN", "write CASE WHEN … THEN … END")
        if self._has("ELSE"):
            every.append(self._any())
            sql += f" ELSE {every[-1].sql}"
        self._need("END")
        found = self._alike(every, f"{sql} END")
        return Expression(found.sql, found.facts.union(*(one.facts for one in asked)), found.texts)

    def _alike(self, every: list[Expression], sql: str) -> Expression:
        """Join what has to be all of one kind: answers, or texts."""
        told = [one for one in every if one.sql != "NULL"]
        texts = [one.texts for one in told if one.texts is not None]
        if texts and len(texts) != len(told):
            raise self._wrong("it comes to a text here and to yes or no there", "make them alike")
        facts = frozenset[str]().union(*(one.facts for one in every))
        return Expression(sql, facts, frozenset[str]().union(*texts) if texts else None)


def _joined(parts: list[Expression], sql: str) -> Expression:
    return Expression(sql, frozenset[str]().union(*(one.facts for one in parts)), None)


def _commas(every: list[Expression]) -> str:
    return ", ".join(one.sql for one in every)
