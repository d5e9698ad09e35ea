"""What an installation stands on: its packages and lists, its store, its disk."""

from __future__ import annotations

import platform
import shutil
import tempfile
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.advisories import FLOORS, FLOORS_OF_EXTRAS
from provenance.agents import agents, agents_digest, every_agent
from provenance.agents_taken_in import place, taken_in
from provenance.checks import Check, State, check
from provenance.defaults import VERSION
from provenance.errors import StoreError
from provenance.many import many
from provenance.migrating import migrations
from provenance.store import reading
from provenance.suffixes import suffix_list

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_FREE = 200 * 1024 * 1024
"""Octets; a crawl or an audit that runs out of room stops in the middle."""


def versions() -> dict[str, str]:
    """Return which releases and lists are in use."""
    listed = suffix_list()
    newest = max(agent.checked for agent in every_agent())
    own = f", {len(taken_in())} rows from {place()}" if taken_in() else ""
    return {
        "provisor": VERSION,
        "Python": f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        **{name: _version(name) for name in ("duckdb", "scrapy", "protego", "brotli")},
        "suffix list": f"{listed.version}, SHA-256 {listed.sha256}",
        "agents": f"{len(agents())} AI agents of {len(every_agent())} tokens, looked up until"
        f" {newest}{own}, SHA-256 {agents_digest()}",
        "schema": str(max(migrations())),
    }


def packages() -> Iterator[Check]:
    """Compare what is installed with what provisor asks for, and with published advisories."""
    from packaging.requirements import Requirement
    from packaging.version import Version

    try:
        asked = [Requirement(line) for line in requires("provisor") or ()]
    except PackageNotFoundError:
        fact = "provisor runs from its sources: what it asks for is not recorded"
        yield Check("requirements", "provisor", State.NOT_SHOWN, fact)
        asked = []
    for one in asked:
        if one.marker is None or one.marker.evaluate({"extra": ""}):
            found = _version(one.name)
            met = found != _MISSING and one.specifier.contains(found, prereleases=True)
            yield check(
                "requirements", one.name, fires=met, said=f"{found}, asked: {one.specifier}"
            )
    for floor in (*FLOORS, *FLOORS_OF_EXTRAS):
        found = _version(floor.package)
        if found == _MISSING and floor in FLOORS_OF_EXTRAS:
            continue
        mended = found != _MISSING and Version(found) >= Version(floor.version)
        said = f"{found}, mended in {floor.version}: {floor.advisory}"
        yield check("advisories", floor.package, fires=mended, said=said)


def store_state(store: Path, *, wait_s: float) -> Check:
    """Try to read the store; whoever holds it is named."""
    try:
        with reading(store, wait_s=wait_s) as connection:
            ((captures, last),) = connection.execute(
                "SELECT count(*), max(captured_at) FROM capture"
            ).fetchall()
            ((schema,),) = connection.execute("SELECT max(number) FROM migration").fetchall()
    except StoreError as error:
        return check("store", str(store), fires=False, said=f"{error.fact}; {error.remedy}")
    seen = f", the last of {last:%Y-%m-%d %H:%M}Z" if last else ""
    said = f"schema {schema}, {many(captures, 'capture')}{seen}, {store.stat().st_size:,} octets"
    return check("store", str(store), fires=True, said=said)


def room(store: Path | None) -> Iterator[Check]:
    """Tell how much is free where the store and what is spilt to disk lie."""
    folder = store.absolute().parent if store else Path.cwd()
    for name, where in (("store", folder), ("temporary", Path(tempfile.gettempdir()))):
        if not where.is_dir():
            yield check("disk", name, fires=False, said=f"{where} is no folder")
            continue
        free = shutil.disk_usage(where).free
        said = f"{free / 1e9:,.1f} GB free at {where}"
        yield check("disk", name, fires=free >= LEAST_FREE, said=said)


_MISSING = "not installed"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return _MISSING
