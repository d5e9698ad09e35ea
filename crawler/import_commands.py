"""`provisor import`: bring in what others captured in the past."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from provenance.options import json_option, say, store_options
from provenance.show import show


@click.group("import")
def import_() -> None:
    """Bring past captures into the store."""


@import_.command("captures")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_options
@json_option
def captures(files: tuple[Path, ...], store: Path, wait_s: float, *, as_json: bool) -> None:
    """Read robots.txt captures from JSON Lines FILES (.jsonl or .jsonl.gz).

    Each line holds url, captured_at, status and a body, inline, in base64, or in a file beside the
    list. A file with a wrong line is refused whole; a file imported twice counts once.

    \b
    Example:
      provisor import captures captures.jsonl.gz --store provisor.duckdb
    """
    from crawler.archives.importing import import_captures

    results = [import_captures(store, file, wait_s=wait_s, say=say) for file in files]
    if as_json:
        click.echo(json.dumps([asdict(result) for result in results], indent=2))
        return
    for result in results:
        told = ", ".join(f"{count:,} {name}" for name, count in result.outcomes.items() if count)
        click.echo(
            f"{show(result.file)}: {result.captures:,} captures of {result.hosts:,} hosts"
            f" ({told}); {result.new:,} new, {result.known:,} known before"
        )
