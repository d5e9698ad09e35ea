"""Who stands by checkpoints that were kept outside: their signatures, and their time stamps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import EvidenceError
from provenance.ledger.keys import read_checking_key
from provenance.ledger.notes import signers
from provenance.ledger.verifying import Finding
from provenance.stamping.tokens import checked, roots_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from provenance.ledger.verifying import Witness

STAMP = ".tsr"
"""What the name of a time stamp ends with, behind that of its file."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint whose signature holds."""

    place: str
    key: str
    """Name and identifier."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """A checkpoint whose time stamp holds."""

    place: str
    at: datetime
    """Aware, UTC."""
    authority: str


@dataclass(frozen=True, slots=True)
class Vouchers:
    """What came of looking for signatures and time stamps."""

    signed: tuple[Signed, ...]
    stamped: tuple[Stamped, ...]
    findings: tuple[Finding, ...]


def vouched(witnesses: Sequence[Witness], keys: Sequence[Path], roots: Sequence[Path]) -> Vouchers:
    """Check each of *witnesses* by *keys*, and its time stamp by *roots*; neither is asked if none.

    Raises:
        InputRefused: a file holds no key, or no certificate.
        UsageRefused: the package that checks them is not installed.
    """
    findings: list[Finding] = []
    signed, stamped = [], []
    trusted = [read_checking_key(file) for file in keys]
    if trusted:
        for witness in witnesses:
            known, wrong = signers(witness, trusted)
            signed += [Signed(witness.place, key.known_as) for key in known]
            findings += wrong
    certificates = [one for file in roots for one in roots_of(file)]
    for witness in witnesses if certificates else ():
        token = Path(f"{witness.place}{STAMP}")
        try:
            stamp = checked(_octets(token), _octets(Path(witness.place)), certificates,
                            place=str(token))  # fmt: skip
            stamped.append(Stamped(witness.place, stamp.at, stamp.authority))
        except EvidenceError as error:
            findings.append(Finding(error.place, error.fact))
    return Vouchers(tuple(signed), tuple(stamped), tuple(findings))


_LARGEST = 1024 * 1024


def _octets(file: Path) -> bytes:
    if not file.is_file():  # a device or a pipe may never end
        raise EvidenceError(str(file), "there is no time stamp")
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST)
    except OSError as error:
        raise EvidenceError(str(file), error.strerror or "cannot be read") from error
