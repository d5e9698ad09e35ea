"""The kernel: from a shard of a manifest and a snapshot of the knowledge to a verdict for each row.

The work is relational. Most rows are settled by one look-up; the others are set aside and judged
as acts, each distinct one once; rules of law are asked once for each distinct set of facts. Python
only spells odd addresses, and each distinct one once.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from tempfile import gettempdir
from typing import TYPE_CHECKING

import duckdb

from audit.beside import look_beside
from audit.digest_texts import compared_algorithms, declare_texts, digest_texts
from audit.firing import fire
from audit.marks import add_marks, column
from audit.settings import declare
from audit.snapshot import at_hand, refuse_other
from audit.statements import JUDGE_ACTS, run
from provenance.errors import InputRefused, ProvisorError, StoreError
from provenance.intake.manifest import exact_file, load_statements
from provenance.robots_form import match_form
from provenance.show import show
from provenance.urls import NotAnAddress, address
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audit.settings import Question
    from provenance.intake.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of a manifest that is judged in one go: whole files, or rows of one Parquet file."""

    number: int
    parts: tuple[Manifest, ...]
    rows: tuple[int, int] | None = None
    """From and to, counted from 0 and without the last; only of a single Parquet file."""

    @property
    def name(self) -> str:
        """What its files are called after."""
        return f"{self.number:05d}"


