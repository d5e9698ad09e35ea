"""The demo's web: each site says what its role promises, to a real crawl."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.demo_web import demo_web
from crawler.robots.decision import decide
from crawler.robots.reading import read_robots
from provenance.store import writing
from tests.crawler.loopback import crawled

if TYPE_CHECKING:
    from pathlib import Path

OUTCOMES = {
    "open": "parsed", "ai-refused": "parsed", "closed": "parsed", "by-path": "parsed",
    "login": "parsed", "http-auth": "parsed", "for-sale": "parsed", "tdm-reserved": "parsed",
    "noai": "parsed", "robots-503": "unreachable", "robots-html": "unreadable",
    "changed": "parsed", "pirate": "parsed", "gone": "unreachable",
}  # fmt: skip
SIGNALS = {
    ("login", "access-gate", "unspecified", "login"),
    ("http-auth", "access-gate", "unspecified", "auth"),
    ("for-sale", "access-gate", "conditional", "payment"),
    ("tdm-reserved", "tdmrep", "conditional", "none"),
    ("noai", "robots-meta", "deny", "none"),
}


def test_every_site_is_seen_as_its_role_says(store_path: Path) -> None:
    with demo_web() as web:
        names = {site.host: site.name for site in web.sites}
        result = crawled(store_path, *(site.base_url for site in web.sites))

    robots = [capture for capture in result.captures if capture["probe"] == "robots"]
    assert {names[one["host"]]: one["outcome"] for one in robots} == OUTCOMES
    with writing(store_path) as connection:
        found = connection.execute(
            "SELECT host, kind, value, gate FROM signal JOIN capture USING (capture_id)"
            # Its sites answer any address with their page, as many do.
            " WHERE finding <> 'soft-404'"
        ).fetchall()
    assert {(names[host], *rest) for host, *rest in found} == SIGNALS


def test_the_changed_site_refuses_ai_crawlers_from_then_on(store_path: Path) -> None:
    with demo_web() as web:
        first = crawled(store_path, web["changed"].base_url)
        web.change()
        second = crawled(store_path, web["changed"].base_url)

    bodies = [c["body"] for c in second.captures if c["probe"] == "robots"]
    assert len(first.captures) == 2
    assert [decide(read_robots(body), "GPTBot", "/").crawl for body in bodies] == ["allow", "deny"]
