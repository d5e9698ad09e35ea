"""How many archived robots.txt are imported in a second of CPU? Run: python -m benchmarks.warc.

    python -m benchmarks.warc [--records 100000] [--distinct 0.53] [--jobs 2]

writes two WARC files of robots.txt captures, gzip by record: one in which just over half of the
bodies are new, and one of a month later with the same bodies. Each is imported into one store,
which reads, hashes, deduplicates and stores them; unseen bodies are read in worker processes.
warcio and fastwarc read the same fields and keep nothing. Two floors show what no import can spare
that keeps evidence: unpacking and hashing each record, and putting rows and leaves that are ready
into a store. All in one run, in CPU seconds, children included. Ends with 1 where a goal is missed:
40,000 records in a CPU second, 4 times warcio.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import zlib
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import duckdb

from benchmarks.corpus_robots import robots_bodies
from benchmarks.measuring import child_cost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.measuring import Cost

GOAL_PER_S = 40_000
GOAL_TIMES = 4.0

_WARCIO = """
import sys
from hashlib import sha256
from warcio.archiveiterator import ArchiveIterator
seen = set()
with open(sys.argv[1], "rb") as file:
    for one in ArchiveIterator(file):
        if one.rec_type == "response":
            one.rec_headers.get_header("WARC-Target-URI"), one.rec_headers.get_header("WARC-Date")
            one.http_headers.get_statuscode()
            seen.add(sha256(one.content_stream().read()).digest())
"""
_FASTWARC = """
import sys
from hashlib import sha256
from fastwarc.warc import ArchiveIterator, WarcRecordType
seen = set()
for one in ArchiveIterator(sys.argv[1], record_types=WarcRecordType.response, parse_http=True):
    one.headers.get("WARC-Target-URI"), one.headers.get("WARC-Date")
    one.http_headers.status_code
    seen.add(sha256(one.reader.read()).digest())
"""
_UNPACKED = """
import sys
from hashlib import sha256
from pathlib import Path
from isal import isal_zlib
data, at = memoryview(Path(sys.argv[1]).read_bytes()), 0
while at < len(data):
    member = isal_zlib.decompressobj(31)
    octets = member.decompress(data[at : at + 8192])
    end = at + 8192
    while not member.eof:
        octets, end = octets + member.decompress(data[end : end + 8192]), end + 8192
    end = min(end, len(data)) - len(member.unused_data)
    body = octets.split(b"\\r\\n\\r\\n", 2)[-1]
    sha256(data[at:end]).digest(), sha256(body).digest()
    at = end
"""
_STORED = """
import sys
import duckdb
from provenance.ledger.kinds import kinds
(capture,) = [kind.statement for kind in kinds() if kind.name == "capture"]
with duckdb.connect(sys.argv[2]) as made:
    made.execute("SET threads = 1")
    made.execute(f"ATTACH '{sys.argv[1]}' AS store (READ_ONLY)")
    told = "SELECT sql FROM duckdb_tables() WHERE database_name = 'store' AND table_name IN "
    for (text,) in made.execute(told + "('capture', 'evidence', 'ledger', 'signal')").fetchall():
        made.execute(text)
    for table in ("capture", "evidence", "ledger"):
        made.execute(f"INSERT INTO {table} FROM store.{table}")
    hashed = f"SELECT max(sha256('\\\\x00'::BLOB || encode(said))) FROM ({capture})"
    made.execute(hashed, {"sealed": 0}).fetchall()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the import of WARC files.")
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--distinct", type=float, default=0.53, help="share of distinct bodies")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sys.exit(measure(Path(name), asked.records, asked.distinct, asked.jobs))


