"""Running the tests of a file against each of its mutants, in processes forked for one each."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.mutants.grafting import caches, graft
from tests.mutants.mutant import Mutant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LEAST_S = 5
_TIMES = 5
"""A mutant may take so many times the CPU of the unchanged file, and 5 s."""
_STUCK_S = 900
_MEMORY = 6 << 30


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutant."""

    mutant: Mutant
    end: str
    """`killed`, `time` (killed by its limit) or `survived`."""
    by: str = ""
    """The test that failed first."""


@dataclass
class Run:
    """A plugin of pytest: collects the tests once, then asks them of every mutant."""

    originals: dict[str, str]
    """The files as they are."""
    mutants: Sequence[Mutant]
    tests_of: Callable[[str], tuple[str, ...]]
    """The tests of a file: how their ids begin; behind a minus, how those begin that are left out."""
    at_once: int = 2
    said: Callable[[Outcome], object] = lambda _: None
    outcomes: list[Outcome] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    """Tests that fail without any change."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Fork for each mutant in place of running the tests."""
        if len(list(Path("/proc/self/task").iterdir())) > 1:
            message = "something starts a thread while tests are collected: it would not be forked"
            raise RuntimeError(message)
        self._folder = Path(tempfile.mkdtemp(prefix="mutants-"))
        self._caches, self._session = caches(), session
        try:
            plans = {file: self._plan(file) for file in self.originals}
            if not self.failed:
                self._ask_all(plans)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)
        return True

    def _plan(self, file: str) -> tuple[list[pytest.Item], int]:
        """Return the tests of *file*, quick ones first, and the seconds of CPU a mutant has."""
        unchanged = Mutant(file, self.originals[file], 0, "", "")
        items = _chosen(self._session.items, self.tests_of(file))
        if not items:
            self.failed.append(f"{file}: no test is asked of its mutants")
            return [], 0
        process = self._forked(unchanged, items, _STUCK_S)
        ended = self._wait({process: unchanged})
        if ended.end != "survived":
            self.failed.append(f"{file}: {ended.by}")
            return [], 0
        told = (self._folder / f"{process}.json").read_text("utf-8")
        times: dict[str, float] = json.loads(told)["times"]
        files = list(dict.fromkeys(one.path for one in items))
        items.sort(key=lambda one: (files.index(one.path), times[one.nodeid]))
        return items, _LEAST_S + int(_TIMES * sum(times.values()))

    def _ask_all(self, plans: dict[str, tuple[list[pytest.Item], int]]) -> None:
        waiting, running = list(self.mutants), dict[int, Mutant]()
        while waiting or running:
            while waiting and len(running) < self.at_once:
                mutant = waiting.pop(0)
                running[self._forked(mutant, *plans[mutant.file])] = mutant
            outcome = self._wait(running)
            self.outcomes.append(outcome)
            self.said(outcome)

    def _forked(self, mutant: Mutant, items: list[pytest.Item], limit_s: int) -> int:
        process = os.fork()
        if not process:
            code = 1
            try:
                code = self._tested(mutant, items, limit_s)
            finally:
                os._exit(code)
        return process

    def _wait(self, running: dict[int, Mutant]) -> Outcome:
        process, status = os.wait()
        mutant = running.pop(process)
        shutil.rmtree(self._folder / str(process), ignore_errors=True)
        told = self._folder / f"{process}.json"
        by = json.loads(told.read_text("utf-8"))["failed"] if told.exists() else "taking it in"
        if os.WIFSIGNALED(status):
            slow = os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGALRM}
            return Outcome(mutant, "time" if slow else "killed", "a signal")
        return Outcome(mutant, "killed" if os.WEXITSTATUS(status) else "survived", by)

    def _tested(self, mutant: Mutant, items: list[pytest.Item], limit_s: int) -> int:
        """Run *items* in this process, which is for nothing else; return 1 where one fails."""
        resource.setrlimit(resource.RLIMIT_CPU, (limit_s, limit_s + 5))
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
        signal.alarm(_STUCK_S)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        own = self._folder / str(os.getpid())
        own.mkdir()
        self._session.config._tmp_path_factory._basetemp = own  # type: ignore[attr-defined]
        graft(mutant, self._caches)
        times: dict[str, float] = {}
        failed = ""
        for item, following in zip(items, [*items[1:], None], strict=True):
            since = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            times[item.nodeid] = time.process_time() - since
            if self._session.testsfailed:
                failed = item.nodeid
                break
        said = {"times": times, "failed": failed}
        own.with_suffix(".json").write_text(json.dumps(said), encoding="utf-8")
        return 1 if failed else 0


def _chosen(items: Sequence[pytest.Item], wanted: tuple[str, ...]) -> list[pytest.Item]:
    """Return those of *items* that are *wanted*, in that order."""
    left_out = tuple(one.removeprefix("-") for one in wanted if one.startswith("-"))
    return list(
        dict.fromkeys(
            item
            for one in wanted
            for item in items
            if item.nodeid.startswith(one) and not item.nodeid.startswith(left_out)
        )
    )
