"""A crawl that was killed goes on where it was recorded last, and asks nobody twice in one breath."""

from __future__ import annotations

import json
import signal
import time
from contextlib import ExitStack
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import duckdb

from provenance.evidence import read_record
from provenance.records import Evidence
from provenance.store import writing
from tests.crawler.loopback import answer, crawled, ended, site, started

if TYPE_CHECKING:
    import socket
    from pathlib import Path

    from tests.crawler.loopback import Crawled, Site


def rows(store: Path, query: str) -> list[tuple[Any, ...]]:
    with writing(store) as connection:
        return connection.execute(query).fetchall()


def killed(store: Path, *arguments: str, after: int, sites: list[Site]) -> None:
    """Start a crawl and kill it when the sites were asked *after* times more."""
    before = sum(len(one.log) for one in sites)
    process = started(store, "--delay", "0", *arguments)
    while sum(len(one.log) for one in sites) < before + after:
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)


def slowly(connection: socket.socket) -> None:
    time.sleep(0.05)
    connection.sendall(answer("<p>x", 200, "Content-Type: text/html"))


def evidence_stands(store: Path) -> int:
    """Check every record that the store refers to; return how many there are."""
    found = [
        Evidence(*row)
        for row in rows(
            store,
            "SELECT hop, kind, file, record_offset, record_length, sha256 FROM evidence",
        )
    ]
    for one in found:
        fields, _ = read_record(store, one)
        assert fields["warc-type"] == one.kind
    assert len({(one.file, one.offset) for one in found}) == len(found)
    return len(found)


def test_a_crawl_killed_three_times_ends_complete_with_one_observation_of_each_probe(
    store_path: Path, tmp_path: Path
) -> None:
    pages = [f"/{number}" for number in range(60)]
    with ExitStack() as running:
        sites = [running.enter_context(site(dict.fromkeys(pages, slowly))) for _ in range(50)]
        listed = tmp_path / "urls.txt"
        listed.write_text("".join(f"{one.url}{page}\n" for page in pages for one in sites))
        words = ["--hosts", str(listed), "--pages", "60", "--concurrency", "50"]
        for _ in range(3):
            killed(store_path, *words, after=800, sites=sites)

        result = crawled(store_path, *words)

    assert (result.code, result.summary["hosts"], result.summary["visited"]) == (0, 50, 50)
    for one in sites:
        assert set(one.paths) == {"/robots.txt", "/", *pages}
    seen = rows(store_path, "SELECT url, probe FROM capture WHERE probe <> 'file'")
    assert len(seen) == len(set(seen)) == 50 * 62
    assert rows(store_path, "SELECT count(DISTINCT run_id) FROM capture") == [(1,)]
    assert rows(store_path, "SELECT count(*), count(DISTINCT host) FROM visited") == [(50, 50)]
    assert rows(store_path, "SELECT count(*) FROM continuation") == [(3,)]
    asked_twice = sum(len(one.all_paths) - len(set(one.all_paths)) for one in sites)
    assert asked_twice <= 3 * 2500  # what was asked in the last two seconds before a kill
    assert evidence_stands(store_path) == 2 * result.summary["captures"]


def stopped_early(store: Path, one: Site, *arguments: str) -> None:
    """Crawl *one* and kill it when its front page was asked for and robots.txt recorded."""
    process = started(store, *arguments)
    while "/" not in one.paths:
        time.sleep(0.02)
    time.sleep(2.5)  # the buffer is written every two seconds
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)


def hangs(connection: socket.socket) -> None:
    time.sleep(30)


def test_robots_txt_is_not_asked_again_within_a_day_of_a_crawl_and_is_after_it(
    store_path: Path,
) -> None:
    with site({"/": hangs}) as young, site({"/": hangs}) as old:
        process = started(store_path, "--delay", "0", young.url, old.url)
        while process.poll() is None and not (young.paths[1:] and old.paths[1:]):
            time.sleep(0.02)
        time.sleep(2.5)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
        with writing(store_path) as connection:
            connection.execute(
                "UPDATE capture SET captured_at = captured_at - INTERVAL 25 HOUR WHERE host = ?",
                [old.host],
            )
        process = started(store_path, "--resume", "--timeout", "1")
        result = ended(process, store_path)

    assert result.code == 0, result.stderr
    assert young.paths == ["/robots.txt", "/", "/"]
    assert old.paths == ["/robots.txt", "/", "/robots.txt", "/"]


