"""What rows say of the digests of their contents, for `audit.beside` to compare with lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.beside import digest_algorithms
from provenance.intake.digests import EXACT
from provenance.manifests import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from audit.settings import Question
    from provenance.intake.digests import DigestColumn


def compared_algorithms(
    connection: duckdb.DuckDBPyConnection, question: Question
) -> frozenset[str]:
    """Return the algorithms whose digests any list may name; which sealed lists do is not told."""
    named = frozenset(EXACT) if question.sealed else frozenset()
    return named | digest_algorithms(connection)


def digest_texts(
    view: str, columns: Sequence[DigestColumn], *, first: int = 0, wanted: str = ""
) -> list[str]:
    """Return the SQL of each column's digests: row, algorithm and text, for each access of a row.

    Args:
        view: has `row_number`, and the columns as `digest_0`, `digest_1` ….
        columns: in their order.
        first: what is added to a row's number.
        wanted: a join that chooses rows.
    """
    return [
        f"SELECT (row_number + {first}) * getvariable('accesses') + act AS row,"  # noqa: S608
        f" {quoted(one.algorithm)} AS algorithm, digest_{nth} AS text"
        f" FROM {view} {wanted}"
        " CROSS JOIN (SELECT unnest(range(getvariable('accesses'))) AS act)"
        f" WHERE digest_{nth} IS NOT NULL"
        for nth, one in enumerate(columns)
    ]


def declare_texts(connection: duckdb.DuckDBPyConnection, texts: Sequence[str]) -> None:
    """Make the view `digest_text`, where there is anything to compare."""
    if texts:
        connection.execute(f"CREATE TEMP VIEW digest_text AS {' UNION ALL '.join(texts)}")
