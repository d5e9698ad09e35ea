"""`provisor blocklist`: what became of a list, and decisions on its entries."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 (click reads it)
from typing import TYPE_CHECKING

import click

from blocklists.following_commands import own_option, popular_option, watched_of
from blocklists.life import WAITING, Cause, State, Step
from blocklists.printing import as_json, table, time_text
from provenance.errors import UsageRefused
from provenance.options import json_option, say, store_options
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blocklists.deciding import Decision
    from blocklists.doubts import Watched
    from blocklists.events import Event
    from blocklists.standing import Standing

_DAY = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"])
_SHOWN = 50


def _deciding_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the list, its entries, who decides, and in which words."""
    for option in (
        json_option,
        store_options,
        click.option("--note", default="", metavar="TEXT", help="Why, in their own words."),
        click.option("--by", "actor", required=True, metavar="NAME", help="Who decides."),
        click.argument("entries", nargs=-1),
        click.argument("list_id", metavar="LIST"),
    ):
        command = option(command)
    return command


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
        raise UsageRefused(show(name or str(store)), "nothing here is called that", "see `list`")
    counted = not name or any(one.list_id == name for one in found)
    if as_json:
        told = _counts(found) if counted else [_told(one, backing) for one in found]
        click.echo(_json(told))
        return
    click.echo(_counts_table(found) if counted else _entries_table(found, backing))


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
    click.echo(_json(steps) if as_json else _history_table(one, steps))


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
        click.echo(_json({
            "added": added, "removed": removed, "kept": len(change.kept),
            "share": round(change.share, 4), "needs_confirmation": change.needs_confirmation,
        }))  # fmt: skip
        return
    click.echo(f"{show(list_id)} {first} to {second}: {change}")
    for mark, part in (("+", added), ("-", removed)):
        for name in part:
            click.echo(f"{mark} {show(name)}")


@click.command("withdraw")
@_deciding_options
@click.option(
    "--cause",
    type=click.Choice([one.value for one in Cause]),
    required=True,
    help="error: it never was right. cured, settled: from now on it is not.",
)
@click.option("--all", "every", is_flag=True, help="All entries of the list.")
def withdraw_entries(
    list_id: str,
    entries: Sequence[str],
    cause: str,
    every: bool,  # noqa: FBT001 (click gives options by name)
    **options: object,
) -> None:
    """Withdraw ENTRIES of LIST, as its submitter.

    An error strikes them for every act, and reports say so; the others end them now. Entries of
    other lists for the same sites stay as they are.

    \b
    Example:
      provisor blocklist withdraw example-publisher/sites manga-demo.example \\
          --cause settled --by "Example Publisher KK" --note "licensed"
    """
    if bool(entries) == every:
        raise UsageRefused("withdraw", "which entries is not said", "name them, or add --all")
    _carry_out(list_id, entries, Step.WITHDRAWN, Cause(cause), **options)  # type: ignore[arg-type]


@click.command("dispute")
@_deciding_options
def dispute_entries(list_id: str, entries: Sequence[str], **options: object) -> None:
    """Record that somebody, such as a site's owner, disputes ENTRIES of LIST.

    They count until that is decided, and are marked.

    \b
    Example:
      provisor blocklist dispute example-publisher/sites shop.example --by "Shop KK" \\
          --note "we sell these works under licence"
    """
    if not entries:
        raise UsageRefused("dispute", "no entry is named", "name each entry that is disputed")
    _carry_out(list_id, entries, Step.DISPUTED, None, **options)  # type: ignore[arg-type]


