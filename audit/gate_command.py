"""`provisor gate`: whether a finished audit may pass, by a level or a policy, beside a baseline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.choices import GATES
from audit.options import gate_options
from provenance.options import json_option, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.intake.manifest import Manifest


@click.command("gate")
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--fail-on",
    type=click.Choice(GATES),
    help="Fail when a row is at this level or above.  [default: high, or only the policy]",
)
@gate_options
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    multiple=True,
    help="The manifest that OUT is the audit of, for --suppress.  [default: beside OUT]",
)
@json_option
def gate_audit(
    folder: Path,
    *,
    policy: Path | None,
    fail_on: str | None,
    baseline: Path | None,
    suppress: tuple[Path, ...],
    manifest: tuple[Path, ...],
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
      provisor gate rows-audit --suppress rows-clean/suppress.txt
    """
    from audit.gating.asking import judge_asked, read_asked
    from audit.gating.forms import gate_json, gate_text

    asked = read_asked(policy, baseline, suppress, fail_on)
    judgement = judge_asked(folder, asked, lambda: _manifest_of(folder, manifest))
    form = gate_json if as_json else gate_text
    click.echo(form(judgement, asked.policy), nl=False)
    return int(not judgement.passes)


def _manifest_of(folder: Path, named: Sequence[Path]) -> tuple[Manifest, ...]:
    """Return the files that were audited: those that are named, else those beside the audit."""
    from audit.comparing.sides import read_side
    from audit.inputs import open_manifests
    from audit.tracing.audited import audited_files

    if not named:
        return audited_files(folder)
    column = read_side(folder).said["manifest"]["url_column"]
    return open_manifests(named, url_column=column, date_column="none", say=say)
