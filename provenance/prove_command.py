"""`provisor prove`: one record, to be handed to somebody who does not trust the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.errors import UsageRefused
from provenance.options import say, store_options
from provenance.show import show

if TYPE_CHECKING:
    import duckdb


@click.command("prove")
@click.argument("kind", type=click.Choice(["capture", "submission"]))
@click.argument("number", type=click.IntRange(min=1))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder to make for the proof.",
)
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Prove it by this earlier checkpoint, which the other side holds.",
)
@store_options
def prove_record(
    kind: str, number: int, *, out: Path, checkpoint: Path | None, store: Path, wait_s: float
) -> None:
    """Write the proof that a capture or a submission stands in the ledger as it was recorded.

    The folder holds the record, the hashes that lead to a checkpoint, and verify_proof.py, a short
    program without dependencies that checks them. Nothing else of the store is in it. NUMBER is
    that of the store, as reports and `provisor show` give it.

    \b
    Example:
      provisor prove capture 17 --out proof-of-17 && python3 proof-of-17/verify_proof.py
    """
    from provenance.ledger.proving import prove, write_proof
    from provenance.ledger.witnesses import witness_of
    from provenance.store import reading

    against = witness_of(checkpoint) if checkpoint else None
    with reading(store, wait_s=wait_s, say=say) as connection:
        if kind == "capture":
            _refuse_sealed(connection, number, store)
        proof = prove(connection, kind, number, against.checkpoint if against else None)
    write_proof(proof, out, note=against.note if against else "")
    click.echo(
        f"{show(str(out))}: {kind} {number}, leaf {proof.seq:,} of {proof.checkpoint.size:,}"
    )
    click.echo(f"check it with: python3 {show(str(out))}/verify_proof.py")


def _refuse_sealed(connection: duckdb.DuckDBPyConnection, number: int, store: Path) -> None:
    """Refuse a proof that would hand on what a sealed list names."""
    from provenance.sealed import names_beside, unnamed

    rows = connection.execute("SELECT url, hops FROM capture WHERE capture_id = ?", [number])
    if not all(unnamed(names_beside(store), url, *hops) for url, hops in rows.fetchall()):
        raise UsageRefused(f"capture {number}", "a sealed list names it", "it is not handed on")
