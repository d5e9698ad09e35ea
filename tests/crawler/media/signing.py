"""Pictures with content credentials, signed here by an authority that nobody else knows."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
_CREATED = {"action": "c2pa.created", "digitalSourceType": _SOURCE}


def chunk(kind: bytes, data: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes, tail: bytes = b"") -> bytes:
    """A picture of one grey dot with *chunks* before its pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\x00\x80"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + pixels + tail + chunk(b"IEND", b"")


def signed(label: str, data: dict[str, Any], picture: bytes | None = None) -> bytes:
    """A picture with one assertion beside those that every manifest has."""
    manifest = {
        "claim_generator_info": [{"name": "provisor tests", "version": "1"}],
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": [_CREATED]}},
            {"label": label, "data": data},
        ],
    }
    settings = c2pa.Settings.from_dict(
        {
            "builder": {"thumbnail": {"enabled": False}},
            "verify": {"verify_after_sign": False},
        }
    )
    signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(b"ed25519", *_signer(), None))
    made = BytesIO()
    with c2pa.Builder(manifest, context=c2pa.Context(settings=settings)) as builder:
        builder.sign(signer, "image/png", BytesIO(picture or png()), made)
    return made.getvalue()


@cache
def _signer() -> tuple[bytes, bytes]:
    """Certificates (signer, then authority) and the signer's key, as PEM."""
    authority, key = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    root = _certificate("Authority", authority, authority, "Authority", ca=True)
    leaf = _certificate("Signer", key, authority, "Authority", ca=False)
    chain = leaf.public_bytes(Encoding.PEM) + root.public_bytes(Encoding.PEM)
    return chain, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _certificate(
    name: str, key: Ed25519PrivateKey, by: Ed25519PrivateKey, issuer: str, *, ca: bool
) -> x509.Certificate:
    now = datetime.now(UTC) - timedelta(days=1)

    def called(who: str) -> x509.Name:
        return x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "provisor tests"),
                x509.NameAttribute(NameOID.COMMON_NAME, who),
            ]
        )

    usage = x509.KeyUsage(
        digital_signature=not ca, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=ca, crl_sign=ca,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(called(name))
        .issuer_name(called(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False
        )
    )
    if not ca:
        mail = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        made = made.add_extension(mail, critical=False)
    return made.sign(by, None)
