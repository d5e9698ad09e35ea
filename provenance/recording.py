"""Putting what was seen into the store: captures, their bodies, and what was read from them."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from provenance.moments import stored
from provenance.records import Outcome, Probe
from provenance.robots_form import pattern_forms
from provenance.rows import insert_rows, take_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import duckdb

    from provenance.records import Capture, Reading, RobotsFile, RobotsGroup

    Compile = Callable[[bytes, bool], RobotsFile]

READER = "robots/2"
"""Version of the robots reader; it stands beside every compiled body."""
_CLOCKS_DIFFER = timedelta(minutes=1)


def record_run(
    connection: duckdb.DuckDBPyConnection,
    *,
    run_id: str,
    kind: str,
    started_at: datetime,
    settings: dict[str, object],
    version: str,
) -> None:
    """Record that something was run, with its settings; once per *run_id*.

    Where something was recorded at a time that has not come yet, the clock was set back, and the
    run is marked: its settings say so, as `clock_suspect`.
    """
    settings = settings | _clock_suspect(connection)
    connection.execute(
        "INSERT OR IGNORE INTO run VALUES (?, ?, ?, ?, ?)",
        [run_id, kind, stored(started_at), json.dumps(settings, sort_keys=True), version],
    )


def _clock_suspect(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    ((last,),) = connection.execute("SELECT max(made_at) FROM checkpoint").fetchall()
    now = stored(datetime.now(UTC))
    if last is None or last <= now + _CLOCKS_DIFFER:
        return {}
    return {"clock_suspect": f"{now:%Y-%m-%dT%H:%M:%SZ}, after {last:%Y-%m-%dT%H:%M:%SZ}"}


def record_readings(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    readings: Sequence[Reading],
    *,
    compile_robots: Compile,
) -> int:
    """Record *readings* and return how many of them were new.

    The same exchange recorded twice counts once. A body is stored once per digest, and a robots
    body is compiled only when no capture has brought it before.
    """
    fresh = _unknown(connection, readings)
    first = take_ids(connection, len(fresh))
    insert_rows(connection, "body", _bodies(connection, fresh))
    insert_rows(
        connection,
        "capture",
        [
            _capture_row(first + i, run_id, print_, one)
            for i, (print_, one) in enumerate(fresh.items())
        ],
    )
    insert_rows(
        connection,
        "signal",
        [
            (first + i, s.kind, s.scope, s.usage, s.value, s.gate, s.strength, s.specific, s.offer,
             s.quote, s.finding, s.path, s.conditions)
            for i, one in enumerate(fresh.values())
            for s in one.signals
        ],
    )  # fmt: skip
    insert_rows(
        connection,
        "evidence",
        [
            (first + i, e.hop, e.kind, e.file, e.offset, e.length, e.sha256)
            for i, one in enumerate(fresh.values())
            for e in one.capture.evidence
        ],
    )
    _compile_new(connection, fresh.values(), compile_robots)
    return len(fresh)


def fingerprint(capture: Capture) -> str:
    """Return the digest that is the same when the same exchange is recorded again."""
    said = (
        capture.url, capture.probe, stored(capture.captured_at).isoformat(), capture.method,
        capture.source, capture.status, capture.error, body_digest(capture.body),
        capture.lowercased,
    )  # fmt: skip
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _unknown(
    connection: duckdb.DuckDBPyConnection, readings: Sequence[Reading]
) -> dict[str, Reading]:
    """Return the readings whose capture is not in the store, by fingerprint."""
    by_print = {fingerprint(reading.capture): reading for reading in readings}
    known = connection.execute(
        "SELECT fingerprint FROM capture WHERE fingerprint IN (SELECT unnest(?))", [list(by_print)]
    ).fetchall()
    for (print_,) in known:
        del by_print[print_]
    return by_print


def _capture_row(capture_id: int, run_id: str, print_: str, reading: Reading) -> tuple[Any, ...]:
    seen = reading.capture
    return (
        capture_id, run_id, print_, seen.url, seen.host, seen.path, seen.probe,
        stored(seen.captured_at), seen.captured_at_basis, seen.method, seen.source, seen.status,
        seen.status_basis, seen.error, list(seen.hops), json.dumps(seen.headers),
        body_digest(seen.body), seen.lowercased, seen.truncated, reading.outcome, reading.reason,
    )  # fmt: skip


def _bodies(
    connection: duckdb.DuckDBPyConnection, fresh: dict[str, Reading]
) -> list[tuple[str, bytes]]:
    """Return the bodies that the store does not hold, each once.

    That of a page whose octets are kept as evidence is found there (docs/crawling.md).
    """
    bodies = {
        body_digest(one.capture.body): one.capture.body
        for one in fresh.values()
        if one.capture.body is not None
        and not (one.capture.probe is Probe.PAGE and one.capture.evidence)
    }
    known = connection.execute(
        "SELECT sha256 FROM body WHERE sha256 IN (SELECT unnest(?))", [list(bodies)]
    ).fetchall()
    for (sha256,) in known:
        del bodies[sha256]
    return [(sha256, body) for sha256, body in bodies.items() if sha256]


def _compile_new(
    connection: duckdb.DuckDBPyConnection, readings: Iterable[Reading], compile_robots: Compile
) -> None:
    """Compile each robots body that no capture has brought before."""
    bodies = {
        (digest, one.capture.lowercased): one.capture.body
        for one in readings
        if one.outcome is Outcome.PARSED
        and one.capture.probe is Probe.ROBOTS
        and (digest := body_digest(one.capture.body)) is not None
    }
    known = connection.execute(
        "SELECT body_sha256, lowercased FROM robots_body WHERE body_sha256 IN (SELECT unnest(?))",
        [[digest for digest, _ in bodies]],
    ).fetchall()
    files = {
        key: compile_robots(body, key[1])
        for key, body in bodies.items()
        if key not in set(known) and body is not None
    }
    _record_robots(connection, files)


def robots_rows(
    sha256: str, file: RobotsFile, *, lowercased: bool
) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of a compiled robots body, by table; a set of rules stands once."""
    groups = [(group, ruleset_digest(group, lowercased=lowercased)) for group in file.groups]
    return {
        "robots_body": [(sha256, lowercased, list(file.findings), READER)],
        "robots_group": [
            (sha256, lowercased, group.token, group.group_class, ruleset)
            for group, ruleset in groups
        ],
        "robots_signal": [
            (sha256, lowercased, s.kind, s.scope, s.path, s.usage, s.value, s.gate, s.strength,
             s.specific, s.offer, s.conditions, s.quote, s.finding)
            for s in file.signals
        ],
        "robots_rule": [
            row
            for ruleset, group in {ruleset: group for group, ruleset in groups}.items()
            for row in _rule_rows(ruleset, group, lowercased=lowercased)
        ],
    }  # fmt: skip


