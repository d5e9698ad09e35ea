from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from provenance.apart import worker as module
from provenance.apart.limits import Limits
from provenance.apart.worker import Ended, aside, aside_in_pieces, each_aside
from provenance.errors import InputRefused
from tests.conftest import ROOT
from tests.provenance.apart import tasks

ROOM = Limits(500_000_000, 60)


def test_work_is_done_in_another_process_that_stands_where_this_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MARK", "x")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    number, folder, mark, temporary = aside(tasks.about, limits=ROOM)

    assert number != os.getpid()
    assert (folder, mark, temporary) == (str(tmp_path), "x", str(tmp_path))


def test_one_process_does_one_piece_of_work_after_the_other() -> None:
    assert aside(tasks.about, limits=ROOM)[0] == aside(tasks.about, limits=ROOM)[0]


@pytest.mark.parametrize(
    ("task", "arguments", "limits", "why"),
    [
        (tasks.takes, (2_000_000_000,), ROOM, "it took more than 500 MB of memory"),
        (tasks.runs_on, (), Limits(ROOM.memory, 1), "it took more than 1 s of CPU"),
        (tasks.crashes, (), ROOM, "what reads it crashed (SIGSEGV)"),
    ],
)
def test_what_goes_beyond_its_limits_or_crashes_is_ended_and_named(
    task: Any, arguments: Any, limits: Limits, why: str
) -> None:
    with pytest.raises(Ended) as ended:
        aside(task, *arguments, limits=limits)

    assert str(ended.value) == why
    assert aside(tasks.takes, 1000, limits=ROOM) == 1000


def test_what_waits_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(Ended, match="it took more than 0 s"):
        aside(tasks.waits, tmp_path / "mark", limits=Limits(ROOM.memory, 60, wall_s=0.3))


def test_limits_are_counted_anew_for_each_piece_of_work() -> None:
    for _ in range(3):
        assert aside(tasks.takes, 300_000_000, limits=ROOM) == 300_000_000


def test_an_error_arrives_as_itself() -> None:
    with pytest.raises(InputRefused, match=r"a\.parquet: torn; copy it again"):
        aside(tasks.refuses, limits=ROOM)


def test_a_result_that_cannot_travel_is_told() -> None:
    with pytest.raises(RuntimeError, match="function cannot travel"):
        aside(tasks.cannot_travel, limits=ROOM)


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_is_broken_off_tidies_up_first(tmp_path: Path) -> None:
    mark = tmp_path / "mark"

    def interrupt() -> None:
        until = time.monotonic() + 60
        while not mark.exists() and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGALRM)

    before = signal.signal(signal.SIGALRM, _interrupted)
    watching = threading.Thread(target=interrupt)
    watching.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            aside(tasks.waits, mark, limits=ROOM)
    finally:
        signal.signal(signal.SIGALRM, before)
        watching.join()

    assert mark.read_text() == "tidied up"


def test_the_workers_of_a_killed_process_end_with_it() -> None:
    script = (
        "import time; from provenance.apart.worker import worker; from provenance.apart.limits import"
        " Limits; from tests.provenance.apart import tasks\n"
        "with worker() as one:\n"
        "    print(one.do(tasks.about, limits=Limits(10**9, 60))[0], flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        number = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)

    until = time.monotonic() + 60
    while Path(f"/proc/{number}").exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not Path(f"/proc/{number}").exists()


def test_a_server_that_was_killed_is_started_anew() -> None:
    aside(tasks.about, limits=ROOM)
    number = Path(f"/proc/{aside(tasks.about, limits=ROOM)[0]}/stat").read_text().split()[3]
    os.kill(int(number), signal.SIGKILL)
    while module._WAITING:
        module._WAITING.pop().end()

    assert aside(tasks.takes, 1000, limits=ROOM) == 1000


def test_pieces_are_handed_over_while_the_work_goes_on() -> None:
    pieces = aside_in_pieces(tasks.counts_and_dies, 3, limits=ROOM)

    assert [next(pieces) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Ended, match="crashed"):
        next(pieces)


def test_who_takes_no_more_pieces_leaves_no_worker_in_the_middle_of_them() -> None:
    pieces = aside_in_pieces(tasks.counts, 10_000_000, limits=ROOM)

    assert next(pieces) == 0
    pieces.close()  # type: ignore[attr-defined]

    assert aside(tasks.takes, 1000, limits=ROOM) == 1000


def test_what_a_generator_yields_there_is_yielded_here() -> None:
    assert list(each_aside(tasks.yields, 7, limits=ROOM, at_once=3)) == list(range(7))
    assert list(each_aside(tasks.yields, 0, limits=ROOM, at_once=3)) == []


def test_what_acts_when_it_is_unpacked_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(RuntimeError, match="Acting cannot travel"):
        aside(tasks.answers_by_acting, limits=ROOM)
    with pytest.raises(Ended, match="handed back what is no answer"):
        list(aside_in_pieces(tasks.acts, limits=ROOM))

    assert list(tmp_path.iterdir()) == []


def test_work_that_may_write_nothing_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"

    assert aside(tasks.writes, file, limits=Limits(ROOM.memory, 60, writes=0)) == "File too large"
    assert file.read_bytes() == b""
    assert aside(tasks.writes, file, limits=ROOM) == "written"
