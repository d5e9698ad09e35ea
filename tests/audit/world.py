"""A small world to audit: what hosts said when, what was handed in, and a manifest of rows."""

from __future__ import annotations

import base64
import hashlib
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from audit.declaration import Declaration, Purpose
from audit.kernel import Shard, judged
from audit.rules import rules
from audit.settings import Question
from audit.snapshot import bring_up_to_date
from audit.verdicts import verdicts_of
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.intake.manifest import open_manifest
from provenance.recording import record_readings
from provenance.records import Capture, Gate, Probe, Reading, Signal, Value
from provenance.sealed import sealed_beside
from provenance.store import writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

REFUSE_AI = "User-agent: GPTBot\nDisallow: /\n"
ALLOW = "User-agent: *\nDisallow:\n"
BY_CCBOT = Declaration(purpose=Purpose.PRETRAINING, agent="CCBot")
BY_GPTBOT = Declaration(purpose=Purpose.PRETRAINING, agent="GPTBot")


def at(text: str) -> datetime:
    """Return the UTC moment *text* names: a day, or a day and a time."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@contextmanager
def judged_rows(
    store: Path, manifest: Path, declaration: Declaration, *, pdq_column: str = ""
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Judge *manifest* as one shard, with `verdict` beside what the kernel leaves."""
    question = Question(declaration, rules(), sealed=sealed_beside(store))
    snapshot = bring_up_to_date(question, store, store.with_name("knowledge.duckdb"))
    part = open_manifest(manifest, digests=(), pdq_column=pdq_column)
    with judged(Shard(0, (part,)), question, snapshot.path) as connection:
        verdicts_of(connection)
        yield connection


def _field(text: str | None) -> str:
    """Write a field of a CSV file; None is nothing at all, and not the empty text."""
    if text is None:
        return ""
    plain = text and not set(text) & set('",\r\n')
    return text if plain else '"' + text.replace('"', '""') + '"'


