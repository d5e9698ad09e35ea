"""Files as they come out of a bad disk, a broken transfer or a hostile hand: changed by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_TELLING = (b"\x00", b"\xff", b"\n", b"\r", b'"', b"{", b"[", b",", b"\xe2\x80\xa8", b"\x1f\x8b",
            b"PAR1", b"WARC/1.0\r\n", b"\x7f\xff\xff\xff", b"9" * 400, b"\\ud800")  # fmt: skip


def mutated(whole: bytes, chance: random.Random) -> bytes:
    """Return *whole* with one or two changes."""
    octets = bytearray(whole)
    for _ in range(chance.randint(1, 2)):
        if not octets:
            break
        at, length = chance.randrange(len(octets)), chance.choice((1, 1, 2, 8, 64))
        part = bytes(octets[at : at + length])
        match chance.randrange(7):
            case 0:
                octets[at] ^= 1 << chance.randrange(8)
            case 1:
                octets[at] = chance.randrange(256)
            case 2:
                del octets[at : at + length]
            case 3:
                octets[at:at] = part * chance.choice((1, 3, 50))
            case 4:
                octets[at : at + length] = chance.choice(_TELLING)
            case 5:
                octets[at : at + length] = bytes(len(part))
            case _:
                del octets[at:]
    return bytes(octets)