@contextmanager
def judged(
    shard: Shard, question: Question, snapshot: Path, *, digest: str = "", by_act: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection in which every row is judged: `judged`, `tally`, `facts`, `outcome` ….

    Raises:
        InputRefused: a row of the manifest cannot be read.
        StoreError: the disk or the memory is full, or *snapshot* has not that *digest* any more.
        UsageRefused: *snapshot* was made for another question, or by another version.
    """
    with (
        at_work(shard, question, snapshot, digest) as connection,
        loaded(connection, shard, question),
    ):
        judge(connection, question, by_act=by_act)
        yield connection


@contextmanager
def at_work(
    shard: Shard, question: Question, snapshot: Path, digest: str = ""
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection that knows the question and the snapshot, and no row yet."""
    with (
        explained(", ".join(str(part.path) for part in shard.parts[:3])),
        workplace(question.memory) as connection,
    ):
        declare(connection, question)
        with at_hand(connection, snapshot):
            refuse_other(connection, question, str(snapshot), digest)
            yield connection


def judge(
    connection: duckdb.DuckDBPyConnection, question: Question, *, by_act: bool = False
) -> None:
    """Judge the rows of `dated`, with a snapshot at hand: see `judged` for what comes of it.

    With *by_act* each act is judged by itself, slowly: the look-up must come to the same.
    """
    several = bool(question.declaration.accesses)
    run(connection, "shard/00_manifest", *["shard/00_accesses"] * several, "compared", "timing")
    if by_act:  # no host is looked up, so that every row is judged as an act of its own
        connection.execute("CREATE TEMP VIEW place AS FROM known.place LIMIT 0")
    run(connection, "shard/01_looked_up", "shard/02_leaves", "shard/03_paths", "refused_paths")
    run(connection, "shard/04_answers", "shard/04_named", "shard/05_spelling")
    _spell_odd(connection)
    run(connection, "shard/06_ways", "shard/07_acts", *JUDGE_ACTS)
    run(connection, "shard/08_judged")
    limits = question.declaration.thresholds
    look_beside(connection, question.sealed, pages=limits.sealed_pages)
    add_marks(connection, question)
    run(connection, "shard/09_tally", "shard/09_facts")
    fire(connection, question.rules)
    run(connection, "shard/10_outcomes", *["shard/10_worst", "shard/09_tally"] * several)
    run(connection, "shard/11_results")


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Raise what DuckDB fails at as an error of ours, with *place* as where the rows are."""
    try:
        yield
    except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException):
        raise  # our own statements: a defect
    except duckdb.Error as error:
        raise _failed(place, error) from error


@contextmanager
def loaded(
    connection: duckdb.DuckDBPyConnection, shard: Shard, question: Question, only: str = ""
) -> Iterator[None]:
    """Have `dated` to read: the rows of all parts, one after the other.

    With *only*, those whose `row` stands in the table of that name.
    """
    with ExitStack() as stack:
        _load(connection, shard, question, stack, only)
        yield


def _load(
    connection: duckdb.DuckDBPyConnection,
    shard: Shard,
    question: Question,
    stack: ExitStack,
    only: str,
) -> None:
    more = {column(name): said for name, said in question.declaration.columns.items()}
    also = "".join(f", {name}" for name in more)
    every, texts, first = [], [], 0
    named = compared_algorithms(connection, question)
    for number, part in enumerate(shard.parts):
        if not part.url_column:
            continue  # an empty file: no rows, and so no columns either
        compared = tuple(one for one in part.digests if one.algorithm in named)
        part = replace(part, digests=compared)  # what no list names is not read
        file, view = stack.enter_context(exact_file(part.path)), f"dated_{number}"
        zone = question.declaration.zone
        try:
            for text in load_statements(
                part, file, zone=zone, view=view, rows=shard.rows, beside=more
            ):
                connection.execute(text)
            ((count,),) = connection.execute(f"SELECT count(*) FROM {view}").fetchall()  # noqa: S608
        except duckdb.ProgrammingError as error:  # what its columns are called, or hold
            raise _unreadable(str(part.path), error) from error
        start = first - (shard.rows[0] if shard.rows else 0)
        wanted = f"SEMI JOIN (SELECT row - {start} AS row_number FROM {only}) USING (row_number)"  # noqa: S608
        every.append(
            f"SELECT row_number + {start} AS row, url, has_date, lo, hi{also} FROM {view}"  # noqa: S608
            + (f" {wanted}" if only else "")
        )
        texts += digest_texts(view, compared, first=start, wanted=wanted if only else "")
        first += count
    moment = "NULL::TIMESTAMP"
    nothing = f"SELECT 0::BIGINT, NULL::VARCHAR, FALSE, {moment}, {moment}"
    nothing += ", NULL::VARCHAR" * len(more) + " LIMIT 0"
    connection.execute(
        f"CREATE TEMP {'TABLE' if only else 'VIEW'} dated(row, url, has_date, lo, hi{also}) AS "
        + (" UNION ALL ".join(every) or nothing)
    )
    declare_texts(connection, texts)


def _spell_odd(connection: duckdb.DuckDBPyConnection) -> None:
    """Give each URL that is not regular the spelling of the canonicaliser, as `odd`."""
    connection.execute(
        "CREATE TEMP TABLE odd (url VARCHAR, host VARCHAR, path VARCHAR, match_form VARCHAR)"
    )
    urls = connection.cursor().execute("SELECT url FROM memory.odd_url")
    while batch := urls.fetchmany(50_000):
        spelt = [_spelt(url) for (url,) in batch]
        connection.execute(
            "INSERT INTO odd SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[]),"
            " unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
            [list(column) for column in zip(*spelt, strict=True)],
        )


def _spelt(url: str) -> tuple[str, str | None, str | None, str | None]:
    """Return *url* with its host, path and match form; none where it cannot be read."""
    try:
        place = address(url, hidden=True)
    except NotAnAddress:
        return url, None, None, None
    form = match_form(place.path)
    if url.partition("#")[0].rstrip().endswith("?") and not form.endswith("?"):
        form += "?"  # an empty query is part of what robots rules are compared with
    return url, place.authority, place.path, form


def _failed(place: str, error: duckdb.Error) -> ProvisorError:
    """Tell a full disk or memory from rows that cannot be read."""
    text = str(error)
    if isinstance(error, duckdb.OutOfMemoryException) and "temp_directory" not in text:
        fact = f"judging its rows takes more memory than there is ({text.splitlines()[0][:160]})"
        return StoreError(place, fact, "give it more with --memory, or leave the file out")
    if isinstance(error, duckdb.OutOfMemoryException) or "No space left" in text:
        fact = f"no room for the work ({text.splitlines()[0][:160]})"
        return StoreError(gettempdir(), fact, "make room there, or point TMPDIR to another disk")
    return _unreadable(place, error)


def _unreadable(place: str, error: duckdb.Error) -> InputRefused:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    fact = f"a row cannot be read ({show(' '.join(lines[:3]), 300)})"
    return InputRefused(place, fact, "no audit was made; mend the row or leave it out")
