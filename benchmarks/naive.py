"""The loop a user would write: one row after the other, with the usual libraries.

tldextract for the site, Protego with one parser for each body, bisection for the time, sets for the
lists. It asks for ten agents where an audit asks for all it knows, and keeps no evidence.

    python -m benchmarks.naive FOLDER [--rows 100000]

measures it on the first rows of the corpus in FOLDER.
"""

from __future__ import annotations

import argparse
import time
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import duckdb
import tldextract
from protego import Protego

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

AGENTS = (
    "GPTBot", "CCBot", "ClaudeBot", "Google-Extended", "Bytespider", "Applebot-Extended",
    "Meta-ExternalAgent", "Amazonbot", "PerplexityBot", "cohere-ai",
)  # fmt: skip
_FRESH, _BRACKET, _CARRY = timedelta(hours=24), timedelta(days=90), timedelta(days=30)

Row = tuple[str | None, "datetime | None"]


class Cost(NamedTuple):
    """What the loop took."""

    rows: int
    wall_s_per_row: float
    cpu_s_per_row: float
    bodies: int
    parse_s: float


class Answer(NamedTuple):
    """What the loop says of a row."""

    basis: str
    before: list[str]
    after: list[str]
    listed: bool


@dataclass(slots=True)
class Known:
    """What is known, as a user would hold it."""

    times: dict[str, list[datetime]] = field(default_factory=dict)
    bodies: dict[str, list[str]] = field(default_factory=dict)
    parsers: dict[str, Protego] = field(default_factory=dict)
    lists: dict[str, set[str]] = field(default_factory=dict)
    """Entries by their scope."""


def cost(files: Sequence[Path], store: Path, *, rows: int = 100_000) -> Cost:
    """Return what the first *rows* rows of *files* cost; reading them is not counted."""
    with duckdb.connect() as connection:
        wanted = connection.execute(
            "SELECT url, collected_at FROM read_parquet(?) LIMIT ?", [[*map(str, files)], rows]
        ).fetchall()
        connection.execute(f"ATTACH '{store}' AS store (READ_ONLY)")
        hosts = {_host(url) for url, _ in wanted if url}
        known, texts = _known(connection, hosts)
    parse_s, _ = _seconds(lambda: known.parsers.update(_parsed(texts)))
    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    extract("warm.example.com")
    wall_s, cpu_s = _seconds(lambda: [answer(known, extract, row) for row in wanted])
    count = max(1, len(wanted))
    return Cost(len(wanted), wall_s / count, cpu_s / count, len(texts), parse_s)


def answer(known: Known, extract: tldextract.TLDExtract, row: Row) -> Answer:
    """Return what is known of *row*."""
    url, at = row
    host = _host(url or "")
    listed = _listed(known.lists, extract, url or "", host)
    times = known.times.get(host)
    if at is None or times is None:
        return Answer("no_collection_date" if at is None else "never_observed", [], [], listed)
    bodies = known.bodies[host]
    earlier, later = bisect_right(times, at) - 1, bisect_left(times, at)
    before = _refused(known, bodies[earlier], url or "") if earlier >= 0 else []
    after = _refused(known, bodies[later], url or "") if later < len(times) else []
    p = times[earlier] if earlier >= 0 else None
    n = times[later] if later < len(times) else None
    return Answer(_basis(at, p, n, changed=before != after), before, after, listed)


def _basis(at: datetime, p: datetime | None, n: datetime | None, *, changed: bool) -> str:
    if p is None:
        return "after_only"
    if at - p <= _FRESH:
        return "contemporaneous"
    if n is None:
        return "carried" if at - p <= _CARRY else "carried_stale"
    if changed:
        return "changed_between"
    return "bracketed" if n - p <= _BRACKET else "bracketed_wide"


def _refused(known: Known, body: str, url: str) -> list[str]:
    parser = known.parsers.get(body)
    if parser is None:
        return []
    return [agent for agent in AGENTS if not parser.can_fetch(url, agent)]


def _listed(
    lists: dict[str, set[str]], extract: tldextract.TLDExtract, url: str, host: str
) -> bool:
    site = extract(host).top_domain_under_public_suffix
    if host in lists["host"] or site in lists["domain"] or host in lists["domain"]:
        return True
    labels = host.split(".")
    parents = (".".join(labels[start:]) for start in range(1, len(labels)))
    if any(parent in lists["domain"] or parent in lists["subdomains"] for parent in parents):
        return True
    page = url.partition("://")[2].partition("#")[0]
    if page in lists["url"]:
        return True
    pieces = page.split("/")
    return any("/".join(pieces[:end]) + "/" in lists["url_prefix"] for end in range(1, len(pieces)))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _known(
    connection: duckdb.DuckDBPyConnection, hosts: Iterable[str]
) -> tuple[Known, dict[str, bytes]]:
    known = Known(
        lists={scope: set() for scope in ("host", "domain", "subdomains", "url", "url_prefix")}
    )
    connection.execute(
        "CREATE TABLE asked AS SELECT unnest(?::VARCHAR[]) AS host", [sorted(set(hosts))]
    )
    for host, at, digest in connection.execute(
        "SELECT host, captured_at, CASE outcome WHEN 'parsed' THEN body_sha256 ELSE '' END"
        " FROM store.capture JOIN asked USING (host)"
        " WHERE probe = 'robots' AND outcome IN ('parsed', 'unavailable') ORDER BY captured_at"
    ).fetchall():
        known.times.setdefault(host, []).append(at)
        known.bodies.setdefault(host, []).append(digest)
    for scope, named in connection.execute(
        "SELECT scope, host || path FROM store.entry"
    ).fetchall():
        known.lists[scope].add(named)
    texts = connection.execute(
        "SELECT DISTINCT sha256, bytes FROM store.body JOIN store.capture ON body_sha256 = sha256"
        " JOIN asked USING (host) WHERE outcome = 'parsed'"
    ).fetchall()
    return known, dict(texts)


def _parsed(texts: dict[str, bytes]) -> dict[str, Protego]:
    return {
        digest: Protego.parse(octets.decode("utf-8", "replace")) for digest, octets in texts.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the loop a user would write.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    asked = parser.parse_args()
    files = sorted((asked.corpus / "manifest").glob("*.parquet"))
    print(shown(cost(files, asked.corpus / "store.duckdb", rows=asked.rows)))


def shown(found: Cost) -> str:
    """Return *found* in words."""
    return (
        f"naive loop: {found.wall_s_per_row * 1e6:.2f} µs a row ({found.cpu_s_per_row * 1e6:.2f} of"
        f" CPU) in {found.rows:,} rows, and {found.parse_s:.2f} s to parse {found.bodies:,} bodies"
    )


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Return the wall and the CPU seconds of *work*."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main()
