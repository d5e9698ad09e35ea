"""The hosts that a dataset manifest names, with a few pages of each, found in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from crawler.targets import Target, merged
from provenance.errors import InputRefused
from provenance.intake.manifest import exact_file, load_statements, open_manifest
from provenance.show import show
from provenance.statements import statement
from provenance.urls import NotAnAddress, address
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MEMORY = "4GB"
_AT_ONCE = 10_000


def targets_of_manifest(path: Path, *, column: str | None, pages: int) -> tuple[Target, ...]:
    """Return the hosts of *path*, each once; as `targets_in_manifest`."""
    return merged(targets_in_manifest(path, column=column, pages=pages))


def targets_in_manifest(path: Path, *, column: str | None, pages: int) -> Iterator[Target]:
    """Yield the hosts of the addresses in *path* with up to *pages* pages of each.

    The file is read as the audit reads it (docs/auditing.md). A host is visited by https where one
    of its addresses is https, else by http.

    Raises:
        InputRefused: the file cannot be read, or has no column of addresses.
    """
    manifest = open_manifest(path, url_column=column or "", date_column="none")
    if not manifest.url_column:
        return
    try:
        with workplace(_MEMORY) as connection, exact_file(path) as file:
            for text in load_statements(manifest, file, zone="UTC"):
                connection.execute(text)
            connection.execute(statement("crawler", "manifest_hosts"), [max(pages, 1)] * 2)
            while rows := connection.fetchmany(_AT_ONCE):
                for https_urls, http_urls in rows:
                    yield from _target(https_urls or http_urls)
    except duckdb.Error as error:
        fact = f"cannot be read ({show(str(error).splitlines()[0], 300)})"
        raise InputRefused(str(path), fact, "check that it is what its name says") from error


def _target(urls: list[str]) -> Iterator[Target]:
    """Yield the host behind one spelling of an authority; nothing for what is no address."""
    for url in urls:
        try:
            found = address(url)
        except NotAnAddress:
            continue
        yield Target(found.authority, (found.scheme,), tuple(dict.fromkeys(("/", found.path))))
