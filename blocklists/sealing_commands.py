"""`provisor blocklist seal`, `sealed` and `unseal`: lists of illegal content, kept unseen."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blocklists.list_options import encoding_option, format_option
from blocklists.printing import as_json as json_of
from blocklists.printing import table, time_text
from provenance.many import many
from provenance.options import json_option, say, store_option, store_options
from provenance.records import SEALED_KINDS

if TYPE_CHECKING:
    from blocklists.sealing import SealReceipt


@click.command("seal")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--list-id", required=True, metavar="OWNER/SLUG", help="The name of the list.")
@click.option(
    "--kind",
    type=click.Choice(SEALED_KINDS),
    required=True,
    help="What it names: child sexual abuse material, intimate images without consent, or other.",
)
@click.option("--submitter", required=True, metavar="NAME", help="The body that hands it in.")
@click.option("--role", type=click.Choice(["authority", "hotline"]), required=True)
@click.option(
    "--terms",
    required=True,
    metavar="TEXT",
    help="The licence or agreement that permits to match datasets with it.",
)
@click.option("--skip-refused", is_flag=True, help="Leave lines out that cannot be sealed.")
@format_option
@encoding_option
@store_options
@json_option
def seal_list(
    file: Path,
    store: Path,
    wait_s: float,
    *,
    skip_refused: bool,
    format_name: str | None,
    encoding: str,
    as_json: bool,
    **told: str,
) -> None:
    """Seal FILE, a list of illegal content: audits and crawls heed it, and nothing shows it.

    Only keyed digests are kept, beside the store and readable by you alone. No command prints,
    exports or compares what is listed; lines that cannot be sealed are told by number and code.
    FILE itself is yours to destroy. The list takes the place of its version before.

    \b
    Example:
      provisor blocklist seal hashes.csv --list-id hotline/files --kind csam \\
          --submitter "Example Hotline" --role hotline --terms "agreement 2026-17"
    """
    from blocklists.sealing import Terms, seal

    receipt = seal(
        store, file, Terms(**told), format_name=format_name, encoding=encoding,
        skip_refused=skip_refused, wait_s=wait_s, say=say,
    )  # fmt: skip
    click.echo(json_of(asdict(receipt)) if as_json else _told(receipt))


@click.command("sealed")
@store_option
@json_option
def show_sealed(store: Path, *, as_json: bool) -> None:
    """Show which lists are sealed: their names, and how many entries they have.

    \b
    Example:
      provisor blocklist sealed
    """
    from provenance.sealed import sealed_beside

    found = sealed_beside(store)
    lists = found.lists if found else ()
    if as_json:
        click.echo(json_of([asdict(one) for one in lists]))
        return
    rows = [
        (one.list_id, one.kind, f"{one.entries:,}", time_text(one.received_at), one.submitter,
         one.terms)
        for one in lists
    ]  # fmt: skip
    heads = ("LIST", "KIND", "ENTRIES", "RECEIVED", "SUBMITTER", "TERMS")
    click.echo(table([heads, *rows]) if rows else "no list is sealed")


@click.command("unseal")
@click.argument("list_id", metavar="LIST")
@store_option
def unseal_list(list_id: str, store: Path) -> None:
    """Remove the sealed list LIST, where its owner asks for it or its terms have ended.

    \b
    Example:
      provisor blocklist unseal hotline/files
    """
    from blocklists.sealing import unseal

    count = unseal(store, list_id)
    click.echo(f"{list_id}: unsealed; {many(count, 'entry')} gone")


def _told(receipt: SealReceipt) -> str:
    from blocklists.unseen import lines_told

    lines = [
        f"sealed     {receipt.list_id} ({receipt.kind}): {many(receipt.entries, 'entry')}",
        f"received   {time_text(receipt.received_at)}",
    ]
    if receipt.removed:
        lines.append(f"removed    {receipt.removed:,} that this version has not")
    for code, numbers in receipt.refused.items():
        lines.append(f"left out   {len(numbers):,} ({code}): {lines_told(numbers)}")
    return "\n".join(lines)
