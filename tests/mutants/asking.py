"""Asking the tests of every mutant, in a process that has collected them and knows no mutant yet."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.mutants.running import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.mutants.running import Outcome
    from tests.mutants.subjects import Part

# Output goes nowhere: a process forked from one that captures would write into the same files.
_OPTIONS = ("-q", "-x", "-s", "--no-header", "-p", "no:xdist", "-p", "no:cacheprovider")


def asked(parts: Sequence[Part], said: Callable[[Outcome], object] = lambda _: None) -> Run:
    """Ask the tests of each of *parts* of all its mutants; *said* is told of each."""
    tests = {part.file: part.tests for part in parts}
    run = Run(
        originals={part.file: part.text for part in parts},
        mutants=[mutant for part in parts for mutant in part.mutants()],
        tests_of=tests.__getitem__,
        at_once=len(os.sched_getaffinity(0)),
        said=said,
    )
    files = {
        one.partition("::")[0]: 1 for found in tests.values() for one in found if one[0] != "-"
    }
    code = pytest.main([*_OPTIONS, *files], plugins=[run, _SameExamples()])
    if code is not pytest.ExitCode.OK:
        run.failed.append(f"pytest ended with {code!r}")
    return run


class _SameExamples:
    """Have Hypothesis find the same examples each time; nobody needs the smallest."""

    def pytest_configure(self) -> None:
        from hypothesis import HealthCheck, Phase, settings  # its plugin has to come first

        settings.register_profile(
            "mutants", derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck), deadline=None,
        )  # fmt: skip
        settings.load_profile("mutants")
