"""`provisor gate`: whether a finished audit may pass, by a level or a policy, beside a baseline."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.choices import GATES
from provenance.options import json_option

if TYPE_CHECKING:
    from audit.gating.policy import Gate


@click.command("gate")
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--policy",
    type=click.Path(path_type=Path),
    help="A TOML file of gates: how many rows may stand at a level, under a rule, or untold.",
)
@click.option(
    "--fail-on",
    type=click.Choice(GATES),
    help="Fail when a row is at this level or above.  [default: high, or only the policy]",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    help="What was accepted, as `provisor accept` wrote it; it is counted beside the total.",
)
@json_option
def gate_audit(
    folder: Path,
    *,
    policy: Path | None,
    fail_on: str | None,
    baseline: Path | None,
    as_json: bool,
) -> int:
    """Say whether the audit in the folder OUT may pass, and which line of the policy fails it.

    Nothing is judged anew, and nothing accepted is left out of the counts. An acceptance that has
    expired, that no row matches any more, or that more rows or a higher level need than were
    accepted, is named, and accepts nothing.

    \b
    Examples:
      provisor gate rows-audit --policy policy.toml --baseline baseline.json
      provisor gate rows-audit --fail-on medium --json
    """
    from audit.gating.baseline import read_baseline
    from audit.gating.forms import gate_json, gate_text
    from audit.gating.judging import judge_gates

    gates = gates_of(policy, fail_on)
    accepted = read_baseline(baseline) if baseline else ()
    today = datetime.now(UTC).date()
    judgement = judge_gates(folder, gates, accepted, today=today)
    form = gate_json if as_json else gate_text
    click.echo(form(judgement, policy.name if policy else ""), nl=False)
    return int(not judgement.passes)


def gates_of(policy: Path | None, fail_on: str | None) -> tuple[Gate, ...]:
    """Return the gates of a policy and of a level; the level is `high` where there is neither."""
    from audit.gating.policy import Gate, read_policy

    level = fail_on or ("never" if policy else "high")
    own = () if level == "never" else (Gate(level=level),)
    return (*(read_policy(policy) if policy else ()), *own)
