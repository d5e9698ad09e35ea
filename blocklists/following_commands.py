"""`provisor blocklist sync`: published lists to follow."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from blocklists.list_options import own_option, popular_option, watched_of
from blocklists.printing import as_json as json_of
from blocklists.printing import table
from provenance.errors import Incomplete
from provenance.many import many
from provenance.options import json_option, say, store_options


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
        fact = f"{failed:,} of {many(len(looks), 'look')} failed"
        raise Incomplete(str(sources), fact, "the lists stand as they did; sync again")
