"""Manners: who we say we are, how often we ask, and where we stop."""

from __future__ import annotations

import json
import signal
import time
from contextlib import ExitStack
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from provenance.store import writing
from tests.crawler.loopback import FILES, answer, crawled, ended, redirect, site, started

if TYPE_CHECKING:
    import socket
    from pathlib import Path

LOGIN = "<body><form><input type=password></form>"


def test_every_request_says_who_asks_and_carries_nothing_else(store_path: Path) -> None:
    cookie = "Set-Cookie: seen=1; Path=/"
    robots = answer(b"", 200, cookie, "Referrer-Policy: sys.exit")
    with site({"/": answer("<p>x", 200, cookie)}, robots=robots) as one:
        crawled(store_path, f"{one.url}/a")

    assert one.paths == ["/robots.txt", "/", "/a"]
    assert set(one.all_paths) == {*one.paths, *FILES}
    for asked in one.log:
        assert asked.headers == {
            "host": one.host,
            "user-agent": "provisor/0.1.0 (+crawl@example.org; purpose: rights-signal audit)",
            "from": "crawl@example.org",
            "accept": "text/html,application/xhtml+xml,text/plain,*/*;q=0.5",
            "accept-encoding": "gzip",
        }


def test_the_longer_of_our_delay_and_theirs_is_kept(store_path: Path) -> None:
    with (
        site(robots=answer("User-agent: *\nCrawl-delay: 1\n")) as slow,
        site(robots=answer("User-agent: *\nCrawl-delay: 0.01\n")) as quick,
        site(robots=answer("User-agent: *\nCrawl-delay: nan\n")) as odd,
    ):
        hosts = [f"{one.url}/a" for one in (slow, quick, odd)]
        crawled(store_path, *hosts, delay=0.3)

    def waits(one_log: list[float]) -> list[float]:
        return [later - earlier for earlier, later in pairwise(one_log)]

    after_robots = waits([asked.began for asked in slow.log])
    assert len(after_robots) == 2 + len(FILES)
    assert min(after_robots) >= 1
    for one in (quick, odd):
        assert min(waits([asked.began for asked in one.log])) >= 0.3
        # The shortest of them: on a busy machine any one can be late.
        assert min(waits([asked.began for asked in one.log])) < 1


def test_a_site_that_asks_for_a_longer_wait_than_we_keep_is_left_alone(store_path: Path) -> None:
    with (
        site(robots=answer("User-agent: *\nCrawl-delay: 61\n")) as one,
        site(robots=answer("User-agent: *\nCrawl-delay: 1e308\n")) as two,
    ):
        result = crawled(store_path, one.url, two.url)

    assert (one.paths, two.paths) == (["/robots.txt"], ["/robots.txt"])
    assert result.summary["too_slow"] == 2


def test_one_request_is_in_flight_to_a_host(store_path: Path) -> None:
    with site(thinking_s=0.2) as one:
        crawled(store_path, f"{one.url}/a", f"{one.url}/b")

    assert len(one.log) == 4 + len(FILES)
    for earlier, later in pairwise(one.log):
        assert later.began >= earlier.answered


def test_a_gate_is_asked_once_and_ends_the_visit(store_path: Path) -> None:
    gates = {
        "forbidden": answer(b"", 403),
        "auth": answer(b"", 401, 'WWW-Authenticate: Basic realm="x"'),
        "payment": answer(b"", 402, "crawler-price: USD 0.01"),
        "rate-limit": answer(b"", 429, "Retry-After: 1"),
        "legal": answer(b"", 451),
        "login": redirect("/login?next=/"),
        "challenge": answer(b"", 503, "cf-mitigated: challenge"),
    }
    form = answer(LOGIN, 200, "Content-Type: text/html")
    with ExitStack() as running:
        sites = {
            gate: running.enter_context(site({"/": gated, "/login?next=/": form}))
            for gate, gated in gates.items()
        }
        sites["login form"] = running.enter_context(site({"/": form}))
        hosts = [f"{one.url}/next" for one in sites.values()]

        result = crawled(store_path, *hosts)

    assert {gate: one.paths for gate, one in sites.items()} == {
        gate: ["/robots.txt", "/"] for gate in sites
    }
    assert result.summary["gated"] == len(sites)
    with writing(store_path) as connection:
        found = connection.execute(
            "SELECT host, gate FROM signal JOIN capture USING (capture_id)"
        ).fetchall()
    assert dict(found) == {one.host: gate.partition(" ")[0] for gate, one in sites.items()}