def test_a_crawl_delay_is_kept_over_a_kill(store_path: Path) -> None:
    robots = answer("User-agent: *\nCrawl-delay: 4\n")
    with site(robots=robots) as one:
        process = started(store_path, "--delay", "0", one.url)
        while len(one.log) < 2:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
        process = started(store_path, "--resume")
        while len(one.log) < 4:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)

    waits = [later.began - earlier.ended for earlier, later in pairwise(one.log)]
    assert min(waits[0], waits[2]) >= 3.9
    assert waits[1] >= 3.9  # between the last request before the kill and the first after it


def test_a_host_that_says_when_to_come_back_is_not_asked_before_whoever_asks(
    store_path: Path,
) -> None:
    later = answer(b"", 429, "Retry-After: 3600")
    with site({"/": later}) as one, site() as other:
        first = crawled(store_path, one.url)
        second = crawled(store_path, one.url, other.url)

    assert (first.code, first.summary["gated"]) == (0, 1)
    assert one.paths == ["/robots.txt", "/"]
    assert (second.code, second.summary["deferred"], second.summary["visited"]) == (6, 1, 1)
    assert "1 host asked to be left alone, the first until 20" in second.stderr
    assert rows(store_path, "SELECT name FROM not_before WHERE kind = 'host'") == [(one.host,)]


def test_the_same_command_continues_what_it_began_and_begins_anew_after_its_end(
    store_path: Path,
) -> None:
    with site() as one, site({"/": hangs}) as slow:
        stopped_early(store_path, slow, one.url, slow.url, "--delay", "0")
        again = started(store_path, one.url, slow.url, "--delay", "0", "--timeout", "3")
        second: Crawled = ended(again, store_path)
        third = crawled(store_path, one.url, slow.url, "--timeout", "3")

    assert (second.code, third.code) == (0, 0)
    assert "1 of 2 hosts are done (--afresh begins a new crawl)" in second.stderr
    assert one.paths == ["/robots.txt", "/"] * 2
    assert third.stderr == ""
    assert second.summary["run_id"] != third.summary["run_id"]


def test_a_crawl_is_resumed_with_its_own_settings(store_path: Path) -> None:
    with site({"/": hangs}) as slow:
        stopped_early(store_path, slow, slow.url, "--delay", "0.5", "--timeout", "7")
        process = started(store_path, "--resume", "--contact", "", "--timeout", "1")
        result = ended(process, store_path)

    assert result.code == 0, result.stderr
    ((said,),) = rows(store_path, "SELECT settings FROM continuation")
    settings = json.loads(str(said))
    assert (settings["delay_s"], settings["timeout_s"]) == (0.5, 1)
    assert settings["From"] == "crawl@example.org"


def test_nothing_to_continue_is_a_wrong_call(store_path: Path) -> None:
    with site() as one:
        none = crawled(store_path, "--resume")
        crawled(store_path, one.url)
        done = crawled(store_path, "--resume")
        both = crawled(store_path, "--resume", one.url)

    assert (none.code, done.code, both.code) == (2, 2, 2)
    assert f"crawl --resume: there is no store {store_path}; name hosts" in none.stderr
    assert f"every crawl of {store_path} came to its end; name hosts" in done.stderr
    assert one.paths == ["/robots.txt", "/"]


def test_a_torn_file_of_evidence_is_left_and_never_referred_to(store_path: Path) -> None:
    with site({"/": hangs}) as slow:
        stopped_early(store_path, slow, slow.url, "--delay", "0")
        folder = store_path.with_name("store.duckdb.evidence")
        (torn,) = folder.iterdir()
        with torn.open("ab") as file:
            file.write(b"\x1f\x8b\x08half a record")
        before = torn.read_bytes()
        ended(started(store_path, "--resume", "--timeout", "1"), store_path)

    assert torn.read_bytes() == before
    assert evidence_stands(store_path) > 0
    with duckdb.connect(str(store_path), read_only=True) as connection:
        files = connection.execute("SELECT count(DISTINCT file) FROM evidence").fetchall()
    assert files == [(2,)]
