"""A crawl of many queued hosts, ended after a few seconds: what it held, and when it first asked.

`python -m benchmarks.crawl.queue PORT HOSTS FOLDER SECONDS [--resume]`
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path

from benchmarks.crawl.web import host, let_in
from crawler import fetching, run
from crawler.plan import CrawlPlan
from crawler.targets import Target


def main() -> None:
    """Begin the crawl, or go on with it, end it, and print the figures as JSON."""
    port, hosts, folder, seconds = sys.argv[1:5]
    resume = "--resume" in sys.argv
    import scrapy.crawler  # noqa: F401 (start-up is not what is measured)

    let_in()
    first: list[float] = []
    ask = fetching.Web.ask

    async def noted(self: fetching.Web, *words: object, **named: object) -> object:
        if not first:
            first.append(time.monotonic())
            threading.Timer(float(seconds), os.kill, (os.getpid(), signal.SIGINT)).start()
        return await ask(self, *words, **named)  # type: ignore[arg-type]

    fetching.Web.ask = noted  # type: ignore[assignment, method-assign]
    plan = CrawlPlan(
        targets=(Target(f"{host(number)}:{port}", ("http",)) for number in range(int(hosts))),
        store=Path(folder) / "bench.duckdb",
        contact="bench@provisor.example",
        delay_s=0,
        allow_loopback=True,
        resume=resume,
    )
    began = time.monotonic()
    summary = run.crawl(plan, say=lambda _: None)
    found = {
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "first_s": first[0] - began,
        "done": summary.done,
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
