"""`provisor explain`: why one row has its verdict, with the evidence and what would change it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from audit.laws import chosen_rules, pack_options
from audit.options import printing_options
from audit.questions import question_of
from provenance.errors import UsageRefused
from provenance.options import say, store_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.explaining.explanation import Explanation
    from audit.settings import Question

_MOST_DIGITS = 18
_SAID = ParameterSource.COMMANDLINE


@click.command("explain")
@click.argument("what", metavar="ROW|URL|HOST")
@click.option(
    "--audit",
    "folder",
    type=click.Path(path_type=Path),
    help="The folder of a finished audit; then a ROW of its manifest is explained, counted from 0.",
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    help="The manifest of that audit, or its folder.  [default: looked for beside the audit]",
)
@click.option("--at", default="", help="When URL was collected, as manifests write dates.")
@click.option(
    "--declaration",
    type=click.Path(path_type=Path),
    help="The dataset.toml that declares purpose, acts and crawling agent; for URL or HOST.",
)
@click.option(
    "--snapshot",
    type=click.Path(path_type=Path),
    help="A file to keep what is known in, used again the next time; for URL or HOST.",
)
@printing_options("text", "json", "html")
@pack_options
@store_options
@click.pass_obj
def explain(
    tools: dict[str, object],
    *,
    what: str,
    folder: Path | None,
    manifest: Path | None,
    at: str,
    declaration: Path | None,
    snapshot: Path | None,
    form: str,
    lang: str,
    laws: str,
    folders: tuple[Path, ...],
    store: Path,
    wait_s: float,
) -> None:
    """Explain one verdict: what was known when, which rules speak, and what would change it.

    With --audit, ROW is a row of that audit, and the verdict is the one it gave. Else URL, or the
    front page of HOST, is judged by what the store knows now, as a row collected --at that date.
    Whether there is something to explain or not, the exit code is 0.

    \b
    Examples:
      provisor explain 17 --audit rows-audit --lang ja
      provisor explain https://site.example/a --at 2024-02-10 --declaration dataset.toml
      provisor explain 17 --audit rows-audit --format html > row-17.html
    """
    from audit.explaining.forms import FORMS

    if folder:
        _refuse_asked_before(
            {"--at": at, "--declaration": declaration, "--snapshot": snapshot, "--rules": folders,
             "--law": click.get_current_context().get_parameter_source("laws") is _SAID}
        )  # fmt: skip
        said = _of_row(what, folder, manifest)
    else:
        if manifest:
            fact = "a URL or a host is no row of a manifest"
            raise UsageRefused("--manifest", fact, "name its audit with --audit, or leave it out")
        question = question_of(declaration, chosen_rules(laws, folders), store)
        said = _of_address(what, question, store, at, snapshot, wait_s)
    said = _proven(said, store, tools["read_robots"], wait_s, needed=not folder)
    click.echo(FORMS[form](said, lang), nl=False)


def _refuse_asked_before(options: Mapping[str, object]) -> None:
    """Refuse options that say what the audit has answered already; else they would be ignored."""
    if said := [name for name, value in options.items() if value]:
        fact = "the audit has the date of each row, its declaration, its rules and what was known"
        raise UsageRefused(said[0], fact, "leave it out")


def _of_row(what: str, folder: Path, manifest: Path | None) -> Explanation:
    from audit.explaining.asking import explain_row

    if not (what.isascii() and what.isdecimal() and len(what) <= _MOST_DIGITS):
        raise UsageRefused("explain", "with --audit a row is named by its number", "write `17`")
    return explain_row(folder, int(what), manifest)


def _of_address(
    what: str, question: Question, store: Path, at: str, snapshot: Path | None, wait_s: float
) -> Explanation:
    from audit.explaining.asking import explain_address

    return explain_address(what, question, store, at=at, snapshot=snapshot, wait_s=wait_s, say=say)


def _proven(
    said: Explanation, store: Path, read_robots: object, wait_s: float, *, needed: bool
) -> Explanation:
    """Add lines, quotes and places from the store; say so where there is none."""
    from audit.explaining.proof import with_proof
    from provenance.urls import address

    if not needed and not store.exists():
        return replace(said, notes=(*said.notes, "no_store"))
    path = address(said.asked.url, hidden=True).path if said.asked.url else ""
    events = with_proof(
        said.timeline, store, path, read_robots, wait_s=wait_s, say=say,  # type: ignore[arg-type]
    )  # fmt: skip
    return replace(said, timeline=tuple(events))
