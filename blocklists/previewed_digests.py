"""Which rows of a manifest have the digests that a list names, for its preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocklists.digests import PDQ_DISTANCE
from blocklists.preview_places import place_texts
from provenance.rows import insert_rows
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from blocklists.digests import Digest
    from provenance.intake.digests import DigestColumn


def declare_digests(
    connection: duckdb.DuckDBPyConnection,
    digests: Sequence[Digest],
    columns: Sequence[DigestColumn],
) -> int:
    """Make `digest_key` of what is named and `digest_text` of what rows of `dated` say.

    Returns:
        How many of *digests* are of an algorithm for which there is no column.
    """
    there = {one.algorithm for one in columns}
    unique = {one.entry_id: one for one in digests}.values()
    rows = [
        (one.algorithm, key, one.entry_id)
        for one in unique
        if one.algorithm in there
        for key in (one.spellings if one.algorithm != "pdq" else one.spellings[:1])
    ]
    connection.execute(
        "CREATE TEMP TABLE digest_key (algorithm VARCHAR, key VARCHAR, entry_id VARCHAR)"
    )
    insert_rows(connection, "digest_key", rows)
    texts = [
        f"SELECT row_number, '{one.algorithm}' AS algorithm, digest_{nth} AS text FROM dated"  # noqa: S608
        f" WHERE digest_{nth} IS NOT NULL"
        for nth, one in enumerate(columns)
    ]
    nothing = "SELECT 0::BIGINT AS row_number, '' AS algorithm, '' AS text LIMIT 0"
    connection.execute(f"CREATE TEMP VIEW digest_text AS {' UNION ALL '.join(texts) or nothing}")
    connection.execute(f"SET VARIABLE pdq_distance = {PDQ_DISTANCE:d}")
    return sum(one.algorithm not in there for one in unique)


def find_digests(connection: duckdb.DuckDBPyConnection) -> None:
    """Count what they name, as `digest_reach`; `place_of_host` has the hosts that were met."""
    connection.execute(statement("blocklists", "preview_digests"))
    place_texts(connection, "digest_spelling", "digest_placed")
    connection.execute(statement("blocklists", "preview_digests_reach"))
