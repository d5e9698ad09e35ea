"""`provisor trace`: whether works are in a dataset, as a statement to hand out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.options import column_options, memory_option, printing_options
from provenance.errors import UsageRefused
from provenance.options import say

if TYPE_CHECKING:
    from audit.tracing.works import Work


@click.command("trace")
@click.argument("named", metavar="[WORK]...", nargs=-1)
@click.option(
    "--in",
    "places",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    metavar="MANIFEST|AUDIT",
    help="Where to look: a manifest, a folder of them, or the folder of an audit; several times.",
)
@click.option(
    "--works",
    type=click.Path(path_type=Path),
    help="A file of works: one a line, or CSV with the columns kind and value.",
)
@click.option("--creator", "creators", multiple=True, metavar="NAME", help="A creator to look for.")
@column_options
@click.option("--digest-column", default="", help="The column with digests of the contents.")
@click.option("--creator-column", default="", help="The column with the creator's name.")
@click.option(
    "--rows",
    "shown",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many rows of each work to tell by number.",
)
@printing_options("text", "json")
@memory_option
def trace_works(
    named: tuple[str, ...],
    *,
    places: tuple[Path, ...],
    works: Path | None,
    creators: tuple[str, ...],
    url_column: str,
    date_column: str,
    digest_column: str,
    creator_column: str,
    shown: int,
    form: str,
    lang: str,
    memory: str,
) -> None:
    """Say whether each WORK is in a dataset, in which rows, and what cannot be said.

    WORK is a URL, a host (with all below it), or a digest (md5, sha1, sha256, sha512). The
    statement tells what was searched, by which columns and how it was compared, and holds no other
    row of the manifest. Found or not, the exit code is 0: it is an answer.

    \b
    Examples:
      provisor trace https://site.example/a site.example --in rows.parquet
      provisor trace --works works.csv --in laion/ --format json > answer.json
    """
    from audit.tracing.audited import searched_in
    from audit.tracing.forms import FORMS
    from audit.tracing.searching import trace
    from provenance.progress import progress

    asked = _works(named, creators, works)
    parts = [
        part
        for place in places
        for part in searched_in(place, url_column=url_column, date_column=date_column, say=say)
    ]
    with progress("files", len(parts)) as done:
        said = trace(
            parts, asked, digest_column=digest_column, creator_column=creator_column, shown=shown,
            memory=memory, done=done,
        )  # fmt: skip
    click.echo(FORMS[form](said, lang), nl=False)


def _works(named: tuple[str, ...], creators: tuple[str, ...], file: Path | None) -> list[Work]:
    from audit.tracing.works import MOST, read_works, work_of

    found = [work_of(text) for text in named]
    found += [work_of(text, "creator") for text in creators]
    found += read_works(file) if file else ()
    found = list(dict.fromkeys(found))
    if not found:
        raise UsageRefused("trace", "nothing is looked for", "name a WORK, or --works FILE")
    if len(found) > MOST:
        raise UsageRefused("trace", f"{len(found):,} works, at most {MOST:,}", "ask in parts")
    return found