def test_a_page_redirect_is_followed_on_its_own_host_where_robots_txt_allows_it(
    store_path: Path,
) -> None:
    closed = answer("User-agent: *\nDisallow: /closed\n")
    with (
        site() as elsewhere,
        site({"/": redirect("/here")}) as followed,
        site({"/": redirect("/closed")}, robots=closed) as refused,
        site({"/": redirect(f"{elsewhere.url}/there")}) as left,
        site({"/": redirect("javascript:alert(1)")}) as odd,
    ):
        result = crawled(store_path, followed.url, refused.url, left.url, odd.url)

    assert followed.paths == ["/robots.txt", "/", "/here"]
    page = result.of(followed, "page")
    assert (page["url"], page["status"], page["hops"]) == (
        f"{followed.url}/",
        200,
        [f"{followed.url}/here"],
    )
    assert refused.paths == left.paths == odd.paths == ["/robots.txt", "/"]
    assert result.of(refused, "page")["hops"] == [f"{refused.url}/closed"]
    assert result.of(left, "page")["hops"] == [f"{elsewhere.url}/there"]
    assert result.of(odd, "page")["hops"] == ["javascript:alert(1)"]
    assert {result.of(one, "page")["status"] for one in (refused, left, odd)} == {302}
    assert elsewhere.paths == []


def test_a_listed_host_is_asked_for_its_robots_txt_only(store_path: Path) -> None:
    with writing(store_path) as connection:
        connection.execute(
            "INSERT INTO submission VALUES (1, 'acme/pirates', 1, '2026-01-02', NULL, NULL, 'acme',"
            " 'owner', 'notice', 'hosts', 'p.txt', 'aa', 'bb', 'accepted')"
        )
        connection.execute(
            "INSERT INTO entry VALUES (1, 'e1', 1, '127.0.0.1', 'host', '127.0.0.1', '', '',"
            " 'piracy', '', '', NULL, [])"
        )
    with site() as one:
        result = crawled(store_path, f"{one.url}/a")

    assert one.paths == ["/robots.txt"]
    assert result.summary["listed"] == 1
    assert result.stderr == (
        "named by a list received: 1 of 1 host; only robots.txt is asked for\n"
    )
    with writing(store_path) as connection:
        matches = connection.execute(
            "SELECT run_id, host, entry_id, submission_id, list_id FROM listed_match"
        ).fetchall()
    assert matches == [(result.summary["run_id"], one.host, "e1", 1, "acme/pirates")]


@pytest.mark.parametrize(
    ("policy", "asked", "said"),
    [
        ("skip", [], "not asked for anything"),
        ("probe", ["/robots.txt", "/", "/a"], "visited all the same"),
    ],
)
def test_what_is_done_with_a_listed_host_can_be_chosen_and_the_match_is_recorded(
    store_path: Path, policy: str, asked: list[str], said: str
) -> None:
    with writing(store_path) as connection:
        connection.execute(
            "INSERT INTO submission VALUES (1, 'acme/pirates', 1, '2026-01-02', NULL, NULL, 'acme',"
            " 'owner', 'notice', 'hosts', 'p.txt', 'aa', 'bb', 'accepted')"
        )
        connection.execute(
            "INSERT INTO entry VALUES (1, 'e1', 1, '127.0.0.1', 'host', '127.0.0.1', '', '',"
            " 'piracy', '', '', NULL, [])"
        )
    with site() as one:
        result = crawled(store_path, f"{one.url}/a", "--listed", policy)

    assert one.paths == asked
    assert result.summary["listed"] == (policy == "skip")
    assert result.stderr == f"named by a list received: 1 of 1 host; {said}\n"
    with writing(store_path) as connection:
        matches = connection.execute("SELECT host, entry_id FROM listed_match").fetchall()
    assert matches == [(one.host, "e1")]


def test_a_page_that_an_entry_names_singly_is_not_asked_for(store_path: Path) -> None:
    with site() as one:
        port = one.host.rpartition(":")[2]
        with writing(store_path) as connection:
            connection.execute(
                "INSERT INTO submission VALUES (1, 'acme/pages', 1, '2026-01-02', NULL, NULL, 'acme',"
                " 'owner', 'notice', 'plain', 'p.txt', 'aa', 'bb', 'accepted')"
            )
            connection.executemany(
                "INSERT INTO entry VALUES (1, ?, 1, '', ?, '127.0.0.1', ?, ?, '', '', '', NULL, [])",
                [("e1", "url", port, "/a"), ("e2", "url_prefix", port, "/comics/"),
                 ("e3", "url", "", "/b")],
            )  # fmt: skip
        urls = [f"{one.url}{path}" for path in ("/a", "/comics/1", "/comics", "/b")]
        result = crawled(store_path, *urls, "--pages", "5")

    assert one.paths == ["/robots.txt", "/", "/comics", "/b"]
    assert result.summary["listed"] == 0
    assert result.stderr == "named by a list received: 2 pages; not asked for\n"


