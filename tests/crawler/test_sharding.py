"""Several workers share a crawl: each site is one worker's, whoever computes it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import duckdb
import pytest

from crawler.demo_web import demo_web
from crawler.sharding import Shard, shard
from crawler.targets import target_of
from provenance.errors import UsageRefused
from provenance.merging import Count, merge
from provenance.store import reading
from provenance.suffixes import suffix_list
from tests.conftest import ROOT
from tests.crawler.loopback import crawled, read, site

if TYPE_CHECKING:
    from pathlib import Path

HOSTS = [f"host-{number}.example.{suffix}" for number in range(50) for suffix in ("com", "co.jp")]
HOSTS += [f"site-{number}.net:8080" for number in range(500)]
HOSTS += ["127.0.0.1:1", "[::1]:80", "localhost", "xn--r8jz45g.jp", "alice.github.io"]


def shards_of(host: str, count: int) -> list[int]:
    target = target_of(host)
    return [number for number in range(1, count + 1) if Shard(number, count).holds(target)]


@pytest.mark.parametrize(
    "text",
    ["", "0/4", "5/4", "a/b", "3", "3/", "/4", "-1/4", "1/0", "1.5/4", "1/4/4", " 1/4", "1/4\n",
     "١/٤", "01/4", "1/9999999"],
)  # fmt: skip
def test_what_names_no_shard_is_refused(text: str) -> None:
    with pytest.raises(UsageRefused, match="there is no shard"):
        shard(text)


@pytest.mark.parametrize("text", ["1/1", "1/16", "16/16", "3/999999"])
def test_a_shard_is_a_number_of_a_count(text: str) -> None:
    assert str(shard(text)) == text


@pytest.mark.parametrize("count", [1, 2, 3, 16])
def test_every_host_falls_to_exactly_one_shard(count: int) -> None:
    assert [host for host in HOSTS if len(shards_of(host, count)) != 1] == []


def test_no_shard_is_left_with_nothing_or_with_most() -> None:
    parts = [shards_of(f"site-{number}.net", 4)[0] for number in range(500)]

    assert all(90 < parts.count(number) < 160 for number in range(1, 5))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("example.com", "www.example.com"),
        ("a.b.example.co.jp", "example.co.jp:8443"),
        ("http://example.com/", "https://shop.example.com/page"),
    ],
)
def test_one_site_is_one_workers(one: str, other: str) -> None:
    assert shards_of(one, 999) == shards_of(other, 999)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alice.github.io", "bob.github.io"),
        ("a.co.jp", "b.co.jp"),
        ("127.0.0.1:8001", "127.0.0.1:8002"),
    ],
)
def test_what_is_not_one_site_need_not_be_one_workers(one: str, other: str) -> None:
    assert shards_of(one, 999) != shards_of(other, 999)


def test_machines_releases_and_hash_seeds_agree() -> None:
    code = (
        "from tests.crawler.test_sharding import HOSTS, shards_of\n"
        "print([shards_of(host, 16)[0] for host in HOSTS])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(said) == 1
    pinned = [shards_of(host, 16) for host in ("example.com", "www.example.co.jp", "127.0.0.1:1")]
    assert pinned == [[8], [10], [2]]


def test_nonsense_ends_with_2_before_anything_is_asked(store_path: Path) -> None:
    with site() as one:
        result = crawled(store_path, one.url, "--shard", "0/4")

    assert (result.code, one.log, store_path.exists()) == (2, [], False)
    assert "--shard: there is no shard '0/4'; write the worker's number, from 1" in result.stderr


def test_a_worker_asks_only_its_own_hosts_and_records_its_part(store_path: Path) -> None:
    with site() as one, site() as two, site() as three:
        sites = (one, two, three)
        mine = [each for each in sites if shards_of(each.url, 2) == [1]]
        result = crawled(store_path, *(each.url for each in sites), "--shard", "1/2")

    assert result.code == 0
    assert [each for each in sites if each.log] == mine
    assert f"shard 1/2: {len(mine)} of 3 hosts" in result.stderr
    with duckdb.connect(str(store_path), read_only=True) as store:
        ((settings,),) = store.execute("SELECT settings FROM run").fetchall()
    said = json.loads(settings)
    assert (said["shard"], said["hosts"]) == ("1/2", len(mine))
    assert said["suffix_list"] == suffix_list().sha256


FACTS = (
    "SELECT host, path, probe, status, error, hops, outcome, reason, body_sha256 FROM capture",
    "SELECT host, capture.path, signal.* EXCLUDE (capture_id) FROM signal JOIN capture USING (capture_id)",
    "FROM body",
    "FROM robots_body",
    "FROM robots_group",
    "SELECT DISTINCT ruleset, allow, pattern, literal, like_form, folded FROM robots_rule",
)


def test_three_workers_merged_know_what_one_crawl_knows(tmp_path: Path) -> None:
    whole, merged = tmp_path / "whole.duckdb", tmp_path / "merged.duckdb"
    workers = [tmp_path / f"worker-{number}.duckdb" for number in (1, 2, 3)]
    with demo_web() as web:
        hosts = [each.base_url for each in web.sites]
        one = crawled(whole, *hosts)
        parts = [
            crawled(store, *hosts, "--shard", f"{number}/3")
            for number, store in enumerate(workers, start=1)
        ]

    result = merge(merged, workers)

    assert sum(part.summary["hosts"] for part in parts) == one.summary["hosts"] == len(hosts)
    captures = one.summary["captures"]
    assert result.tables["capture"] == Count(captures, captures, 0)
    for query in FACTS:
        with reading(whole) as ours, reading(merged) as theirs:
            expected = ours.execute(f"FROM ({query}) ORDER BY ALL").fetchall()
            assert theirs.execute(f"FROM ({query}) ORDER BY ALL").fetchall() == expected
            assert expected
    in_order = [capture["fingerprint"] for part in parts for capture in part.captures]
    assert [capture["fingerprint"] for capture in read(merged)] == in_order


def test_a_worker_without_a_host_has_done_its_part(store_path: Path) -> None:
    with site() as one:
        (whose,) = shards_of(one.url, 2)
        result = crawled(store_path, one.url, "--shard", f"{3 - whose}/2")

    assert (result.code, one.log) == (0, [])
    assert (result.summary["hosts"], result.summary["captures"]) == (0, 0)