def measure(folder: Path, records: int, distinct: float, jobs: int) -> int:
    """Print what reading and importing cost, and return the exit code."""
    first, second = folder / "2025-02.warc.gz", folder / "2025-03.warc.gz"
    bodies = list(robots_bodies(int(records * distinct), seed=1))
    for file, month in ((first, 2), (second, 3)):
        write(file, bodies, records, month)
    size, mean = first.stat().st_size, sum(map(len, bodies)) / len(bodies)
    print(f"{records:,} records, {size / 1e6:,.0f} MB, {len(bodies):,} bodies of {mean:,.0f} B")
    warcio = child_cost("-c", _WARCIO, str(first))
    _print("warcio, read only", warcio, records)
    _print("fastwarc, read only", child_cost("-c", _FASTWARC, str(first)), records)
    store = folder / "store.duckdb"
    costs = []
    for label, file in (("import, bodies new", first), ("import, bodies known", second)):
        costs.append(_imported(store, file, jobs))
        _print(label, costs[-1], records)
    with duckdb.connect(str(store), read_only=True) as connection:
        rows = connection.execute("SELECT count(*), count(DISTINCT body_sha256) FROM capture")
        kept = rows.fetchall()[0]
    if kept != (2 * records, len(bodies)):
        sys.exit(f"the store holds {kept}")
    unpacked = child_cost("-c", _UNPACKED, str(second))
    _print("floor: unpack and hash", unpacked, records)
    stored = child_cost("-c", _STORED, str(store), str(folder / "floor.duckdb"))
    _print("floor: rows and leaves", stored, 2 * records)
    per_s, times = records / costs[1].cpu_s, warcio.cpu_s / costs[1].cpu_s
    print(f"goals, bodies known: {per_s:,.0f} records/CPU s (at least {GOAL_PER_S:,}),")
    print(f"{times:.1f} times warcio (at least {GOAL_TIMES:.0f})")
    return int(per_s < GOAL_PER_S or times < GOAL_TIMES)


def _imported(store: Path, file: Path, jobs: int) -> Cost:
    return child_cost(
        "-m", "cli", "import", "warc", str(file), "--store", str(store), "--jobs", str(jobs)
    )


def _print(label: str, cost: Cost, records: int) -> None:
    print(
        f"{label:<24}{cost.cpu_s / records * 1e6:>8.1f} us CPU/record"
        f"{records / cost.cpu_s:>10,.0f} records/CPU s{cost.wall_s:>8.1f} s wall"
        f"{cost.peak_bytes / 1e6:>8,.0f} MB",
        flush=True,
    )


def write(file: Path, bodies: Sequence[bytes], records: int, month: int) -> None:
    """Write a WARC of robots.txt captures, each body at least once."""
    chance = Random(1)  # noqa: S311
    with file.open("wb") as out:
        for number in range(records):
            body = bodies[number] if number < len(bodies) else chance.choice(bodies)
            minute, second = divmod(number % 3600, 60)
            at = f"2025-{month:02}-01T{number // 3600 % 24:02}:{minute:02}:{second:02}Z"
            packing = zlib.compressobj(6, zlib.DEFLATED, 31)
            out.write(packing.compress(_record(number, body, at, chance)) + packing.flush())


def _record(number: int, body: bytes, at: str, chance: Random) -> bytes:
    http = (
        f"HTTP/1.1 200 OK\r\nDate: Sat, 01 Feb 2025 00:00:{number % 60:02} GMT\r\nServer: nginx\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nConnection: keep-alive\r\n"
        f"X-Crawler-Content-Length: {len(body)}\r\nVary: Accept-Encoding\r\n"
        f"Cache-Control: max-age=3600\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    ids = f"{chance.getrandbits(128):032x}"
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: {at}\r\n"
        f"WARC-Record-ID: <urn:uuid:{ids}>\r\n"
        f"Content-Length: {len(http)}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Warcinfo-ID: <urn:uuid:0>\r\nWARC-Concurrent-To: <urn:uuid:{ids[::-1]}>\r\n"
        f"WARC-IP-Address: 192.0.2.{number % 250}\r\n"
        f"WARC-Target-URI: https://www.host-{number}.example/robots.txt\r\n"
        f"WARC-Payload-Digest: sha1:{ids.upper()}\r\nWARC-Block-Digest: sha1:{ids.upper()}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


if __name__ == "__main__":
    main()
