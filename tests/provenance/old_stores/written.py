"""Write a small store with the code that is installed, or first on the path: see this package."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path.cwd()))

AT = datetime(2026, 1, 1, tzinfo=UTC)
ROBOTS = (
    "User-agent: GPTBot\nDisallow: /a/\nAllow: /a/b\n\nUser-agent: *\nContent-Signal: ai-train=no\n"
)
# Of tables that came later a row each, in the columns of their time.
ROWS = {
    "frontier": "('run-1', 0, 'one.example', ['https'], ['/'])",
    "visited": "('run-1', 0, 'one.example', 'visited', TIMESTAMP '2026-01-01')",
    "continuation": "('run-1', TIMESTAMP '2026-01-02', '{}', '0.1.0')",
    "not_before": "('one.example', 'host', TIMESTAMP '2026-01-03', 'retry-after',"
    " TIMESTAMP '2026-01-02')",
    "archive": "('run-1', '/a.warc', repeat('a', 64), 17, false, 2, 1, 0, TIMESTAMP '2026-01-02')",
    "digest_entry": "(2, repeat('b', 64), 1, 'sha256', 'x'::BLOB, '', NULL, 'other', '', 'Press',"
    " NULL, [])",
    "entry_event": "(repeat('c', 64), TIMESTAMP '2026-01-02', TIMESTAMP '2026-01-02',"
    " 'press/comics', repeat('d', 64), '', 'withdrawn', 'settled', 'Press', '')",
    "list_fetch": "(repeat('e', 64), 'press/comics', 'https://press.example/list',"
    " TIMESTAMP '2026-01-02', 'failed', '', '', '', 'timeout')",
}


def main(store: Path) -> None:
    """Write two hosts, a list and a match, and a row of each table that came later."""
    from blocklists.submit import submit
    from crawler.robots.outcome import classify
    from crawler.robots.reading import read_robots
    from provenance.recording import record_readings, record_run
    from provenance.records import Capture, Gate, Probe, Reading, Signal
    from provenance.store import writing

    readings = []
    for host in ("one.example", "two.example"):
        about: dict[str, Any] = {"host": host, "captured_at": AT, "method": "crawl", "status": 200,
                 "headers": (("Server", "test"),)}  # fmt: skip
        seen = Capture(url=f"https://{host}/robots.txt", path="/robots.txt", probe=Probe.ROBOTS,
                       body=ROBOTS.encode(), **about)  # fmt: skip
        readings.append(Reading(seen, *classify(seen)))
        with suppress(ImportError):
            from provenance.records import Evidence

            about["evidence"] = (Evidence(0, "response", "old.evidence/a.warc", 0, 8, "a" * 64),)
        seen = Capture(url=f"https://{host}/", path="/", probe=Probe.PAGE,
                       body=f"page of {host}".encode(), **about)  # fmt: skip
        gate = Signal(kind="access-gate", scope="page", usage="crawl", gate=Gate.AUTH)
        readings.append(Reading(seen, signals=(gate,)))
    with writing(store) as connection:
        record_run(connection, run_id="run-1", kind="crawl", started_at=AT,
                   settings={"hosts": 2}, version="0.1.0")  # fmt: skip
        record_readings(connection, "run-1", readings, compile_robots=read_robots)
    handed_in = store.with_name("list.txt")
    handed_in.write_text("pirate.example\nhttps://books.example/stolen/\n", encoding="utf-8")
    submit(store, handed_in, list_id="press/comics", submitter="Press", clock=lambda: AT)
    with writing(store) as connection:
        connection.execute(
            "INSERT INTO listed_match SELECT 'run-1', 'pirate.example', TIMESTAMP '2026-02-01',"
            " entry_id, submission_id, list_id, received_at"
            " FROM entry JOIN submission USING (submission_id) LIMIT 1"
        )
        tables = {name for (name,) in connection.execute("SHOW TABLES").fetchall()} - _unsealed()
        if "digest_entry" in tables:  # which comes with its submission
            connection.execute(
                "INSERT INTO submission SELECT * REPLACE (nextval('submission_ids') AS submission_id,"
                " 'press/digests' AS list_id) FROM submission"
            )
        for name in tables & ROWS.keys():
            connection.execute(f"INSERT INTO {name} VALUES {ROWS[name]}")


def _unsealed() -> set[str]:
    """Return what the ledger of then did not seal yet: lists of digests, for one hour."""
    try:
        from provenance.ledger.kinds import kinds
    except ImportError:
        return set()
    sealed = {name for kind in kinds() for name in kind.also}
    return {"digest_entry"} - sealed


if __name__ == "__main__":
    main(Path(sys.argv[1]))