def test_others_can_write_to_the_store_while_a_crawl_runs(store_path: Path) -> None:
    def slowly(connection: socket.socket) -> None:
        time.sleep(3)
        connection.sendall(answer("<p>x"))

    with site({"/": slowly}) as one:
        process = started(store_path, one.url, "--delay", "0")
        while "/" not in one.paths:
            time.sleep(0.05)
        with writing(store_path, wait_s=1) as connection:
            runs = connection.execute("SELECT kind FROM run").fetchall()
        still_running = process.poll() is None
        listening = listening_ports(process.pid)
        result = ended(process, store_path)

    assert still_running
    assert runs == [("crawl",)]
    assert listening == set()
    assert (result.code, len(result.captures)) == (0, 2)


def test_a_store_that_others_hold_too_long_ends_the_crawl(store_path: Path) -> None:
    def slowly(connection: socket.socket) -> None:
        time.sleep(2)
        connection.sendall(answer("<p>x"))

    with site({"/": slowly}) as one:
        process = started(store_path, f"{one.url}/a", "--wait", "0.3", "--delay", "0")
        while "/" not in one.paths:
            time.sleep(0.05)
        with writing(store_path, wait_s=1):
            _, stderr = process.communicate(timeout=30)

    assert process.returncode == 4
    assert "for over 0.3 s; try again, or wait longer with --wait" in stderr


def listening_ports(pid: int) -> set[int]:
    """The TCP ports that process *pid* listens at (Linux)."""
    from pathlib import Path

    folder = Path(f"/proc/{pid}")
    inodes = {link.readlink().name for link in (folder / "fd").iterdir() if link.is_symlink()}
    lines = (folder / "net" / "tcp").read_text().splitlines()[1:]
    rows = [line.split() for line in lines]
    return {
        int(row[1].split(":")[1], 16)
        for row in rows
        if row[3] == "0A" and f"socket:[{row[9]}]" in inodes
    }


def test_an_interrupt_ends_after_what_is_in_flight_and_keeps_it(store_path: Path) -> None:
    def slowly(connection: socket.socket) -> None:
        time.sleep(0.5)
        connection.sendall(answer(b""))

    with ExitStack() as running:
        sites = [running.enter_context(site(robots=slowly)) for _ in range(6)]
        process = started(store_path, "--concurrency", "2", *(one.url for one in sites))
        while process.poll() is None and not any(one.log for one in sites):
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        result = ended(process, store_path)

    asked = sum(len(one.log) for one in sites)
    assert result.code == 6
    assert asked == result.summary["captures"]
    assert 1 <= asked <= 2
    assert result.summary["stopped"] == "interrupted"
    assert "stopped (interrupted) after" in result.stderr


def test_a_second_interrupt_ends_at_once_and_keeps_what_was_recorded(store_path: Path) -> None:
    def slowly(connection: socket.socket) -> None:
        time.sleep(15)

    with site() as quick, site(robots=slowly) as slow:
        process = started(store_path, quick.url, slow.url, "--delay", "0")
        while process.poll() is None and not (slow.log and "/" in quick.paths):
            time.sleep(0.02)
        time.sleep(0.3)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        result = ended(process, store_path)

    assert time.monotonic() - began < 5
    assert result.code == 130
    assert {capture["host"] for capture in result.captures} == {quick.host}


def test_the_run_is_recorded_with_its_settings(store_path: Path) -> None:
    with site() as one:
        result = crawled(store_path, one.url)

    with writing(store_path) as connection:
        rows = connection.execute("SELECT run_id, kind, settings, provisor FROM run").fetchall()
    (run,) = rows
    assert run[:2] == (result.summary["run_id"], "crawl")
    settings = json.loads(run[2])
    assert len(settings.pop("command")) == 64
    assert settings == {
        "User-Agent": "provisor/0.1.0 (+crawl@example.org; purpose: rights-signal audit)",
        "From": "crawl@example.org",
        "delay_s": 0,
        "window": 16,
        "timeout_s": 20,
        "hosts": 1,
        "allow_loopback": True,
        "contact": "crawl@example.org",
        "listed": "robots-only",
    }
