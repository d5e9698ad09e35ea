"""`provisor store checkpoint`, `key`, `timestamp`: what is kept outside, and who stands by it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.errors import EvidenceError, UsageRefused
from provenance.options import say, store_options
from provenance.show import show

if TYPE_CHECKING:
    from provenance.ledger.checkpoint import Checkpoint

_FILE = click.Path(path_type=Path)


@click.command("checkpoint")
@click.option("--key", type=_FILE, help="Sign it with this key (`provisor store key`).")
@store_options
def print_checkpoint(*, key: Path | None, store: Path, wait_s: float) -> None:
    """Print the store's checkpoint: keep it where the store's owner cannot change it.

    Three lines (C2SP tlog-checkpoint): the store's name, how many leaves its ledger has, and their
    root. `provisor verify --checkpoint` shows later that all of them are still there, unaltered.
    With --key a signature follows (C2SP signed-note), after the store was compared with its ledger.

    \b
    Examples:
      provisor store checkpoint > monday.txt
      provisor store checkpoint --key press.key > monday.txt
    """
    from provenance.ledger.keys import read_signing_key
    from provenance.ledger.notes import signed
    from provenance.ledger.verifying import last_checkpoint
    from provenance.store import reading

    signing = read_signing_key(key) if key else None
    if signing:
        last = _unaltered(store, wait_s)
        click.echo(signed(last, signing), nl=False)
        return
    with reading(store, wait_s=wait_s, say=say) as connection:
        click.echo(str(last_checkpoint(connection)), nl=False)


@click.command("key")
@click.argument("file", type=_FILE)
@store_options
def make_key(*, file: Path, store: Path, wait_s: float) -> None:
    """Make the key by which the store's owner signs checkpoints, and print the one that checks.

    FILE, which must be new, holds the key that signs (Ed25519); its owner alone may read it: keep
    it apart from the store, and have a copy. What is printed is for everybody: hand it out once,
    by a way that is trusted (C2SP signed-note).

    \b
    Example:
      provisor store key press.key > press.pub
    """
    from provenance.ledger.keys import new_key, written
    from provenance.ledger.verifying import last_checkpoint
    from provenance.store import reading
    from provenance.whole_files import write_new

    with reading(store, wait_s=wait_s, say=say) as connection:
        name = last_checkpoint(connection).origin
    if not name:
        fact = "nothing is recorded in it, so it has no name to sign by"
        raise UsageRefused(str(store), fact, "record something first")
    key = new_key(name)
    write_new(file, written(key).encode(), mode=0o600)
    click.echo(str(key.checking))


@click.command("timestamp")
@click.argument("checkpoint", type=_FILE)
@click.option(
    "--authority", required=True, metavar="URL",
    help="The time-stamping authority (RFC 3161); nothing else is contacted.",
)  # fmt: skip
@click.option(
    "--root", type=_FILE, required=True,
    help="The root certificate (PEM) under which the authority's must stand.",
)  # fmt: skip
def stamp_checkpoint(*, checkpoint: Path, authority: str, root: Path) -> None:
    """Have an authority say since when CHECKPOINT, a file, is there; keep that beside it.

    What is sent is the file's SHA-256 and a random number. The answer is checked and stands in
    CHECKPOINT.tsr from then on; `provisor verify --timestamp-root` checks it without any network,
    and so does `openssl ts -verify`.

    \b
    Example:
      provisor store timestamp monday.txt --authority https://tsa.example/ --root tsa.pem
    """
    from provenance.ledger.witnesses import witness_of
    from provenance.stamping.authority import ask
    from provenance.stamping.tokens import checked, query_for, roots_of
    from provenance.vouching import STAMP
    from provenance.whole_files import write_new

    note, token = witness_of(checkpoint).note.encode(), Path(f"{checkpoint}{STAMP}")
    if token.exists():
        raise UsageRefused(str(token), "there is a time stamp already", "move it away first")
    roots, query = roots_of(root), query_for(note)
    answer = ask(authority, query.octets)
    stamp = checked(answer, note, roots, place=authority, nonce=query.nonce)
    write_new(token, answer)
    click.echo(f"{show(str(token))}: {stamp.at:%Y-%m-%d %H:%M:%S}Z, by {show(stamp.authority)}")


def _unaltered(store: Path, wait_s: float) -> Checkpoint:
    """Return the last checkpoint of *store* after comparing all of it with its ledger.

    A log must not sign what contradicts what it signed before (C2SP tlog-checkpoint).
    """
    from provenance.verify_command import verified

    found, _ = verified(store, wait_s, [], evidence=False)
    if found.findings:
        fact = f"altered: {found.findings[0].place}: {found.findings[0].fact}"
        raise EvidenceError(str(store), fact, "it was not signed; run `provisor verify`")
    return found.ledger
