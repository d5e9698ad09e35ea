"""`provisor import`: bring in what others captured in the past."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.import_each import import_each
from provenance.errors import Incomplete, UsageRefused
from provenance.many import many
from provenance.options import json_option, say, store_options
from provenance.show import show

if TYPE_CHECKING:
    from crawler.archives.imported import ImportedWarc
    from crawler.archives.importing import Imported
    from crawler.archives.index import ImportedIndex

_files = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))


@click.group("import")
def import_() -> None:
    """Bring past captures into the store.

    \b
    Examples:
      provisor import captures captures.jsonl.gz
      provisor import warc crawl-00000.warc.gz crawl-00001.warc.gz
      provisor import cdx cdx-00000.gz
    """


@import_.command("captures")
@_files
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
    from crawler.archives import reading

    reading.begin()
    from crawler.archives.importing import import_captures

    def read(file: Path) -> Imported:
        return import_captures(store, file, wait_s=wait_s, say=say)

    import_each(files, read, _told_captures, as_json=as_json)


def _told_captures(result: Imported) -> str:
    told = ", ".join(f"{count:,} {name}" for name, count in result.outcomes.items() if count)
    return (
        f"{show(result.file)}: {many(result.captures, 'capture')} of {many(result.hosts, 'host')}"
        f"{f' ({told})' if told else ''}; {result.new:,} new, {result.known:,} known before"
    )


@import_.command("warc")
@_files
@click.option("--robots-only", is_flag=True, help="Pass over pages.")
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=os.cpu_count() or 1,
    show_default="all cores",
    help="Processes that read bodies; 0: none beside this one.",
)
@store_options
@json_option
def warc(
    files: tuple[Path, ...],
    store: Path,
    wait_s: float,
    *,
    robots_only: bool,
    jobs: int,
    as_json: bool,
) -> None:
    """Read archived exchanges from FILES (.warc, .warc.gz, .warc.zst, .wacz).

    What a host answered counts when its record is whole; the store keeps where the record stands.
    Bodies of robots.txt and of other files for machines are kept in the store, those of pages stay
    in the file. A file imported twice counts once, and one that was stopped goes on.

    Ends with 6 where a file is damaged or was stopped: what is whole is kept, and importing a whole
    copy of the same name goes on from there.

    \b
    Example:
      provisor import warc crawl-00000.warc.gz crawl-00001.warc.gz
    """
    try:
        from crawler.archives import reading

        reading.begin()
        from crawler.archives.imported import Importing
        from crawler.archives.interpreting import Workers
        from crawler.archives.stopping import asked_to_stop
        from crawler.archives.warc import import_warc
    except ModuleNotFoundError as error:
        fact = f"WARC files are read with the help of {error.name}"
        raise UsageRefused("import warc", fact, "install provisor[warc]") from error
    from provenance.progress import octet_progress

    octets = sum(file.stat().st_size for file in files if file.is_file())
    with (
        asked_to_stop() as stop,
        octet_progress("import", octets) as advance,
        Workers(jobs) as workers,
    ):
        how = Importing(store, robots_only, wait_s, say, advance, stop)
        results = import_each(
            files, lambda file: import_warc(file, how, workers), _told, as_json=as_json
        )
    damaged = [result.file for result in results if result.damaged]
    if damaged:
        fact = f"damaged: {', '.join(show(file) for file in damaged)}"
        raise Incomplete("import", fact, "what is whole was kept; import whole copies to go on")


def _told(result: ImportedWarc) -> str:
    """Return what came of a file, for people."""
    lines = [
        (
            f"{show(result.file)}: {many(result.records, 'record')}:"
            f" {many(result.new, 'new capture')},"
            f" {result.known:,} known before, {sum(result.skipped.values()):,} skipped"
        )
    ]
    if result.before:
        lines.append("  imported before; not read again")
    if result.said:
        lines.append(f"  {result.said}")
    outcomes = ", ".join(f"{count:,} {name}" for name, count in result.outcomes.items() if count)
    if outcomes:
        lines.append(f"  robots.txt: {outcomes}")
    skipped = ", ".join(f"{count:,} {show(name)}" for name, count in result.skipped.items())
    if skipped:
        lines.append(f"  skipped: {skipped}")
    lines.extend(f"  DAMAGED at offset {one.offset:,}: {show(one.cause)}" for one in result.damage)
    if result.damaged > len(result.damage):
        lines.append(f"  and at {many(result.damaged - len(result.damage), 'more place')}")
    return "\n".join(lines)


@import_.command("cdx")
@_files
@store_options
@json_option
def cdx(files: tuple[Path, ...], store: Path, wait_s: float, *, as_json: bool) -> None:
    """Read rows of an archive's index from FILES (CDX, CDXJ, JSON Lines, Common Crawl's Parquet).

    A row tells when an address was asked and with which status it was answered, and no rules.

    \b
    Example:
      provisor import cdx cdx-00000.gz
    """
    from crawler.archives import reading

    reading.begin()
    from crawler.archives.index import import_index

    def read(file: Path) -> ImportedIndex:
        return import_index(file, store, wait_s=wait_s, say=say)

    import_each(files, read, _told_rows, as_json=as_json)


def _told_rows(result: ImportedIndex) -> str:
    skipped = ", ".join(f"{count:,} {name}" for name, count in result.skipped.items())
    return (
        f"{show(result.file)}: {many(result.rows, 'row')}: {many(result.new, 'new capture')},"
        f" {result.known:,} known before" + (f"; skipped: {skipped}" if skipped else "")
    )
