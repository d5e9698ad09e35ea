"""`provisor blocklist preview` and `sync`: what a list would name; published lists to follow."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blocklists.documents import ENCODINGS
from blocklists.printing import as_json as json_of
from blocklists.printing import table
from provenance.errors import Incomplete, UsageRefused
from provenance.options import json_option, say, store_option, store_options
from provenance.show import show

if TYPE_CHECKING:
    from blocklists.doubts import Watched
    from blocklists.preview import Preview

_SHOWN = 50

popular_option = click.option(
    "--popular",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Names so visited that entries for them are held back: a line each, or rank,name.",
)

own_option = click.option(
    "--own",
    multiple=True,
    metavar="NAME",
    help="A site of yours, for which entries are held back; may be said several times.",
)


def watched_of(popular: Path | None, own: tuple[str, ...]) -> Watched:
    """Return the names that entries are held back for.

    Raises:
        UsageRefused: one of *own* is no name.
    """
    from blocklists.doubts import Watched, read_popular, sites_of

    for name in own:
        if not sites_of(name):
            fact = f"{show(name, 80)!r} is no name of a site"
            raise UsageRefused("--own", fact, "write it as example.jp")
    return Watched(read_popular(popular) if popular else frozenset(), sites_of(*own))


@click.command("preview")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    required=True,
    help="The dataset's manifest, in any form that `audit` reads.",
)
@click.option("--url-column", default="", metavar="NAME", help="Its column of addresses.")
@click.option("--format", "format_name", help="Of FILE; without it, found by its lines.")
@click.option(
    "--encoding", type=click.Choice(ENCODINGS), default="utf-8", show_default=True, help="Of FILE."
)
@store_option
@json_option
def preview_list(
    file: Path,
    manifest: Path,
    url_column: str,
    format_name: str | None,
    encoding: str,
    store: Path,
    *,
    as_json: bool,
) -> None:
    """Show which rows of a dataset the list FILE would name, before it is accepted.

    Nothing is stored, and no address is shown that a sealed list names. Entries that name over a
    thousandth of all rows, or over 1,000 hosts, are marked: look at them before you import the
    list.

    \b
    Example:
      provisor blocklist preview sites.csv --manifest dataset.parquet
    """
    from blocklists.preview import preview
    from blocklists.reading import read_list
    from provenance.sealed import names_beside

    checked = read_list(file, format_name=format_name, encoding=encoding, now=datetime.now(UTC))
    targets = [entry.target for entry in checked.entries]
    found = preview(targets, manifest, url_column=url_column, names=names_beside(store))
    if as_json:
        click.echo(json_of(found))
        return
    click.echo(_preview_text(found, len(checked.entries)))


@click.command("sync")
@click.argument("sources", type=click.Path(path_type=Path))
@popular_option
@own_option
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    help="Where each version that comes is kept.  [default: lists/ beside the store]",
)
@click.option("--allow-http", is_flag=True, help="Take addresses without TLS as well.")
@click.option("--allow-loopback", is_flag=True, help="For tests: addresses of this machine.")
@store_options
@json_option
def sync_lists(
    sources: Path,
    popular: Path | None,
    own: tuple[str, ...],
    keep: Path | None,
    store: Path,
    wait_s: float,
    *,
    allow_http: bool,
    allow_loopback: bool,
    as_json: bool,
) -> None:
    """Look again at the published lists that SOURCES names, and receive what is new.

    SOURCES is a TOML file with a [[source]] table for each list: list_id, submitter, and path or
    url; role, basis, format and encoding where they differ. Each look is recorded with its time and
    what came of it: found, changed, unchanged or failed. Exit code 6: a look failed.

    \b
    Example:
      provisor blocklist sync sources.toml
    """
    from blocklists.sources import read_sources
    from blocklists.sync import sync

    fetch = (click.get_current_context().find_root().obj or {}).get("download")
    looks = sync(
        store,
        read_sources(sources),
        folder=sources.parent,
        keep=keep or store.parent / "lists",
        fetch=fetch and partial(fetch, allow_http=allow_http, allow_loopback=allow_loopback),
        watched=watched_of(popular, own),
        wait_s=wait_s,
        say=say,
    )
    if as_json:
        click.echo(json_of(looks))
    else:
        rows = [(one.list_id, one.outcome, one.detail, one.source) for one in looks]
        click.echo(table([("LIST", "OUTCOME", "WHAT CAME OF IT", "SOURCE"), *rows]))
    if failed := sum(one.outcome == "failed" for one in looks):
        fact = f"{failed:,} of {len(looks):,} looks failed"
        raise Incomplete(str(sources), fact, "the lists stand as they did; sync again")


def _preview_text(found: Preview, entries: int) -> str:
    named = f"{found.named:,} of {found.rows:,} rows named"
    lines = [f"{named}, by {len(found.reaches):,} of {entries:,} entries"]
    if found.unreadable:
        lines.append(f"{found.unreadable:,} rows whose address cannot be read were not compared")
    rows = [
        (one.target, f"{one.rows:,}", f"{one.hosts:,}", "wide" if one.is_wide(found.rows) else "",
         one.samples[0])
        for one in found.reaches[:_SHOWN]
    ]  # fmt: skip
    if rows:
        lines.append(table([("ENTRY", "ROWS", "HOSTS", "", "FOR INSTANCE"), *rows]))
    if len(found.reaches) > _SHOWN:
        lines.append(f"and {len(found.reaches) - _SHOWN:,} entries more: --json shows them all")
    return "\n".join(show(line, 4000) if "\n" not in line else line for line in lines)
