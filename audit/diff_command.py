"""`provisor diff`: what became risky between two audits, what was cured, and why."""

from __future__ import annotations

from pathlib import Path

import click

from audit.choices import GATES
from audit.options import memory_option
from provenance.options import json_option


@click.command("diff")
@click.argument("before", metavar="BEFORE", type=click.Path(path_type=Path))
@click.argument("after", metavar="AFTER", type=click.Path(path_type=Path))
@click.option(
    "--fail-on",
    type=click.Choice(GATES),
    default="high",
    show_default=True,
    help="Exit with 1 when a row, or a rule about the dataset, is at this level or above that was"
    " not there before.",
)
@click.option(
    "--sites",
    type=click.IntRange(min=1, max=100_000),
    default=20,
    show_default=True,
    help="Tell it of at most so many sites.",
)
@memory_option
@json_option
def diff_audits(
    before: Path, after: Path, *, fail_on: str, sites: int, memory: str, as_json: bool
) -> int:
    """Say what became risky between two audits, what was cured, and why.

    BEFORE and AFTER are the folders that two audits left. Rows of files that both are of, octet by
    octet, are compared one by one, whatever the files are called. Rows of other files are counted
    by level and site, and that is said. Each row that changed has its causes: a new observation or
    notice, another rule, declaration, reading of the manifest, or reader. Rules about the dataset
    as a whole are compared as well.

    \b
    Examples:
      provisor diff monday friday
      provisor diff monday friday --fail-on medium --json
    """
    from audit.comparing.compare import compare
    from audit.comparing.forms import as_json as json_of
    from audit.comparing.forms import as_text

    comparison = compare(before, after, gate=fail_on, shown=sites, memory=memory)
    click.echo(json_of(comparison) if as_json else as_text(comparison), nl=False)
    return int(comparison.fails)
