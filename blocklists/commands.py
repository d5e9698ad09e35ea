"""`provisor blocklist`: check, receive and show what right holders hand in."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blocklists.codes import LANGUAGES
from blocklists.decision_commands import decide_entries, dispute_entries, withdraw_entries
from blocklists.following_commands import sync_lists
from blocklists.life_commands import (
    show_difference,
    show_history,
    show_statistics,
    show_status,
    show_waiting,
)
from blocklists.list_forms import checked_object, checked_text, receipt_text, received_table
from blocklists.list_options import (
    encoding_option,
    format_option,
    own_option,
    popular_option,
    watched_of,
)
from blocklists.packages import BASES, ROLES
from blocklists.preview_command import preview_list
from blocklists.printing import as_json as json_of
from blocklists.sealing_commands import seal_list, show_sealed, unseal_list
from blocklists.telling import refusing_in
from provenance.errors import InputRefused
from provenance.options import json_option, say, store_options

if TYPE_CHECKING:
    from collections.abc import Callable


@click.group("blocklist")
def blocklist() -> None:
    """Check, receive and show lists of sites that right holders hand in."""


def _speak(context: click.Context, _: click.Parameter, language: str) -> None:
    """Say everything in *language* until the command ends."""
    context.with_resource(refusing_in(language))


for _command in (
    decide_entries, dispute_entries, preview_list, seal_list, show_difference, show_history,
    show_sealed, show_statistics, show_status, show_waiting, sync_lists, unseal_list,
    withdraw_entries,
):  # fmt: skip
    blocklist.add_command(_command)


def _reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add --format, --encoding and --lang."""
    command = click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default="en",
        show_default=True,
        expose_value=False,
        callback=_speak,
        help="The language in which lines are refused.",
    )(command)
    return format_option(encoding_option(command))


def _naming_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add --list-id, --submitter, --role and --basis; the manifest of a package has them all."""
    for option in (
        click.option(
            "--basis",
            type=click.Choice(BASES),
            help="What the list rests on.  [default: third_party_list]",
        ),
        click.option(
            "--role",
            type=click.Choice(ROLES),
            help="What the submitter is.  [default: list_maintainer]",
        ),
        click.option("--submitter", metavar="NAME", help="Who hands it in."),
        click.option("--list-id", metavar="OWNER/SLUG", help="The name of the list."),
    ):
        command = option(command)
    return command


@blocklist.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@_reading_options
@json_option
def check_list(file: Path, format_name: str | None, encoding: str, *, as_json: bool) -> None:
    """Show what FILE would give, and every line that would be refused and why.

    FILE is a list, or the folder of a package. Nothing is stored. The exit code is 3 when a line
    is refused.

    \b
    Example:
      provisor blocklist check sites.csv
    """
    from blocklists.reading import read_list

    checked = read_list(file, format_name=format_name, encoding=encoding, now=datetime.now(UTC))
    click.echo(json_of(checked_object(checked)) if as_json else checked_text(checked))
    if checked.refusals:
        click.get_current_context().exit(InputRefused.exit_code)


@blocklist.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@_naming_options
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Since when anybody could read the list.",
)
@click.option(
    "--unverified",
    is_flag=True,
    help="Only note that it came; it is used when it is imported again without this.",
)
@click.option(
    "--skip-refused",
    is_flag=True,
    help="Leave refused lines out instead of refusing the list.",
)
@popular_option
@own_option
@click.option(
    "--confirmed-by",
    default="",
    metavar="NAME",
    help="Who, other than the submitter, looked at a version that changes much.",
)
@click.option("--note", default="", metavar="TEXT", help="In their own words.")
@_reading_options
@store_options
@json_option
def import_list(
    file: Path,
    store: Path,
    published: datetime | None,
    popular: Path | None,
    own: tuple[str, ...],
    *,
    unverified: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Receive the list FILE: from now on its entries are known.

    The time of receipt is this computer's, never one that the file claims. The list is stored
    whole or not at all. A file received before under the same list id is not received again.

    \b
    Example:
      provisor blocklist import sites.csv --list-id example-publisher/sites --submitter Example
    """
    from blocklists.submit import submit

    receipt = submit(
        store,
        file,
        published_at=published.replace(tzinfo=UTC) if published else None,
        status="received" if unverified else "accepted",
        watched=watched_of(popular, own),
        say=say,
        **{name: value for name, value in options.items() if value is not None},
    )
    click.echo(json_of(asdict(receipt)) if as_json else receipt_text(receipt))


@blocklist.command("list")
@store_options
@json_option
def list_received(store: Path, wait_s: float, *, as_json: bool) -> None:
    """Show which lists were received, and when.

    \b
    Example:
      provisor blocklist list
    """
    from blocklists.receipts import receipts
    from provenance.store import reading

    with reading(store, wait_s=wait_s, say=say) as connection:
        found = receipts(connection)
    click.echo(json_of([asdict(one) for one in found]) if as_json else received_table(found))
