"""`provisor audit`: judge the rows of a manifest."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from audit.choices import FORMS, GATES
from audit.laws import chosen_rules, pack_options
from audit.options import (
    checked_size,
    column_options,
    declaration_option,
    digest_options,
    gate_options,
    memory_option,
)
from audit.questions import question_of
from provenance.errors import UsageRefused
from provenance.options import json_option, say, store_options
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.settings import Question
    from audit.summary import Summary
    from provenance.intake.manifest import Manifest

ENGINES = ("local", "ray", "spark")


@click.command("audit")
@click.argument(
    "manifests", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="MANIFEST..."
)
@click.option(
    "--glob",
    "pattern",
    default="",
    metavar="PATTERN",
    help="Which files beneath the folder MANIFEST.  [default: those directly in it]",
)
@declaration_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The folder for verdicts and reports.  [default: MANIFEST's name with -audit]",
)
@column_options
@digest_options
@click.option(
    "--fail-on",
    type=click.Choice(GATES),
    default="high",
    show_default=True,
    help="Exit with 1 when a row is at this level or above; unknown counts as medium.",
)
@gate_options
@click.option(
    "--report",
    "forms",
    type=click.Choice(FORMS),
    multiple=True,
    help="Another report to write; may be said several times.  [always: html, json]",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="local",
    show_default=True,
    help="Who runs the shards: this process, Spark or Ray.",
)
@click.option("--resume", is_flag=True, help="Keep the shards that are done, and go on.")
@click.option(
    "--update",
    is_flag=True,
    help="Judge only rows that may have changed since the audit in --out, by what is known now.",
)
@memory_option
@click.option(
    "--spill-limit",
    default="",
    callback=checked_size,
    metavar="SIZE",
    help="How much each may put into the folder for temporary files.  [default: what is free]",
)
@click.option(
    "--snapshot",
    type=click.Path(path_type=Path),
    help="The file for what is known, used again by later audits.  [default: in --out]",
)
@pack_options
@store_options
@json_option
def audit_manifest(
    manifests: tuple[Path, ...],
    *,
    pattern: str,
    declaration: Path | None,
    out: Path | None,
    url_column: str,
    date_column: str,
    digests: tuple[str, ...],
    pdq_column: str,
    fail_on: str,
    policy: Path | None,
    baseline: Path | None,
    suppress: tuple[Path, ...],
    forms: tuple[str, ...],
    engine: str,
    resume: bool,
    update: bool,
    memory: str,
    spill_limit: str,
    snapshot: Path | None,
    laws: str,
    folders: tuple[Path, ...],
    store: Path,
    wait_s: float,
    as_json: bool,
) -> int:
    """Say for every row of MANIFEST which proviso facts apply, how surely, and by which evidence.

    MANIFEST is a file with a column of addresses and, if it has one, a column of collection dates:
    Parquet, CSV, TSV, JSON Lines, CDXJ, webdataset tar, Croissant, COCO or Arrow; several files of
    one form, in the order of their rows; or the folder that holds them. Written are a verdict for
    every row (see `provisor verdicts`), summary.json and report.html.

    \b
    Example:
      provisor audit manifest.parquet --declaration dataset.toml --store provisor.duckdb
      provisor audit laion/ --glob 'part-*.parquet' --out laion-audit --resume
      provisor audit manifest.parquet --law jp,eu --rules house-rules
      provisor audit rows.parquet --policy policy.toml --baseline baseline.json
    """
    from audit.gating.asking import judge_asked, read_asked
    from audit.gating.forms import gate_text
    from audit.inputs import open_manifests
    from audit.reports.summary_json import REPORT as JSON
    from audit.reports.text import render_text
    from audit.run import run
    from provenance.progress import progress
    from provenance.workplace import Room

    source = click.get_current_context().get_parameter_source("fail_on")
    level = None if source is ParameterSource.DEFAULT else fail_on
    asked = read_asked(policy, baseline, suppress, level)
    parts = open_manifests(
        manifests, pattern=pattern, url_column=url_column, date_column=date_column,
        digests=digests, pdq_column=pdq_column, say=say,
    )  # fmt: skip
    question = question_of(
        declaration, chosen_rules(laws, folders), store, Room(memory, spill=spill_limit)
    )
    _tell(parts, question)
    folder = out or _default_folder(manifests)
    summary = run(
        parts, question, store, folder, engine=engine, resume=resume, update=update,
        snapshot=snapshot, gate=fail_on, reports=forms, wait_s=wait_s, say=say, watch=progress,
    )  # fmt: skip
    _record(summary, store, wait_s)
    if as_json:
        click.echo(JSON.render(summary), nl=False)
    else:
        click.echo(render_text(summary, colour=sys.stdout.isatty()), nl=False)
    say(f"report: {folder / 'report.html'}")
    if not (policy or baseline or suppress):
        return int(_fails(summary, fail_on))
    judgement = judge_asked(folder, asked, lambda: parts)
    text = gate_text(judgement, asked.policy)
    click.echo(text if as_json else f"\n{text}", nl=False, err=as_json)
    return int(not judgement.passes)


def _tell(parts: Sequence[Manifest], question: Question) -> None:
    """Say how the manifest and the declaration were understood."""
    from provenance.agents import known_agent

    read = next((part for part in parts if part.url_column), parts[0])
    more = f", and {len(parts) - 1} more read alike" if len(parts) > 1 else ""
    say(show(read.mapping, 1000) + more)
    agent = question.declaration.agent
    if agent and not known_agent(agent):
        say(f"agent {show(agent)!r} is in no agent list; is it spelt right?")


def _default_folder(manifests: Sequence[Path]) -> Path:
    if len(manifests) > 1:
        raise UsageRefused("--out", "several manifests name no folder", "name one")
    name = manifests[0].name or manifests[0].resolve().name
    return Path(f"{name.partition('.')[0]}-audit")


def _record(summary: Summary, store: Path, wait_s: float) -> None:
    """Record the audit, if there were any rows."""
    from audit.recording import record_audit

    if summary.rows:
        record_audit(store, summary, wait_s=wait_s, say=say)
    else:
        say("0 rows: nothing was judged, and that is no finding")


def _fails(summary: Summary, gate: str) -> bool:
    """Whether a row, or a rule about the dataset, stands at *gate* or above."""
    from audit.rules import reaching

    if gate == "never":
        return False
    met = {level for level, rows in summary.levels.items() if rows}
    return not reaching(gate).isdisjoint(met.union(one.level for one in summary.of_dataset))
