"""Taking turns at a site."""

from __future__ import annotations

import asyncio
import time

import pytest

from crawler.politeness import Lanes, StoppedError, lane
from provenance.urls import address


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.co.jp/", "example.co.jp"),
        ("http://a.b.example.com:8080/", "example.com"),
        ("https://alice.github.io/", "alice.github.io"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://localhost:8080/", "localhost:8080"),
    ],
)
def test_the_hosts_of_one_owner_share_a_lane(url: str, name: str) -> None:
    assert lane(address(url)) == name


def test_turns_in_a_lane_are_apart_and_other_lanes_do_not_wait() -> None:
    began: dict[str, float] = {}

    async def turns() -> None:
        lanes = Lanes(asyncio.Event())

        async def take(name: str, who: str) -> None:
            async with lanes.turn(name, delay_s=0.2):
                began[who] = time.monotonic()
                await asyncio.sleep(0.1)

        await asyncio.gather(take("a", "first"), take("a", "second"), take("b", "other"))

    asyncio.run(turns())

    assert began["second"] - began["first"] >= 0.3
    assert began["other"] < began["second"]


def test_nobody_gets_a_turn_once_the_crawl_ends() -> None:
    async def wait() -> None:
        stopping = asyncio.Event()
        lanes = Lanes(stopping)
        async with lanes.turn("a", delay_s=60):
            pass
        asyncio.get_running_loop().call_later(0.05, stopping.set)
        async with lanes.turn("a", delay_s=60):
            pass

    began = time.monotonic()
    with pytest.raises(StoppedError):
        asyncio.run(wait())
    assert time.monotonic() - began < 5
