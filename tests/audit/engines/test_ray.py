from __future__ import annotations

import os
import sys
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from audit.engines import Engine, ray
from provenance.errors import StoreError, UsageRefused
from tests.audit.engines import jobs
from tests.audit.engines.audits import AuditContract
from tests.audit.engines.contract import WORKERS, EngineContract

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    with ray._session(WORKERS) as started:
        yield started


@pytest.mark.usefixtures("session")
class TestRay(EngineContract, AuditContract):
    engine: ClassVar[Engine] = ray.ENGINE

    def test_a_node_writes_a_file_once(self, tmp_path: Path) -> None:
        file = tmp_path / "knowledge"
        file.write_bytes(os.urandom(1000))

        found = list(self.run(jobs.where, jobs.shards(tmp_path), knowledge=file))

        (path,) = {path for _, path in found}
        assert path != str(file)


def test_it_listens_to_this_machine_only_and_reports_to_nobody(session: Any) -> None:
    assert [node["NodeManagerAddress"] for node in session.nodes()] == ["127.0.0.1"]
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"


@pytest.mark.parametrize("package", ["ray", "pyarrow"])
def test_without_its_packages_the_user_is_told_what_to_install(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(UsageRefused) as caught:
        list(ray.ENGINE.run(jobs.digests, jobs.shards(tmp_path), {}, options=WORKERS))

    assert str(caught.value) == (
        f"engine ray: {package} is not installed; pip install 'provisor[ray]'"
    )


def test_a_cluster_that_does_not_let_us_in_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def init(**_: object) -> None:
        raise ConnectionError

    monkeypatch.setenv("RAY_ADDRESS", "192.0.2.1:6379")

    with pytest.raises(UsageRefused) as caught:
        ray._connect(SimpleNamespace(init=init), WORKERS, cluster=True)

    assert str(caught.value) == (
        "engine ray: no Ray lets us in at 192.0.2.1:6379; "
        "see that it runs and what it says to RAY_AUTH_MODE"
    )


def test_a_file_that_nobody_asked_for_in_a_week_is_removed(tmp_path: Path) -> None:
    for name, days in (("old", 8), ("new", 6)):
        (tmp_path / name).touch()
        then = time.time() - days * 24 * 3600
        os.utime(tmp_path / name, (then, then))

    ray._drop_unused(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_node_that_cannot_write_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file"))

    with pytest.raises(StoreError, match="Not a directory; set TMPDIR"):
        ray._written("name", None)


def test_a_folder_that_somebody_else_laid_out_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (tmp_path / f"provisor-ray-{os.getuid()}").symlink_to(mine)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(StoreError, match="belongs to somebody else"):
        ray._written("name", None)

    assert list(mine.iterdir()) == []
