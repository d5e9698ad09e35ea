"""Section E of the catalogue: resuming, and manners that hold when the other side has none."""

from __future__ import annotations

import secrets
import signal
import socket
import threading
import time
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.crawler.hostile.behaviours import ALLOW, IN, Behaviour, Page
from tests.crawler.hostile.behaviours import answer as whole
from tests.crawler.hostile.crawling import begun, crawl_of
from tests.crawler.hostile.web import hostile_web
from tests.crawler.loopback import CONTACT, FILES, PAGE, answer, crawled, ended, site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.crawler.hostile.certificates import Authority
    from tests.crawler.hostile.conftest import Visited

GATED = [
    "auth", "auth-unnamed", "payment", "forbidden", "too-many", "legal", "server-error",
    "unavailable", "challenge-403", "challenge-429", "challenge-503", "captcha-405",
    "challenge-200", "login-form", "paywall", "login-redirect",
]  # fmt: skip


def test_e84_what_is_asked_is_finished_and_the_rest_is_done_by_the_next_run(
    store_path: Path,
) -> None:
    def slowly(connection: socket.socket) -> None:
        time.sleep(0.5)
        connection.sendall(answer(ALLOW))

    with ExitStack() as running:
        sites = [running.enter_context(site(robots=slowly)) for _ in range(6)]
        urls = [one.url for one in sites]
        process = begun(store_path, urls, "--concurrency", "2")
        while process.poll() is None and not any(one.log for one in sites):
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        first = ended(process, store_path)
        asked = {one.host for one in sites if one.log}
        second = crawl_of(store_path, urls)

    assert (first.code, first.summary["stopped"]) == (6, "interrupted")
    assert {capture["host"] for capture in first.captures} == asked
    assert len(asked) <= 2
    assert second.code == 0
    assert {capture["host"] for capture in second.captures} == {one.host for one in sites}


@pytest.mark.parametrize(
    ("said", "shortest", "too_slow"),
    [
        ("Crawl-delay: 1", 1.0, False),
        ("Request-rate: 1/1s", 1.0, False),
        ("Crawl-delay: 0", 0.2, False),
        ("Crawl-delay: -5", 0.2, False),
        ("Crawl-delay: nan", 0.2, False),
        ("Crawl-delay: soon", 0.2, False),
        ("Request-rate: 0/1", 0.2, False),
        ("Crawl-delay: inf", 0.2, True),
        ("Crawl-delay: 1e308", 0.2, True),
        ("Crawl-delay: 61", 0.2, True),
        ("Request-rate: 1/2m", 0.2, True),
    ],
)
def test_e86_the_longer_delay_is_kept_up_to_a_minute(
    delays: dict[str, list[float]], said: str, shortest: float, too_slow: bool
) -> None:
    began = delays[said]

    assert len(began) == (1 if too_slow else 3 + len(FILES))
    # From robots.txt to the first page our own delay may count: theirs was not yet known.
    for earlier, later in list(pairwise(began))[1:]:
        assert later - earlier >= shortest


@pytest.fixture(scope="module")
def delays(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[float]]:
    """When each site was asked, by what its robots.txt says of delays; all in one crawl."""
    marks = test_e86_the_longer_delay_is_kept_up_to_a_minute.pytestmark  # type: ignore[attr-defined]
    told = [row[0] for row in marks[0].args[1]]
    store = tmp_path_factory.mktemp("delays") / "store.duckdb"
    with ExitStack() as running:
        sites = {
            said: running.enter_context(
                site(robots=answer(f"User-agent: *\n{said}\nDisallow: /x\n"))
            )
            for said in told
        }
        crawl_of(store, [f"{one.url}/a" for one in sites.values()], "--delay", "0.2")
    return {said: [asked.began for asked in one.log] for said, one in sites.items()}


