"""An audit inside a pipeline: batches of Arrow in, a verdict for each of their rows out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.batch_digests import BATCH, load_digests
from audit.declaration import Declaration
from audit.kernel import explained, judge
from audit.rules import rules
from audit.settings import Question, declare
from audit.snapshot import at_hand, bring_up_to_date, refuse_other
from audit.verdicts import verdicts_of
from provenance.errors import InputRefused, UsageRefused
from provenance.intake.intervals import dated_view, holds_dates, interval
from provenance.sealed import sealed_beside
from provenance.statements import statement
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb


@dataclass(frozen=True, slots=True)
class Auditor:
    """Judges batches of rows by a snapshot of what is known; a verdict is that of `provisor audit`.

    It holds a path and the question, nothing open: it can be pickled, forked and shared by threads.
    A call costs about a quarter of a second before the first row, so hand over thousands of rows.
    """

    snapshot: Path
    """A file by `audit.snapshot.bring_up_to_date`, on this machine wherever `judge` runs."""
    question: Question
    """The one that the snapshot was made for. Its memory bounds that of one call."""
    url: str = "url"
    """The column of addresses."""
    date: str | None = "collected_at"
    """The column of collection dates; None: rows have none, and the declared interval stands in."""
    threads: int = 1
    """Of one call. Pipelines run a process for each core; a lone process may use more."""
    digests: tuple[str, ...] = ()
    """Columns with digests of the contents, as `NAME` or `NAME:ALGORITHM`, or `none`; empty: those
    that their name and the first values of a batch make plain. Lists of digests are compared."""
    pdq: str = ""
    """The column of PDQ digests; empty: none is compared."""

    @classmethod
    def of(
        cls,
        store: Path,
        snapshot: Path,
        declaration: Declaration = Declaration(),  # noqa: B008 (it is frozen)
        *,
        url: str = "url",
        date: str | None = "collected_at",
        digests: Sequence[str] = (),
        pdq: str = "",
    ) -> Auditor:
        """Return an auditor by what *store* holds now, with the rules `jp`.

        Args:
            store: where crawls, imports and lists were recorded.
            snapshot: the file to make, or to bring up to date.
            declaration: what is declared of the dataset.
            url: the column of addresses.
            date: the column of collection dates, if there is one.
            digests: columns with digests of the contents; name them with their algorithm where the
                first values of a batch may not tell it.
            pdq: the column of PDQ digests, if there is one.

        Raises:
            StoreError: the store cannot be read, or *snapshot* not written.
        """
        question = Question(declaration, rules(), sealed=sealed_beside(store))
        file = bring_up_to_date(question, store, snapshot).path
        return cls(file, question, url, date, digests=tuple(digests), pdq=pdq)

    def judge(self, rows: Any) -> Any:
        """Return the verdicts on *rows*, a `pyarrow.Table` or `RecordBatch`, row by row.

        The table has the columns of `schema()` and as many rows, in the same order.

        Raises:
            InputRefused: a column is not there or of another type, or a row cannot be read.
            StoreError: the disk or the memory is full.
            UsageRefused: the snapshot answers another question, or pyarrow is missing.
        """
        with (
            explained(BATCH),
            workplace(self.question.memory) as connection,
            at_hand(connection, self.snapshot),
        ):
            refuse_other(connection, self.question, str(self.snapshot))
            connection.execute(f"SET threads = {self.threads:d}")
            declare(connection, self.question)
            self._load(connection, self._read(rows))
            load_digests(connection, rows, self.question, asked=self.digests, pdq=self.pdq)
            judge(connection, self.question)
            verdicts_of(connection)
            return connection.sql(statement("audit", "by_row")).to_arrow_table().cast(schema())

    def _read(self, rows: Any) -> Any:
        """Return the columns that count, numbered, as a table of Arrow."""
        arrow = _arrow()
        columns = {"url": _column(rows, self.url)}
        columns["date"] = _column(rows, self.date) if self.date else arrow.nulls(rows.num_rows)
        return arrow.table({"row_number": arrow.arange(0, rows.num_rows, 1), **columns})

    def _load(self, connection: duckdb.DuckDBPyConnection, table: Any) -> None:
        """Make `dated` of the rows."""
        connection.register("batch", table)
        described = connection.execute("DESCRIBE batch").fetchall()
        kinds = {name: "VARCHAR" if kind == '"NULL"' else kind for name, kind, *_ in described}
        if kinds["url"] != "VARCHAR":
            raise _unfit(self.url, kinds["url"], "text")
        if not holds_dates(kinds["date"]):
            raise _unfit(str(self.date), kinds["date"], "a date")
        zone = self.question.declaration.zone
        when = interval(f"date::{kinds['date']}", kinds["date"], zone=zone)
        columns = "row_number AS row, url::VARCHAR AS url"
        connection.execute(dated_view("dated", when, columns=columns, source="batch"))


def schema() -> Any:
    """Return the `pyarrow.Schema` of verdicts: docs/pipelines.md says what the columns mean."""
    arrow = _arrow()
    text, number = arrow.string(), arrow.int64()
    texts = arrow.list_(text)
    capture = arrow.struct([("role", text), ("id", number)])
    return arrow.schema(
        [
            ("level", text), ("confidence", text), ("rules", texts), ("untold", texts),
            ("robots", text), ("basis", text), ("host", text), ("refused_before", texts),
            ("captures", arrow.list_(capture)), ("entries", texts),
        ]
    )  # fmt: skip


def _unfit(name: str, kind: str, wanted: str) -> InputRefused:
    return InputRefused(
        BATCH, f"column {name!r} is {kind[:40]}, not {wanted}", "convert it, or name another"
    )


def _column(rows: Any, name: str) -> Any:
    found = rows.schema.get_all_field_indices(name)
    if len(found) != 1:
        said = ", ".join(repr(one[:40]) for one in rows.schema.names[:12]) or "none"
        fact = f"{len(found) or 'no'} columns are called {name!r} (columns: {said})"
        raise InputRefused(BATCH, fact, "name another as url or date")
    return rows.column(found[0])


def _arrow() -> Any:
    try:
        import pyarrow
    except ModuleNotFoundError as error:
        raise UsageRefused(
            "audit.Auditor", "batches are those of pyarrow", "pip install 'provisor[arrow]'"
        ) from error
    return pyarrow
