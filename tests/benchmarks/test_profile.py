"""The steps of the profile are all that the kernel runs, each counted once."""

from __future__ import annotations

from importlib import resources

from audit.folder import TABLES
from audit.statements import JUDGE_ACTS
from benchmarks.profile import STEPS


def test_each_file_of_statements_belongs_to_one_step() -> None:
    shard = (resources.files("audit") / "sql" / "shard").iterdir()
    labels = {f"shard/{file.name.removesuffix('.sql')}" for file in shard}
    labels |= {"acts refused_paths" if name == "refused_paths" else name for name in JUDGE_ACTS}
    labels |= {"refused_paths", "fired", "kept_counts", *(f"write {name}" for name in TABLES)}

    steps = {label: [one.name for one in STEPS if label.startswith(one.files)] for label in labels}

    assert {label: found for label, found in steps.items() if len(found) != 1} == {}
