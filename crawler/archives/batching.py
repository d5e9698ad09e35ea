"""Archived exchanges on their way into the store: so many at a time, each distinct body once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from crawler.archives.alike import PATH, Plain
from crawler.archives.http_message import fields, fields_json
from crawler.archives.interpreting import (
    read_bodies,
    read_pages,
    result,
    verdict_without_rules,
)
from crawler.robots.outcome import may_hold_rules
from provenance.bulk import record_rows
from provenance.bulk_rows import Row, Rows
from provenance.records import Capture, Outcome, Probe

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    import duckdb

    from crawler.archives.exchange import Exchange
    from crawler.archives.interpreting import Bodies, Verdict, Workers
    from provenance.records import Signal

MOST = 122_880
"""Exchanges that are held at once, beside those that are being written: a row group of DuckDB,
which writes one anew that was not full."""
MOST_OCTETS = 64 * 1024 * 1024
"""Octets of bodies that are kept or read; one has at most 2 MiB."""
_MOST_KNOWN = 250_000
_BODIES_AT_ONCE = 250
_PAGES_AT_ONCE = 20
_NOT_HERE = "its body is not here"
_READ_WHOLE = ("text/html", "application/xhtml", "image/")


@dataclass(slots=True)
class Known:
    """Bodies that were read before, by SHA-256, and what those of a robots.txt amount to."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    """Bodies that the store holds."""

    def forget(self) -> None:
        """Stay within bounds: the store knows them, too."""
        if len(self.verdicts) > _MOST_KNOWN:
            self.verdicts.clear()
        if len(self.kept) > _MOST_KNOWN:
            self.kept.clear()


@dataclass(slots=True)
class Batch:
    """Exchanges that wait for the store."""

    rows: Rows = field(default_factory=Rows)
    judged_by_body: list[int] = field(default_factory=list)
    """Which of `rows` have the outcome that their body has."""
    bodies: dict[str, bytes] = field(default_factory=dict)
    """To be kept."""
    rules: dict[str, bytes] = field(default_factory=dict)
    """Those of a robots.txt that is to be read."""
    pages: list[Capture] = field(default_factory=list)
    page_of: list[int] = field(default_factory=list)
    """To which row each of `pages` belongs."""
    octets: int = 0
    _told: dict[str, Verdict] = field(default_factory=dict)
    """What its bodies amount to that were read before it began."""
    _reading: list[Future[Bodies]] = field(default_factory=list)
    _paging: list[Future[list[tuple[Signal, ...]]]] = field(default_factory=list)

    def has_room(self, count: int = 1) -> bool:
        """Whether it can take so many more."""
        return len(self.rows) + count <= MOST and self.octets < MOST_OCTETS

    def add(self, one: Exchange, known: Known) -> None:
        """Take *one*; what is *known* of its body is not asked again."""
        body, probe = one.body, one.probe
        digest = None if body is None else sha256(body).hexdigest()
        verdict: tuple[Outcome | None, str] = (None, _NOT_HERE if one.refers_to else "")
        if (
            probe is not Probe.PAGE
            and body is not None
            and digest is not None
            and digest not in known.kept
        ):
            known.kept.add(digest)
            self.bodies[digest] = body
            self.octets += len(body)
        if probe is not Probe.ROBOTS:
            self.page_of.append(len(self.rows))
            self.pages.append(_page(one))
            self.octets += len(body or b"")
        elif not _may_hold_rules(one):
            verdict = verdict_without_rules(one.status, one.error)
        elif body is None or digest is None:
            verdict = (Outcome.UNREADABLE, verdict[1] or "no body")
        else:
            self.judged_by_body.append(len(self.rows))
            if digest not in known.verdicts:
                self.rules[digest] = body
        row = Row(
            one.url, one.host, one.path, probe, one.captured_at, one.status, one.error, one.hops,
            fields_json(one.head), digest, one.truncated, *verdict, one.kind, one.offset,
            one.length, one.sha256, (), one.behind,
        )  # fmt: skip
        self.rows.add(row)

    def add_plain(self, columns: Sequence[Sequence[Any]], known: Known) -> None:
        """Take many of a robots.txt that are `Plain`, given field by field."""
        told = dict(zip(Plain._fields, columns, strict=True))
        bodies, statuses = told["body"], told["status"]
        digests = [sha256(body).hexdigest() for body in bodies]
        by_digest = dict(zip(digests, bodies, strict=True))
        for digest in by_digest.keys() - known.kept:
            self.bodies[digest] = by_digest[digest]
            self.octets += len(by_digest[digest])
        known.kept.update(by_digest)
        verdicts = {
            status: (None, "") if may_hold_rules(status) else verdict_without_rules(status, "")
            for status in set(statuses)
        }
        judged = [at for at, status in enumerate(statuses) if verdicts[status][0] is None]
        for digest in {digests[at] for at in judged} - known.verdicts.keys():
            self.rules[digest] = by_digest[digest]
        self.judged_by_body += [len(self.rows) + at for at in judged]
        self.rows.extend(
            told | {
                "headers": list(map(fields_json, told["head"])),
                "body_sha256": digests,
                "outcome": [verdicts[status][0] for status in statuses],
                "reason": [verdicts[status][1] for status in statuses],
            },
            path=PATH, probe=Probe.ROBOTS, error="", hops=(), truncated=False, kind="response",
        )  # fmt: skip

    def begin(self, workers: Workers, known: Known) -> None:
        """Have the bodies read while the next batch is gathered, and keep what is *known*."""
        digests = self.rows.columns["body_sha256"]
        judged = {digests[row] for row in self.judged_by_body}
        self._told = {digest: known.verdicts[digest] for digest in judged & known.verdicts.keys()}
        self._reading = workers.do(read_bodies, list(self.rules.items()), chunk=_BODIES_AT_ONCE)
        self._paging = workers.do(read_pages, self.pages, chunk=_PAGES_AT_ONCE)
        self.pages.clear()
        self.rules.clear()

    def record(
        self,
        connection: duckdb.DuckDBPyConnection,
        run_id: str,
        known: Known,
        *,
        source: str,
        file: str,
    ) -> tuple[int, Counter[str], float]:
        """Write it, and return how many were new, the outcomes, and what reading bodies took."""
        read = [result(future) for future in self._reading]
        for one in read:
            self._told |= one.verdicts
        known.verdicts |= self._told
        rows, told = self.rows, self.rows.columns
        outcomes, reasons, digests = told["outcome"], told["reason"], told["body_sha256"]
        for row in self.judged_by_body:
            outcomes[row], reasons[row] = self._told[digests[row]]
        found = (said for future in self._paging for said in result(future))
        rows.signals.update(zip(self.page_of, found, strict=True))
        new = record_rows(
            connection, run_id, rows, source=source, file=file, bodies=self.bodies,
            compiled=[one.compiled for one in read],
        )  # fmt: skip
        known.forget()
        met = Counter(outcomes)
        counts = Counter({str(one): count for one, count in met.items() if one is not None})
        return new, counts, sum(one.cpu_s for one in read)


def _may_hold_rules(one: Exchange) -> bool:
    return (
        one.probe is Probe.ROBOTS
        and one.status is not None
        and may_hold_rules(one.status)
        and not one.error
    )


def _page(one: Exchange) -> Capture:
    """Return *one* as the readers of signals take it; of other media only what the header says."""
    headers = fields(one.head)
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    whole = one.probe is Probe.FILE or not kind or kind.strip().lower().startswith(_READ_WHOLE)
    return Capture(
        url=one.url,
        host=one.host,
        path=one.path,
        probe=one.probe,
        captured_at=datetime.fromisoformat(one.captured_at).replace(tzinfo=UTC),
        method="import",
        status=one.status,
        body=one.body if whole else b"",
        headers=headers,
        error=one.error,
        hops=one.hops,
        truncated=one.truncated,
    )