@click.command("decide")
@_deciding_options
@click.option(
    "--outcome",
    type=click.Choice(["accepted", "rejected", "upheld", "withdrawn"]),
    required=True,
    help="accepted or rejected: of what is held back; upheld or withdrawn: of what is disputed.",
)
@click.option("--cause", type=click.Choice([one.value for one in Cause]), help="Of a withdrawal.")
@click.option("--all", "every", is_flag=True, help="All that wait for this decision.")
@popular_option
@own_option
def decide_entries(
    list_id: str,
    entries: Sequence[str],
    outcome: str,
    cause: str | None,
    popular: Path | None,
    own: tuple[str, ...],
    every: bool,  # noqa: FBT001 (click gives options by name)
    **options: object,
) -> None:
    """Decide on ENTRIES of LIST that are disputed or held back, as somebody who is no party to it.

    With --all, entries that are held back are not accepted, and what nobody has looked at yet is
    held back as at its receipt: name each of these, once it was looked at.

    \b
    Examples:
      provisor blocklist decide example-publisher/sites mega.example --outcome accepted --by Ito
      provisor blocklist decide example-publisher/sites shop.example --outcome withdrawn \\
          --cause error --by Ito --note "licence shown"
    """
    if bool(entries) == every:
        raise UsageRefused("decide", "which entries is not said", "name them, or add --all")
    step, watched = Step(outcome), watched_of(popular, own)
    _carry_out(list_id, entries, step, Cause(cause) if cause else None, watched=watched, **options)  # type: ignore[arg-type]


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
    from blocklists.reviewing import unverified, waiting
    from provenance.store import reading

    with reading(store, wait_s=wait_s, say=say) as connection:
        entries, versions = waiting(connection, list_id)
        lists = unverified(connection, versions, list_id)
    if as_json:
        told = [_told(one) for one in entries]
        click.echo(_json({"entries": told, "versions": versions, "unverified": lists}))
        return
    for version in versions:
        click.echo(
            f"{show(version.list_id)} version {version.version}: {version.change}; import the file "
            "again with --confirmed-by NAME once another person has looked"
        )
    for name, count in lists.items():
        click.echo(
            f"{show(name)}: nobody has verified this list, entries that wait: {count:,}; decide on "
            "them with `provisor blocklist decide`"
        )
    if not entries:
        if not lists:
            click.echo("no entry waits")
        return
    rows = [
        (one.list_id, one.target, one.scope, one.state, REASONS.get(one.reason, one.reason or "-"),
         time_text(one.since), one.submitter)
        for one in entries
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
        click.echo(_json([{**asdict(s), "error_share": round(s.error_share, 4)} for s in found]))
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


def _carry_out(
    list_id: str,
    entries: Sequence[str],
    step: Step,
    cause: Cause | None,
    *,
    actor: str,
    note: str,
    store: Path,
    wait_s: float,
    as_json: bool,
    watched: Watched | None = None,
) -> None:
    from blocklists.deciding import Decision, decide
    from blocklists.doubts import NOTHING_WATCHED
    from provenance.store import reading, writing

    with reading(store, wait_s=wait_s, say=say):
        pass  # a decision makes no store
    decision: Decision = Decision(step, actor, cause, note)
    with writing(store, wait_s=wait_s, say=say) as connection:
        now = datetime.now(UTC)
        events = decide(
            connection, list_id, entries, decision, now=now, watched=watched or NOTHING_WATCHED
        )
    if as_json:
        click.echo(_json(events))
        return
    done = sum(event.what is step for event in events)
    number = f"{done:,} {'entry' if done == 1 else 'entries'}"
    why = f" ({cause})" if cause else ""
    click.echo(f"{show(list_id)}: {number} {step}{why} by {show(actor)}")
    if held := len(events) - done:
        click.echo(f"held back {held:,}: see blocklist review")


def _found(every: Sequence[Standing], name: str) -> list[Standing]:
    """Return what is called *name*: a list, a file, an entry."""
    from blocklists.naming import meant

    if not name:
        return list(every)
    of_list = [one for one in every if name in {one.list_id, one.file_sha256}]
    return of_list or meant(every, name)


def _counts(found: Sequence[Standing]) -> list[dict[str, object]]:
    lists = sorted({one.list_id for one in found})
    return [
        {
            "list_id": name,
            "submitter": next(one.submitter for one in found if one.list_id == name),
            "entries": sum(one.list_id == name for one in found),
            "states": {
                state.value: count
                for state in State
                if (count := sum(one.list_id == name and one.state == state for one in found))
            },
        }
        for name in lists
    ]


def _counts_table(found: Sequence[Standing]) -> str:
    rows = [
        (str(one["list_id"]), str(one["submitter"]), f"{one['entries']:,}",
         ", ".join(f"{count:,} {state}" for state, count in one["states"].items()))  # type: ignore[attr-defined]
        for one in _counts(found)
    ]  # fmt: skip
    text = table([("LIST", "SUBMITTER", "ENTRIES", "STATES"), *rows])
    waiting = sum(one.state in WAITING or one.state == State.DISPUTED for one in found)
    return f"{text}\n{waiting:,} wait: `provisor blocklist review`" if waiting else text


def _entries_table(found: Sequence[Standing], backing: dict[str, str]) -> str:
    rows = [
        (one.list_id, one.target, one.scope, one.state + (f" ({one.reason})" if one.reason else ""),
         time_text(one.since), time_text(one.received_at), backing.get(one.entry_id, "-"),
         one.entry_id[:12])
        for one in found[:_SHOWN]
    ]  # fmt: skip
    more = (
        f"\nand {len(found) - _SHOWN:,} more: --json shows them all" if len(found) > _SHOWN else ""
    )
    heads = ("LIST", "ENTRY", "SCOPE", "STATE", "SINCE", "RECEIVED", "BACKING", "ID")
    return table([heads, *rows]) + more


def _history_table(one: Standing, steps: Sequence[Event]) -> str:
    rows = [
        (time_text(step.recorded_at), step.what, step.reason or "-", step.actor,
         f"from {time_text(step.from_at)}" if step.from_at != step.recorded_at else "", step.note)
        for step in steps
    ]  # fmt: skip
    heads = ("WHEN", "WHAT", "WHY", "WHO", "", "NOTE")
    return f"{show(one.target)} ({one.scope}), id {one.entry_id}\n{table([heads, *rows])}"


def _told(one: Standing, backing: dict[str, str] | None = None) -> dict[str, object]:
    told: dict[str, object] = {
        "list_id": one.list_id, "entry_id": one.entry_id, "target": one.target,
        "scope": one.scope, "state": str(one.state), "reason": one.reason, "since": one.since,
        "received_at": one.received_at, "expires_at": one.expires_at, "submitter": one.submitter,
    }  # fmt: skip
    return told | ({"backing": backing.get(one.entry_id)} if backing is not None else {})


_json = as_json
