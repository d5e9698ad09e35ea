"""One crawl of the whole hostile web, which the tests of this folder look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.crawler.hostile.behaviours import every_behaviour
from tests.crawler.hostile.certificates import Authority
from tests.crawler.hostile.crawling import crawl_of, gates
from tests.crawler.hostile.web import hostile_web

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crawler.hostile.web import HostileWeb, Site
    from tests.crawler.loopback import Crawled

TIMEOUT_S = 6


@dataclass(frozen=True, slots=True)
class Visited:
    """The hostile web after a crawl of all of it."""

    web: HostileWeb
    crawl: Crawled
    gates: dict[str, list[str]]
    store: Path

    def site(self, name: str, mounted: str = "robots") -> Site:
        return self.web.of(name, mounted)

    def captures(self, name: str, mounted: str = "robots") -> dict[str, dict[str, Any]]:
        """What was recorded of a site, by probe."""
        host = self.site(name, mounted).host
        return {c["probe"]: c for c in self.crawl.captures if c["host"] == host}


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def visited(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Visited]:
    """The hostile web, visited once."""
    store = tmp_path_factory.mktemp("hostile") / "store.duckdb"
    with hostile_web(every_behaviour(), authority) as web:
        crawl = crawl_of(
            store,
            [site.url for site in web.sites],
            "--concurrency",
            "300",
            "--timeout",
            str(TIMEOUT_S),
            environment={"SSL_CERT_FILE": str(authority.path)},
        )
        assert crawl.code == 0, crawl.stderr
        yield Visited(web, crawl, gates(store), store)
