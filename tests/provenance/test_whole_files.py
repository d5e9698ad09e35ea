"""A file is there whole, or what was there before still is."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from provenance.errors import StoreError, UsageRefused
from provenance.whole_files import replacing, write_new, write_whole

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_there_stays_until_the_new_file_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "f"
    write_whole(file, b"old")

    def write_half() -> None:
        with replacing(file) as unfinished:
            unfinished.write_bytes(b"half of the n")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()

    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"old", [file])


def test_a_new_file_is_put_over_the_old(tmp_path: Path) -> None:
    write_whole(tmp_path / "f", b"old")
    write_whole(tmp_path / "f", b"new")

    assert (tmp_path / "f").read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["f"]


def test_a_file_that_must_be_new_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")

    for name in ("f", "link"):
        with pytest.raises(UsageRefused, match="there is something already"):
            write_new(tmp_path / name, b"new")

    assert (tmp_path / "f").read_bytes() == b"old"
    assert not (tmp_path / "elsewhere").exists()


def test_nobody_else_sees_a_secret_even_while_it_is_written(tmp_path: Path) -> None:
    write_new(tmp_path / "f", b"secret", mode=0o600)

    assert stat.S_IMODE((tmp_path / "f").stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    for write in (write_new, write_whole):
        with pytest.raises(StoreError, match="No such file or directory"):
            write(tmp_path / "no" / "f", b"x")
