"""Rule files: the header and the expression of one rule, ours or someone else's, read as data."""

from __future__ import annotations

import re
import stat
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from audit.expressions import NotARule, parse, parse_choice
from audit.facts import FACTS
from audit.rules import LAWS, LEVELS, RESTS_ON, Rule, every_rule
from audit.terms import GRADES, NOBODY_MAY_CONCLUDE
from provenance.errors import InputRefused
from provenance.many import many
from provenance.show import show

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 32 * 1024
_MOST = 500
_LONGEST = 600
_SEE = "see docs/rules.md, “Rules of your own”"

_HEADER = re.compile(r"-- ([a-z_]+): (.+)")
_ID = re.compile(r"[A-Z]{2,4}(-[A-Z]{2,4})?-[0-9]{2}")
_PACK = re.compile(r"[a-z][a-z0-9-]{0,30}")
_NAMED = r"[A-Z]{2,4}(?:-[A-Z]{2,4})?(?:-[0-9]{2})?"
_EFFECT = re.compile(
    rf"none|cap {_NAMED}(?: {_NAMED})* at (?:low|medium)|(?:lower|supports) {_NAMED}(?: {_NAMED})*"
)
CHOICES = {
    "grade": tuple(GRADES),
    "rests_on": tuple(sorted(RESTS_ON)),
    "missing": ("unknown", "note", "dataset"),
    "about": ("row", "dataset"),
}
"""What these members of a rule can be."""

_CHOICES = CHOICES | {"alone": ("yes", "no"), "enabled": ("yes", "no")}
_TOLD_OF = {
    "row": {"store", "declaration", "terms", "manifest"},
    "dataset": {"declaration", "inquiries"},
}
"""By what the facts of a row, and of the dataset as a whole, are told (audit/facts.py)."""
_OPTIONAL = {"alone", "missing", "about", "effect", "enabled"}
_OURS = {"expression", "law"}


def read_pack(folder: Path) -> tuple[Rule, ...]:
    """Return the rules that a user keeps in *folder*, by id; the pack goes by the folder's name.

    Raises:
        InputRefused: one of them is no rule, or goes by the name of another; none is taken then.
    """
    law = folder.absolute().name.lower().replace("_", "-")
    if not folder.is_dir():
        raise InputRefused(str(folder), "no folder of rules", "name a folder with .sql files")
    if not _PACK.fullmatch(law) or law in LAWS:
        fact = "a pack goes by the name of its folder, and this is none for one of your own"
        raise InputRefused(show(str(folder)), fact, "call it by small letters, as `house-rules`")
    files = sorted(path for path in folder.iterdir() if path.name.endswith(".sql"))
    if not 0 < len(files) <= _MOST:
        fact = f"{many(len(files), 'file')} ending in .sql"
        raise InputRefused(show(str(folder)), fact, f"keep 1 to {_MOST} rules there")
    found = tuple(read_rule(_text(path), show(str(path)), law) for path in files)
    taken = {rule.id: f"the pack {rule.law}" for rule in every_rule()}
    for path, rule in zip(files, found, strict=True):
        if rule.id in taken:
            fact = f"the id {rule.id} is taken by {taken[rule.id]}"
            raise InputRefused(show(str(path)), fact, "choose another, such as OWN-01")
        taken[rule.id] = show(path.name)
    return tuple(sorted((rule for rule in found if rule.enabled), key=lambda rule: rule.id))