def test_e87_hosts_on_one_address_take_turns_and_others_do_not_wait(
    store_path: Path, authority: Authority
) -> None:
    refused = answer("User-agent: *\nDisallow: /\n")
    with site(robots=refused, thinking_s=0.005) as one, site() as other:
        port = one.host.partition(":")[2]
        urls = [f"http://shop-{number}.test:{port}" for number in range(200)]
        result = crawl_of(store_path, [*urls, other.url], "--concurrency", "250", "--delay", "0.01")

    assert len(one.log) == 200
    assert len({asked.headers["host"] for asked in one.log}) == 200
    for earlier, later in pairwise(one.log):
        assert later.began >= earlier.answered + 0.01
    assert other.log[-1].ended < one.log[-1].began
    assert result.summary["refused"] == 200


def test_e88_without_a_contact_nobody_is_asked(store_path: Path) -> None:
    with site() as one:
        result = crawled(store_path, one.url, "--contact", "")

    assert (result.code, one.log, store_path.exists()) == (2, [], False)
    assert "set --contact" in result.stderr


@pytest.mark.parametrize("name", GATED)
def test_e89_a_gate_is_recorded_asked_once_and_never_passed(visited: Visited, name: str) -> None:
    one = visited.site(name, "page")
    expected = one.behaviour.page

    assert one.paths == ["/robots.txt", "/"]
    assert expected
    assert visited.gates[one.host] == [expected.gate]
    assert len({asked.headers["user-agent"] for asked in one.log}) == 1
    assert one.log[0].headers["from"] == CONTACT


