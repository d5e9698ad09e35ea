"""`provisor blocklist status`, `history`, `diff`, `review` and `stats`: what became of lists."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 (click reads it)
from typing import TYPE_CHECKING

import click

from blocklists.life_forms import counts, counts_table, entries_table, history_table, told
from blocklists.printing import as_json as json_of
from blocklists.printing import table, time_text
from provenance.errors import UsageRefused
from provenance.options import json_option, say, store_options
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blocklists.standing import Standing

_DAY = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"])


@click.command("status")
@click.argument("name", required=False, default="")
@click.option("--as-of", type=_DAY, metavar="DATE", help="As it was known then (UTC).")
@store_options
@json_option
def show_status(
    name: str, store: Path, wait_s: float, as_of: datetime | None, *, as_json: bool
) -> None:
    """Show in what state lists and entries are.

    NAME is a list, what an entry names, the beginning of an entry's id, or the SHA-256 of a file
    that was handed in. Without it, every list is counted.

    \b
    Examples:
      provisor blocklist status example-publisher/sites
      provisor blocklist status manga-demo.example --as-of 2026-02-03
    """
    from blocklists.standing import standings
    from blocklists.statistics import corroboration
    from provenance.store import reading

    with reading(store, wait_s=wait_s, say=say) as connection:
        every = standings(connection, as_of=as_of.replace(tzinfo=UTC) if as_of else None)
        backing = corroboration(connection, every)
    found = _found(every, name)
    if not found:
        raise UsageRefused(
            show(name or str(store)), "nothing here is called that", "see `provisor blocklist list`"
        )
    counted = not name or any(one.list_id == name for one in found)
    if as_json:
        click.echo(json_of(counts(found) if counted else [told(one, backing) for one in found]))
        return
    click.echo(counts_table(found) if counted else entries_table(found, backing))


@click.command("history")
@click.argument("list_id", metavar="LIST")
@click.argument("entry")
@store_options
@json_option
def show_history(list_id: str, entry: str, store: Path, wait_s: float, *, as_json: bool) -> None:
    """Show every step of ENTRY on LIST: when, what, who, why.

    \b
    Example:
      provisor blocklist history example-publisher/sites manga-demo.example
    """
    from blocklists.events import history
    from blocklists.naming import chosen
    from blocklists.standing import standings
    from provenance.store import reading

    with reading(store, wait_s=wait_s, say=say) as connection:
        (one,) = chosen(standings(connection, list_id), [entry], show(list_id))
        steps = history(connection, list_id, one.entry_id)
    click.echo(json_of(steps) if as_json else history_table(one, steps))


@click.command("diff")
@click.argument("list_id", metavar="LIST")
@click.argument("first", type=int)
@click.argument("second", type=int)
@store_options
@json_option
def show_difference(
    list_id: str, first: int, second: int, store: Path, wait_s: float, *, as_json: bool
) -> None:
    """Show what leads from version FIRST of LIST to version SECOND.

    \b
    Example:
      provisor blocklist diff example-publisher/sites 1 2
    """
    from blocklists.versions import difference_of_versions
    from provenance.store import reading

    with reading(store, wait_s=wait_s, say=say) as connection:
        change, names = difference_of_versions(connection, list_id, first, second)
    added, removed = (sorted(names[one] for one in part) for part in (change.added, change.removed))
    if as_json:
        click.echo(json_of({
            "added": added, "removed": removed, "kept": len(change.kept),
            "share": round(change.share, 4), "needs_confirmation": change.needs_confirmation,
        }))  # fmt: skip
        return
    click.echo(f"{show(list_id)} {first} to {second}: {change}")
    for mark, part in (("+", added), ("-", removed)):
        for name in part:
            click.echo(f"{mark} {show(name)}")


@click.command("review")
@click.option("--list", "list_id", default="", metavar="OWNER/SLUG", help="Of this list alone.")
@store_options
@json_option
def show_waiting(list_id: str, store: Path, wait_s: float, *, as_json: bool) -> None:
    """Show what waits for a person: entries, versions to be confirmed, lists to be verified.

    \b
    Example:
      provisor blocklist review
    """
    from blocklists.doubts import REASONS
    from blocklists.reviewing import waiting
    from provenance.store import reading

    with reading(store, wait_s=wait_s, say=say) as connection:
        found = waiting(connection, list_id)
    if as_json:
        waits = [told(one) for one in found.entries]
        click.echo(json_of({
            "entries": waits, "versions": found.versions, "unverified": found.unverified,
        }))  # fmt: skip
        return
    for version in found.versions:
        click.echo(
            f"{show(version.list_id)} version {version.version}: {show(version.change)}; import "
            "the file again with --confirmed-by NAME once another person has looked"
        )
    for name, count in found.unverified.items():
        click.echo(
            f"{show(name)}: nobody has verified this list, entries that wait: {count:,}; decide on "
            "them with `provisor blocklist decide`"
        )
    if not found.entries:
        if not found.unverified:
            click.echo("no entry waits")
        return
    rows = [
        (one.list_id, one.target, one.scope, one.state, REASONS.get(one.reason, one.reason or "-"),
         time_text(one.since), one.submitter)
        for one in found.entries
    ]  # fmt: skip
    click.echo(table([("LIST", "ENTRY", "SCOPE", "STATE", "WHY", "SINCE", "SUBMITTER"), *rows]))


@click.command("stats")
@store_options
@json_option
def show_statistics(store: Path, wait_s: float, *, as_json: bool) -> None:
    """Show what became of all that each submitter handed in.

    \b
    Example:
      provisor blocklist stats
    """
    from dataclasses import asdict

    from blocklists.standing import standings
    from blocklists.statistics import statistics
    from provenance.store import reading

    with reading(store, wait_s=wait_s, say=say) as connection:
        found = statistics(standings(connection))
    if as_json:
        click.echo(json_of([{**asdict(s), "error_share": round(s.error_share, 4)} for s in found]))
        return
    heads = ("SUBMITTER", "LISTS", "ENTRIES", "STANDING", "CORROBORATED", "DISPUTED", "HELD BACK",
             "REJECTED", "ERRORS")  # fmt: skip
    rows = [
        (s.submitter, *(f"{number:,}" for number in (
            s.lists, s.entries, s.standing, s.corroborated, s.disputed, s.quarantined, s.rejected,
            s.withdrawn_as_error)))
        for s in found
    ]  # fmt: skip
    click.echo(table([heads, *rows]))


def _found(every: Sequence[Standing], name: str) -> list[Standing]:
    """Return what is called *name*: a list, a file, an entry."""
    from blocklists.naming import meant

    if not name:
        return list(every)
    of_list = [one for one in every if name in {one.list_id, one.file_sha256}]
    return of_list or meant(every, name)
