"""Addresses that were removed before, as digests: by them a row that comes back is known.

A list of suppressed addresses says nothing to a reader who does not know an address already: each
line is the SHA-256 of one, in the spelling by which lists of right holders are compared.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.statements import run
from provenance.errors import InputRefused
from provenance.intake.manifest import exact_file, load_statements
from provenance.statements import statement
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import duckdb

    from provenance.intake.manifest import Manifest

HEAD = "# provisor-suppress/1: SHA-256 of addresses, without scheme and one leading www.\n"

_DIGEST = re.compile(r"[0-9a-f]{64}")
_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A list of addresses that are to stay out."""

    file: str
    sha256: str
    digests: frozenset[str]


def spelt(url: str) -> str | None:
    """Return *url* as it is digested, e.g. `site.example/a?b`; None where it cannot be read."""
    try:
        place = address(url, hidden=True)
    except NotAnAddress:
        return None
    return place.authority.removeprefix("www.") + place.path


def digest_of(url: str) -> str | None:
    """Return the digest by which *url* is suppressed; None where it cannot be read."""
    text = spelt(url)
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()


def read_suppressed(path: Path) -> Suppressed:
    """Return the list at *path*.

    Raises:
        InputRefused: it is no such list; half of it would let the other half come back.
    """
    try:
        octets = path.read_bytes()
        text = octets.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(str(path), f"cannot be read ({error})", "name a list") from None
    if not text.startswith(HEAD) or not text.endswith("\n"):
        fact = "no whole list of suppressed addresses"
        raise InputRefused(str(path), fact, "name the suppress.txt of `provisor clean`")
    digests = text.splitlines()[1:]
    for number, line in enumerate(digests, start=2):
        if not _DIGEST.fullmatch(line):
            raise InputRefused(f"{path}, line {number}", "no SHA-256 in hex", "copy the list again")
    return Suppressed(path.name, hashlib.sha256(octets).hexdigest(), frozenset(digests))


def suppress_text(digests: Iterable[str]) -> str:
    """Return the list of *digests*, each once and in order."""
    return HEAD + "".join(f"{digest}\n" for digest in sorted(set(digests)))


def find_suppressed(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[tuple[Manifest, int]],
    lists: Sequence[Suppressed],
) -> int:
    """Put the rows whose address any of *lists* has into `suppressed`.

    Returned is how many rows have no address that could be compared.

    Args:
        connection: where the verdicts are at hand.
        parts: the parts of the manifest, each with the number of its first row.
        lists: what was removed before.
    """
    every = sorted(frozenset[str]().union(*(one.digests for one in lists)))
    connection.execute(
        "CREATE TEMP TABLE removed_before AS SELECT unnest(?::VARCHAR[]) AS digest", [every]
    )
    unreadable = 0
    for part, first in parts:
        with exact_file(part.path) as file:
            address_rows(connection, part, file)
            ((missing,),) = connection.execute(
                "SELECT count(*) FROM addressed WHERE digest IS NULL"
            ).fetchall()
            unreadable += missing
            connection.execute(
                "INSERT INTO suppressed SELECT row_number + ? FROM addressed"
                " SEMI JOIN removed_before USING (digest)",
                [first],
            )
    return unreadable


def address_rows(connection: duckdb.DuckDBPyConnection, part: Manifest, file: Path) -> None:
    """Make the view `addressed`: row_number and digest of each row of *part*, read as *file*."""
    connection.execute("DROP VIEW IF EXISTS dated; DROP TABLE IF EXISTS dated_loaded")
    for text in load_statements(part, file, zone="UTC"):
        connection.execute(text)
    connection.execute(statement("provenance", "naming"))
    run(connection, "compared", "cleaning/addressed")
    urls = connection.execute(
        "SELECT DISTINCT url FROM regular WHERE address IS NULL AND url IS NOT NULL"
    ).fetchall()
    for start in range(0, len(urls), _AT_ONCE):
        batch = [url for (url,) in urls[start : start + _AT_ONCE]]
        connection.execute(
            "INSERT INTO odd SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
            [batch, [spelt(url) for url in batch]],
        )
