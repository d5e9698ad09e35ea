"""The forms of a comparison: tables for the terminal, JSON for programs."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from audit.comparing.comparison import CAUSES, FORMAT, WAYS
from audit.headline import share
from audit.report_words import NAMES
from audit.summary import FOOTER
from audit.terminal import add_row, new_table, printed
from provenance.many import many
from provenance.show import show
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table

    from audit.comparing.comparison import Comparison, Lone, Run

_WIDTH = 100
_WHOLE = {"": "–", "unasked": NAMES["unasked"].en}
"""What a rule about the dataset comes to, where that is no level."""


def as_json(said: Comparison) -> str:
    """Return the comparison with its codes."""
    found = {"format": FORMAT} | asdict(said) | {"row_by_row": not _lone(said), "footer": FOOTER}
    return json_text(found) + "\n"


def as_text(said: Comparison, *, width: int = _WIDTH) -> str:
    """Return the comparison as tables."""
    out = io.StringIO()
    console = Console(file=out, width=width)
    console.print(Text("\n".join(_head(said))))
    for title, table in (
        ("What changed, and why", _changes(said)),
        ("From level to level", _moves(said)),
        ("Rules on the rows compared", _rules(said)),
        ("Rules about the dataset as a whole", _of_dataset(said)),
        (f"Sites with the most rows that changed, of {said.sites_changed:,}", _sites(said)),
        ("Rows of files that only one of them is of", _lone_levels(said)),
        (f"Their sites, by rows at {said.gate} or above", _lone_sites(said)),
    ):
        if table.row_count:
            console.print(Text(f"\n{title}"))
            console.print(table)
    console.print(Text(f"\n{FOOTER['en']}"))
    return printed(out)


def _head(said: Comparison) -> Iterator[str]:
    yield f"before  {_run(said.before)}"
    yield f"after   {_run(said.after)}"
    yield ""
    yield from _compared(said)
    for one in said.differences:
        yield f"differs in {one.what}: {show(one.fact)}"
    if not said.differences:
        yield "both were made by the same knowledge, rules, declaration and reader"
    if said.gate != "never":
        of_dataset = ", ".join(map(show, said.reached_of_dataset))
        beside = f" and, of the dataset, {of_dataset}" if of_dataset else ""
        yield f"newly at {said.gate} or above: {many(said.reached, 'row')}{beside}"


def _compared(said: Comparison) -> Iterator[str]:
    """Say which rows were compared one by one, and what was compared in place of the others."""
    if said.rows:
        shared = said.rows - said.unchanged
        yield (
            f"compared row by row: {many(said.rows, 'row')} of {many(said.files, 'file')} that "
            f"both are of; with another verdict: {shared:,} ({share(shared, said.rows)})"
        )
    elif not _lone(said):
        yield "nothing was compared: neither has any rows"
    if _lone(said):
        yield (
            "cannot be compared row by row: "
            f"{_files(said.gone)} only before, {_files(said.came)} only after; "
            "a file whose octets changed is another file"
        )
        yield "compared instead: their rows by level, and by site"


def _lone(said: Comparison) -> bool:
    return bool(said.gone.rows or said.came.rows)


def _files(lone: Lone) -> str:
    return f"{many(lone.rows, 'row')} of {many(len(lone.files), 'file')}"


def _run(run: Run) -> str:
    made = f"{run.made_at[:10]} {run.made_at[11:16]} UTC"
    by = f"audited {made} by provisor {show(run.version)}"
    return f"{show(run.folder)}: {many(run.rows, 'row')}, {by}"


def _changes(said: Comparison) -> Table:
    table = new_table("what", "why", ">rows", "first rows (after)")
    for one in said.changes:
        why = " + ".join(CAUSES[cause] for cause in one.causes)
        rows = ", ".join(f"{row:,}" for row in one.first_rows)
        add_row(table, WAYS[one.way], why, f"{one.rows:,}", rows)
    return table


def _moves(said: Comparison) -> Table:
    table = new_table("before", "after", ">rows")
    for one in said.moves:
        add_row(table, one.before, one.after, f"{one.rows:,}")
    return table


def _rules(said: Comparison) -> Table:
    table = new_table(
        "rule", ">before", ">after", ">came", ">went", ">cannot tell", ">of it new", ">told now"
    )
    for one in said.rules:
        _count(
            table, one.rule, one.before, one.after, one.came, one.went, one.untold_after,
            one.untold_came, one.untold_went,
        )  # fmt: skip
    return table


def _of_dataset(said: Comparison) -> Table:
    table = new_table("rule", "before", "after")
    for one in said.of_dataset:
        before, after = (_WHOLE.get(level, level) for level in (one.before or "", one.after or ""))
        add_row(table, one.rule, before, after)
    return table


def _sites(said: Comparison) -> Table:
    table = new_table("site", ">riskier", ">untold", ">cured", ">told", ">other", "rules")
    for one in said.sites:
        counts = (one.riskier, one.untold, one.cured, one.told, one.other)
        add_row(table, show(one.site), *(f"{count:,}" for count in counts), ", ".join(one.rules))
    return table


def _lone_levels(said: Comparison) -> Table:
    table = new_table("level", ">before", ">after")
    if _lone(said):
        for level in said.after.levels:
            _count(table, level, said.gone.levels.get(level, 0), said.came.levels.get(level, 0))
    return table


def _lone_sites(said: Comparison) -> Table:
    table = new_table("site", ">before", ">after", ">rows before", ">rows after")
    for one in said.lone_sites:
        _count(table, show(one.site), one.before, one.after, one.rows_before, one.rows_after)
    return table


def _count(table: Table, name: str, *counts: int) -> None:
    add_row(table, name, *(f"{count:,}" for count in counts))