def read_rule(text: str, place: str, law: str) -> Rule:
    """Return the rule that *text* says.

    Args:
        text: a file: the header line by line, then the expression.
        place: how errors name it.
        law: the pack.

    Raises:
        InputRefused: a member of the header is missing or wrong, or the expression is none.
    """
    lines = text.splitlines()
    header: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        said = _HEADER.fullmatch(line)
        if not said:
            break
        if said[1] in header:
            raise InputRefused(f"{place}, line {number}", f"{said[1]} is said twice", "say it once")
        header[said[1]] = said[2].strip()
        _check(said[1], header[said[1]], f"{place}, line {number}")
    _refuse_incomplete(header, place)
    # The header leaves empty lines, so that errors name the lines of the file.
    expression = "\n" * len(header) + "\n".join(lines[len(header) :])
    members: dict[str, Any] = {name: _member(name, value) for name, value in header.items()}
    rule = Rule(**members, expression=expression.strip(), law=law)
    try:
        if rule.level not in LEVELS:
            parse_choice("\n" * list(header).index("level") + rule.level, LEVELS)
        parse(expression)
    except NotARule as error:
        where = f"{place}, line {error.line}, column {error.column}"
        raise InputRefused(where, error.fact, error.remedy) from None
    _refuse_unfounded(rule, place)
    _refuse_unanswered(rule, place)
    return rule


def _text(path: Path) -> str:
    """Return what a small regular file holds; nothing else is opened."""
    try:
        known = path.stat()
        if not stat.S_ISREG(known.st_mode) or known.st_size > _LARGEST:
            fact = f"no regular file of at most {_LARGEST // 1024} KiB"
            raise InputRefused(show(str(path)), fact, "leave it out of the folder")
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(show(str(path)), f"cannot be read ({error})", "mend it") from None


def _check(name: str, value: str, place: str) -> None:
    known = [field.name for field in fields(Rule) if field.name not in _OURS]
    if name not in known:
        fact = f"there is no header {show(name, 40)!r}"
        raise InputRefused(place, fact, f"known are {', '.join(known)}")
    if len(value) > _LONGEST or show(value, _LONGEST) != value:
        fact = f"{name} is longer than {_LONGEST} characters, or hides some"
        raise InputRefused(place, fact, "write plain text")
    if name in _CHOICES and value not in _CHOICES[name]:
        fact = f"{name} {show(value, 40)!r}"
        raise InputRefused(place, fact, f"it is one of {', '.join(_CHOICES[name])}")
    for pattern, member in ((_ID, "id"), (_EFFECT, "effect")):
        if name == member and not pattern.fullmatch(value):
            raise InputRefused(place, f"{name} {show(value, 60)!r} is none", _SEE)
    if name in {"law_as_of", "review_by"}:
        _day(value, place)
    if name == "must_not" and not set(value.split()) <= set(NOBODY_MAY_CONCLUDE):
        raise InputRefused(place, f"must_not {show(value, 60)!r}", "name codes from N1 to N12")


def _day(value: str, place: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise InputRefused(place, f"{show(value, 40)!r} is no day", "write 2026-11-21") from None


def _refuse_incomplete(header: dict[str, str], place: str) -> None:
    needed = [field.name for field in fields(Rule) if field.name not in _OPTIONAL | _OURS]
    if missing := [name for name in needed if name not in header]:
        raise InputRefused(place, f"the header has no {missing[0]}", _SEE)


def _refuse_unfounded(rule: Rule, place: str) -> None:
    """Refuse a level that its source does not bear."""
    if rule.grade == "D" and rule.enabled and rule.level not in {"info", "low"}:
        fact = f"its source is not verified (grade D), and its level is {show(rule.level, 40)}"
        raise InputRefused(place, fact, "write `level: low`, or `enabled: no`")


def _refuse_unanswered(rule: Rule, place: str) -> None:
    """Refuse facts that are not those of what the rule is asked of."""
    other = sorted(name for name in rule.facts if FACTS[name].origin not in _TOLD_OF[rule.about])
    if other:
        fact = f"of a {rule.about} nobody can say {other[0]!r}"
        raise InputRefused(place, fact, "see the facts in docs/rules.md, and `about`")


def _member(name: str, value: str) -> object:
    if name in {"law_as_of", "review_by"}:
        return date.fromisoformat(value)
    return value == "yes" if name in {"alone", "enabled"} else value
