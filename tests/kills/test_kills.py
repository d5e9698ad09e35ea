"""kill -9 at random moments: nothing that was acknowledged is lost, nothing is kept in part.

`make kills` kills a crawl, an import, a list that is handed in and an audit 25 times each; the tests
of every day do it once each. The seed is fixed, the moments are those of the machine.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from provenance.errors import StoreError
from provenance.ledger.octets import check_evidence
from provenance.ledger.verifying import verify
from provenance.store import reading
from tests.audit.corpus import make_corpus, tables
from tests.conftest import ROOT
from tests.crawler.loopback import CONTACT, answer, site

if TYPE_CHECKING:
    import socket
    from pathlib import Path

KILLS = int(os.environ.get("KILLS", "1"))
CHANCE = random.Random(9)  # noqa: S311 (no secret)
CAPTURES = 4000
LINES = 2000
BATCH = 1000
PAGES = 12


def begun(words: list[str], folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "cli", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def usual(words: list[str], folder: Path) -> float:
    """Return how long the command takes, measured where it matters."""
    return whole(words, folder) if KILLS > 1 else 3.0


def whole(words: list[str], folder: Path) -> float:
    """Let the command run to its end and return how long it took, in seconds."""
    since = time.monotonic()
    process = begun(words, folder)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    return time.monotonic() - since


def killed(words: list[str], folder: Path, within_s: float) -> bool:
    """Kill the command at a random moment; return whether it had acknowledged by then."""
    process = begun(words, folder)
    try:
        process.communicate(timeout=CHANCE.uniform(0, within_s))
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
    return process.returncode == 0


def kept(store: Path, query: str) -> set[tuple[Any, ...]]:
    """Return the rows of *query*, after comparing all records with the ledger, all evidence with its octets."""
    if not store.exists():
        return set()
    try:
        with reading(store) as connection:
            assert verify(connection).findings == ()
            assert check_evidence(connection, store.parent).findings == ()
            return set(connection.execute(query).fetchall())
    except StoreError as error:
        # It was killed while its tables were made: nothing had been acknowledged then.
        assert "older provisor" in error.fact or "not a provisor store" in error.fact  # noqa: PT017
        return set()


def test_a1_a_killed_crawl_loses_no_record_and_goes_on_to_its_end(tmp_path: Path) -> None:
    def slow(connection: socket.socket) -> None:
        time.sleep(0.05)
        connection.sendall(answer("<p>x", 200, "Content-Type: text/html"))

    paths = [f"/{number}" for number in range(PAGES)]
    everything = "SELECT fingerprint, url, outcome FROM capture"
    with ExitStack() as running:
        sites = [running.enter_context(site(dict.fromkeys(paths, slow))) for _ in range(4)]
        (tmp_path / "urls.txt").write_text("".join(f"{s.url}{p}\n" for p in paths for s in sites))
        words = ["crawl", "--hosts", "urls.txt", "--pages", str(PAGES), "--delay", "0",
                 "--contact", CONTACT, "--allow-loopback"]  # fmt: skip
        within = usual([*words, "--store", "first.duckdb"], tmp_path)
        store, known = tmp_path / "s.duckdb", set[tuple[Any, ...]]()
        for _ in range(KILLS):
            killed([*words, "--store", store.name], tmp_path, within)
            now = kept(store, everything)
            assert known <= now
            known = now
        whole([*words, "--store", store.name], tmp_path)

    found = kept(store, everything)
    assert known <= found
    asked = {url for _, url, _ in found}
    assert {f"{one.url}{path}" for one in sites for path in ("/robots.txt", *paths)} <= asked
    seen = kept(store, "SELECT DISTINCT count(*) FROM capture GROUP BY run_id, url")
    assert KILLS > 1 or seen == {(1,)}


def test_a1_a_killed_import_keeps_whole_batches_and_goes_on_to_its_end(tmp_path: Path) -> None:
    lines = (
        {"url": f"https://h{number}.example/robots.txt", "captured_at": "2025-01-01T00:00:00Z",
         "status": 200, "body": f"User-agent: *\nDisallow: /{number % 50}\n"}
        for number in range(CAPTURES)
    )  # fmt: skip
    (tmp_path / "past.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))
    words = ["import", "captures", "past.jsonl", "--store"]
    within = usual([*words, "first.duckdb"], tmp_path)
    store, known = tmp_path / "s.duckdb", set[tuple[Any, ...]]()
    for _ in range(KILLS):
        killed([*words, store.name], tmp_path, within)
        now = kept(store, "SELECT fingerprint FROM capture")
        assert known <= now
        assert len(now) % BATCH == 0
        known = now
    whole([*words, store.name], tmp_path)

    found = kept(store, "SELECT fingerprint FROM capture")
    assert known <= found
    assert len(found) == CAPTURES
    assert kept(store, "SELECT count(*) FROM capture") == {(CAPTURES,)}


def test_a1_a_list_is_handed_in_whole_or_not_at_all(tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    counts = (
        "SELECT list_id, (SELECT count(*) FROM entry WHERE entry.submission_id ="
        " submission.submission_id) FROM submission"
    )

    def words(number: int, into: str) -> list[str]:
        name = f"list-{number}.txt"
        (tmp_path / name).write_text("".join(f"h{n}-{number}.example\n" for n in range(LINES)))
        return ["blocklist", "import", name, "--list-id", f"press/{number}", "--store", into,
                "--submitter", "Press", "--role", "right_holder", "--basis",
                "right_holder_notice"]  # fmt: skip

    within = usual(words(0, "first.duckdb"), tmp_path)
    acknowledged = set()
    for number in range(KILLS):
        if killed(words(number, store.name), tmp_path, within):
            acknowledged.add((f"press/{number}", LINES))
        found = kept(store, counts)
        assert acknowledged <= found
        assert {count for _, count in found} <= {LINES}
    for number in range(KILLS):
        whole(words(number, store.name), tmp_path)

    assert kept(store, counts) == {(f"press/{number}", LINES) for number in range(KILLS)}


def test_a1_a_killed_audit_leaves_the_store_sound_and_goes_on_to_the_same_bytes(
    tmp_path: Path,
) -> None:
    make_corpus(tmp_path)
    store = tmp_path / "store.duckdb"
    words = ["audit", "rows", "--declaration", "dataset.toml", "--store", store.name,
             "--fail-on", "never", "--out"]  # fmt: skip
    everything = "SELECT fingerprint FROM capture"
    before = kept(store, everything)
    within = whole([*words, "whole"], tmp_path)
    for _ in range(KILLS):
        killed([*words, "o", "--resume"], tmp_path, within)
        assert kept(store, everything) == before
    whole([*words, "o", "--resume"], tmp_path)

    assert tables(tmp_path / "o") == tables(tmp_path / "whole")
    assert (tmp_path / "o" / "summary.json").exists()
