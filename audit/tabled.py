"""An audit as one table: levels, findings, answers, lists, sites; `part` says which it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.headline import footer, headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.summary import Summary

COLUMNS = ("part", "name", "level", "rows", "possible", "untold", "hosts", "said")

Cells = tuple[object, ...]


def table_rows(summary: Summary) -> Iterator[Cells]:
    """Yield the rows of the table: what is to be read first, then what was counted."""
    for name, said in headline(summary).items():
        yield "about", name, "", "", "", "", "", said
    for language, said in zip(("en", "ja"), footer(), strict=True):
        yield "about", language, "", "", "", "", "", said
    for level, rows in summary.levels.items():
        yield "level", level, level, rows, "", "", "", ""
    for one in summary.findings:
        levels = " ".join(one.levels)
        yield (
            "finding", one.rule.id, levels, one.rows, one.possible, one.untold, one.hosts,
            one.rule.title,
        )  # fmt: skip
    for answer in summary.classes:
        yield "robots", answer.robots, "", answer.rows, "", "", "", answer.basis
    for listed in summary.lists:
        received = f"{listed.status} {listed.received_at:%Y-%m-%dT%H:%M:%SZ} {listed.submitter}"
        yield "list", listed.list_id, "", listed.rows, "", "", "", received
    for top in summary.sites:
        said = " ".join([*top.rules, *([f"at {top.host}"] if top.beneath else [])])
        yield "site", top.site, top.level, top.rows, "", "", top.hosts, said
