"""A bounded run of every fuzz target; `make fuzz` runs each for a minute."""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.fuzz.targets import TARGETS
from tests.mutated.mutations import mutated

RUNS = 300
INSTRUMENTED = 2000


@pytest.mark.parametrize("name", TARGETS)
def test_changed_seeds_are_borne(name: str) -> None:
    target, seeds = TARGETS[name]
    chance = random.Random(name)  # noqa: S311 (the same each time)
    for number in range(RUNS):
        target(mutated(seeds[number % len(seeds)], chance))


@pytest.mark.skipif(
    not importlib.util.find_spec("atheris"), reason="provisor[fuzz] is not installed"
)
def test_a_fuzzer_that_sees_the_branches_finds_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "robots", f"-runs={INSTRUMENTED}", "-seed=1"],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    assert f"Done {INSTRUMENTED} runs" in done.stderr
