"""What the tests have done apart: each a way in which reading a hostile file can end."""

from __future__ import annotations

import ctypes
import os
import tempfile
import time
from pathlib import Path

from provenance.errors import InputRefused


def about() -> tuple[int, str, str | None, str | None]:
    return os.getpid(), str(Path.cwd()), os.environ.get("MARK"), tempfile.tempdir


def takes(octets: int) -> int:
    return len(bytearray(octets))


def runs_on() -> None:
    while True:
        pass


def crashes() -> None:
    ctypes.string_at(0)


def waits(mark: Path) -> None:
    mark.write_text("began")
    try:
        time.sleep(600)
    finally:
        mark.write_text("tidied up")


def refuses() -> None:
    raise InputRefused("a.parquet", "torn", "copy it again")


def cannot_travel() -> object:
    return lambda: None
