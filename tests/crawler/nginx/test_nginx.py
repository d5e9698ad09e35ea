"""What a crawl records of a real server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.crawler.nginx.conftest import ROBOTS

if TYPE_CHECKING:
    from tests.crawler.nginx.conftest import Served

BOTH = ["/robots.txt", "/"]


@pytest.mark.parametrize(
    ("name", "outcome", "reason", "asked"),
    [
        ("open", "parsed", "", BOTH),
        ("tls", "parsed", "", BOTH),
        ("tls-other", "unreachable", "tls", []),
        ("away", "unreachable", "status 503", ["/robots.txt"]),
        ("shut", "unreachable", "connection", ["/robots.txt"]),
        ("missing", "unavailable", "status 404", BOTH),
        ("moved", "parsed", "", ["/robots.txt", "/rules.txt", "/"]),
        ("packed", "parsed", "", BOTH),
    ],
)
def test_its_robots_txt_is_read_and_pages_are_asked_for_where_it_lets_us(
    served: Served, name: str, outcome: str, reason: str, asked: list[str]
) -> None:
    robots = served.capture(name, "robots")

    assert (robots["outcome"], robots["reason"]) == (outcome, reason)
    assert served.asked.get(name, []) == asked


@pytest.mark.parametrize(
    ("name", "status", "gate"),
    [
        ("auth", 401, "auth"),
        ("members", 302, "login"),
        ("price", 402, "payment"),
        ("forbidden", 403, "forbidden"),
        ("limited", 429, "rate-limit"),
    ],
)
def test_its_gates_are_recorded_and_not_passed(
    served: Served, name: str, status: int, gate: str
) -> None:
    assert served.capture(name, "page")["status"] == status
    assert served.gates[served.host(name)] == [gate]
    assert served.asked[name] == BOTH


@pytest.mark.parametrize(
    ("name", "kind", "value", "offer"),
    [
        ("price", "access-gate", "conditional", "USD 0.01"),
        ("tdm", "tdmrep", "conditional", "https://rights.example/policy.json"),
        ("noai", "robots-meta", "deny", ""),
    ],
)
def test_its_headers_are_read(served: Served, name: str, kind: str, value: str, offer: str) -> None:
    with duckdb.connect(str(served.store), read_only=True) as store:
        found = store.execute(
            "SELECT DISTINCT kind, value, offer FROM signal JOIN capture USING (capture_id)"
            " WHERE host = ? AND kind = ?",
            [served.host(name), kind],
        ).fetchall()

    assert found == [(kind, value, offer)]


def test_what_it_packs_is_kept_unpacked(served: Served) -> None:
    robots = served.capture("packed", "robots")

    assert robots["body"] == ROBOTS.encode()
    assert ["Content-Encoding", "gzip"] in json.loads(robots["headers"])


def test_its_wish_to_be_asked_later_is_kept_by_the_next_run(served: Served) -> None:
    page = served.capture("limited", "page")

    assert ["Retry-After", "3600"] in json.loads(page["headers"])
    assert served.again.summary["deferred"] == 1
    assert served.asked["limited"] == BOTH
