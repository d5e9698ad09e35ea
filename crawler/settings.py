"""Scrapy's settings for a crawl, each with its reason; there is no project file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from provenance.defaults import VERSION
from provenance.errors import UsageRefused

if TYPE_CHECKING:
    from crawler.addresses import Guard

TOKEN = "provisor"
"""The name by which a robots.txt speaks to us."""

PAGE_BYTES = 2 * 1024 * 1024
ROBOTS_BYTES = 512 * 1024
"""Octets kept of an answer; RFC 9309, section 2.5 asks that at least 500 KiB be read."""

TIMEOUT_S = 20.0
NETWORK_WAIT_S = 900.0
"""A network that is down longer than this ends the crawl."""

_HTTP = "crawler.heads.BoundedHeadsHandler"
_MAIL = re.compile(r"(?:mailto:)?([^\s@:/,<>()]+@[^\s@:/,<>()]+\.[^\s@:/,<>()]+)")
_PAGE = re.compile(r"https?://[^\s/()]+\.[^\s()]+")
_WITHOUT_CONTACT = "set --contact URL-or-mail"


def identity(contact: str) -> dict[str, str]:
    """Return the request headers that say who asks, why, and whom to write to.

    Raises:
        UsageRefused: *contact* is neither an address of a page nor of a mailbox.
    """
    mail = _MAIL.fullmatch(contact.strip())
    if not contact.strip():
        raise UsageRefused("crawl", "no contact for the owners of the sites", _WITHOUT_CONTACT)
    if not mail and not _PAGE.fullmatch(contact.strip()):
        raise UsageRefused("crawl", f"{contact!r} is no address to write to", _WITHOUT_CONTACT)
    where = mail[1] if mail else contact.strip()
    agent = f"provisor/{VERSION} (+{where}; purpose: rights-signal audit)"
    return {"User-Agent": agent} | ({"From": where} if mail else {})


def scrapy_settings(
    *, headers: dict[str, str], window: int, delay_s: float, timeout_s: float, guard: Guard
) -> dict[str, Any]:
    """Return the settings of one crawl process."""
    from crawler.addresses import guarded_resolver

    return {
        "BOT_NAME": TOKEN,
        "USER_AGENT": headers["User-Agent"],
        "DEFAULT_REQUEST_HEADERS": {
            **headers,
            "Accept": "text/html,application/xhtml+xml,text/plain,*/*;q=0.5",
            # Decoded by us: Scrapy drops the headers of a body that unpacks to too much.
            "Accept-Encoding": "gzip",
        },
        # Nobody but these touches a request: cookies, referer, proxy, login, retry, redirect,
        # compression, cache and the robots middleware (which fails open) are not even loaded.
        "DOWNLOADER_MIDDLEWARES_BASE": {
            "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
            "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
            "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
        },
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {"crawler.memory.ResidentMemory": 0},
        # The same said by name, for whoever adds a middleware.
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
        "HTTPPROXY_ENABLED": False,  # a proxy resolves names itself: it would pass the guard
        "METAREFRESH_ENABLED": False,
        "REDIRECT_ENABLED": False,  # each hop is checked and recorded by us
        "RETRY_ENABLED": False,  # three requests within 20 ms against `Retry-After: 3600`
        "COMPRESSION_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "ROBOTSTXT_OBEY": False,  # robots.txt is asked for and obeyed by us
        "HTTPERROR_ALLOW_ALL": True,  # a 403 is what we came to see
        "TELNETCONSOLE_ENABLED": False,  # it and the remote control run any code sent to them
        "REMOTE_CONTROL_ENABLED": False,
        "DOWNLOAD_HANDLERS_BASE": dict.fromkeys(("http", "https"), _HTTP),
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_TIMEOUT": timeout_s,  # for the whole answer, headers and body
        # Scrapy's own limit throws the first bytes away; ours stops the download and keeps them.
        "DOWNLOAD_MAXSIZE": 0,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,  # kept and marked as an error by us
        "CONCURRENT_ITEMS": 1,  # 100 would start as many tasks for every answer
        "CONCURRENT_REQUESTS": window,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": delay_s,  # a second line: `politeness` has already waited
        "DOWNLOAD_DELAY_JITTER": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.ScrapyPriorityQueue",  # the default is O(hosts)
        "TWISTED_DNS_RESOLVER": guarded_resolver(guard),
        "DNS_TIMEOUT": 10,
        "DNSCACHE_SIZE": max(10_000, window),
        "REACTOR_THREADPOOL_MAXSIZE": max(20, min(window, 100)),  # look-ups run in threads
        # Heads and bodies are bounded one by one; this is for the sum of all in flight.
        "MEMUSAGE_ENABLED": True,
        "MEMUSAGE_WARNING_MB": 1200,
        "MEMUSAGE_LIMIT_MB": 1500,
        "MEMUSAGE_CHECK_INTERVAL_SECONDS": 5,
        # Log lines carry what servers sent, unescaped; what matters is recorded.
        "LOG_ENABLED": False,
        "STATS_DUMP": False,
    }
