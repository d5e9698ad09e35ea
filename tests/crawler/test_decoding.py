"""Content codings are undone, and never beyond the limit."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.decoding import UndecodableError, decoded


def packed(body: bytes) -> bytes:
    """Gzip without the time, so that every run has the same cases."""
    return gzip.compress(body, mtime=0)


TEXT = b"User-agent: *\nDisallow: /x\n"


@pytest.mark.parametrize("codings", [[], [""], ["identity"]])
def test_a_plain_body_stays_as_it_is(codings: list[str]) -> None:
    assert decoded(TEXT, codings, limit=1000) == (TEXT, False)


@pytest.mark.parametrize(
    ("body", "codings"),
    [
        (packed(TEXT), ["gzip"]),
        (packed(TEXT), ["x-gzip"]),
        (zlib.compress(TEXT), ["deflate"]),
        (zlib.compress(TEXT, wbits=-15), ["deflate"]),
        (packed(zlib.compress(TEXT)), ["deflate", "gzip"]),
        (b"", ["gzip"]),
    ],
)
def test_a_packed_body_is_unpacked(body: bytes, codings: list[str]) -> None:
    assert decoded(body, codings, limit=1000) == (TEXT if body else b"", False)


def test_a_bomb_gives_its_first_octets() -> None:
    bomb = packed(b"\0" * 10_000_000)

    assert decoded(bomb, ["gzip"], limit=1000) == (b"\0" * 1000, True)
    assert decoded(packed(bomb), ["gzip", "gzip"], limit=1000)[1]


@pytest.mark.parametrize(
    ("body", "codings"),
    [
        (TEXT, ["gzip"]),
        (TEXT, ["br"]),
        (TEXT, ["zstd"]),
        (packed(TEXT)[:-9], ["gzip"]),
        (packed(TEXT), ["gzip"] * 3),
        (packed(TEXT), ["gzip"] * 2000),
    ],
)
def test_what_cannot_be_unpacked_is_refused(body: bytes, codings: list[str]) -> None:
    with pytest.raises(UndecodableError):
        decoded(body, codings, limit=1000)


def test_a_body_that_we_cut_off_gives_what_there_is() -> None:
    assert decoded(packed(TEXT)[:-9], ["gzip"], limit=1000, partial=True)[0] in TEXT


@given(
    st.binary(max_size=200), st.lists(st.sampled_from(["gzip", "deflate", "br", ""]), max_size=4)
)
def test_no_body_raises_anything_else(body: bytes, codings: list[str]) -> None:
    try:
        unpacked, _ = decoded(body, codings, limit=50)
    except UndecodableError:
        return
    assert len(unpacked) <= 50