class World:
    """What is known, and what is asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "store.duckdb"

    def robots(
        self, when: str, body: str = "", *, host: str = "site.example", status: int = 200
    ) -> int:
        """Record a robots.txt answer and return its capture id."""
        return self._record(
            self._capture(host, "/robots.txt", Probe.ROBOTS, when, status, body.encode()), ()
        )

    def page(
        self,
        when: str,
        path: str = "/",
        *,
        host: str = "site.example",
        status: int = 200,
        signals: tuple[Signal, ...] = (),
    ) -> int:
        """Record a page answer with the signals read from it and return its capture id."""
        return self._record(self._capture(host, path, Probe.PAGE, when, status, b"page"), signals)

    def file(
        self,
        when: str,
        path: str,
        *,
        host: str = "site.example",
        status: int = 200,
        signals: tuple[Signal, ...] = (),
    ) -> int:
        """Record the answer of a file that speaks for the site and return its capture id."""
        return self._record(self._capture(host, path, Probe.FILE, when, status, b"file"), signals)

    def listed(
        self,
        received: str,
        *,
        scope: str = "domain",
        host: str = "site.example",
        path: str = "",
        status: str = "accepted",
        published: str | None = None,
        digest: str = "",
    ) -> str:
        """Record a submission of one entry, a file of its own, and return the entry's id."""
        entry_id = hashlib.sha256(f"{scope}|{host}|{path}".encode()).hexdigest()
        with writing(self.store) as connection:
            (number,) = connection.execute("SELECT nextval('submission_ids')").fetchall()[0]
            connection.execute(
                "INSERT INTO submission VALUES (?, 'holder/list', ?, ?, NULL, ?, 'Holder', 'right_holder',"
                " 'right_holder_notice', 'plain', 'f', ?, 'p', ?)",
                [number, number, at(received).replace(tzinfo=None),
                 at(published).replace(tzinfo=None) if published else None, digest or f"{number}",
                 status],
            )  # fmt: skip
            connection.execute(
                "INSERT INTO entry VALUES (?, ?, 1, '', ?, ?, '', ?, '', '', '', NULL, [])",
                [number, entry_id, scope, host, path],
            )
        return entry_id

    def digests(
        self,
        received: str,
        *named: tuple[str, bytes],
        list_id: str = "holder/files",
        status: str = "accepted",
    ) -> list[str]:
        """Record a submission of digests (algorithm, octets) and return the entries' ids."""
        found = [hashlib.sha256(octets).hexdigest() for _, octets in named]
        with writing(self.store) as connection:
            (number,) = connection.execute("SELECT nextval('submission_ids')").fetchall()[0]
            connection.execute(
                "INSERT INTO submission VALUES (?, ?, ?, ?, NULL, NULL, 'Holder', 'right_holder',"
                " 'right_holder_notice', 'hashes', 'f', ?, 'p', ?)",
                [number, list_id, number, at(received).replace(tzinfo=None), f"{number}", status],
            )
            for entry_id, (algorithm, octets) in zip(found, named, strict=True):
                base32 = base64.b32encode(octets).decode() if algorithm == "sha1" else ""
                connection.execute(
                    "INSERT INTO digest_entry VALUES (?, ?, 1, ?, ?, ?, NULL, '', '', '', NULL, [])",
                    [number, entry_id, algorithm, octets, base32],
                )
        return found

    def audit(
        self,
        *rows: tuple[str | None, ...],
        declaration: Declaration = BY_CCBOT,
        columns: tuple[str, ...] = ("url", "collected_at"),
        pdq_column: str = "",
    ) -> list[dict[str, Any]]:
        """Return the verdict and the facts of each row (address, date, and what else is told)."""
        if not self.store.exists():
            with writing(self.store):
                pass
        manifest = self.folder / "manifest.csv"
        lines = [",".join(_field(one) for one in row) for row in (columns, *rows)]
        manifest.write_text("\n".join(lines) + "\n", "utf-8")
        with judged_rows(self.store, manifest, declaration, pdq_column=pdq_column) as connection:
            result = connection.execute(
                "SELECT verdict.*, facts.*, verdict.refused_before AS agents_before, "
                "verdict.refused_after AS agents_after "
                "FROM verdict JOIN facts ON facts.fact_id = verdict.fact ORDER BY row"
            )
            names = [column[0] for column in result.description or []]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def _capture(
        self, host: str, path: str, probe: Probe, when: str, status: int, body: bytes
    ) -> Capture:
        return Capture(
            url=f"https://{host}{path}",
            host=host,
            path=path,
            probe=probe,
            captured_at=at(when),
            method="crawl",
            status=status,
            body=body,
        )

    def _record(self, capture: Capture, signals: tuple[Signal, ...]) -> int:
        outcome, reason = classify(capture) if capture.probe is Probe.ROBOTS else (None, "")
        with writing(self.store) as connection:
            record_readings(
                connection,
                "test",
                [Reading(capture, outcome, reason, signals)],
                compile_robots=read_robots,
            )
            return int(connection.execute("SELECT max(capture_id) FROM capture").fetchall()[0][0])


GATED = Signal(kind="access-gate", scope="page", usage="crawl", gate=Gate.AUTH)
PERMITTING = Signal(kind="rsl", scope="site", usage="train", value=Value.ALLOW)
OWN_TERMS: dict[str, tuple[str, int, tuple[Signal, ...], bool]] = {
    # When a file of a site was asked for whose robots.txt of 10 February names it, what came, and whether that
    # tells what its terms reserve.
    "/license.xml": ("2024-02-10", 200, (PERMITTING,), True),
    "/near.xml": ("2024-02-09 12:00", 200, (PERMITTING,), True),
    "/gone.xml": ("2024-02-10", 404, (), True),
    "/earlier.xml": ("2024-02-08", 200, (PERMITTING,), False),
    "/later.xml": ("2024-02-12", 200, (PERMITTING,), False),
    "/broken.xml": ("2024-02-10", 503, (), False),
    "/wall.xml": ("2024-02-10", 200, (), False),
    "/front.xml": ("2024-02-10", 200, (replace(PERMITTING, finding="soft-404"),), False),
}
RESERVED = Signal(kind="tdmrep", scope="page", usage="mine", value=Value.DENY)
