"""What holds for every engine that runs work elsewhere."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from audit.engines import Engine, Options, local
from provenance.errors import InputRefused
from tests.audit.engines import jobs
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WORKERS = Options(workers=2)
ALONE = """
import sys
from importlib import import_module
from pathlib import Path
from audit.engines import Options
from tests.audit.engines import jobs
engine = import_module(sys.argv[1]).ENGINE
tasks = jobs.shards(Path(sys.argv[2]))
print(sorted(engine.run(jobs.dying_once, tasks, {}, options=Options(workers=2))))
"""


class EngineContract:
    engine: ClassVar[Engine]

    def run(
        self, work: Callable[..., Any], tasks: list[jobs.Shard], **files: Path
    ) -> Iterator[Any]:
        return self.engine.run(work, tasks, files, options=WORKERS)

    def test_results_and_files_are_those_of_the_local_engine(self, tmp_path: Path) -> None:
        files = {name: tmp_path / name / "of one name.bin" for name in ("one", "two")}
        for name, path in files.items():
            path.parent.mkdir()
            path.write_bytes(name.encode() * 100_000)
        empty = tmp_path / "empty"
        empty.touch()
        tasks = jobs.shards(tmp_path, 5)

        found = sorted(self.run(jobs.digests, tasks, **files, empty=empty))

        here = local.ENGINE.run(jobs.digests, tasks, files | {"empty": empty}, options=WORKERS)
        assert found == list(here)

    def test_no_tasks_have_no_results(self) -> None:
        assert list(self.run(jobs.digests, [])) == []

    def test_an_error_of_ours_arrives_as_itself_and_is_not_tried_again(
        self, tmp_path: Path
    ) -> None:
        with pytest.raises(InputRefused) as caught:
            list(self.run(jobs.refusing, jobs.shards(tmp_path)))

        assert type(caught.value) is InputRefused
        assert caught.value.args == ("shard-2.parquet", jobs.FACT, jobs.REMEDY)
        assert (tmp_path / "tried-2").read_text() == "x"

    def test_a_defect_arrives_with_what_it_said(self, tmp_path: Path) -> None:
        with pytest.raises(Exception, match="no such key in 0"):
            list(self.run(jobs.failing, jobs.shards(tmp_path, 1)))

    def test_a_worker_that_dies_once_changes_nothing(self, tmp_path: Path) -> None:
        found = sorted(self.run(jobs.dying_once, jobs.shards(tmp_path)))

        assert found == [0, 10, 20, 30]
        assert (tmp_path / "died").exists()

    def test_a_result_comes_before_the_last_task_has_ended(self, tmp_path: Path) -> None:
        results = self.run(jobs.first_held, jobs.shards(tmp_path))

        first = next(results)
        (tmp_path / "go").touch()

        assert sorted([first, *results]) == [0, 1, 2, 3]
        assert first != 0

    def test_who_stops_asking_does_not_wait_for_the_rest(self, tmp_path: Path) -> None:
        results = self.run(jobs.first_held, jobs.shards(tmp_path))
        next(results)
        begun = time.monotonic()

        results.close()  # type: ignore[attr-defined]

        assert time.monotonic() - begun < 30

    def test_it_starts_and_ends_by_itself_and_says_nothing(self, tmp_path: Path) -> None:
        module = f"audit.engines.{self.engine.name}"
        command = [sys.executable, "-c", ALONE, module, str(tmp_path)]

        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

        assert (done.stdout, done.stderr) == ("[0, 10, 20, 30]\n", "")
        assert (tmp_path / "died").exists()
