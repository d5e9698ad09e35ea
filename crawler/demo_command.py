"""`provisor demo`: the whole loop on a small web of this machine."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from provenance.errors import UsageRefused

_STORE = "demo.duckdb"


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="The folder for the store, the inputs and the report.",
)
def demo(out: Path) -> None:
    """Run the whole loop on a small web of this machine: list, import, crawl twice, audit, report.

    Fourteen sites written for it tell AI crawlers different things. Each step is a command that
    you could type; nothing leaves this machine. Between the two crawls one site changes its mind.

    \b
    Example:
      provisor demo --out demo
    """
    from crawler import demo_data
    from crawler.demo_web import demo_web
    from provenance.evidence import evidence_folder

    _refuse_others(out)
    out.mkdir(parents=True, exist_ok=True)
    store = out / _STORE
    for old in (store, out / f"{_STORE}.wal"):
        old.unlink(missing_ok=True)
    shutil.rmtree(evidence_folder(store), ignore_errors=True)
    begun = datetime.now(UTC)
    crawl = ("crawl", "--hosts", "hosts.txt", "--contact", "demo@provisor.example", "--delay", "0",
             "--allow-loopback")  # fmt: skip
    with demo_web() as web:
        demo_data.write_hosts(web, out / "hosts.txt")
        demo_data.write_list(out / "list.csv")
        demo_data.write_past(web, out / "past.jsonl", now=begun)
        _step(out, "blocklist", "import", "list.csv", "--list-id", "kestrel-press/comics",
              "--submitter", "Kestrel Press", "--role", "right_holder",
              "--basis", "right_holder_notice")  # fmt: skip
        _step(out, "import", "captures", "past.jsonl")
        _step(out, *crawl)
        web.change()
        collected = datetime.now(UTC)
        _step(out, *crawl)
        demo_data.write_declaration(out / "dataset.toml", now=begun)
        ended = datetime.now(UTC)
        demo_data.write_manifest(web, out / "manifest.csv", now=collected, later=ended)
    _step(out, "audit", "manifest.csv", "--declaration", "dataset.toml", "--out", "report",
          "--fail-on", "never")  # fmt: skip
    click.echo(f"\nLook at {out / 'report' / 'report.html'}")


def _refuse_others(out: Path) -> None:
    """Refuse a folder that holds files and was not made here: some of them would be replaced."""
    if out.is_dir() and any(out.iterdir()) and not (out / _STORE).exists():
        fact = "a folder with files that are not of a demo"
        raise UsageRefused(str(out), fact, "name another with --out, or remove it")


def _step(folder: Path, *words: str) -> None:
    """Show a command and run it in *folder*, in a process of its own, as a user would."""
    click.secho(f"\n$ provisor {shlex.join(words)}", bold=True)
    environment = os.environ | {
        "PROVISOR_STORE": _STORE,
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    command = [sys.executable, "-P", "-m", "cli", *words]
    done = subprocess.run(command, cwd=folder, env=environment, check=False)  # noqa: S603 (our own)
    if done.returncode:
        raise click.exceptions.Exit(done.returncode)
