"""webdataset: a row for each sample, and no row lost with a damaged tar."""

from __future__ import annotations

import io
import json
import tarfile
from typing import TYPE_CHECKING

import pytest

from provenance.errors import InputRefused
from provenance.intake.manifest import open_manifest
from tests.provenance.manifests.rows import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def tar(path: Path, *members: tuple[str, bytes]) -> Path:
    with tarfile.open(path, "w") as out:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            out.addfile(info, io.BytesIO(content))
    return path


def test_each_sample_of_a_webdataset_is_a_row(tmp_path: Path) -> None:
    path = tar(
        tmp_path / "00000.tar",
        ("a/001.jpg", b"\xff" * 100_000),
        ("a/001.json", b'{"url": "u", "caption": "c", "sha256": "0"}'),
        ("a/001.txt", b"c"),
        ("a/002.jpg", b"\xff"),
        ("a/003.seg.png", b"\xff"),
        ("a/003.json", b'{"url": "v", "date": "2024-02-10"}'),
        ("__meta__/x.json", b"{}"),
        ("b/003.json", b'{"url": "w"}'),
    )

    mapping, rows = read(path)

    assert mapping == "00000.tar: webdataset, URL from 'url', date from 'date'"
    assert rows == [
        (0, "u", None, None),
        (1, None, None, None),
        (2, "v", "2024-02-10 00:00:00", "2024-02-11 00:00:00"),
        (3, "w", None, None),
    ]


def test_a_webdataset_of_many_samples_keeps_their_order(tmp_path: Path) -> None:
    samples = [
        (f"{number:06}.json", json.dumps({"url": f"u{number}"}).encode()) for number in range(5000)
    ]
    path = tar(tmp_path / "00000.tar", *samples)

    assert [row[1] for row in read(path)[1]] == [f"u{number}" for number in range(5000)]


@pytest.mark.parametrize(
    ("member", "place", "said"),
    [
        (b"{", ", 2.json", "not JSON"),
        (b'{"url": "u", "url": "v"}', ", 2.json", "the key 'url' stands twice"),
        (b'{"url": "' + b"x" * 16 * 1024 * 1024 + b'"}', ", 2.json", "larger than 16 MiB"),
    ],
)
def test_a_sample_that_is_no_object_refuses_the_tar(
    tmp_path: Path, member: bytes, place: str, said: str
) -> None:
    path = tar(tmp_path / "00000.tar", ("1.json", b'{"url": "u"}'), ("2.json", member))

    with pytest.raises(InputRefused, match=said) as caught:
        open_manifest(path)

    assert caught.value.place == f"{path}{place}"


def test_a_sample_with_two_rows_refuses_the_tar(tmp_path: Path) -> None:
    path = tar(tmp_path / "00000.tar", ("1.json", b"{}"), ("1.json", b'{"url": "u"}'))

    with pytest.raises(InputRefused, match=r"1\.json: it stands twice"):
        open_manifest(path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: b"no tar" * 500,
        lambda whole: whole[:700],
        lambda whole: whole[: 4 * 512],
        lambda whole: whole[: 2 * 512] + b"\x01" * 512 + whole[3 * 512 :],
        lambda whole: whole[: 2 * 512] + bytes(1024) + whole[2 * 512 :],
    ],
    ids=[
        "empty",
        "text",
        "in a member",
        "between members",
        "a broken header",
        "an end in the middle",
    ],
)
def test_a_tar_that_is_not_whole_is_refused(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    whole = tar(tmp_path / "whole.tar", *[(f"{n}.json", b'{"url": "u"}') for n in range(9)])
    path = tmp_path / "00000.tar"
    path.write_bytes(damage(whole.read_bytes()))

    with pytest.raises(InputRefused, match="not a whole tar"):
        open_manifest(path)
