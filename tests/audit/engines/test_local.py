from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from audit.engines import Options, WorkerLost
from audit.engines.local import ENGINE
from provenance.errors import InputRefused
from tests.audit.engines import jobs

if TYPE_CHECKING:
    from pathlib import Path


def test_work_is_done_by_one_process_apart_with_the_files_where_they_are(tmp_path: Path) -> None:
    file = tmp_path / "knowledge"

    found = list(
        ENGINE.run(jobs.where, jobs.shards(tmp_path, 2), {"knowledge": file}, options=Options())
    )

    assert {path for _, path in found} == {str(file)}
    assert len({number for number, _ in found} | {os.getpid()}) == 2


def test_a_task_begins_when_its_result_is_asked_for(tmp_path: Path) -> None:
    results = ENGINE.run(jobs.refusing, jobs.shards(tmp_path), {}, options=Options())

    assert next(results) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["tried-0"]


def test_an_error_of_ours_arrives_as_itself(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=jobs.FACT):
        list(ENGINE.run(jobs.refusing, jobs.shards(tmp_path), {}, options=Options()))


def test_a_process_that_is_killed_leaves_this_one_alive(tmp_path: Path) -> None:
    results = ENGINE.run(jobs.dying_once, jobs.shards(tmp_path), {}, options=Options())

    assert next(results) == 0
    with pytest.raises(WorkerLost, match="the system ended it: it may have been out of memory"):
        next(results)


def test_a_defect_arrives_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="no such key in 0"):
        list(ENGINE.run(jobs.failing, jobs.shards(tmp_path), {}, options=Options()))
