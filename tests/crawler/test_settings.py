"""Scrapy's settings: what must be off is off, and nobody is visited without a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scrapy.settings import Settings

from crawler.addresses import Guard
from crawler.settings import identity, scrapy_settings
from provenance.errors import UsageRefused
from tests.crawler.loopback import crawled, site

if TYPE_CHECKING:
    from pathlib import Path

SWITCHED_OFF = [
    "AUTOTHROTTLE_ENABLED", "COMPRESSION_ENABLED", "COOKIES_ENABLED", "HTTPCACHE_ENABLED",
    "HTTPPROXY_ENABLED", "METAREFRESH_ENABLED", "REDIRECT_ENABLED", "REFERER_ENABLED",
    "REMOTE_CONTROL_ENABLED", "RETRY_ENABLED", "ROBOTSTXT_OBEY", "TELNETCONSOLE_ENABLED",
]  # fmt: skip


def ours() -> Settings:
    return Settings(
        scrapy_settings(
            headers=identity("a@example.org"), window=16, delay_s=2, timeout_s=20, guard=Guard()
        )
    )


@pytest.mark.parametrize("name", SWITCHED_OFF)
def test_what_would_get_around_our_rules_is_off(name: str) -> None:
    assert ours().getbool(name) is False


def test_nothing_but_what_we_named_is_loaded() -> None:
    settings = ours()

    loaded = {
        family: [str(name).rpartition(".")[2] for name in settings.getwithbase(family)]
        for family in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS")
    }

    assert loaded == {
        "DOWNLOADER_MIDDLEWARES": [
            "DownloadTimeoutMiddleware",
            "DefaultHeadersMiddleware",
            "UserAgentMiddleware",
        ],
        "SPIDER_MIDDLEWARES": [],
        "EXTENSIONS": ["ResidentMemory"],
    }
    assert set(settings.getwithbase("DOWNLOAD_HANDLERS")) == {"http", "https"}


def test_every_setting_we_name_is_one_that_scrapy_knows() -> None:
    known = set(Settings())

    unknown = set(ours()) - known

    assert unknown == set()


@pytest.mark.parametrize(
    "contact",
    ["", "  ", "me", "example.org", "me@", "ftp://example.org", "https://x y.org", "a b@c.de"],
)
def test_a_crawl_without_an_address_to_write_to_is_refused(contact: str) -> None:
    with pytest.raises(UsageRefused, match="set --contact URL-or-mail"):
        identity(contact)


def test_a_mailbox_stands_in_the_from_header_and_a_page_does_not() -> None:
    agent = "provisor/0.1.0 (+{}; purpose: rights-signal audit)"

    assert identity("mailto:a@example.org") == {
        "User-Agent": agent.format("a@example.org"),
        "From": "a@example.org",
    }
    assert identity("https://example.org/crawl") == {
        "User-Agent": agent.format("https://example.org/crawl")
    }


def test_without_a_contact_nobody_is_asked_and_nothing_is_written(store_path: Path) -> None:
    with site() as one:
        result = crawled(store_path, one.url, "--contact", "")

    assert (result.code, one.log, store_path.exists()) == (2, [], False)
    assert (
        "crawl: no contact for the owners of the sites; set --contact URL-or-mail" in result.stderr
    )
