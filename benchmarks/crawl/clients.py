"""Three clients for the same addresses, each in a process of its own: it prints what it cost.

`python -m benchmarks.crawl.clients CLIENT PORT HOSTS FOLDER`, where CLIENT is provisor, scrapy or
aiohttp. CPU is the process' user and system time from its first request on, start-up left out;
provisor's includes its evidence, its store and what it reads from the pages.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

from benchmarks.crawl.web import host, let_in
from crawler.wellknown import WELL_KNOWN

PATHS = ("/robots.txt", *(file.path for file in WELL_KNOWN), "/")
IN_FLIGHT = 64


def aiohttp_client(port: int, hosts: int, _: Path) -> int:
    """Ask with bare aiohttp, connections kept open."""
    import aiohttp

    numbers = iter(range(hosts))

    async def visits(session: aiohttp.ClientSession) -> None:
        for number in numbers:
            for path in PATHS:
                async with session.get(f"http://{host(number)}:{port}{path}") as answer:
                    await answer.read()

    async def main() -> None:
        connector = aiohttp.TCPConnector(limit=IN_FLIGHT)
        async with aiohttp.ClientSession(connector=connector) as session:
            await asyncio.gather(*(visits(session) for _ in range(IN_FLIGHT)))

    asyncio.run(main())
    return hosts * len(PATHS)


def scrapy_client(port: int, hosts: int, _: Path) -> int:
    """Ask with Scrapy as it comes, logging aside; its delay, too, is off, as everybody's is."""
    import scrapy
    from scrapy.crawler import CrawlerProcess

    seen: list[int] = []

    class Stock(scrapy.Spider):  # type: ignore[misc, unused-ignore]
        name = "stock"
        handle_httpstatus_list = (404,)

        async def start(self):  # type: ignore[no-untyped-def]
            for number in range(hosts):
                for path in PATHS:
                    yield scrapy.Request(f"http://{host(number)}:{port}{path}")

        def parse(self, response):  # type: ignore[no-untyped-def]
            seen.append(response.status)

    process = CrawlerProcess({"LOG_LEVEL": "ERROR", "DOWNLOAD_DELAY": 0})
    process.crawl(Stock)
    process.start()
    return len(seen)


def provisor_client(port: int, hosts: int, folder: Path) -> int:
    """Ask with provisor: evidence, store and readers included."""
    from crawler.plan import CrawlPlan
    from crawler.run import crawl
    from crawler.targets import Target

    let_in()
    plan = CrawlPlan(
        targets=(Target(f"{host(number)}:{port}", ("http",)) for number in range(hosts)),
        store=folder / "bench.duckdb",
        contact="bench@provisor.example",
        delay_s=0,
        window=IN_FLIGHT,
        allow_loopback=True,
    )
    return crawl(plan, say=lambda _: None).captures


CLIENTS = {"aiohttp": aiohttp_client, "scrapy": scrapy_client, "provisor": provisor_client}


def main() -> None:
    """Run one client and print its cost as JSON."""
    name, port, hosts, folder = sys.argv[1:]
    client = CLIENTS[name]
    if name != "aiohttp":
        import scrapy.crawler  # noqa: F401 (start-up is not what is measured)
    began, cpu = time.monotonic(), time.process_time()
    asked = client(int(port), int(hosts), Path(folder))
    cost = {
        "client": name,
        "requests": asked,
        "cpu_s": round(time.process_time() - cpu, 3),
        "wall_s": round(time.monotonic() - began, 3),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }
    sys.stdout.write(json.dumps(cost) + "\n")


if __name__ == "__main__":
    main()
