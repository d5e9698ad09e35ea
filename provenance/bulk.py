"""Putting millions of captures into the store: the same rows as `recording`, a column at a time.

Captures come as `bulk_rows.Rows`, of one source and one file; what is the same for all of them is
said once. Robots bodies come compiled (`recording.robots_rows`), so that other processes can do it.
"""

from __future__ import annotations

import hashlib
from json.encoder import encode_basestring_ascii as quoted
from typing import TYPE_CHECKING, Any

import pyarrow as arrow

from provenance.rows import take_ids
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import duckdb

    from provenance.bulk_rows import Rows


_WHOLE = 20_000
"""Rows that are worth a row group of their own."""
_TEXT, _FLAG, _SMALL, _LONG = arrow.string(), arrow.bool_(), arrow.int16(), arrow.int64()
_CAPTURE = (
    _TEXT, _TEXT, _TEXT, _TEXT, _TEXT, _SMALL, _TEXT, arrow.list_(_TEXT), _TEXT, _TEXT, _FLAG,
    _TEXT, _TEXT, _TEXT, _LONG, _LONG, _TEXT,
)  # fmt: skip
_PRINTED = ("url", "probe", "captured_at", "status", "error", "body_sha256")
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
    rows: Rows,
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
    if len(rows) >= _WHOLE:  # else every few of them are merged with what stands before them
        connection.execute("SET max_vacuum_tasks = 0")
    by_print = dict(zip(_fingerprints(rows, source), range(len(rows)), strict=True))
    for print_ in _those(connection, "known", by_print, source=source):
        del by_print[print_]
    fresh = list(by_print.values())
    first = take_ids(connection, len(fresh))
    number = {row: first + place for place, row in enumerate(fresh)}
    _insert(connection, "bodies", _table(list(bodies.items()), (_TEXT, arrow.binary())))
    captures = _captures(rows, fresh).append_column("c17", arrow.array(by_print, _TEXT))
    _insert(connection, "captures", captures, first=first, run_id=run_id, source=source)
    _insert(connection, "places", captures, first=first, file=file)
    _insert(connection, "evidence", _table(_evidence(rows, number), _EVIDENCE), file=file)
    _insert(connection, "signals", _table(_signals(rows, number), _SIGNAL))
    for name in _COMPILED:
        tables = [one[name] for one in compiled]
        if tables:
            _insert(connection, name, _numbered(tables))
    return len(fresh)


def _fingerprints(rows: Rows, source: str) -> list[str]:
    """Return of each of *rows* the digest that `recording.fingerprint` gives the same exchange."""
    sha256, named, told = hashlib.sha256, quoted(source), rows.columns
    fields = (told[name] for name in _PRINTED)
    return [
        sha256(
            (
                f'[{quoted(url)}, "{probe}", "{captured_at}", "import", {named},'
                f" {'null' if status is None else status}, {quoted(error)},"
                f" {'null' if body is None else quoted(body)}, false]"
            ).encode()
        ).hexdigest()
        for url, probe, captured_at, status, error, body in zip(*fields, strict=True)
    ]


def known_bodies(connection: duckdb.DuckDBPyConnection, digests: Iterable[str]) -> list[str]:
    """Return those of *digests*, SHA-256, whose bodies the store holds."""
    return _those(connection, "known_bodies", digests)


def compiled_bodies(connection: duckdb.DuckDBPyConnection, digests: Iterable[str]) -> list[str]:
    """Return those of *digests*, SHA-256, that are of a robots.txt which was compiled before."""
    return _those(connection, "compiled_bodies", digests)


def _those(
    connection: duckdb.DuckDBPyConnection, name: str, keys: Iterable[str], **said: object
) -> list[str]:
    """Return those of *keys* that the statement *name* finds."""
    connection.register("incoming", arrow.table({"key": arrow.array(list(keys), _TEXT)}))
    found = connection.execute(statement("provenance", f"bulk/{name}"), said or None).fetchall()
    connection.unregister("incoming")
    return [key for (key,) in found]


def _captures(rows: Rows, fresh: Sequence[int]) -> arrow.Table:
    """Return those of *rows* that are *fresh*, their fields as `c0` to `c16`."""
    told = zip(rows.columns.values(), _CAPTURE, strict=True)
    columns = [_column(column, kind) for column, kind in told]
    every = arrow.table(columns, names=[f"c{number}" for number in range(len(columns))])
    return every if fresh == list(range(len(rows))) else every.take(arrow.array(fresh, _LONG))


def _evidence(rows: Rows, number: Mapping[int, int]) -> list[tuple[Any, ...]]:
    of = rows.behind.items()
    return [(number[row], *one) for row, behind in of if row in number for one in behind]


def _signals(rows: Rows, number: Mapping[int, int]) -> list[tuple[Any, ...]]:
    return [
        (number[row], s.kind, s.scope, s.usage, s.value, s.gate, s.strength, s.specific, s.offer,
         s.quote, s.finding, s.path, s.conditions)
        for row, signals in rows.signals.items()
        if row in number
        for s in signals
    ]  # fmt: skip


def _table(rows: Sequence[tuple[Any, ...]], types: Sequence[Any]) -> arrow.Table:
    """Return the first columns of *rows* as `c0`, `c1` … of *types*."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(types)
    arrays = [_column(column, kind) for column, kind in zip(columns, types, strict=False)]
    return arrow.table(arrays, names=[f"c{number}" for number in range(len(types))])


def _column(values: Sequence[Any], kind: Any) -> arrow.Array:
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
