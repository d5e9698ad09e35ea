"""What was known of an address when: answers, lists and acts, in the order of time."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from audit.explaining.explanation import Happened
from audit.kernel import Shard, judged
from audit.verdicts import verdicts_of
from provenance.intake.manifest import open_manifest
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb

    from audit.explaining.explanation import Asked
    from audit.settings import Question

MOST = 1000
"""Answers that are shown of one host: those nearest to the collection."""

_STATES = frozenset({"parsed", "unavailable"})


def rows_of(
    connection: duckdb.DuckDBPyConnection, text: str, **values: Any
) -> list[dict[str, Any]]:
    """Return the rows of a statement by column name."""
    result = connection.execute(text, values)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@contextmanager
def judged_moments(
    question: Question, snapshot: Path, rows: Sequence[tuple[str, str]]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Judge each of *rows* (address, date) by the kernel, as an audit would; `verdict` has them."""
    with TemporaryDirectory(prefix="provisor-") as folder:
        file = Path(folder) / "asked.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, quoting=csv.QUOTE_ALL)
            writer.writerows([("url", "collected_at"), *rows])
        # What a row's own columns tell is not asked again: addresses and dates are all there is.
        plain = replace(question, declaration=replace(question.declaration, columns={}))
        with judged(Shard(0, (open_manifest(file),)), plain, snapshot) as connection:
            verdicts_of(connection)
            yield connection


def timeline(
    known: duckdb.DuckDBPyConnection,
    asked: Asked,
    path: str,
    verdict: Mapping[str, Any],
    declared: Mapping[str, Any],
) -> list[Happened]:
    """Return what the snapshot at hand knows of the address, and the acts, in order of time.

    Whom a robots.txt refused is not told yet: see `with_refusals`.
    """
    roles: dict[int, tuple[str, ...]] = {}
    for one in verdict["captures"] or []:
        roles[one["id"]] = (*roles.get(one["id"], ()), one["role"])
    observed = rows_of(
        known, statement("audit", "explain/observed"), host=asked.host, path=path, also=list(roles)
    )
    found = [
        Happened(row.pop("seen_at"), row.pop("kind"), row, roles.get(row["capture_id"], ()))
        for row in _nearest(observed, asked, roles)
    ]
    # An entry for what the row shows a copy of stands behind what shows it: `archive:ENTRY`.
    # One that names the row's own address as well does so by itself.
    through: dict[str, str] = {}
    for one in verdict["entries"] or []:
        by, _, entry = one.rpartition(":")
        through.setdefault(entry, by)
    for row in rows_of(known, statement("audit", "explain/named"), entries=list(through)):
        row["through"] = through[row["entry_id"]]
        for kind in ("published", "received", "ended"):
            at = row[f"{kind}_at"]
            if at or kind == "received":
                found.append(Happened(at, kind, row, ("entry",) if kind == "received" else ()))
    found += [Happened(act["from"], act["kind"], {"until": act["to"]}) for act in declared["acts"]]
    found.append(Happened(asked.lo, "collected", {"until": asked.hi}, ()))
    return sorted(found, key=lambda one: (one.at is None, one.at, one.kind == "collected"))


def _nearest(
    observed: list[dict[str, Any]], asked: Asked, roles: Mapping[int, object]
) -> list[dict[str, Any]]:
    """Return at most so many, and all that decide."""
    if len(observed) <= MOST or asked.lo is None:
        return observed[-MOST:]
    lo = asked.lo
    by_distance = sorted(
        observed, key=lambda row: (row["capture_id"] not in roles, abs(row["seen_at"] - lo))
    )
    return sorted(by_distance[:MOST], key=lambda row: (row["seen_at"], row["capture_id"]))


def with_refusals(
    events: Sequence[Happened], url: str, question: Question, snapshot: Path
) -> list[Happened]:
    """Tell of each robots.txt whom it refused on the path of *url*: the kernel is asked.

    A row that would have been collected in the second of an answer has that answer before it.
    """
    answers = [one for one in events if one.kind == "robots" and one.said["outcome"] in _STATES]
    moments = sorted({one.at for one in answers if one.at})
    if not moments:
        return list(events)
    rows = [(url, f"{at.isoformat(timespec='microseconds')}Z") for at in moments]
    with judged_moments(question, snapshot, rows) as connection:
        said = connection.execute("SELECT refused_before FROM verdict ORDER BY row").fetchall()
    refused = dict(zip(moments, [row[0] for row in said], strict=True))
    return [
        replace(one, said=one.said | {"refused": refused[one.at]})
        if one in answers and one.at
        else one
        for one in events
    ]
