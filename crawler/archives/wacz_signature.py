"""What the signature of a WACZ is worth, as far as it can be told without asking anybody.

`datapackage-digest.json` (wacz-auth 0.1.0) holds the digest of the list of files and a signature of
that digest, with a bare key or with the certificate of a domain. Looked at are: the digest, whether
the key signed it, and whether the certificate leads, for that domain and day, to an authority that
this machine trusts. Not looked at: the time stamp, which rests on another authority.
"""

from __future__ import annotations

import base64
import binascii
import ssl
import warnings
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from provenance.show import show
from provenance.strict_json import parse_object

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_WRONG = "WRONGLY SIGNED:"


def signature_said(said: bytes, listing: bytes) -> str:
    """Return in words what *said*, a datapackage-digest.json, proves of *listing*.

    Raises:
        NotStrictJson: it is no JSON object.
    """
    if not said:
        return "not signed"
    outer = parse_object(said)
    digest = f"sha256:{sha256(listing).hexdigest()}"
    signed = outer.get("signedData")
    if outer.get("hash") != digest or (isinstance(signed, dict) and signed.get("hash") != digest):
        return f"{_WRONG} it speaks of another datapackage.json"
    if not isinstance(signed, dict):
        return "not signed"
    try:
        return _signed(signed, digest.encode())
    except (ValueError, TypeError, binascii.Error) as error:
        return f"{_WRONG} it cannot be read ({show(str(error), 80)})"


def _signed(signed: dict[str, Any], digest: bytes) -> str:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    signature = base64.b64decode(str(signed.get("signature", "")), validate=True)
    if not isinstance(signed.get("domainCert"), str):
        key = load_der_public_key(base64.b64decode(str(signed.get("publicKey", ""))))
        if not _made_with(key, signature, digest):
            return f"{_WRONG} not with the key that it brings along"
        return "signed with a key of nobody in particular; when is not checked"
    chain = x509.load_pem_x509_certificates(signed["domainCert"].encode())
    if not _made_with(chain[0].public_key(), signature, digest):
        return f"{_WRONG} not with the key of the certificate that it brings along"
    domain, day = str(signed.get("domain", "")), str(signed.get("created", ""))
    if not _leads_home(chain, domain, datetime.fromisoformat(day).replace(tzinfo=None)):
        return (
            f"{_WRONG} the certificate of {show(domain, 80)} leads to no authority that this"
            " machine trusts"
        )
    return f"signed by {show(domain, 80)}, certificate checked; its time {show(day, 30)} is not"


def _made_with(key: Any, signature: bytes, digest: bytes) -> bool:
    """Whether *key* made *signature*, in DER or as two numbers (WebCrypto), over *digest*."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec, utils
    from cryptography.hazmat.primitives.hashes import SHA256

    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    half = (key.curve.key_size + 7) // 8
    if len(signature) == 2 * half:
        numbers = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
        signature = utils.encode_dss_signature(*numbers)
    try:
        key.verify(signature, digest, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _leads_home(chain: list[Certificate], domain: str, day: datetime) -> bool:
    from cryptography import x509
    from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # authorities of this machine with odd serial numbers
        trusted = ssl.create_default_context().get_ca_certs(binary_form=True)
        roots = [x509.load_der_x509_certificate(one) for one in trusted]
    if not roots:
        return False
    verifier = (
        PolicyBuilder().store(Store(roots)).time(day).build_server_verifier(x509.DNSName(domain))
    )
    try:
        verifier.verify(chain[0], chain[1:])
    except VerificationError:
        return False
    return True
