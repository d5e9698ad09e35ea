"""A digest of a file as a list names it: which algorithm, and in one form.

Exact ones are compared octet by octet. A PDQ digest is perceptual (facebook/ThreatExchange, pdq):
two are of one picture when at most PDQ_DISTANCE of their 256 bits differ, and one whose quality is
below PDQ_QUALITY says too little about its picture. Digests of what thousands of files contain
(nothing, one octet, a single pixel) are refused: they would name all of them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from functools import cache

from blocklists.refusals import Refusal

PDQ_DISTANCE = 31
"""The largest Hamming distance, in bits of 256, at which two PDQ digests match."""
PDQ_QUALITY = 50
"""The least quality, of 0 to 100, at which a PDQ digest is taken."""

ALGORITHMS = {"md5": 16, "sha1": 20, "sha256": 32, "sha512": 64, "pdq": 32}
"""The digest's length in octets, by algorithm."""

_SPELLINGS = {"sha-1": "sha1", "sha-256": "sha256", "sha-512": "sha512", "sha2-256": "sha256"}
_HEX = re.compile(r"[0-9a-f]*")
_BASE32 = re.compile(r"[A-Z2-7]{32}")
_BASE64_MD5 = re.compile(r"[A-Za-z0-9+/]{22}==")
# LAION's column `hash` is a signed 64-bit number made from address and caption.
_NUMBER_64 = re.compile(r"-[0-9]{1,19}|[0-9]{16,20}")
_MAX_QUALITY = 100
_NAME = 12  # no algorithm has a longer name

# What servers send in place of a picture: the single pixels of common libraries, base64.
_PIXELS = (
    "R0lGODlhAQABAAAAACw=",
    "R0lGODlhAQABAAAAACwAAAAAAQABAAA=",
    "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
    "R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==",
    "R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=",
    "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==",
    "R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=",
    "R0lGODlhAQABAPAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==",
    "R0lGODlhAQABAPAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==",
    "R0lGODlhAQABAJAAAP8AAAAAACH5BAUQAAAALAAAAAABAAEAAAICBAEAOw==",
    "R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs=",
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=",
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR42mNgAAIAAAUAAen63NgAAAAASUVORK5CYII=",
)
_BODIES = (b"", b"\r\n", b"null", b"{}", b"[]", b"OK", *(bytes([octet]) for octet in range(256)))


@dataclass(frozen=True, slots=True)
class Digest:
    """What a list names instead of an address."""

    algorithm: str
    """One of ALGORITHMS."""
    octets: bytes
    quality: int | None = None
    """Of a PDQ digest, 0 to 100, where it is told."""

    @property
    def entry_id(self) -> str:
        """The digest that is the same for the same target on any list."""
        return hashlib.sha256(f"v1|hash|{self.algorithm}|{self.octets.hex()}".encode()).hexdigest()

    @property
    def base32(self) -> str:
        """As Common Crawl writes a SHA-1 in `content_digest`; empty for other algorithms."""
        return base64.b32encode(self.octets).decode() if self.algorithm == "sha1" else ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """How rows may write it: hexadecimal and base32 in lower case, base64 as it stands."""
        base64_ = base64.b64encode(self.octets).decode()
        return (self.octets.hex(), base64_, *([self.base32.lower()] if self.base32 else []))


def digest(algorithm: str, text: str, *, quality: str = "") -> Digest | Refusal:
    """Return the digest that *text* writes, or why it is refused (without a line).

    Args:
        algorithm: md5, sha1, sha256, sha512 or pdq, in any case, with or without a hyphen.
        text: hexadecimal; base32 for sha1 and base64 for md5 are taken too.
        quality: of a PDQ digest, 0 to 100; may be empty.
    """
    name = algorithm.strip().lower()
    name = _SPELLINGS.get(name, name)
    text = text.strip()
    if _NUMBER_64.fullmatch(text) and len(text) != 2 * ALGORITHMS.get(name, 0):
        return Refusal("E_HASH_NUMBER")
    if name not in ALGORITHMS:
        return Refusal("E_HASH_ALGO", algorithm.strip()[:_NAME])  # a digest may stand there
    octets = _octets(name, text)
    if isinstance(octets, Refusal):
        return octets
    if octets in _trivial(name) or len(set(octets)) == 1:
        return Refusal("E_HASH_TRIVIAL")
    if quality.strip() and name == "pdq":
        return _with_quality(octets, quality.strip())
    return Digest(name, octets)


def pdq_distance(one: bytes, other: bytes) -> int:
    """Return in how many of their 256 bits two PDQ digests differ."""
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()


def _octets(name: str, text: str) -> bytes | Refusal:
    if name == "sha1" and _BASE32.fullmatch(text.upper()):
        return base64.b32decode(text.upper())
    if name == "md5" and _BASE64_MD5.fullmatch(text):
        try:
            return base64.b64decode(text, validate=True)
        except binascii.Error:
            return Refusal("E_HASH_CHARS")
    length = 2 * ALGORITHMS[name]
    if len(text) != length:
        return Refusal("E_HASH_LENGTH", f"{name}: {len(text)} instead of {length} characters")
    if not _HEX.fullmatch(text.lower()):
        return Refusal("E_HASH_CHARS")
    return bytes.fromhex(text)


def _with_quality(octets: bytes, quality: str) -> Digest | Refusal:
    if not (quality.isascii() and quality.isdecimal() and len(quality) <= len("100")):
        return Refusal("E_HASH_QUALITY", quality)
    if not PDQ_QUALITY <= int(quality) <= _MAX_QUALITY:
        return Refusal("E_HASH_QUALITY", quality)
    return Digest("pdq", octets, int(quality))


@cache
def _trivial(name: str) -> frozenset[bytes]:
    """Return the digests of what says nothing about a work."""
    if name == "pdq":
        return frozenset()
    bodies = (*_BODIES, *(base64.b64decode(pixel) for pixel in _PIXELS))
    return frozenset(hashlib.new(name, body).digest() for body in bodies)
