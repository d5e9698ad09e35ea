"""`provisor store backup`, `restore`, `export` and `import`: a store as a folder of Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.errors import EvidenceError
from provenance.many import many
from provenance.options import json_option, say, store_options
from provenance.show import show
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from provenance.keeping.form import Export

_FOLDER = click.Path(path_type=Path)
_WITNESSES = click.option(
    "--checkpoint", "checkpoints", multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A checkpoint of that store that was kept elsewhere; what is read must come to it.",
)  # fmt: skip


@click.command("backup")
@click.argument("folder", type=_FOLDER)
@click.option("--evidence/--no-evidence", default=True, show_default=True,
              help="Copy the files of evidence, too.")  # fmt: skip
@store_options
@json_option
def back_up(*, folder: Path, evidence: bool, store: Path, wait_s: float, as_json: bool) -> None:
    """Write all of the store into FOLDER, after comparing it with its ledger and its evidence.

    FOLDER, which must be new, holds a Parquet file for each table, the files of evidence, and a
    list of them with digests. A store that was altered is not backed up: keep the last good one.
    Interrupted, the same command goes on from there.

    \b
    Example:
      provisor store backup /backup/2026-11-22
    """
    from provenance.keeping.writing import export_store
    from provenance.verify_command import verified

    found, octets = verified(store, wait_s, [], evidence=evidence)
    for one in (*found.findings, *(octets.findings if octets else ())):
        fact = f"altered: {one.place}: {one.fact}"
        raise EvidenceError(str(store), fact, "nothing was written; run `provisor verify`")
    export = export_store(store, folder, evidence=evidence, wait_s=wait_s, say=say)
    click.echo(_told(folder, export, as_json=as_json))


@click.command("export")
@click.argument("folder", type=_FOLDER)
@click.option("--evidence/--no-evidence", default=False, show_default=True,
              help="Copy the files of evidence, too.")  # fmt: skip
@store_options
@json_option
def export(*, folder: Path, evidence: bool, store: Path, wait_s: float, as_json: bool) -> None:
    """Write the store into FOLDER as it is, for other tools or for another store.

    FOLDER, which must be new, holds a Parquet file for each table, in the order in which its rows
    were recorded, and a list of them with digests. `provisor store import` reads it, of this
    release and of later ones.

    \b
    Example:
      provisor store export november
    """
    from provenance.keeping.writing import export_store

    written = export_store(store, folder, evidence=evidence, wait_s=wait_s, say=say)
    click.echo(_told(folder, written, as_json=as_json))


@click.command("restore")
@click.argument("folder", type=_FOLDER)
@_WITNESSES
@store_options
@json_option
def restore_store(
    *, folder: Path, checkpoints: tuple[Path, ...], store: Path, wait_s: float, as_json: bool
) -> None:
    """Make the store anew from FOLDER: with the same records, the same ledger, the same name.

    The store named by --store must not be there. Every file is compared with its digest, every
    record with the ledger, and the ledger with what you name by --checkpoint, before anything takes
    its place; exit code 5 where something is not as it was.

    \b
    Example:
      provisor store restore /backup/2026-11-22 --checkpoint monday.txt --store again.duckdb
    """
    from provenance.keeping.restoring import restore
    from provenance.ledger.witnesses import witness_of

    del wait_s  # nobody holds a store that is not there
    read = restore(folder, store, witnesses=[witness_of(file) for file in checkpoints])
    click.echo(_told(store, read, as_json=as_json))


@click.command("import")
@click.argument("folder", type=_FOLDER)
@_WITNESSES
@store_options
@json_option
def import_export(
    *, folder: Path, checkpoints: tuple[Path, ...], store: Path, wait_s: float, as_json: bool
) -> None:
    """Add to the store what FOLDER, an export of another, holds: all of it or nothing.

    It is read and compared as `restore` does, and then merged as `merge` does: what is there is
    not added twice. The ledger of the store grows; its name stays.

    \b
    Example:
      provisor store import november --store all.duckdb
    """
    from provenance.keeping.restoring import bring_in
    from provenance.ledger.witnesses import witness_of

    witnesses = [witness_of(file) for file in checkpoints]
    read, merged = bring_in(folder, store, witnesses=witnesses, wait_s=wait_s, say=say)
    added = sum(count.added for count in merged.tables.values())
    if as_json:
        said = _said(store, read) | {"run_id": merged.run_id, "added": added}
        click.echo(json_text(said))
        return
    click.echo(f"{_told(folder, read, as_json=False)}\n{show(str(store))}: {added:,} rows added")


def _said(place: Path, export: Export) -> dict[str, Any]:
    evidence = export.evidence
    return {
        "place": str(place),
        "schema": export.schema,
        "checkpoint": export.checkpoint,
        "tables": {table.name: table.rows for table in export.tables},
        "evidence": None if evidence is None else len(evidence),
        "evidence_octets": sum(one.octets for one in evidence or ()),
    }


def _told(place: Path, export: Export, *, as_json: bool) -> str:
    if as_json:
        return json_text(_said(place, export))
    rows = sum(table.rows for table in export.tables)
    lines = [f"{show(str(place))}: {rows:,} rows of {len(export.tables)} tables"]
    if export.evidence is None:
        lines.append("Without the files of evidence: keep the store's folder of them.")
    else:
        octets, number = sum(one.octets for one in export.evidence), len(export.evidence)
        count = many(number, "file")
        lines.append(f"With {count} of evidence, {octets:,} octets.")
    root = export.checkpoint.split("\n")
    lines.append(f"Ledger: {root[1]} leaves, {root[2]}" if export.checkpoint else "Ledger: empty")
    return "\n".join(lines)
