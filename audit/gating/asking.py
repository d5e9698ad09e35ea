"""What an audit is asked to pass: read as a whole before any work, then put to its folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from audit.cleaning.suppressing import read_suppressed
from audit.gating.baseline import read_baseline
from audit.gating.judging import judge_gates
from audit.gating.policy import Gate, read_policy
from audit.gating.returned import returned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from audit.cleaning.suppressing import Suppressed
    from audit.gating.baseline import Acceptance
    from audit.gating.judging import Judgement
    from provenance.intake.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Asked:
    """Gates, what was accepted, and what is to stay out."""

    policy: str
    """The name of the file that gates are lines of; empty: there is none."""
    gates: tuple[Gate, ...]
    accepted: tuple[Acceptance, ...]
    lists: tuple[Suppressed, ...]


def read_asked(
    policy: Path | None,
    baseline: Path | None,
    suppress: Sequence[Path],
    fail_on: str | None,
) -> Asked:
    """Return what is asked; the level is `high` where neither it nor a policy is named.

    Raises:
        InputRefused: a file is none of its kind.
    """
    level = fail_on or ("never" if policy else "high")
    return Asked(
        policy.name if policy else "",
        (*(read_policy(policy) if policy else ()), *([Gate(level=level)] * (level != "never"))),
        read_baseline(baseline) if baseline else (),
        tuple(read_suppressed(file) for file in suppress),
    )


def judge_asked(
    folder: Path, asked: Asked, manifest: Callable[[], Sequence[Manifest]]
) -> Judgement:
    """Return how the audit in *folder* stands today; *manifest* is called where rows are read.

    Raises:
        InputRefused: there is no finished audit, or it did not ask what a gate counts.
    """
    today = datetime.now(UTC).date()
    judgement = judge_gates(
        folder, asked.gates, asked.accepted, today=today, policy=asked.policy or "policy"
    )
    if not asked.lists:
        return judgement
    return replace(judgement, returned=returned(folder, manifest(), asked.lists))
