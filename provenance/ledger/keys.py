"""Keys that sign checkpoints: Ed25519, written as one line each, as Go's checksum database does.

The key that signs: `PRIVATE+KEY+<name>+<id>+<base64 of 0x01 and 32 octets>`. The one that checks:
`<name>+<id>+<base64 of 0x01 and 32 octets>` (C2SP signed-note: the name, an identifier of four
octets in hexadecimal, the kind of signature and the public key of RFC 8032).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.errors import InputRefused, UsageRefused

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_ED25519 = b"\x01"
_PRIVATE = "PRIVATE+KEY+"
_LINE = re.compile(r"(?P<name>[^\s+]+)\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/]{44})\n?")
_LONGEST = 4096
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class CheckingKey:
    """What shows that a checkpoint was signed by the holder of the key of this name."""

    name: str
    """The origin of the store whose checkpoints it is for."""
    public: bytes
    """32 octets."""

    @property
    def id(self) -> bytes:
        """The four octets by which signatures name it, beside its name; no proof by themselves."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    @property
    def known_as(self) -> str:
        """Name and identifier."""
        return f"{self.name}+{self.id.hex()}"

    def __str__(self) -> str:
        return f"{self.known_as}+{base64.b64encode(_ED25519 + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What signs; it never leaves the file that holds it but into memory."""

    checking: CheckingKey
    seed: bytes
    """32 octets."""

    def __repr__(self) -> str:
        return f"SigningKey({self.checking.known_as})"

    def sign(self, text: bytes) -> bytes:
        """Return the signature of *text*, 64 octets (RFC 8032)."""
        return _private(self.seed).sign(text)


def new_key(name: str) -> SigningKey:
    """Make a key by the system's random numbers."""
    ed25519 = _ed25519()
    seed = ed25519.Ed25519PrivateKey.generate().private_bytes_raw()
    return _with_seed(name, seed)


def written(key: SigningKey) -> str:
    """Return the line that a file holds of a key that signs."""
    said = base64.b64encode(_ED25519 + key.seed).decode()
    return f"{_PRIVATE}{key.checking.known_as}+{said}\n"


def read_signing_key(file: Path) -> SigningKey:
    """Return the key in *file*.

    Raises:
        InputRefused: it is none, or others than its owner may read it.
    """
    text = _text(file)
    if file.stat().st_mode & _OTHERS:
        remedy = f"chmod 600 {file}, and think of who may have read it"
        raise InputRefused(str(file), "others than its owner may read this key", remedy)
    found = _LINE.fullmatch(text.removeprefix(_PRIVATE)) if text.startswith(_PRIVATE) else None
    seed = _octets(found["key"]) if found else None
    if not found or seed is None:
        remedy = "name the file that `provisor store key` made"
        raise InputRefused(str(file), "no key that signs", remedy)
    key = _with_seed(found["name"], seed)
    if key.checking.id.hex() != found["id"]:
        remedy = "it was altered: restore it from a backup"
        raise InputRefused(str(file), "the key is not the one that its line names", remedy)
    return key


def read_checking_key(file: Path) -> CheckingKey:
    """Return the key in *file*.

    Raises:
        InputRefused: it is none, or one that signs and belongs to its owner alone.
    """
    text = _text(file)
    if text.startswith(_PRIVATE):
        remedy = "name the line that `provisor store key` printed"
        raise InputRefused(str(file), "a key that signs, and not the one that checks", remedy)
    found = _LINE.fullmatch(text)
    public = _octets(found["key"]) if found else None
    if not found or public is None:
        remedy = "name a file with the line that `provisor store key` printed"
        raise InputRefused(str(file), "no key that checks checkpoints", remedy)
    key = CheckingKey(found["name"], public)
    if key.id.hex() != found["id"]:
        raise InputRefused(
            str(file), "the key is not the one that its line names", "get it again from its owner"
        )
    return key


def holds(key: CheckingKey, signature: bytes, text: bytes) -> bool:
    """Whether *signature* is one of *text* by *key*."""
    ed25519 = _ed25519()
    from cryptography.exceptions import InvalidSignature

    try:
        ed25519.Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _with_seed(name: str, seed: bytes) -> SigningKey:
    public = _private(seed).public_key().public_bytes_raw()
    return SigningKey(CheckingKey(name, public), seed)


def _private(seed: bytes) -> Ed25519PrivateKey:
    key: Ed25519PrivateKey = _ed25519().Ed25519PrivateKey.from_private_bytes(seed)
    return key


def _ed25519() -> ModuleType:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ModuleNotFoundError as error:
        remedy = "install it with: pip install 'provisor[sign]'"
        raise UsageRefused("signatures", "the package cryptography is missing", remedy) from error
    return ed25519


def _octets(key: str) -> bytes | None:
    """Return the 32 octets of an Ed25519 key; None where it is of another kind."""
    try:
        octets = base64.b64decode(key, validate=True)
    except binascii.Error:
        return None
    return octets[1:] if len(octets) == 33 and octets[:1] == _ED25519 else None


def _text(file: Path) -> str:
    if not file.is_file():  # a device or a pipe may never end
        raise InputRefused(str(file), "not a file", "name the file of a key")
    try:
        with file.open("rb") as opened:
            return opened.read(_LONGEST).decode()
    except OSError as error:
        remedy = "name the file of a key"
        raise InputRefused(str(file), error.strerror or "cannot be read", remedy) from error
    except UnicodeDecodeError as error:
        raise InputRefused(str(file), "not UTF-8 text", "name the file of a key") from error
