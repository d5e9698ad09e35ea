"""`provisor report`: a finished audit in another form; nothing is judged anew."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.choices import FORMS, GATES, LANGUAGES, MODALITIES
from provenance.errors import UsageRefused
from provenance.options import say

if TYPE_CHECKING:
    from audit.sources import Sources


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
@click.option(
    "--size-column",
    default="",
    metavar="NAME",
    help="A column of octets, or of the contents: domain names go by size (eu-summary, ab2013).",
)
@click.option(
    "--modality",
    type=click.Choice(MODALITIES),
    help="What all rows hold (eu-summary, ab2013, principle-code).",
)
@click.option(
    "--modality-column",
    default="",
    metavar="NAME",
    help="A column that says text, image, audio or video, or a media type.",
)
@click.option(
    "--corpus-column",
    default="",
    metavar="NAME",
    help="A column that names the public dataset of a row: their shares are told (eu-summary).",
)
@click.option(
    "--sme", is_flag=True, help="The provider is a small or medium-sized enterprise (eu-summary)."
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
    size_column: str,
    modality: str | None,
    modality_column: str,
    corpus_column: str,
    sme: bool,
    stdout: bool,
    fail_on: str | None,
) -> None:
    """Write the audit in the folder OUT in other forms, from its summary.json.

    \b
    Examples:
      provisor report rows-audit --format sarif --format junit
      provisor report rows-audit --format html --lang ja --since march-audit
      provisor report rows-audit --format markdown --stdout
      provisor report rows-audit --format eu-summary --size-column text --modality text
    """
    from audit import reports
    from audit.reading import read_summary
    from audit.rendering import rendered, write_report
    from audit.reports import Asked, Report
    from provenance.registry import collect

    summary = read_summary(folder)
    summary = replace(summary, gate=fail_on or summary.gate)
    known = collect(reports, Report)
    counted = any(known[form].counts_sources for form in forms)
    asked = Asked(
        language,
        read_summary(before) if before else None,
        _sources(folder, modality or "", size_column, modality_column, corpus_column)
        if counted
        else None,
        sme,
    )
    for form in dict.fromkeys(forms):
        file = None if stdout else write_report(known[form], summary, folder, asked)
        if file:
            say(f"{form}: {file}")
        elif known[form].binary and sys.stdout.isatty():
            fact = f"{form} is no text for a terminal"
            raise UsageRefused("--stdout", fact, "write it to a file")
        else:
            click.echo(rendered(known[form], summary, asked), nl=False)


def _sources(folder: Path, modality: str, size: str, modalities: str, corpora: str) -> Sources:
    from audit.sources import count_sources

    if modality and modalities:
        raise UsageRefused("--modality", "a column says it already", "leave one of them out")
    return count_sources(
        folder, size_column=size, modality=modality, modality_column=modalities,
        corpus_column=corpora,
    )  # fmt: skip
