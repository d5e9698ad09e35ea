"""Certificates of a test's own authority: a good one, and what can be wrong with one."""

from __future__ import annotations

import datetime
import ssl
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime.timedelta(days=1)


class Authority:
    """Vouches for names; crawlers trust it by `SSL_CERT_FILE`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("authority.test")
        self.path = folder / "authority.pem"
        self._own = _built(self._name, self._name, self._key, self._key, ("authority.test",))
        self.path.write_bytes(self._own.public_bytes(serialization.Encoding.PEM))

    def pair(self, name: str, kind: str = "good") -> tuple[Path, Path]:
        """Return the files of a certificate for *name*, and of its key.

        Kinds: good, self-signed, expired, wrong-name.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        subject = "another.test" if kind == "wrong-name" else name
        own = kind == "self-signed"
        made = _built(
            _named(subject),
            _named(subject) if own else self._name,
            key,
            key if own else self._key,
            (subject,),
            ends_in=-DAY if kind == "expired" else DAY,
        )
        stem = self._folder / f"{name}-{kind}"
        files = stem.with_suffix(".crt"), stem.with_suffix(".key")
        files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
        files[1].write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return files

    def context(self, name: str, kind: str = "good") -> ssl.SSLContext:
        """Return what a server for *name* speaks TLS with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.pair(name, kind))
        return context


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def _built(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signed_by: ec.EllipticCurvePrivateKey,
    names: tuple[str, ...],
    *,
    ends_in: datetime.timedelta = DAY,
) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)
    authority = subject == issuer and key is signed_by
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 2 * DAY)
        .not_valid_after(now + ends_in)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False
        )
        .sign(signed_by, hashes.SHA256())
    )
