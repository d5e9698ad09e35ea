"""Columns of digests in a batch of Arrow: chosen as those of a manifest are, and compared alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.digest_texts import compared_algorithms, declare_texts, digest_texts
from provenance.errors import InputRefused
from provenance.intake.columns import Column
from provenance.intake.digests import NAMES, as_text, choose_digests, folded
from provenance.manifests import LOOKED_AT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import duckdb

    from audit.settings import Question

BATCH = "the batch"


def load_digests(
    connection: duckdb.DuckDBPyConnection,
    rows: Any,
    question: Question,
    *,
    asked: Sequence[str] = (),
    pdq: str = "",
) -> None:
    """Make `digest_text` of what the rows of a batch say of their contents.

    Args:
        connection: one that has a snapshot at hand.
        rows: the batch, a `pyarrow.Table` or `RecordBatch`.
        question: whose sealed lists are heeded.
        asked: as for `choose_digests`.
        pdq: likewise.

    Raises:
        InputRefused: a column that was asked for holds no text, or other digests than were said.
        UsageRefused: it is not there, or its values leave the algorithm open.
    """
    import pyarrow

    named = compared_algorithms(connection, question)
    if not (named or asked or pdq):
        return  # no list names a digest
    names = _names(rows.schema.names, asked, pdq)
    columns = {f"c{nth}": rows.column(name) for nth, name in enumerate(names)}
    numbers = pyarrow.arange(0, rows.num_rows, 1)
    connection.register("batch_digests", pyarrow.table({"row_number": numbers, **columns}))
    kinds = {
        name: "VARCHAR" if kind == '"NULL"' else kind
        for name, kind, *_ in connection.execute("DESCRIBE batch_digests").fetchall()
    }
    known = {
        name: Column(kinds[part], (name,), part) for name, part in zip(names, columns, strict=True)
    }
    chosen = choose_digests(Path(BATCH), known, asked, pdq, _first_values(connection, known))
    compared = [one for one in chosen if one.algorithm in named]
    if not compared:
        return
    texts = ", ".join(
        f"{as_text(known[one.name])}::VARCHAR AS digest_{nth}" for nth, one in enumerate(compared)
    )
    connection.execute(
        f"CREATE TEMP VIEW batch_digest AS SELECT row_number, {texts} FROM batch_digests"  # noqa: S608
    )
    declare_texts(connection, digest_texts("batch_digest", compared))


def _names(names: Sequence[str], asked: Sequence[str], pdq: str) -> list[str]:
    """Return which of the columns *names* may count as digests, each once.

    Raises:
        InputRefused: one of them stands twice among *names*.
    """
    wanted = {part for one in asked for part in (one, one.rpartition(":")[0])} | {pdq}
    if not asked:
        wanted |= {name for name in names if folded(name) in NAMES}
    found = [name for name in names if name in wanted]
    if twice := next((name for name in found if found.count(name) > 1), ""):
        fact = f"{found.count(twice)} columns are called {twice[:40]!r}"
        raise InputRefused(BATCH, fact, "name another as digests, or 'none'")
    return found


def _first_values(
    connection: duckdb.DuckDBPyConnection, columns: Mapping[str, Column]
) -> Callable[[str], list[object]]:
    """Return what gives the first values of a column that are there."""

    def values(name: str) -> list[object]:
        text = as_text(columns[name])
        rows = connection.execute(
            f"SELECT {text} FROM batch_digests WHERE {text} IS NOT NULL LIMIT {LOOKED_AT}"  # noqa: S608
        ).fetchall()
        return [value for (value,) in rows]

    return values