def test_e89_a_host_that_says_when_to_come_back_is_not_asked_before(store_path: Path) -> None:
    later = (datetime.now(UTC) + timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    with (
        site(robots=answer(b"", 429, "Retry-After: 3600")) as seconds,
        site({"/": answer(b"", 503, f"Retry-After: {later}")}) as date,
        site(robots=answer(b"", 503, "Retry-After: " + "9" * 400)) as for_ever,
        site(robots=answer(b"", 429, "Retry-After: soon")) as odd,
        site(robots=answer(b"", 429, "Retry-After: 0")) as now,
        site(robots=answer(b"", 404, "Retry-After: 3600")) as other_status,
    ):
        sites = (seconds, date, for_ever, odd, now, other_status)
        crawl_of(store_path, [one.url for one in sites])
        counts = [len(one.paths) for one in sites]
        again = crawl_of(store_path, [one.url for one in sites])

    assert again.code == 6
    assert again.summary["deferred"] == 3
    assert [len(one.paths) - count for one, count in zip(sites, counts, strict=True)] == [
        0, 0, 0, 1, 1, 2,
    ]  # fmt: skip


def test_e90_a_network_that_drops_is_waited_for_and_no_host_is_blamed(store_path: Path) -> None:
    """The sites of one machine go away together, and come back on the same ports."""
    ports = _free_ports(20)
    machine = _Machine(ports)
    machine.start()
    process = begun(
        store_path, [f"http://127.0.0.1:{port}/a" for port in ports],
        "--concurrency", "10", "--delay", "0.3",
    )  # fmt: skip
    while machine.asked < 12:
        time.sleep(0.02)
    machine.stop()
    said = _line_of(process, "network down")
    machine.start()
    result = ended(process, store_path)
    machine.stop()

    assert said.startswith("network down: ")
    assert "network up again" in result.stderr
    assert result.code == 0
    assert (result.summary["visited"], result.summary["unreachable"]) == (20, 0)
    assert {capture["error"] for capture in result.captures} == {""}


def test_e90_a_network_that_stays_down_ends_the_crawl_and_blames_nobody(store_path: Path) -> None:
    ports = _free_ports(20)
    machine = _Machine(ports)
    machine.start()
    process = begun(
        store_path, [f"http://127.0.0.1:{port}/a" for port in ports],
        "--concurrency", "10", "--delay", "0.3", "--network-wait", "1",
    )  # fmt: skip
    while machine.asked < 12:
        time.sleep(0.02)
    machine.stop()
    result = ended(process, store_path)

    assert (result.code, result.summary["stopped"]) == (6, "network down")
    assert result.summary["unreachable"] == 0
    assert "stopped (network down) after" in result.stderr
    assert {capture["error"] for capture in result.captures} == {""}


def test_e90_hosts_that_are_gone_are_not_taken_for_a_network_that_is_down(
    store_path: Path,
) -> None:
    gone = [f"http://127.0.0.1:{port}" for port in _free_ports(12)]
    with site() as one:
        result = crawl_of(store_path, [one.url, *gone], "--concurrency", "20")

    assert "network down" not in result.stderr
    assert (result.code, result.summary["unreachable"]) == (0, 12)
    assert one.paths == ["/robots.txt", "/"]


def test_e91_a_host_in_many_rows_is_asked_for_its_robots_txt_once(
    store_path: Path, tmp_path: Path
) -> None:
    with site() as one:
        manifest = tmp_path / "rows.csv"
        rows = "\n".join(f"{one.url}/{number % 7}" for number in range(100_000))
        manifest.write_text(f"url\n{rows}\n")
        crawled(store_path, "--manifest", str(manifest), "--pages", "2")

    assert one.paths.count("/robots.txt") == 1
    assert len(one.paths) == len(set(one.paths)) == 4


def test_a_host_unreachable_for_over_thirty_days_is_still_not_asked_for_pages(
    store_path: Path,
) -> None:
    """RFC 9309, 2.3.1.4 would let a crawler take it for absent then: ours does not."""
    with site(robots=answer(b"", 503)) as one:
        crawl_of(store_path, [one.url])
        with duckdb.connect(str(store_path)) as connection:
            connection.execute("UPDATE capture SET captured_at = captured_at - INTERVAL 40 DAY")
        result = crawl_of(store_path, [one.url])

    assert one.paths == ["/robots.txt", "/robots.txt"]
    assert result.summary["unreachable"] == 1


def test_d69_fifty_slow_hosts_change_nothing_for_fifty_good_ones(
    store_path: Path, authority: Authority
) -> None:
    def slow(exchange: object) -> None:
        time.sleep(6)

    friendly = Behaviour("answers", whole(ALLOW), IN, Page())
    table = {f"good-{number}": friendly for number in range(50)}
    tardy = {f"slow-{number}": Behaviour("never", slow, IN, None) for number in range(50)}
    with hostile_web({**tardy, **table}, authority) as web:
        mounted = [one for one in web.sites if one.mounted == "robots"]
        result = crawl_of(
            store_path, [one.url for one in mounted], "--concurrency", "60", "--timeout", "3"
        )

    recorded = {
        one.name: [
            (c["probe"], c["status"], c["error"], c["outcome"], c["body"])
            for c in result.captures
            if c["host"] == one.host
        ]
        for one in mounted
    }
    good = [found for name, found in recorded.items() if name.startswith("good")]
    assert len(good) == 50
    assert all(found == good[0] for found in good)
    assert [row[:4] for row in good[0]] == [("robots", 200, "", "parsed"), ("page", 200, "", None)]
    assert {tuple(found) for name, found in recorded.items() if name.startswith("slow")} == {
        (("robots", None, "timeout", "unreachable", None),)
    }


def _free_ports(count: int) -> list[int]:
    """Return ports that no connection is given by chance while their sites are away."""
    found: list[int] = []
    # Below those for outgoing connections.
    for port in secrets.SystemRandom().sample(range(10_000, 32_000), 1000):
        with socket.socket() as held, suppress(OSError):
            held.bind(("127.0.0.1", port))
            found.append(port)
        if len(found) == count:
            break
    return found


def _line_of(process: object, words: str) -> str:
    stream = process.stderr  # type: ignore[attr-defined]
    for line in stream:
        if words in line:
            return str(line)
    return ""


class _Machine:
    """Many sites that go away and come back together."""

    def __init__(self, ports: list[int]) -> None:
        self._ports = ports
        self.asked = 0
        self._listening: list[socket.socket] = []

    def start(self) -> None:
        for port in self._ports:
            listening = socket.create_server(("127.0.0.1", port))
            self._listening.append(listening)
            threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def stop(self) -> None:
        for listening in self._listening:
            listening.shutdown(socket.SHUT_RDWR)  # ends `accept` in the other thread
            listening.close()
        self._listening = []

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                received = connection.recv(65536)
                if received:
                    self.asked += 1
                    robots = b"/robots.txt" in received
                    connection.sendall(answer(ALLOW) if robots else PAGE)
