"""`provisor store`: the files that hold what is known."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.checkpoint_commands import make_key, print_checkpoint, stamp_checkpoint
from provenance.keeping_commands import back_up, export, import_export, restore_store
from provenance.many import many
from provenance.options import json_option, say, store_options, wait_option
from provenance.show import show
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from provenance.merging import Merged

_FILE = click.Path(path_type=Path)


@click.group("store")
def store() -> None:
    """Look after the files that hold what is known."""


for _command in (
    back_up, restore_store, export, import_export, print_checkpoint, make_key, stamp_checkpoint,
):  # fmt: skip
    store.add_command(_command)


@store.command("merge")
@click.argument("into", type=_FILE)
@click.argument("sources", metavar="FROM...", nargs=-1, required=True, type=_FILE)
@wait_option
@json_option
def merge_stores(into: Path, sources: tuple[Path, ...], wait_s: float, *, as_json: bool) -> None:
    """Add to the store INTO what other stores recorded, all of it or nothing.

    Runs, captures and lists keep their times, digests and order and get numbers of INTO. What INTO
    has already is not added twice; of a list received twice the earliest receipt counts. The
    stores named FROM stay as they are.

    \b
    Example:
      provisor store merge all.duckdb worker-1.duckdb worker-2.duckdb worker-3.duckdb
    """
    from provenance.merging import merge

    merged = merge(into, sources, wait_s=wait_s, say=say)
    click.echo(json_text(asdict(merged)) if as_json else _told(merged))


@store.command("migrate")
@store_options
def migrate_store(*, store: Path, wait_s: float) -> None:
    """Bring a store of an earlier release up to date, after keeping a copy of it.

    Commands that write to a store do so by themselves; those that read ask for this one. It goes
    all the way or not at all; the copy stands beside the store.

    \b
    Example:
      provisor store migrate --store old.duckdb
    """
    from provenance.errors import StoreError
    from provenance.store import writing

    if not store.exists():
        raise StoreError(str(store), "there is no store here", "name the store with --store")
    with writing(store, wait_s=wait_s, say=say):
        pass
    click.echo(f"{show(str(store))}: up to date")


def _told(merged: Merged) -> str:
    rows = [
        ("TABLE", "READ", "ADDED", "ALREADY THERE"),
        *(
            (name, f"{count.read:,}", f"{count.added:,}", f"{count.already:,}")
            for name, count in merged.tables.items()
        ),
    ]
    recorded = f"recorded as {merged.run_id}" if merged.run_id else "nothing was added"
    counted = many(len(merged.sources), "store")
    lines = [f"{show(merged.store)}: {counted} merged; {recorded}"]
    lines += [f"  {name:<13}  {read:>11}  {new:>12}  {old:>13}" for name, read, new, old in rows]
    if merged.read_otherwise:
        lines.append(
            f"Read otherwise in another store: {merged.read_otherwise:,} of the captures already"
            " there. The reading that was there stands."
        )
    return "\n".join(lines)
