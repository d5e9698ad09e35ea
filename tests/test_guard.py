"""No test reaches beyond this machine: the guard itself."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.guard.reached import NOTED, refuse_the_world

if TYPE_CHECKING:
    from pathlib import Path

AWAY = "192.0.2.1"  # RFC 5737: nobody has it
REACH = f"import socket; socket.socket().connect_ex(('{AWAY}', 80))"


@pytest.fixture
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(NOTED, str(tmp_path / "reached"))
    return tmp_path / "reached"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", "0.0.0.0"])  # noqa: S104
def test_this_machine_may_be_reached(host: str) -> None:
    refuse_the_world("socket.connect", (None, (host, 1)))


def test_no_other_may_be_reached(noted: Path) -> None:
    with socket.socket() as one, pytest.raises(PermissionError, match=AWAY):
        one.connect((AWAY, 80))

    assert noted.read_text() == f"{AWAY}\n"


def test_a_process_that_a_test_starts_may_not_either(noted: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", REACH], env=os.environ, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert f"a test reached for {AWAY}" in done.stderr
    assert noted.read_text() == f"{AWAY}\n"
