"""Many captures at once: the same rows as one after the other."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from json import dumps
from typing import TYPE_CHECKING, Any

from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.bulk import compiled_tables, record_rows
from provenance.bulk_rows import Row, Rows
from provenance.recording import record_readings, record_run, robots_rows
from provenance.records import Capture, Evidence, Gate, Outcome, Probe, Reading, Signal
from provenance.store import writing
from tests.provenance.stores import at, facts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SHARED = b"User-agent: *\nDisallow: /a/\n"
OTHER = b"# first\nUser-agent: GPTBot\nUser-agent: CCBot\nDisallow: /a/\nAllow: /*.pdf$\n"
GATE = Signal(
    kind="access-gate", scope="page", usage="crawl", gate=Gate.AUTH, quote='say "no" \\ \u202e é',
    path="/x*", conditions="geo=JP",
)  # fmt: skip
FILE, SOURCE = "/archive/crawl-0.warc.gz", "crawl-0.warc.gz"


def capture(host: str, body: bytes | None, **said: Any) -> Capture:
    number = len(host)
    fields: dict[str, Any] = {
        "url": f"https://{host}/robots.txt", "host": host, "path": "/robots.txt",
        "probe": Probe.ROBOTS, "captured_at": at("2025-02-01T12:30:00.250000"), "method": "import",
        "status": 200, "source": SOURCE, "headers": (("Server", 'a "b"'), ("X", "é\\")),
        "evidence": (Evidence(0, "response", FILE, number, 10 + number, sha256(host.encode()).hexdigest()),),
    }  # fmt: skip
    return Capture(body=body, **(fields | said))


CAPTURES = (
    capture("a.example", SHARED),
    capture("bb.example", OTHER),
    capture("a.example", SHARED),
    capture("ccc.example", SHARED, captured_at=at("2025-03-01")),
    capture("dddd.example", b"not found", status=404),
    capture("eeeee.example", None, status=None, error="protocol"),
    capture("ffffff.example", b"<html>"),
    capture("ggggggg.example", b""),
    capture("hhhhhhhh.example", SHARED, hops=("https://www.example/robots.txt",), truncated=True),
    capture("i\u202e.example", SHARED, url='https://i.example/?q="\\'),
)


def one_after_the_other(store: Path, captures: Sequence[Capture]) -> int:
    readings = [Reading(one, *classify(one), signals=signals(one)) for one in captures]
    with writing(store) as connection:
        run(connection)
        return record_readings(connection, "run-1", readings, compile_robots=read_robots)


def all_at_once(store: Path, captures: Sequence[Capture], *, parts: int = 1) -> int:
    bodies = {sha256(one.body).hexdigest(): one.body for one in captures if one.body is not None}
    parsed = {
        sha256(one.body).hexdigest(): one.body
        for one in captures
        if one.body is not None and classify(one)[0] is Outcome.PARSED
    }
    tables = [
        compiled_tables(
            robots_rows(digest, read_robots(body), lowercased=False)
            for digest, body in list(parsed.items())[part::parts]
        )
        for part in range(parts)
    ]
    with writing(store) as connection:
        run(connection)
        return record_rows(
            connection, "run-1", Rows(map(row, captures)), source=SOURCE, file=FILE,
            bodies=bodies, compiled=tables,
        )  # fmt: skip


def signals(one: Capture) -> tuple[Signal, ...]:
    return (GATE, replace(GATE, path="")) if one.status == 404 else ()


def row(one: Capture) -> Row:
    outcome, reason = classify(one)
    (place,) = one.evidence
    digest = None if one.body is None else sha256(one.body).hexdigest()
    return Row(
        one.url, one.host, one.path, one.probe, one.captured_at.replace(tzinfo=None).isoformat(),
        one.status, one.error, one.hops, dumps(one.headers), digest, one.truncated, outcome, reason,
        place.kind, place.offset, place.length, place.sha256, signals(one), (),
    )  # fmt: skip


def run(connection: Any) -> None:
    record_run(
        connection, run_id="run-1", kind="import", started_at=at("2026-01-01"), settings={},
        version="0.1.0",
    )  # fmt: skip


def test_all_at_once_and_one_after_the_other_are_the_same_rows(tmp_path: Path) -> None:
    slow, fast = tmp_path / "slow.duckdb", tmp_path / "fast.duckdb"

    counts = one_after_the_other(slow, CAPTURES), all_at_once(fast, CAPTURES)

    assert counts == (9, 9)
    assert facts(slow) == facts(fast)


def test_either_knows_what_the_other_recorded(tmp_path: Path) -> None:
    slow, fast = tmp_path / "slow.duckdb", tmp_path / "fast.duckdb"
    one_after_the_other(slow, CAPTURES[:4])
    all_at_once(fast, CAPTURES[:4])

    counts = all_at_once(slow, CAPTURES), one_after_the_other(fast, CAPTURES)

    assert counts == (6, 6)
    assert facts(slow) == facts(fast)


def test_a_set_of_rules_that_several_parts_bring_stands_once(tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole.duckdb", tmp_path / "parts.duckdb"
    again = capture("j.example", SHARED + b"\n# the same rules, other octets\n")

    all_at_once(whole, (*CAPTURES, again))
    all_at_once(parts, (*CAPTURES, again), parts=3)

    assert facts(whole) == facts(parts)


def test_no_rows_are_no_trouble(tmp_path: Path) -> None:
    assert all_at_once(tmp_path / "s.duckdb", ()) == 0
