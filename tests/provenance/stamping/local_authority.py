"""A time-stamping authority of the tests' own: OpenSSL behind a server on loopback."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime.now(UTC)
CONFIG = """
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
tsa_name = yes
ess_cert_id_chain = no
"""


@dataclass(frozen=True, slots=True)
class Authority:
    """Its folder holds its root, its certificate and its key."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root.pem"

    def answer(self, query: bytes) -> bytes:
        """Return the response to *query* (DER)."""
        (self.folder / "query").write_bytes(query)
        words = ("openssl", "ts", "-reply", "-config", "config", "-section", "tsa_config",
                 "-queryfile", "query", "-signer", "tsa.pem", "-inkey", "tsa.key")  # fmt: skip
        done = subprocess.run(words, cwd=self.folder, capture_output=True, check=True)
        return done.stdout


def made(
    folder: Path, name: str, *, until: datetime = NOW + timedelta(days=90), purpose: bool = True
) -> Authority:
    """Make an authority *name*, whose certificate is good for some days *until*."""
    folder.mkdir()
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = _name(f"{name} root")
    root = _certificate(issuer, issuer, root_key.public_key(), NOW + timedelta(days=900), ca=True)
    mine = _certificate(_name(name), issuer, key.public_key(), until, ca=False, purpose=purpose)
    (folder / "root.pem").write_bytes(_signed(root, root_key))
    (folder / "tsa.pem").write_bytes(_signed(mine, root_key))
    (folder / "tsa.key").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    (folder / "config").write_text(CONFIG.format(folder=folder), encoding="ascii")
    (folder / "serial").write_text("01\n", encoding="ascii")
    return Authority(folder)


@contextmanager
def serving(answer: Callable[[bytes], bytes], status: int = 200) -> Iterator[str]:
    """Serve what *answer* makes of each query, and give the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            octets = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            with suppress(ConnectionError):  # whoever asked may have had enough
                self.wfile.write(octets)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (its name)
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/tsa"
        finally:
            server.shutdown()
            thread.join()


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    until: datetime,
    *,
    ca: bool,
    purpose: bool = True,
) -> x509.CertificateBuilder:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - timedelta(days=1000))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )
    if ca:
        return builder
    stamping = ExtendedKeyUsageOID.TIME_STAMPING if purpose else ExtendedKeyUsageOID.CODE_SIGNING
    return builder.add_extension(x509.ExtendedKeyUsage([stamping]), critical=True)


def _signed(builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> bytes:
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
