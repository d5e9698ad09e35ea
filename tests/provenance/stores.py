"""Small real stores to merge, and what one holds when its own numbers are taken away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from blocklists.submit import submit
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.recording import record_readings, record_run
from provenance.records import Capture, Gate, Probe, Reading, Signal
from provenance.store import reading, writing

if TYPE_CHECKING:
    from pathlib import Path

REFUSE_AI = "User-agent: GPTBot\nDisallow: /\n"
BY_PATH = "# ours\n\nUser-agent: GPTBot\nDisallow: /a/\nAllow: /a/b\n"
GATE = Signal(kind="access-gate", scope="page", usage="crawl", gate=Gate.AUTH)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def recorded(
    store: Path,
    *hosts: str,
    run: str = "run-1",
    when: str = "2026-01-01",
    robots: str = REFUSE_AI,
    signals: tuple[Signal, ...] = (GATE,),
) -> None:
    """Record, in one run, a robots.txt and a page of each of *hosts*."""
    readings = []
    for host in hosts:
        for probe, path, body in (
            (Probe.ROBOTS, "/robots.txt", robots),
            (Probe.PAGE, "/", f"page of {host}"),
        ):
            seen = Capture(
                url=f"https://{host}{path}",
                host=host,
                path=path,
                probe=probe,
                captured_at=at(when),
                method="crawl",
                status=200,
                body=body.encode(),
                headers=(("Server", "test"),),
            )
            if probe is Probe.ROBOTS:
                readings.append(Reading(seen, *classify(seen)))
            else:
                readings.append(Reading(seen, signals=signals))
    with writing(store) as connection:
        record_run(
            connection,
            run_id=run,
            kind="crawl",
            started_at=at(when),
            settings={"hosts": len(hosts)},
            version="0.1.0",
        )
        record_readings(connection, run, readings, compile_robots=read_robots)


def handed_in(
    store: Path, when: str, *names: str, status: str = "accepted", published: str = ""
) -> None:
    """Hand in the list of *names*, the same file for the same names."""
    path = store.parent / "list.txt"
    path.write_text("\n".join(names or ("pirate.example",)), "utf-8")
    submit(
        store,
        path,
        list_id="press/comics",
        submitter="Press",
        status=status,
        published_at=at(published) if published else None,
        clock=lambda: at(when),
    )


def matched(store: Path, host: str = "pirate.example", run: str = "run-1") -> None:
    """Record that *host* stood on the list when *run* was about to contact it."""
    with writing(store) as connection:
        connection.execute(
            "INSERT INTO listed_match SELECT ?, ?, TIMESTAMP '2026-02-01', entry_id, submission_id,"
            " list_id, received_at FROM entry JOIN submission USING (submission_id)"
            " ORDER BY received_at LIMIT 1",
            [run, host],
        )


FACTS = {
    "run": "FROM run WHERE kind <> 'merge'",
    "capture": "SELECT * EXCLUDE (capture_id) FROM capture",
    "signal": "SELECT fingerprint, signal.* EXCLUDE (capture_id)"
    " FROM signal JOIN capture USING (capture_id)",
    "evidence": "SELECT fingerprint, evidence.* EXCLUDE (capture_id)"
    " FROM evidence JOIN capture USING (capture_id)",
    "body": "FROM body",
    "robots_body": "FROM robots_body",
    "robots_group": "FROM robots_group",
    "robots_rule": "FROM robots_rule",
    "robots_signal": "FROM robots_signal",
    "submission": "SELECT * EXCLUDE (submission_id) FROM submission",
    "entry": "SELECT list_id, file_sha256, received_at, status, entry.* EXCLUDE (submission_id)"
    " FROM entry JOIN submission USING (submission_id)",
    "digest_entry": "SELECT list_id, file_sha256, received_at, status,"
    " digest_entry.* EXCLUDE (submission_id) FROM digest_entry JOIN submission USING (submission_id)",
    "listed_match": "SELECT file_sha256, submission.received_at AS theirs,"
    " listed_match.* EXCLUDE (submission_id)"
    " FROM listed_match JOIN submission USING (submission_id)",
    "entry_event": "FROM entry_event",
    "list_fetch": "FROM list_fetch",
    "handed_in": "FROM handed_in",
    "frontier": "FROM frontier",
    "visited": "FROM visited",
    "continuation": "FROM continuation",
    "not_before": "FROM not_before",
    "archive": "FROM archive",
}


def facts(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return what *store* holds, whatever its numbers, without the merges that brought it there."""
    with reading(store) as connection:
        return {
            table: connection.execute(f"FROM ({query}) ORDER BY ALL").fetchall()
            for table, query in FACTS.items()
        }


def rows(store: Path, query: str) -> list[tuple[Any, ...]]:
    with reading(store) as connection:
        return connection.execute(query).fetchall()
