"""Compressed manifests: they read the same, and a broken one never as fewer rows."""

from __future__ import annotations

import gzip
import sys
from typing import TYPE_CHECKING

import pytest

from provenance.errors import InputRefused
from provenance.intake.manifest import open_manifest
from tests.provenance.manifests.rows import read

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXTS = {
    ".csv": b"url,date\n" + b"https://site.example/,2024-02-10\n" * 20_000,
    ".jsonl": b'{"url": "https://site.example/"}\n' * 20_000,
}


@pytest.mark.parametrize("ending", TEXTS)
@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".zst", zstd.compress)])
def test_parts_packed_one_after_another_are_one_file(
    tmp_path: Path, ending: str, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"rows{ending}{suffix}"
    text = TEXTS[ending]
    cut = text.index(b"\n", 1000) + 1
    path.write_bytes(pack(text[:cut]) + pack(text[cut:]))

    _, rows = read(path)

    assert [row[1] for row in rows] == ["https://site.example/"] * 20_000


@pytest.mark.parametrize("ending", TEXTS)
@pytest.mark.parametrize("share", [0.5, 0.99])
@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".zst", zstd.compress)])
def test_one_that_was_cut_short_is_refused_and_not_read_as_fewer_rows(
    tmp_path: Path, ending: str, share: float, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"rows{ending}{suffix}"
    whole = pack(TEXTS[ending])
    path.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(InputRefused, match="does not unpack to its end") as caught:
        open_manifest(path)

    assert caught.value.place == str(path)
    assert caught.value.remedy == "copy it again"


def test_an_octet_that_was_changed_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv.gz"
    packed = bytearray(gzip.compress(TEXTS[".csv"]))
    packed[-6] ^= 1  # in the checksum
    path.write_bytes(packed)

    with pytest.raises(InputRefused, match="CRC check failed"):
        open_manifest(path)