def _record_robots(
    connection: duckdb.DuckDBPyConnection, files: dict[tuple[str, bool], RobotsFile]
) -> None:
    """Store compiled robots bodies: a row per token, and each distinct set of rules once."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    of_ruleset: dict[str, list[tuple[Any, ...]]] = {}
    for (sha256, lowercased), file in files.items():
        found = robots_rows(sha256, file, lowercased=lowercased)
        for ruleset, rules in groupby(found.pop("robots_rule"), key=lambda row: row[0]):
            of_ruleset[ruleset] = list(rules)
        for table, those in found.items():
            rows.setdefault(table, []).extend(those)
    known = connection.execute(
        "SELECT DISTINCT ruleset FROM robots_rule WHERE ruleset IN (SELECT unnest(?))",
        [list(of_ruleset)],
    ).fetchall()
    for (ruleset,) in known:
        del of_ruleset[ruleset]
    rows["robots_rule"] = [row for rules in of_ruleset.values() for row in rules]
    for table, those in rows.items():
        insert_rows(connection, table, those)


def _rule_rows(ruleset: str, group: RobotsGroup, *, lowercased: bool) -> Iterator[tuple[Any, ...]]:
    for rule in group.rules:
        for form in pattern_forms(rule.pattern):
            literal, like_form = form.literal, form.like_form
            if lowercased:  # `%2F` stays an escape, and is compared with the path in lower case
                literal, like_form = literal.lower(), like_form and like_form.lower()
            yield (
                ruleset, rule.line, rule.allow, rule.pattern, literal, like_form,
                form.specificity, lowercased,
            )  # fmt: skip


def ruleset_digest(group: RobotsGroup, *, lowercased: bool) -> str:
    """Return the digest of a group's rules; line numbers and the token do not count."""
    rules = sorted({(rule.allow, rule.pattern) for rule in group.rules})
    return hashlib.sha256(json.dumps((lowercased, rules)).encode()).hexdigest()


def body_digest(body: bytes | None) -> str | None:
    """Return the SHA-256 of *body*, by which the store knows it."""
    return None if body is None else hashlib.sha256(body).hexdigest()
