"""What lists say of a row beside its own address: of its digest, and of what it shows a copy of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.statements import run
from provenance.errors import StoreError
from provenance.lookthrough import COPY_HOSTS, COPY_PATTERN, layers
from provenance.manifests import quoted
from provenance.rows import insert_rows
from provenance.sealed import SEALED_PAGES, SealedNames
from provenance.statements import execute, statement
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    import duckdb

    from provenance.sealed import Sealed

PDQ_DISTANCE = 31
"""The largest distance, in bits of 256, at which two PDQ digests are of one picture."""

_AT_ONCE = 50_000


def declare_copies(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the macro `shows_copies`, by which hosts are found that show copies of others."""
    connection.execute("SET VARIABLE copy_hosts = ?::VARCHAR[]", [list(COPY_HOSTS)])
    connection.execute("SET VARIABLE copy_pattern = ?::VARCHAR", [COPY_PATTERN])
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO shows_copies(name) AS"
        " list_contains(getvariable('copy_hosts'), name)"
        " OR regexp_matches(name, getvariable('copy_pattern'))"
    )


def digest_algorithms(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the algorithms whose digests the lists of the snapshot at hand name."""
    rows = connection.execute("SELECT DISTINCT algorithm FROM digest_entry").fetchall()
    return frozenset(algorithm for (algorithm,) in rows)


def look_beside(
    connection: duckdb.DuckDBPyConnection, sealed: Sealed | None, *, pages: int = SEALED_PAGES
) -> None:
    """Change the facts and the state of rows of `judged` that are named otherwise than by address.

    Where lists hold no digests nothing is compared with them, and where they name nothing at all
    no address is looked through. What *sealed* lists name comes last, and leaves nothing else; of
    a host with so many *pages* that they name, that is every row.

    Raises:
        StoreError: *sealed* changed since, or cannot be read.
    """
    run(connection, "beside/00_nothing")
    declare_copies(connection)
    execute(connection, statement("provenance", "digest_spelling"))
    if algorithms := digest_algorithms(connection):
        run(connection, "beside/01_digests")
        if "pdq" in algorithms:
            connection.execute(f"SET VARIABLE pdq_distance = {PDQ_DISTANCE:d}")
            run(connection, "beside/02_pdq")
    if connection.execute("FROM list_entry LIMIT 1").fetchall():
        _look_through(connection)
        run(connection, "beside/04_copies")
    if _any(connection, "digest_found") or _any(connection, "copy_found"):
        run(connection, "beside/05_overlaid")
    if sealed:
        _look_sealed(connection, sealed, pages)


def _look_sealed(connection: duckdb.DuckDBPyConnection, sealed: Sealed, pages: int) -> None:
    """Set rows apart that sealed lists name, by keyed digests."""
    key, block = sealed.key(), 64  # octets that SHA-256 takes at a time
    for name, octet in (("inner_pad", 0x36), ("outer_pad", 0x5C)):
        pad = bytes(one ^ octet for one in key.ljust(block, b"\0"))
        connection.execute(f"SET VARIABLE {name} = ?::BLOB", [pad])
    connection.execute(f"ATTACH {quoted(str(sealed.database.absolute()))} AS sealed (READ_ONLY)")
    try:
        ((state,),) = connection.execute("SELECT state FROM sealed.sealed_state").fetchall()
        if state != sealed.state:
            fact = "they changed while the audit ran"
            raise StoreError(str(sealed.folder), fact, "audit again")
        run(connection, "beside/06_sealed_asked")
    finally:
        connection.execute("DETACH sealed")
        connection.execute("RESET VARIABLE inner_pad; RESET VARIABLE outer_pad")
    names = SealedNames(sealed, pages)
    urls = connection.cursor().execute("SELECT url FROM memory.sealed_url WHERE url IS NOT NULL")
    while batch := urls.fetchmany(_AT_ONCE):
        found = [(url, kind) for (url,) in batch if (kind := names.kind_of(url))]
        insert_rows(connection, "sealed_page", found)
    connection.execute("DROP TABLE memory.sealed_url")
    run(connection, "beside/07_sealed")


def _look_through(connection: duckdb.DuckDBPyConnection) -> None:
    """Take apart each distinct address of hosts that show copies, as `copy_layer`."""
    run(connection, "beside/03_copy_hosts")
    urls = connection.cursor().execute("SELECT url FROM memory.copy_url")
    while batch := urls.fetchmany(_AT_ONCE):
        insert_rows(connection, "copy_layer", [row for (url,) in batch for row in _layers(url)])


def _layers(url: str) -> list[tuple[Any, ...]]:
    """Return each address inside *url*: layer, outermost kind, host, port and path, or none."""
    try:
        found = layers(url)
    except NotAnAddress:
        return []
    rows: list[tuple[Any, ...]] = []
    for number, one in enumerate(found, start=1):
        inside = address(one.url, hidden=True) if one.url else None
        place = (inside.host, inside.port, inside.path) if inside else (None, None, None)
        rows.append((url, number, found[0].kind, *place))
    return rows


def _any(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(connection.execute(f"FROM {table} LIMIT 1").fetchall())
