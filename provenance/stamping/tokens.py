"""Time-stamp tokens: is this one of that file, by an authority under that root, and since when?"""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provenance.errors import EvidenceError, InputRefused, UsageRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path
    from types import ModuleType

_SHA256 = "2.16.840.1.101.3.4.2.1"
_LARGEST = 256 * 1024
_GRANTED = 0
_ANSWERS = {
    1: "granted with changes that nobody asked for",
    2: "refused",
    3: "not ready",
    4: "refused: a revocation is near",
    5: "refused: a revocation took place",
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an authority says of a file."""

    at: datetime
    """Its time, aware, UTC."""
    authority: str
    """The subject of its certificate (RFC 4514)."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is sent to an authority."""

    octets: bytes
    nonce: int
    """A random number that its answer must repeat."""


def query_for(message: bytes) -> Query:
    """Return the request to stamp *message*: its SHA-256, a nonce, and a wish for certificates."""
    client = _client()
    built = (
        client.TimestampRequestBuilder()
        .data(message)
        .hash_algorithm(client.HashAlgorithm.SHA256)
        .build()
    )
    return Query(built.as_bytes(), built.nonce)


def roots_of(file: Path) -> tuple[Any, ...]:
    """Return the certificates (X.509) in *file*, PEM.

    Raises:
        InputRefused: there is none in it.
    """
    _client()
    from cryptography import x509

    try:
        if not file.is_file() or file.stat().st_size > _LARGEST:
            raise InputRefused(str(file), "no file of certificates", "name one in PEM")
        return tuple(x509.load_pem_x509_certificates(file.read_bytes()))
    except (OSError, ValueError) as error:
        remedy = "name the authority's root certificate in PEM"
        raise InputRefused(str(file), "no certificate in it", remedy) from error


def checked(
    token: bytes, message: bytes, roots: Sequence[Any], *, place: str, nonce: int | None = None
) -> Stamp:
    """Return what *token* says of *message*, after checking all of it.

    The certificates must have been good at the time of the token; that they have run out since then
    takes nothing from it.

    Args:
        token: a response (RFC 3161, section 2.4.2), DER.
        message: the octets of the file.
        roots: certificates under which the authority's must stand.
        place: where the token is.
        nonce: what was sent, where it was asked for just now.

    Raises:
        EvidenceError: it is none, or not of this file, or by nobody under *roots*; saying which.
    """
    if token.lstrip()[:1] == b"<":
        raise _refused(place, "a page (HTML), and no time stamp")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what RFC 5280 forbids is read with a warning only
            return _checked(token, message, roots, place, nonce)
    except _unreadable() as error:
        raise _refused(place, "no time stamp (RFC 3161)") from error


def _unreadable() -> tuple[type[Exception], ...]:
    """Return what the readers of tokens and certificates raise where the octets are none."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    return (
        ValueError, LookupError, Warning, UnsupportedAlgorithm, x509.InvalidVersion,
        x509.DuplicateExtension, x509.UnsupportedGeneralNameType,
    )  # fmt: skip


def _checked(
    token: bytes, message: bytes, roots: Sequence[Any], place: str, nonce: int | None
) -> Stamp:
    answer = _client().decode_timestamp_response(token)
    if answer.status != _GRANTED:
        said = _ANSWERS.get(answer.status, f"status {answer.status}")
        raise _refused(place, f"the authority's answer is: {said}")
    info = answer.tst_info
    imprint = info.message_imprint
    if imprint.hash_algorithm.dotted_string != _SHA256:
        raise _refused(place, "its imprint is no SHA-256")
    if imprint.message != hashlib.sha256(message).digest():
        raise _refused(place, "it is for other octets than those of the file (imprint)")
    if nonce is not None and info.nonce != nonce:
        raise _refused(place, "it answers another request (nonce)")
    subject = _signer(answer, place)
    _refuse_unsigned(answer, message, roots, place=place)
    return Stamp(info.gen_time, subject)


def _signer(answer: Any, place: str) -> str:
    """Return who signed; refuse a certificate that was not good at the time of the token."""
    from cryptography import x509

    signers = list(answer.signed_data.signer_infos)
    certificates = [x509.load_der_x509_certificate(one) for one in answer.signed_data.certificates]
    mine = [
        one
        for one in certificates
        for signer in signers
        if (one.issuer, one.serial_number) == (signer.issuer, signer.serial_number)
    ]
    if len(signers) != 1 or len(mine) != 1:
        raise _refused(place, "it does not hold the one certificate of who signed it")
    (found,), at = mine, answer.tst_info.gen_time
    if not found.not_valid_before_utc <= at <= found.not_valid_after_utc:
        good = f"{found.not_valid_before_utc:%Y-%m-%d} to {found.not_valid_after_utc:%Y-%m-%d}"
        fact = f"its certificate was good from {good}, and not on {at:%Y-%m-%d} (expired)"
        raise _refused(place, fact)
    return str(found.subject.rfc4514_string())


def _refuse_unsigned(answer: Any, message: bytes, roots: Sequence[Any], *, place: str) -> None:
    client = _client()
    builder = client.VerifierBuilder()
    for root in roots:
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify_message(answer, message)
    except client.VerificationError as error:
        said = str(error)
        facts = (fact for sign, fact in _FAILURES if sign in said)
        fact = next(facts, "its signature does not hold")
        raise _refused(place, fact) from error


_FOREIGN = "its authority does not stand under the root that was named"
_FAILURES = (
    ("unable to get local issuer", _FOREIGN),
    (
        "certificate signature failure",
        _FOREIGN,
    ),  # a root of the same name, or an altered certificate
    ("self-signed certificate", _FOREIGN),
    ("self signed certificate", _FOREIGN),
    ("certificate has expired", "a certificate above its authority's was not good at its time"),
    ("certificate purpose", "its certificate is not one for time stamps"),
    ("EKU", "its certificate is not one for time stamps"),
    ("KeyPurposeID", "its certificate is not one for time stamps"),
)


def _refused(place: str, fact: str) -> EvidenceError:
    return EvidenceError(place, fact, "have the checkpoint stamped again")


def _client() -> ModuleType:
    try:
        import rfc3161_client
    except ModuleNotFoundError as error:
        remedy = "install it with: pip install 'provisor[timestamp]'"
        raise UsageRefused("time stamps", f"the package {error.name} is missing", remedy) from error
    return rfc3161_client
