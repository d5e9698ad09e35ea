"""Putting millions of captures into the store: the same rows as `recording`, a column at a time.

Captures come as Arrow columns, of one source and one file; what is the same for all of them is
said once. Robots bodies come compiled (`recording.robots_rows`), so that other processes can do it.
"""

from __future__ import annotations

import hashlib
from json.encoder import encode_basestring_ascii as quoted
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as arrow

from provenance.rows import take_ids
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import duckdb

    from provenance.records import Outcome, Probe, Signal


class Row(NamedTuple):
    """One exchange, in the words of the store."""

    url: str
    host: str
    path: str
    probe: Probe
    captured_at: str
    """UTC, as `datetime.isoformat` writes it without a zone."""
    status: int | None
    error: str
    hops: tuple[str, ...]
    headers: str
    """JSON, as `json.dumps` writes it."""
    body_sha256: str | None
    truncated: bool
    outcome: Outcome | None
    reason: str
    kind: str
    """Of the record in which it stands: `response`, `revisit`."""
    offset: int
    length: int
    sha256: str
    """Of the record's octets."""
    signals: tuple[Signal, ...]
    behind: tuple[tuple[int, str, int, int, str, str | None], ...]
    """Further records: hop, kind, offset, length, SHA-256, file (None: that of the call)."""


_TEXT, _FLAG, _SMALL, _LONG = arrow.string(), arrow.bool_(), arrow.int16(), arrow.int64()
_CAPTURE = (
    _TEXT, _TEXT, _TEXT, _TEXT, _TEXT, _SMALL, _TEXT, arrow.list_(_TEXT), _TEXT, _TEXT, _FLAG,
    _TEXT, _TEXT, _TEXT, _LONG, _LONG, _TEXT,
)  # fmt: skip
_EVIDENCE = (_LONG, _SMALL, _TEXT, _LONG, _LONG, _TEXT, _TEXT)
_SIGNAL = (_LONG, *[_TEXT] * 6, _FLAG, *[_TEXT] * 5)
_COMPILED = {
    "robots_body": (_TEXT, _FLAG, arrow.list_(_TEXT), _TEXT),
    "robots_group": (_TEXT, _FLAG, _TEXT, _TEXT, _TEXT),
    "robots_rule": (
        _TEXT, arrow.int32(), _FLAG, _TEXT, _TEXT, _TEXT, arrow.int32(), _FLAG,
    ),
    "robots_signal": (_TEXT, _FLAG, *[_TEXT] * 7, _FLAG, *[_TEXT] * 4),
}  # fmt: skip


def compiled_tables(
    files: Iterable[Mapping[str, Sequence[tuple[Any, ...]]]],
) -> dict[str, arrow.Table]:
    """Return the rows of compiled robots bodies (`recording.robots_rows`) as a table each."""
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COMPILED}
    rulesets: set[str] = set()
    for file in files:
        for name, those in file.items():
            if name == "robots_rule":
                fresh = {row[0] for row in those} - rulesets
                rulesets |= fresh
                those = [row for row in those if row[0] in fresh]
            rows[name].extend(those)
    return {name: _table(rows[name], _COMPILED[name]) for name in _COMPILED}


