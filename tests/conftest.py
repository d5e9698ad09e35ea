"""What many tests need: the real data, a store, and a guard against the outside world."""

from __future__ import annotations

import os
import socket
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A list of crawlers that the developer took in is none of the tests' business.
os.environ["PROVISOR_AGENTS"] = ""


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout; its absence fails where it must be there."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{folder} is missing")
        pytest.skip(f"{folder} is missing")
    return folder


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """A place for a store of the test's own."""
    return tmp_path / "store.duckdb"


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that reaches for an address beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, target: Any) -> None:
        if isinstance(target, tuple) and not ip_address(target[0]).is_loopback:
            pytest.fail(f"a test reached for {target[0]}")
        connect(self, target)

    monkeypatch.setattr(socket.socket, "connect", guarded)
