"""`provisor blocklist preview`: what a list would name in a dataset, before it is accepted."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blocklists.list_options import encoding_option, format_option
from blocklists.printing import as_json as json_of
from blocklists.printing import table
from provenance.many import many
from provenance.options import json_option, store_option
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blocklists.preview import Preview, Reach

_SHOWN = 50
_NUMBERS = 1000
"""Rows that a sealed list names are told by number, at most so many."""


@click.command("preview")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    required=True,
    help="The dataset's manifest, in any form that `audit` reads.",
)
@click.option("--url-column", default="", metavar="NAME", help="Its column of addresses.")
@click.option(
    "--digest-column",
    "digest_columns",
    multiple=True,
    metavar="NAME[:ALGORITHM]",
    help="A column of digests; may be said several times. Without it, those that are plain.",
)
@click.option("--pdq-column", default="", metavar="NAME", help="Its column of PDQ digests.")
@format_option
@encoding_option
@click.option(
    "--sealed",
    is_flag=True,
    help="FILE is to be sealed: tell its lines and the rows by number, and nothing else.",
)
@store_option
@json_option
def preview_list(
    file: Path,
    format_name: str | None,
    encoding: str,
    store: Path,
    *,
    sealed: bool,
    as_json: bool,
    **columns: Any,
) -> None:
    """Show which rows of a dataset the list FILE would name, before it is accepted.

    Nothing is stored, and no address is shown that a sealed list names. Entries that name over a
    thousandth of all rows, or over 1,000 hosts, are marked: look at them before you import the
    list. So is a digest that over 100 rows of over 20 hosts have: it is hardly that of a work, but
    of what servers send in its place.

    \b
    Examples:
      provisor blocklist preview sites.csv --manifest dataset.parquet
      provisor blocklist preview hashes.csv --manifest dataset.parquet --digest-column image:sha256
    """
    from provenance.sealed import names_beside

    now = datetime.now(UTC)
    if sealed:
        _tell_unseen(file, format_name, encoding, now, as_json=as_json, columns=columns)
        return
    from blocklists.keeping import refuse_unkept
    from blocklists.preview import preview
    from blocklists.reading import read_list

    checked = read_list(file, format_name=format_name, encoding=encoding, now=now)
    refuse_unkept(checked)
    found = preview(
        [entry.target for entry in checked.entries],
        digests=[entry.digest for entry in checked.digests],
        names=names_beside(store),
        **columns,
    )
    told = [_told(one, found.rows, restricted=checked.restricted) for one in found.reaches]
    if as_json:
        click.echo(json_of({**asdict(found), "reaches": told, "refused": len(checked.refusals)}))
        return
    entries = len(checked.entries) + len(checked.digests)
    lines = _totals(found, entries, len(checked.refusals))
    rows = [
        (one["target"], f"{one['rows']:,}", f"{one['hosts']:,}", _mark(one),
         next(iter(one["samples"]), ""))
        for one in told[:_SHOWN]
    ]  # fmt: skip
    click.echo(_text(lines, ("ENTRY", "ROWS", "HOSTS", "", "FOR INSTANCE"), rows, len(told)))


def _tell_unseen(
    file: Path,
    format_name: str | None,
    encoding: str,
    now: datetime,
    *,
    as_json: bool,
    columns: dict[str, Any],
) -> None:
    """Tell of a list that is to be sealed what may be told: lines, counts and rows by number."""
    from blocklists.unseen import preview_unseen, read_unseen

    entries, refused = read_unseen(
        file, format_name=format_name, encoding=encoding, skip_refused=True, now=now
    )
    found = preview_unseen(entries, most=_NUMBERS, **columns)
    left_out = sum(map(len, refused.values()))
    lines_of: dict[str, int] = {}
    for entry in entries:
        lines_of.setdefault(entry.entry_id, entry.line)
    told = [
        {"line": lines_of[one.entry_id], "rows": one.rows, "hosts": one.hosts}
        | _marks(one, found.rows)
        for one in found.reaches
    ]
    if as_json:
        click.echo(json_of({**asdict(found), "reaches": told, "refused": left_out}))
        return
    lines = _totals(found, len(entries), left_out)
    if found.row_numbers:
        lines.append(f"rows {', '.join(map(str, found.row_numbers[:_SHOWN]))} (counted from 0)")
    if more := found.named - len(found.row_numbers[:_SHOWN]):
        lines.append(f"and {many(more, 'row')} more: --json shows the first {_NUMBERS:,}")
    rows = [
        (f"line {one['line']}", f"{one['rows']:,}", f"{one['hosts']:,}", _mark(one))
        for one in told[:_SHOWN]
    ]
    click.echo(_text(lines, ("ENTRY", "ROWS", "HOSTS", ""), rows, len(told)))


def _told(reach: Reach, rows: int, *, restricted: bool) -> dict[str, Any]:
    """Return what is told of one entry; of a restricted list not what it names."""
    said = asdict(reach) | _marks(reach, rows)
    if restricted and not reach.digest:
        said |= {"target": f"restricted {reach.entry_id[:12]}", "samples": ()}
    return said


def _marks(reach: Reach, rows: int) -> dict[str, bool]:
    return {"wide": reach.is_wide(rows), "placeholder": reach.is_placeholder}


def _mark(told: dict[str, Any]) -> str:
    """Return the graver of an entry's marks."""
    return "placeholder?" if told["placeholder"] else "wide" if told["wide"] else ""


def _totals(found: Preview, entries: int, refused: int) -> list[str]:
    named = f"{found.named:,} of {many(found.rows, 'row')} named"
    lines = [f"{named}, by {len(found.reaches):,} of {many(entries, 'entry')}"]
    if found.unreadable:
        lines.append(f"not compared: {many(found.unreadable, 'row')} with an unreadable address")
    if found.uncompared:
        fact = f"not compared: {many(found.uncompared, 'digest')} without a column"
        lines.append(f"{fact}; name one with --digest-column or --pdq-column")
    if refused:
        lines.append(f"refused: {many(refused, 'line')}; see `provisor blocklist check`")
    return lines


def _text(
    lines: list[str], heads: Sequence[str], rows: Sequence[Sequence[str]], reaches: int
) -> str:
    if rows:
        lines.append(table([heads, *rows]))
    if reaches > _SHOWN:
        lines.append(f"and {many(reaches - _SHOWN, 'entry')} more: --json shows them all")
    return "\n".join(show(line, 4000) if "\n" not in line else line for line in lines)
