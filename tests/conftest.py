"""What many tests need: the real data, a store, and a guard against the outside world."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.guard.reached import NOTED, refuse_the_world

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
GUARD = ROOT / "tests" / "guard"

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
def _loopback_only() -> Iterator[None]:
    """Fail a test that reaches for an address beyond this machine, itself or by what it starts.

    Python processes are watched; what a test starts of other kinds (a JVM, nginx) is not.
    """
    noted = Path(os.environ[NOTED])
    before = noted.read_text("utf-8") if noted.exists() else ""
    yield
    after = noted.read_text("utf-8") if noted.exists() else ""
    if after != before:
        pytest.fail(f"a test reached for {after.removeprefix(before).split()}")


def pytest_collection_finish() -> None:
    """Keep what was collected out of the garbage collector's sight: it stays to the end."""
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Let all be collected at the end, which what is not Python's own counts on."""
    gc.unfreeze()


os.environ[NOTED] = str(Path(tempfile.mkdtemp(prefix="provisor-tests-")) / "reached")
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(GUARD), *filter(None, [os.environ.get("PYTHONPATH")])]
)
sys.addaudithook(refuse_the_world)
