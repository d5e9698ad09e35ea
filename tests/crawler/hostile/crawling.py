"""A crawl as a user starts it, of many sites at once, and what it left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import duckdb

from tests.conftest import ROOT
from tests.crawler.loopback import CONTACT, Crawled, ended

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def begun(
    store: Path,
    urls: Iterable[str],
    *options: str,
    environment: Mapping[str, str] | None = None,
    loopback: bool = True,
    program: tuple[str, ...] = (str(ROOT / "cli.py"),),
) -> subprocess.Popen[str]:
    """Start `provisor crawl` of *urls*, without a delay unless *options* name one."""
    hosts = store.with_suffix(".txt")
    hosts.write_text("\n".join(urls), encoding="utf-8")
    delay = () if "--delay" in options else ("--delay", "0")
    command = [sys.executable, *program, "--debug", "crawl", "--json", "--store", str(store),
               "--hosts", str(hosts), "--contact", CONTACT, *delay,
               *(["--allow-loopback"] if loopback else []), *options]  # fmt: skip
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
    )


def crawl_of(
    store: Path,
    urls: Iterable[str],
    *options: str,
    environment: Mapping[str, str] | None = None,
    loopback: bool = True,
    program: tuple[str, ...] = (str(ROOT / "cli.py"),),
) -> Crawled:
    """Crawl *urls* to the end."""
    process = begun(
        store, urls, *options, environment=environment, loopback=loopback, program=program
    )
    return ended(process, store)


def gates(store: Path) -> dict[str, list[str]]:
    """The gates found, by host."""
    with duckdb.connect(str(store), read_only=True) as connection:
        rows = connection.execute(
            "SELECT host, list(gate ORDER BY gate) FROM signal JOIN capture USING (capture_id)"
            " WHERE gate <> 'none' GROUP BY host"
        ).fetchall()
    return dict(rows)
