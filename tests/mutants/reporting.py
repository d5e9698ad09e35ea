"""What came of the mutants of a subject, held against those of which somebody said why they live."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tests.mutants.mutant import Mutant
    from tests.mutants.running import Outcome

GOAL = 0.9
_SURVIVORS = Path(__file__).with_name("survivors.toml")

Name = tuple[str, str, str, int]


def explained() -> dict[Name, str]:
    """Return why mutants may survive, by their names."""
    told = tomllib.loads(_SURVIVORS.read_text("utf-8"))["survivor"]
    return {
        (one["file"], one["was"], one["becomes"], one.get("nth", 1)): one["why"] for one in told
    }


def entry(mutant: Mutant) -> str:
    """Return the entry of *mutant* in survivors.toml, without its reason."""
    nth = f"nth = {mutant.nth}\n" if mutant.nth > 1 else ""
    return (
        f"[[survivor]]  # line {mutant.line}\nfile = {_quoted(mutant.file)}\n"
        f"was = {_quoted(mutant.was)}\nbecomes = {_quoted(mutant.becomes)}\n{nth}why = \n"
    )


def judged(
    outcomes: Sequence[Outcome], reasons: Mapping[Name, str], files: Collection[str]
) -> tuple[list[str], bool]:
    """Return what there is to say of the *outcomes* of *files*, and whether that is all well.

    It is where nine in ten were killed, every survivor has its reason, and every reason a survivor.
    """
    survived = {one.mutant.name: one.mutant for one in outcomes if one.end == "survived"}
    unexplained = [mutant for name, mutant in survived.items() if not reasons.get(name)]
    stale = [name for name in reasons if name[0] in files and name not in survived]
    counts = Counter(one.end for one in outcomes)
    killed = (len(outcomes) - len(survived)) / max(len(outcomes), 1)
    lines = [f"{entry(mutant)}(survived; nothing says why it may)" for mutant in unexplained]
    lines += [f"{_told(name)}\n(is explained and does not survive)" for name in stale]
    lines += list(_by_file(outcomes))
    lines.append(
        f"all: {len(outcomes):,} mutants, {counts['killed']:,} killed, {counts['time']:,} killed by"
        f" their limit, {len(survived):,} survived ({len(unexplained):,} unexplained):"
        f" {killed:.1%} killed"
    )
    return lines, killed >= GOAL and not unexplained and not stale


def _by_file(outcomes: Sequence[Outcome]) -> Iterator[str]:
    made = Counter(one.mutant.file for one in outcomes)
    lived = Counter(one.mutant.file for one in outcomes if one.end == "survived")
    for file, count in made.items():
        yield f"{file}: {count - lived[file]:,} of {count:,} killed"


def _told(name: Name) -> str:
    file, was, becomes, nth = name
    return f"{file}: {was!r} becomes {becomes!r}" + (f" (no {nth})" if nth > 1 else "")


def _quoted(text: str) -> str:
    """Write *text* as TOML does; a string of JSON is one of TOML."""
    return json.dumps(text, ensure_ascii=False)
