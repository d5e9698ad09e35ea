"""No private address is asked, however it was named."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from crawler.addresses import Guard
from tests.crawler.loopback import crawled, redirect, site

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = [
    "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.0.0.8",
    "192.168.1.1", "198.18.0.1", "203.0.113.5", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "0.0.0.0",  # noqa: S104 (refused, not bound to)
    "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[ff02::1]", "[2001:db8::1]",
    "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::1]",
]  # fmt: skip


@pytest.mark.parametrize(
    "host", ["example.com", "8.8.8.8", "[2606:4700::1111]", "[64:ff9b::808:808]"]
)
def test_a_name_or_a_public_address_is_not_refused(host: str) -> None:
    assert not Guard().refuses(host)


@pytest.mark.parametrize("host", REFUSED)
def test_an_address_that_is_not_public_is_refused(host: str) -> None:
    assert Guard().refuses(host)


def test_allowing_loopback_allows_no_other_private_address() -> None:
    guard = Guard(allow_loopback=True)

    refused = [host for host in REFUSED if guard.refuses(host)]

    assert refused == [host for host in REFUSED if host not in {"127.0.0.1", "[::1]"}]


def test_no_spelling_of_this_machine_is_asked(store_path: Path) -> None:
    spellings = ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "①②⑦.⓪.⓪.①"]
    spellings += ["[::ffff:127.0.0.1]", "[::1]", "localhost", "LOCALHOST."]
    with site() as one:
        port = one.host.partition(":")[2]
        hosts = [f"http://{spelling}:{port}" for spelling in spellings]

        result = crawled(store_path, *hosts, loopback=False)

    assert one.log == []
    assert {capture["host"] for capture in result.captures} == {
        f"{host}:{port}"
        for host in ("127.0.0.1", "0.0.0.0", "[::ffff:7f00:1]", "[::1]", "localhost")  # noqa: S104
    }
    assert {capture["error"] for capture in result.captures} == {"refused-address"}
    assert {capture["outcome"] for capture in result.captures} == {"unreachable"}


def test_a_redirect_does_not_lead_to_a_private_address(store_path: Path) -> None:
    spellings = ["10.0.0.1", "0xa000001", "167772161", "012.1", "[::ffff:10.0.0.1]"]
    with ExitStack() as running:
        sites = [
            running.enter_context(site(robots=redirect(f"http://{spelling}/robots.txt")))
            for spelling in spellings
        ]
        result = crawled(store_path, *(one.url for one in sites))

    for one in sites:
        capture = result.of(one)
        assert (capture["error"], capture["outcome"]) == ("refused-address", "unreachable")
        assert one.paths == ["/robots.txt"]
    assert {capture["hops"][0] for capture in result.captures} == {
        "http://10.0.0.1/robots.txt",
        "http://[::ffff:a00:1]/robots.txt",
    }
