"""`provisor report`: a finished audit in another form; nothing is judged anew."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from audit.choices import FORMS, GATES, LANGUAGES
from provenance.errors import UsageRefused
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
@click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="In which language; forms for programs hold both, or codes.",
)
@click.option(
    "--since",
    "before",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="The folder of an earlier audit, to tell what changed (html).",
)
@click.option("--stdout", is_flag=True, help="Print it instead of writing it into OUT.")
@click.option(
    "--fail-on",
    type=click.Choice(GATES),
    help="The gate that the report speaks of.  [default: that of the audit]",
)
def report_audit(
    folder: Path,
    *,
    forms: tuple[str, ...],
    language: str,
    before: Path | None,
    stdout: bool,
    fail_on: str | None,
) -> None:
    """Write the audit in the folder OUT in other forms, from its summary.json.

    \b
    Examples:
      provisor report rows-audit --format sarif --format junit
      provisor report rows-audit --format html --lang ja --since march-audit
      provisor report rows-audit --format markdown --stdout
    """
    from audit import reports
    from audit.reading import read_summary
    from audit.rendering import octets_of, write_report
    from audit.reports import Asked, Report
    from provenance.registry import collect

    summary = read_summary(folder)
    summary = replace(summary, gate=fail_on or summary.gate)
    asked = Asked(language, read_summary(before) if before else None)
    known = collect(reports, Report)
    for form in dict.fromkeys(forms):
        file = None if stdout else write_report(known[form], summary, folder, asked)
        if file:
            say(f"{form}: {file}")
        elif known[form].binary and sys.stdout.isatty():
            fact = f"{form} is no text for a terminal"
            raise UsageRefused("--stdout", fact, "write it to a file")
        else:
            click.echo(octets_of(known[form], summary, asked), nl=False)
