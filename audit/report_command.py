"""`provisor report`: a finished audit in another form; nothing is judged anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from audit.choices import FORMS, GATES
from provenance.options import say


@click.command("report")
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "forms",
    type=click.Choice(FORMS),
    multiple=True,
    required=True,
    help="Which report; may be said several times.",
)
@click.option("--stdout", is_flag=True, help="Print it instead of writing it into OUT.")
@click.option(
    "--fail-on",
    type=click.Choice(GATES),
    help="The gate that the report speaks of.  [default: that of the audit]",
)
def report_audit(
    folder: Path, *, forms: tuple[str, ...], stdout: bool, fail_on: str | None
) -> None:
    """Write the audit in the folder OUT in other forms, from its summary.json.

    \b
    Examples:
      provisor report rows-audit --format sarif --format junit
      provisor report rows-audit --format markdown --stdout
    """
    from audit import reports
    from audit.reading import read_summary
    from audit.rendering import write_report
    from audit.reports import Report
    from provenance.registry import collect

    summary = read_summary(folder)
    summary = replace(summary, gate=fail_on or summary.gate)
    known = collect(reports, Report)
    for form in dict.fromkeys(forms):
        file = None if stdout else write_report(known[form], summary, folder)
        if file:
            say(f"{form}: {file}")
        else:
            click.echo(known[form].render(summary), nl=False)
