"""Where each record of a WARC file begins and ends."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from crawler.archives.framing import MAX_BLOCK, Damage, Frame, GzippedWhole, frames
from crawler.archives.octets import Octets
from crawler.archives.zstd_frames import unpacking
from tests.crawler.archives.warcs import record, robots

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable

INFO = record("warcinfo", b"software: test\r\n")
THREE = (INFO, robots("a.example"), robots("b.example", b"User-agent: *\nDisallow: /b/\n"))


def packed(one: bytes) -> bytes:
    return gzip.compress(one, mtime=0)


def read(data: bytes) -> list[Frame | Damage]:
    octets = Octets(io.BytesIO(data), 0, len(data))
    return list(frames(octets, unpacking=unpacking(octets)))


def whole(data: bytes) -> list[tuple[int, int, str]]:
    return [(one.offset, one.length, one.sha256) for one in read(data) if isinstance(one, Frame)]


def places(parts: tuple[bytes, ...]) -> list[tuple[int, int, str]]:
    """Where each of *parts* stands when they are written one after the other."""
    found, offset = [], 0
    for part in parts:
        found.append((offset, len(part), sha256(part).hexdigest()))
        offset += len(part)
    return found


@pytest.mark.parametrize("pack", [bytes, packed, zstd.compress])
def test_each_record_has_its_place_and_the_digest_of_its_octets(
    pack: Callable[[bytes], bytes],
) -> None:
    parts = tuple(map(pack, THREE))

    assert whole(b"".join(parts)) == places(parts)


def test_zstd_frames_may_share_a_dictionary_that_stands_before_them() -> None:
    shared = zstd.train_dict([robots(f"host-{n}.example") for n in range(500)], 4096)
    parts = tuple(zstd.compress(one, zstd_dict=shared) for one in THREE)
    content = bytes(shared.dict_content)
    for dictionary in (content, zstd.compress(content)):
        before = b"\x5d\x2a\x4d\x18" + len(dictionary).to_bytes(4, "little") + dictionary

        found = whole(before + b"".join(parts))

        assert found == [(len(before) + at, size, sha) for at, size, sha in places(parts)]


@pytest.mark.parametrize("pack", [bytes, packed, zstd.compress])
def test_a_file_cut_at_any_octet_tells_whole_records_only_and_where_it_breaks_off(
    pack: Callable[[bytes], bytes],
) -> None:
    parts = tuple(map(pack, THREE))
    data = b"".join(parts)
    for size in range(len(data)):
        found = read(data[:size])

        complete = [one for one in places(parts) if one[0] + one[1] <= size]
        damage = [one for one in found if isinstance(one, Damage)]
        assert [tuple(one[:3]) for one in found if isinstance(one, Frame)] == complete
        at_a_border = size == sum(one[1] for one in complete)
        assert [one.offset for one in damage[:1]] == (
            [] if at_a_border else [sum(one[1] for one in complete)]
        )


def checked(one: bytes) -> bytes:
    """Compress as zstd with the checksum that is a choice there."""
    return zstd.compress(one, options={zstd.CompressionParameter.checksum_flag: 1})


@pytest.mark.parametrize("pack", [packed, checked])
def test_a_flipped_bit_costs_no_record_but_its_own(pack: Callable[[bytes], bytes]) -> None:
    parts = tuple(map(pack, THREE))
    data = b"".join(parts)
    begin, length, _ = places(parts)[1]
    for at in range(begin, begin + length):
        for bit in (0, 5):
            changed = bytearray(data)
            changed[at] ^= 1 << bit

            found = read(bytes(changed))

            held = [one.block for one in found if isinstance(one, Frame)]
            assert set(held) <= {one.split(b"\r\n\r\n", 1)[1][:-4] for one in THREE}, (at, bit)
            assert places(parts)[0] in [tuple(one[:3]) for one in found if isinstance(one, Frame)]


def test_reading_goes_on_behind_a_damaged_record() -> None:
    for pack, at in ((bytes, 2), (packed, 60)):
        parts = tuple(map(pack, THREE))
        broken = parts[1][:at] + b"\x00\x01\x02" + parts[1][at + 4 :]
        data = parts[0] + broken + parts[2]

        _, damage, third = read(data)

        assert isinstance(damage, Damage)
        assert damage.offset == len(parts[0])
        assert f"read on from offset {len(parts[0] + broken):,}" in damage.cause
        assert isinstance(third, Frame)
        assert third.block.endswith(b"/b/\n")


@pytest.mark.parametrize(
    ("stated", "cause"),
    [
        ("10", "no line ends follow the 10 octets that its block should have"),
        ("999999", "its block should have 999,999 octets, and the file ends after"),
        ("999999999999999999", "and the file ends after"),
        ("-5", "its header states no Content-Length"),
        ("1e3", "its header states no Content-Length"),
        ("9" * 30, "its header states no Content-Length"),
    ],
)
def test_a_length_that_is_not_so_is_damage(stated: str, cause: str) -> None:
    liar = record("response", b"HTTP/1.1 200 OK\r\n\r\nbody", **{"Content-Length": stated})

    damage, after = read(liar + THREE[1])

    assert isinstance(damage, Damage)
    assert cause in damage.cause
    assert isinstance(after, Frame)


def test_a_member_that_holds_less_or_more_than_its_record_is_damage() -> None:
    for stated in ("10", "9999"):
        liar = packed(record("response", b"HTTP/1.1 200 OK\r\n\r\n", **{"Content-Length": stated}))

        damage, after = read(liar + packed(THREE[1]))

        assert isinstance(damage, Damage)
        assert f"its block should have {int(stated):,} octets" in damage.cause
        assert isinstance(after, Frame)


def test_a_header_without_end_is_damage_and_bounded() -> None:
    endless = b"WARC/1.0\r\nX: " + b"a" * 300_000
    for data in (endless, packed(endless)):
        (damage,) = read(data)

        assert isinstance(damage, Damage)
        assert "its header does not end within 65,536 octets" in damage.cause


def test_a_file_gzipped_as_a_whole_is_named_so() -> None:
    with pytest.raises(GzippedWhole):
        read(packed(b"".join(THREE)))


def test_of_a_bomb_a_bounded_part_is_kept() -> None:
    size = 300 * 1024 * 1024
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {size}\r\n\r\n".encode()
    packing = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(1024 * 1024)
    bomb = packing.compress(head)
    for _ in range(300):
        bomb += packing.compress(zeros)
    bomb += packing.compress(b"\r\n\r\n") + packing.flush()

    (one,) = read(bomb)

    assert isinstance(one, Frame)
    assert (one.block_length, len(one.block)) == (size, MAX_BLOCK)


def test_a_bomb_that_does_not_say_how_large_it_is_ends_early() -> None:
    bomb = packed(b"WARC/1.0\r\nContent-Length: 5\r\n\r\n" + bytes(200 * 1024 * 1024))
    octets = Octets(io.BytesIO(bomb), 0, len(bomb))

    (damage,) = frames(octets)

    assert isinstance(damage, Damage)
    assert "its block should have 5 octets" in damage.cause


def test_fake_beginnings_do_not_have_a_file_read_over_and_over() -> None:
    fake = b"WARC/1.0\r\nContent-Length: 100000\r\n\r\n"
    data = fake * 20_000

    octets = Octets(io.BytesIO(data), 0, len(data))
    found = sum(1 for _ in frames(octets))

    assert found >= 1
    assert octets.reread < 3 * (len(data) + 64 * 1024 * 1024)


def test_what_is_no_record_is_told_and_passed_over() -> None:
    found = read(THREE[0] + b"\x00\x00garbage\r\n" + THREE[1])

    assert [type(one) for one in found] == [Frame, Damage, Frame]


def test_the_digest_is_that_of_the_whole_file_even_where_a_part_was_read_twice() -> None:
    parts = tuple(map(packed, THREE))
    data = parts[0] + parts[1][:80] + parts[2]
    octets = Octets(io.BytesIO(data), 0, len(data))

    list(frames(octets))

    assert octets.digest() == sha256(data).hexdigest()
