"""The search: each file of a dataset once, by its columns, without a loop over its rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from audit.kernel import explained
from audit.statements import run
from audit.tracing.answers import Answer, Row, Searched, Statement
from provenance.defaults import AUDIT_MEMORY, VERSION
from provenance.intake.choice import choose_digest
from provenance.intake.manifest import exact_file, load_statements, refuse_changed
from provenance.lookthrough import COPY_HOSTS, COPY_PATTERN, layers
from provenance.rows import insert_rows
from provenance.statements import statement
from provenance.urls import NotAnAddress, address
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import duckdb

    from audit.tracing.works import Work
    from provenance.intake.manifest import Manifest
    from provenance.workplace import Room

DIGEST_NAMES = (
    "sha256", "sha512", "sha1", "md5", "content_digest", "image_sha256", "image_md5", "digest",
)  # fmt: skip
CREATOR_NAMES = ("creator", "artist", "author", "creator_name", "artist_name", "author_name")
"""Columns that are searched where none is named; never `hash`, which LAION made of other things."""

_NEEDS = {"url": "url_column", "host": "url_column", "creator": "creator_column"}
_AT_ONCE = 50_000


def trace(
    parts: Sequence[tuple[Manifest, str]],
    works: Sequence[Work],
    *,
    digest_column: str = "",
    creator_column: str = "",
    shown: int = 20,
    memory: Room | str = AUDIT_MEMORY,
    done: Callable[[int], object] = lambda _: None,
) -> Statement:
    """Return for each of *works* whether it is in *parts*.

    Args:
        parts: the files, each read once, with the zone of its dates that have none.
        works: what is looked for.
        digest_column: of each file; empty: found by name where a digest is looked for.
        creator_column: likewise.
        shown: how many rows of each work are told by number.
        memory: how much is held before it spills to disk.
        done: told of each file that was searched.

    Raises:
        InputRefused: a file cannot be read, or changed.
        UsageRefused: a file has not the column that was named.
    """
    searched = []
    with workplace(memory) as connection:
        for name in ("naming", "digest_spelling"):
            connection.execute(statement("provenance", name))
        run(connection, "compared", "trace/works")
        rows = [
            (number, work.kind, work.host, work.path, list(work.spellings), work.algorithm)
            for number, work in enumerate(works)
        ]
        insert_rows(connection, "memory.work", rows)
        for number, (part, zone) in enumerate(parts):
            with explained(str(part.path)):
                columns = _columns(part, works, digest_column, creator_column)
                searched.append(_search(connection, number, part, columns, zone))
            refuse_changed(part)
            done(1)
        answers = _answers(connection, works, searched, shown)
    return Statement(datetime.now(UTC), VERSION, tuple(searched), answers)


def _columns(part: Manifest, works: Sequence[Work], digest: str, creator: str) -> tuple[str, str]:
    """Return the columns of digests and of creators, where they are needed."""
    kinds = {work.kind for work in works}
    return (
        _column(part, digest, DIGEST_NAMES) if "digest" in kinds else "",
        _column(part, creator, CREATOR_NAMES) if "creator" in kinds else "",
    )


def _column(part: Manifest, asked: str, names: tuple[str, ...]) -> str:
    if asked:
        return choose_digest(part.path, part.columns, asked)
    by_name = {name.strip().lower(): name for name in part.columns}
    found = (by_name[name] for name in names if name in by_name)
    return next((name for name in found if part.columns[name].kind == "VARCHAR"), "")


def _search(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    part: Manifest,
    columns: tuple[str, str],
    zone: str,
) -> Searched:
    """Put the rows of *part* that are looked for into `found`."""
    digest, creator = columns
    counts = dict.fromkeys(("row_count", "no_address", "unreadable", "untold_copies", "undated"), 0)
    no_digest = no_creator = 0
    algorithms: list[str] = []
    if part.url_column:
        connection.execute(f"SET VARIABLE file = {number:d}")
        with exact_file(part.path) as file:
            _load(connection, replace(part, digest_column=digest), file, zone, "dated")
            _search_addresses(connection)
            if digest:
                run(connection, "trace/03_digests")
                text = statement("audit", "trace/digest_coverage")
                ((no_digest, algorithms),) = connection.execute(text).fetchall()
            result = connection.execute(statement("audit", "trace/coverage"))
            counts = dict(zip(counts, result.fetchall()[0], strict=True))
            if creator:
                # Any column of text is read as a column of digests is.
                _load(connection, replace(part, digest_column=creator), file, zone, "created")
                run(connection, "trace/04_creators")
                no_creator = _nameless(connection)
            for name in ("dated", "created"):
                connection.execute(
                    f"DROP VIEW IF EXISTS {name}; DROP TABLE IF EXISTS {name}_loaded"
                )
    return Searched(
        file=part.path.name, sha256=part.sha256, bytes=part.size, form=part.form.name,
        rows=counts["row_count"], url_column=part.url_column, date_column=part.date_column,
        digest_column=digest, creator_column=creator, no_address=counts["no_address"],
        unreadable=counts["unreadable"], untold_copies=counts["untold_copies"],
        algorithms=tuple(algorithms), no_digest=no_digest, no_creator=no_creator,
        undated=counts["undated"],
    )  # fmt: skip


def _load(
    connection: duckdb.DuckDBPyConnection, part: Manifest, file: Path, zone: str, view: str
) -> None:
    for text in load_statements(part, file, zone=zone, view=view):
        connection.execute(text)


def _nameless(connection: duckdb.DuckDBPyConnection) -> int:
    ((count,),) = connection.execute(
        "SELECT count(*) FROM created WHERE coalesce(trim(digest), '') = ''"
    ).fetchall()
    return int(count)


def _search_addresses(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("SET VARIABLE copy_hosts = ?::VARCHAR[]", [list(COPY_HOSTS)])
    connection.execute("SET VARIABLE copy_pattern = ?::VARCHAR", [COPY_PATTERN])
    run(connection, "trace/01_spelling")
    urls = connection.cursor().execute("SELECT url, is_regular FROM memory.odd_url")
    while batch := urls.fetchmany(_AT_ONCE):
        insert_rows(connection, "spelt", [row for one in batch for row in _spelt(*one)])
    run(connection, "trace/02_places")


def _spelt(url: str, is_regular: bool) -> list[tuple[Any, ...]]:  # noqa: FBT001 (a row)
    """Return *url* and each address inside it, with host and path; none where it cannot be read."""
    try:
        place = address(url, hidden=True)
    except NotAnAddress:
        return [(url, 0, "", None, None, is_regular)]
    found: list[tuple[Any, ...]] = [(url, 0, "", place.authority, place.path, is_regular)]
    for layer, one in enumerate(layers(url), start=1):
        inside = address(one.url, hidden=True) if one.url else None
        host, path = (inside.authority, inside.path) if inside else (None, None)
        found.append((url, layer, one.kind, host, path, is_regular))
    return found


def _answers(
    connection: duckdb.DuckDBPyConnection,
    works: Sequence[Work],
    searched: Sequence[Searched],
    shown: int,
) -> tuple[Answer, ...]:
    run(connection, "trace/answers")
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for work, way, copy, count in connection.execute(
        "SELECT work, way, copy, count(*) FROM first_found GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        counts[work][f"{copy} of {way}" if copy else way] = count
    rows: dict[int, list[Row]] = defaultdict(list)
    for work, *row in connection.execute(
        "SELECT work, file, row, way, copy, lo, hi FROM first_found"
        " QUALIFY row_number() OVER (PARTITION BY work ORDER BY file, row) <= ?"
        " ORDER BY work, file, row",
        [shown],
    ).fetchall():
        rows[work].append(Row(*row))
    told = connection.execute("FROM answer ORDER BY work").fetchall()
    return tuple(
        _answer(works[number], searched, counts[number], found, tuple(rows[number]))
        for number, *found in told
    )


def _answer(
    work: Work,
    searched: Sequence[Searched],
    counts: dict[str, int],
    found: Sequence[Any],
    shown: tuple[Row, ...],
) -> Answer:
    """Return found, not_found, or that no file has a column by which it would be found."""
    count, undated, first, last = found
    without = tuple(number for number, one in enumerate(searched) if not _holds(one, work))
    answer = "not_searched" if len(without) == len(searched) else "not_found"
    return Answer(
        work, "found" if count else answer, without, count, counts, undated, first, last, shown
    )


def _holds(one: Searched, work: Work) -> bool:
    """Whether a file has what *work* would be found by; one without rows has nothing to find."""
    if work.kind == "digest":
        return not one.rows or work.algorithm in one.algorithms
    return not one.rows or bool(getattr(one, _NEEDS[work.kind]))
