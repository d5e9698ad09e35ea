"""What the crawler does after each kind of answer to robots.txt (RFC 9309, section 2.3.1)."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from tests.crawler.loopback import ALLOW, answer, crawled, redirect, site

if TYPE_CHECKING:
    import socket
    from pathlib import Path

DENY = b"User-agent: *\nDisallow: /\n"


def never(connection: socket.socket) -> None:
    time.sleep(4)


def drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\n")
    for _ in range(8):
        time.sleep(0.5)
        connection.sendall(b"#")


CUT_SHORT = b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + ALLOW
BAD_CHUNK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + ALLOW
BOMB = b"User-agent: a\n" * 2000 + b"Disallow: /x\n" * 2000
BROTLI = answer(b"\x0b\x02\x80User\x03", 200, "Content-Encoding: br")
HALF_A_GZIP = answer(
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x0b-N", 200, "Content-Encoding: gzip"
)

# answer to robots.txt -> outcome, reason, may a page be asked for
TABLE = {
    "rules that let us in": (answer(ALLOW), "parsed", "", True),
    "rules that keep us out": (answer(DENY), "parsed", "", False),
    "our name is refused": (answer("User-agent: provisor\nDisallow: /\n"), "parsed", "", False),
    "another name is refused": (answer("User-agent: GPTBot\nDisallow: /\n"), "parsed", "", True),
    "empty": (answer(b""), "parsed", "", True),
    "404 with a body like rules": (answer(DENY, 404), "unavailable", "status 404", True),
    "410": (answer(b"", 410), "unavailable", "status 410", True),
    "401": (answer(b"", 401), "unavailable", "status 401", True),
    "403": (answer(b"", 403), "unavailable", "status 403", True),
    "429": (answer(b"", 429, "Retry-After: 3600"), "unreachable", "status 429", False),
    "500": (answer(ALLOW, 500), "unreachable", "status 500", False),
    "503": (answer(b"", 503), "unreachable", "status 503", False),
    "no answer in time": (never, "unreachable", "timeout", False),
    "a body that drips": (drip, "unreachable", "timeout", False),
    "hung up": (lambda connection: None, "unreachable", "connection", False),
    "cut short": (CUT_SHORT, "unreachable", "protocol", False),
    "a bad chunk": (BAD_CHUNK, "unreachable", "protocol", False),
    "not HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n", "unreachable", "protocol", False),
    "a coding we did not ask for": (BROTLI, "unreachable", "protocol", False),
    "half a gzip stream": (HALF_A_GZIP, "unreachable", "protocol", False),
    "status 999": (answer(ALLOW, 999), "unreadable", "status 999", False),
    "HTML": (answer("<!doctype html><p>x"), "unreadable", "html", False),
    "UTF-16": (answer(ALLOW.decode().encode("utf-16")), "unreadable", "undecodable", False),
    "a NUL": (answer(ALLOW + b"\0"), "unreadable", "undecodable", False),
    "a bomb": (answer(BOMB), "unreadable", "too complex", False),
    "a redirect to nowhere": (answer(b"", 302), "unreadable", "status 302", False),
    "a redirect to a file": (redirect("file:///etc/hosts"), "unreadable", "status 302", False),
}


def test_a_page_is_asked_for_only_where_robots_txt_lets_us_and_can_be_read(
    store_path: Path,
) -> None:
    with ExitStack() as running:
        sites = {
            name: running.enter_context(site(robots=row[0]))  # type: ignore[arg-type]
            for name, row in TABLE.items()
        }
        hosts = [one.url for one in sites.values()]

        result = crawled(store_path, *hosts, "--timeout", "2", "--concurrency", "40")

    assert result.code == 0, result.stderr
    seen = {
        name: (
            result.of(one)["outcome"],
            result.of(one)["reason"].partition(":")[0],
            one.paths[1:] == ["/"],
        )
        for name, one in sites.items()
    }
    assert seen == {name: row[1:] for name, row in TABLE.items()}
    assert [one.paths[0] for one in sites.values()] == ["/robots.txt"] * len(sites)
    assert result.summary["unreachable"] == 11
    assert result.summary["unreadable"] == 7
    assert result.summary["refused"] == 2


def test_what_a_404_said_is_kept_as_evidence(store_path: Path) -> None:
    with site(robots=answer(DENY, 404)) as one:
        result = crawled(store_path, one.url)

    assert result.of(one)["body"] == DENY


def test_five_redirects_are_followed_and_each_is_recorded(store_path: Path) -> None:
    def chain(length: int) -> dict[str, bytes]:
        steps = {f"/r{i}": redirect(f"/r{i + 1}") for i in range(1, length)}
        return {**steps, f"/r{length}": answer(DENY)}

    with ExitStack() as running:
        sites = {
            length: running.enter_context(site(chain(length), robots=redirect("/r1")))
            for length in range(1, 7)
        }
        result = crawled(store_path, *(one.url for one in sites.values()))

    for length, one in sites.items():
        capture = result.of(one)
        assert capture["hops"] == [f"{one.url}/r{i}" for i in range(1, length + 1)]
        steps = ["/robots.txt", *(f"/r{i}" for i in range(1, min(length, 5) + 1))]
        if length <= 5:
            assert (capture["outcome"], one.paths) == ("parsed", steps)
        else:  # RFC 9309, 2.3.1.2: may be taken for unavailable
            assert (capture["outcome"], one.paths) == ("unavailable", [*steps, "/"])
            assert (capture["error"], capture["status"]) == ("redirects", 302)


def test_the_rules_behind_a_redirect_belong_to_the_host_that_was_asked(store_path: Path) -> None:
    with (
        site(robots=answer(DENY)) as other,
        site(robots=redirect(f"{other.url}/robots.txt")) as one,
    ):
        result = crawled(store_path, one.url)

    assert result.of(one)["hops"] == [f"{other.url}/robots.txt"]
    assert (one.paths, other.paths) == (["/robots.txt"], ["/robots.txt"])


def test_a_redirect_that_runs_in_a_circle_ends(store_path: Path) -> None:
    with site({"/a": redirect("/robots.txt")}, robots=redirect("/a")) as one:
        result = crawled(store_path, one.url)

    assert result.of(one)["error"] == "redirects"
    assert one.paths == ["/robots.txt", "/a", "/"]
