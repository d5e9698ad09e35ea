"""`provisor audit`: judge the rows of a manifest."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.options import json_option, say, store_options
from provenance.show import show

if TYPE_CHECKING:
    from audit.kernel import Audit
    from audit.summary import Summary

GATES = ("critical", "high", "medium", "low", "never")


@click.command("audit")
@click.argument("manifest", type=click.Path(path_type=Path))
@click.option(
    "--declaration",
    type=click.Path(path_type=Path),
    help="The dataset.toml that declares purpose, acts and crawling agent.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The folder for verdicts and reports.  [default: MANIFEST's name with -audit]",
)
@click.option(
    "--url-column", default="", help="The column with the address.  [default: found by name]"
)
@click.option(
    "--date-column",
    default="",
    help="The column with the collection date, or `none`.  [default: found by name]",
)
@click.option(
    "--fail-on",
    type=click.Choice(GATES),
    default="high",
    show_default=True,
    help="Exit with 1 when a row is at this level or above; unknown counts as medium.",
)
@store_options
@json_option
def audit_manifest(
    manifest: Path,
    *,
    declaration: Path | None,
    out: Path | None,
    url_column: str,
    date_column: str,
    fail_on: str,
    store: Path,
    wait_s: float,
    as_json: bool,
) -> int:
    """Say for every row of MANIFEST which proviso facts apply, how surely, and by which evidence.

    MANIFEST is one file with a column of addresses and, if it has one, a column of collection
    dates: Parquet, CSV, TSV, JSON Lines, CDXJ, webdataset tar, Croissant, COCO or Arrow. Written
    are verdicts.parquet with a verdict for every row, summary.json and report.html.

    \b
    Example:
      provisor audit manifest.parquet --declaration dataset.toml --store provisor.duckdb
    """
    from audit.reports.summary_json import REPORT as JSON
    from audit.reports.text import render_text

    audit = _prepared(manifest, declaration, url_column, date_column, store)
    folder = out or Path(f"{manifest.name.partition('.')[0]}-audit")
    summary = _carried_out(audit, folder, wait_s)
    if as_json:
        click.echo(JSON.render(summary), nl=False)
    else:
        click.echo(render_text(summary, colour=sys.stdout.isatty()), nl=False)
    if not summary.rows:
        say("0 rows: nothing was judged, and that is no finding")
    say(f"report: {folder / 'report.html'}")
    return int(reaches(summary.levels, fail_on))


def _prepared(
    manifest: Path, declaration: Path | None, url_column: str, date_column: str, store: Path
) -> Audit:
    """Return what is to be audited, and say how it was understood."""
    from audit.declaration import Declaration, read_declaration
    from audit.kernel import Audit
    from audit.rules import rules
    from provenance.agents import known_agent
    from provenance.intake.manifest import open_manifest

    audit = Audit(
        manifest=open_manifest(manifest, url_column=url_column, date_column=date_column),
        declaration=read_declaration(declaration) if declaration else Declaration(),
        rules=rules(),
        store=store,
    )
    say(show(audit.manifest.mapping, 1000))
    agent = audit.declaration.agent
    if agent and not known_agent(agent):
        say(f"agent {show(agent)!r} is in no agent list; is it spelt right?")
    return audit


def _carried_out(audit: Audit, folder: Path, wait_s: float) -> Summary:
    """Judge the rows, write what comes of it into *folder*, and record it if there were any."""
    from audit.kernel import STEPS, judged
    from audit.outputs import refuse_unfit_folder, write_outputs
    from audit.recording import record_audit
    from provenance.progress import progress

    refuse_unfit_folder(audit, folder)
    with (
        progress("audit", len(STEPS) + 1) as advance,
        judged(audit, wait_s=wait_s, say=say, step=advance) as connection,
    ):
        summary = write_outputs(connection, audit, folder)
        advance()
    if summary.rows:
        record_audit(audit, summary, wait_s=wait_s, say=say)
    return summary


def reaches(levels: dict[str, int], gate: str) -> bool:
    """Whether a row stands at *gate* or above; unknown gates as medium does."""
    if gate == "never":
        return False
    from audit.rules import LEVELS

    floor = LEVELS.index("unknown" if gate == "medium" else gate)
    return any(levels[level] for level in LEVELS[floor:])