def record_rows(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    rows: Sequence[Row],
    *,
    source: str,
    file: str,
    bodies: Mapping[str, bytes],
    compiled: Sequence[Mapping[str, arrow.Table]] = (),
) -> int:
    """Record *rows*, imported from *file*, and return how many of them were new.

    Args:
        connection: the store, in a transaction.
        run_id: of the import.
        rows: the same exchange twice counts once.
        source: what the captures name as their source.
        file: in which the evidence stands, where it does not say otherwise.
        bodies: octets by SHA-256 that may be new to the store.
        compiled: robots bodies that may be new to the store, by table, each as `compiled_tables`.
    """
    connection.execute("SET threads = 1")  # a second one takes half as much CPU again here
    named = quoted(source)
    by_print = {_fingerprint(row, named): row for row in rows}
    for print_ in _known(connection, list(by_print), source):
        del by_print[print_]
    fresh = list(by_print.values())
    first = take_ids(connection, len(fresh))
    _insert(connection, "bodies", _table(list(bodies.items()), (_TEXT, arrow.binary())))
    captures = _table(fresh, _CAPTURE).append_column("c17", arrow.array(by_print, _TEXT))
    _insert(connection, "captures", captures, first=first, run_id=run_id, source=source)
    _insert(connection, "places", captures, first=first, file=file)
    _insert(connection, "evidence", _table(_evidence(fresh, first), _EVIDENCE), file=file)
    _insert(connection, "signals", _table(_signals(fresh, first), _SIGNAL))
    for name in _COMPILED:
        tables = [one[name] for one in compiled]
        if tables:
            _insert(connection, name, _numbered(tables))
    return len(fresh)


def fingerprint(row: Row, source: str) -> str:
    """Return the digest that `recording.fingerprint` gives the same exchange."""
    return _fingerprint(row, quoted(source))


def _fingerprint(row: Row, source: str) -> str:
    digest = "null" if row.body_sha256 is None else f'"{row.body_sha256}"'
    status = "null" if row.status is None else row.status
    said = (
        f'[{quoted(row.url)}, "{row.probe}", "{row.captured_at}", "import", {source},'
        f" {status}, {quoted(row.error)}, {digest}, false]"
    )
    return hashlib.sha256(said.encode()).hexdigest()


def _known(connection: duckdb.DuckDBPyConnection, prints: list[str], source: str) -> list[str]:
    """Return those of *prints* that the store has; only captures of *source* are looked at."""
    connection.register("incoming", arrow.table({"fingerprint": arrow.array(prints, _TEXT)}))
    found = connection.execute(statement("provenance", "bulk/known"), {"source": source}).fetchall()
    connection.unregister("incoming")
    return [print_ for (print_,) in found]


def _evidence(rows: Sequence[Row], first: int) -> list[tuple[Any, ...]]:
    return [(number, *one) for number, row in enumerate(rows, first) for one in row.behind]


def _signals(rows: Sequence[Row], first: int) -> list[tuple[Any, ...]]:
    return [
        (number, s.kind, s.scope, s.usage, s.value, s.gate, s.strength, s.specific, s.offer,
         s.quote, s.finding, s.path, s.conditions)
        for number, row in enumerate(rows, first)
        for s in row.signals
    ]  # fmt: skip


def _table(rows: Sequence[tuple[Any, ...]], types: Sequence[Any]) -> arrow.Table:
    """Return the first columns of *rows* as `c0`, `c1` … of *types*."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(types)
    arrays = [_column(column, kind) for column, kind in zip(columns, types, strict=False)]
    return arrow.table(arrays, names=[f"c{number}" for number in range(len(types))])


def _column(values: tuple[Any, ...], kind: Any) -> arrow.Array:
    """Return *values* as a column; most columns say the same in every row."""
    if values and values[0] == values[-1] and values.count(values[0]) == len(values):
        return arrow.repeat(arrow.scalar(values[0], kind), len(values))
    return arrow.array(values, kind)


def _numbered(tables: Sequence[arrow.Table]) -> arrow.Table:
    """Return *tables* one after the other, each with its number: they may repeat one another."""
    return arrow.concat_tables(
        table.append_column("part", arrow.array([number] * len(table), arrow.int32()))
        for number, table in enumerate(tables)
    )


def _insert(
    connection: duckdb.DuckDBPyConnection, name: str, incoming: arrow.Table, **said: object
) -> None:
    if not len(incoming):
        return
    connection.register("incoming", incoming)
    connection.execute(statement("provenance", f"bulk/{name}"), said or None)
    connection.unregister("incoming")
