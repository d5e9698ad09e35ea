"""Signed checkpoints: who stands by what a ledger came to (C2SP signed-note).

The text, an empty line, and a line for each signature: a dash, the name of the key, and base64 of
its identifier and the signature. Lines of keys that nobody named are passed over; one of a key that
was named and does not hold is a forgery, whatever else stands there.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from provenance.errors import InputRefused, UsageRefused
from provenance.ledger.checkpoint import parse_checkpoint
from provenance.ledger.keys import holds
from provenance.ledger.verifying import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provenance.ledger.checkpoint import Checkpoint
    from provenance.ledger.keys import CheckingKey, SigningKey
    from provenance.ledger.verifying import Witness

_DASH = "\u2014 "
_ID = 4


def signed(checkpoint: Checkpoint, key: SigningKey) -> str:
    """Return *checkpoint* as a note that *key* signed.

    Raises:
        UsageRefused: the key is that of another store.
    """
    if key.checking.name != checkpoint.origin:
        fact = f"it is the key of {key.checking.name}, and this store is {checkpoint.origin}"
        raise UsageRefused("store checkpoint", fact, "name the key of this store")
    text = str(checkpoint)
    line = base64.b64encode(key.checking.id + key.sign(text.encode())).decode()
    return f"{text}\n{_DASH}{key.checking.name} {line}\n"


def signers(
    witness: Witness, keys: Sequence[CheckingKey]
) -> tuple[tuple[CheckingKey, ...], tuple[Finding, ...]]:
    """Return which of *keys* signed *witness*, and what is wrong with it.

    A key speaks for the store of its name alone (C2SP tlog-checkpoint): among several that are
    trusted, one store's cannot stand by what another came to.

    Raises:
        InputRefused: a line is no signature.
    """
    text = str(witness.checkpoint).encode()
    answers = [
        (key, holds(key, signature, text))
        for name, identifier, signature in _signatures(witness)
        for key in keys
        if (key.name, key.id) == (name, identifier) and name == witness.checkpoint.origin
    ]
    wrong = [
        f"the signature does not match key {key.known_as}" for key, true in answers if not true
    ]
    if not answers:
        wrong = [f"it bears no signature of key {' or '.join(key.known_as for key in keys)}"]
    findings = tuple(Finding(witness.place, fact) for fact in wrong)
    return (() if wrong else tuple(key for key, _ in answers)), findings


def _signatures(witness: Witness) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield name, identifier and signature of each line."""
    _, lines = parse_checkpoint(witness.note, witness.place)
    for line in lines:
        name, _, said = line.removeprefix(_DASH).partition(" ")
        try:
            octets = base64.b64decode(said, validate=True)
        except (binascii.Error, ValueError):
            octets = b""
        if not name or len(octets) <= _ID:
            fact = "not a valid checkpoint: a line is no signature"
            raise InputRefused(witness.place, fact, "name the file as it was handed out")
        yield name, octets[:_ID], octets[_ID:]
