"""`provisor blocklist withdraw`, `dispute` and `decide`: steps that people take on entries."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 (click reads it)
from typing import TYPE_CHECKING

import click

from blocklists.life import Cause, Step
from blocklists.list_options import own_option, popular_option, watched_of
from blocklists.printing import as_json as json_of
from provenance.errors import UsageRefused
from provenance.many import many
from provenance.options import json_option, say, store_options
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blocklists.doubts import Watched


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
    decision = Decision(step, actor, cause, note)
    with writing(store, wait_s=wait_s, say=say) as connection:
        now = datetime.now(UTC)
        events = decide(
            connection, list_id, entries, decision, now=now, watched=watched or NOTHING_WATCHED
        )
    if as_json:
        click.echo(json_of(events))
        return
    done = sum(event.what is step for event in events)
    why = f" ({cause})" if cause else ""
    click.echo(f"{show(list_id)}: {many(done, 'entry')} {step}{why} by {show(actor)}")
    if held := len(events) - done:
        click.echo(f"held back {held:,}: see blocklist review")
