"""`provisor serve` as its operator starts it: a process of its own, on a port that was free."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DEADLINE_S = 60


@contextmanager
def served(folder: Path, log: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Yield the address and the process; whatever is left of it is killed."""
    command = [sys.executable, "-P", "-m", "cli", "serve", "--folder", str(folder), "--port", "0"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=log.parent, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=output,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield _address(log, process), process
        finally:
            process.kill()
            process.wait()


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + _DEADLINE_S
    while time.monotonic() < deadline and process.poll() is None:
        for line in log.read_text().splitlines():
            if line.startswith("listening on "):
                return line.removeprefix("listening on ").rstrip("/")
        time.sleep(0.05)
    message = f"it does not listen: {log.read_text()}"
    raise AssertionError(message)
