"""Packed bodies: bombs, damage, and codings nobody asked for."""

from __future__ import annotations

import gzip
import zlib

import brotli

from tests.crawler.hostile.behaviours import (
    ALLOW,
    BROKEN,
    DENY,
    IN,
    OUT,
    Behaviour,
    Page,
    Robots,
    answer,
)

MB = 1_000_000
HUGE = Page(200, truncated=True)
UNDECODED = Page(200, "protocol")
NULS = Robots("unreadable", "undecodable")


def squeezed(million: int) -> bytes:
    """Gzip of so many million zeroes, without ever holding them."""
    packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    zeroes = bytes(MB)
    return b"".join([*(packing.compress(zeroes) for _ in range(million)), packing.flush()])


def zlib_of(million: int) -> bytes:
    packing = zlib.compressobj(9)
    return b"".join([*(packing.compress(bytes(MB)) for _ in range(million)), packing.flush()])


def packed(body: bytes, coding: str) -> bytes:
    return answer(body, 200, f"Content-Encoding: {coding}")


BOMB = squeezed(300)
# The frame header of a zstd stream that says it holds 2^60 octets (RFC 8878, section 3.1.1).
ZSTD_BOMB = b"\x28\xb5\x2f\xfd\xc0\x38" + (1 << 60).to_bytes(8, "little") + b"\x00" * 64

TABLE = {
    "gzip": Behaviour("gzip", packed(gzip.compress(DENY), "gzip"), OUT, Page()),
    "gzip-two-members": Behaviour(
        "gzip in two members, the refusal in the second (RFC 1952, 2.2)",
        packed(gzip.compress(b"User-agent: *\n") + gzip.compress(b"Disallow: /\n"), "gzip"), OUT, Page(),
    ),
    "gzip-members-flood": Behaviour(
        "20,000 empty gzip members, then a refusal",
        packed(gzip.compress(b"") * 20_000 + gzip.compress(DENY), "gzip"), BROKEN, UNDECODED,
    ),
    "gzip-bomb": Behaviour("300 MB as 300 KB", packed(BOMB, "gzip"), NULS, HUGE),
    "deflate-bomb": Behaviour("the same, deflate", packed(zlib_of(300), "deflate"), NULS, HUGE),
    "gzip-in-gzip": Behaviour(
        "a bomb in gzip", packed(gzip.compress(BOMB), "gzip, gzip"), NULS, HUGE
    ),
    "br-bomb": Behaviour(
        "brotli that nobody asked for", packed(brotli.compress(bytes(100 * MB)), "br"),
        BROKEN, UNDECODED,
    ),
    "zstd-bomb": Behaviour("zstd that nobody asked for", packed(ZSTD_BOMB, "zstd"), BROKEN, UNDECODED),
    "codings-2000": Behaviour(
        "2,000 codings", packed(gzip.compress(ALLOW), ", ".join(["gzip"] * 2000)), BROKEN, UNDECODED
    ),
    "codings-on-lines": Behaviour(
        "1,000 Content-Encoding lines",
        answer(gzip.compress(ALLOW), 200, *(["Content-Encoding: gzip"] * 1000)), BROKEN, UNDECODED,
    ),
    "gzip-not": Behaviour("says gzip and is none", packed(ALLOW, "gzip"), BROKEN, UNDECODED),
    "gzip-cut": Behaviour(
        "half a gzip stream", packed(gzip.compress(DENY)[:-9], "gzip"), BROKEN, UNDECODED
    ),
    "gzip-wrong-sum": Behaviour(
        "gzip with a wrong checksum", packed(gzip.compress(DENY)[:-8] + b"\0" * 8, "gzip"),
        BROKEN, UNDECODED,
    ),
    "gzip-and-garbage": Behaviour(
        "gzip with garbage behind it", packed(gzip.compress(DENY) + b"\0garbage", "gzip"), OUT, Page()
    ),
    "coding-odd": Behaviour("Content-Encoding: x", packed(ALLOW, "x"), BROKEN, UNDECODED),
    "coding-identity": Behaviour("Content-Encoding: identity", packed(ALLOW, "identity"), IN, Page()),
}  # fmt: skip
