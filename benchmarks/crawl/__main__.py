"""`python -m benchmarks.crawl`: requests per CPU second, memory and resume, all in one run.

The three clients ask the same addresses of the same server, one after the other, with all waits
between requests off. Each is run for few hosts and for many: what the many cost more is what a
request costs, without the start of the process. provisor's figure includes its evidence, its store
and what it reads from the answers; the others throw the answers away.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.crawl.clients import CLIENTS, PATHS

if TYPE_CHECKING:
    from collections.abc import Iterator

PORT = 18_099
FEW = 100
QUEUES = (10_000, 100_000, 1_000_000)

GOAL_SCRAPY, GOAL_AIOHTTP, GOAL_RSS_MB, GOAL_RESUME_S = 3.0, 0.3, 250.0, 2.0


@contextmanager
def web() -> Iterator[None]:
    """Serve the hosts from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.crawl.web", str(PORT)]
    with subprocess.Popen(command) as server:
        time.sleep(1)
        try:
            yield
        finally:
            server.terminate()


def cost(client: str, hosts: int) -> dict[str, Any]:
    """Return what *client* took for *hosts*, in a process and a folder of its own."""
    with TemporaryDirectory(prefix="provisor-bench-") as folder:
        words = ["-m", "benchmarks.crawl.clients", client, str(PORT), str(hosts), folder]
        done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["requests"] == hosts * len(PATHS), found
    return found


def rates(hosts: int, rounds: int) -> dict[str, float]:
    """Return requests per CPU second of each client: the middle of *rounds*, taken in turns."""
    found: dict[str, list[float]] = {client: [] for client in CLIENTS}
    for _ in range(rounds):
        for client in CLIENTS:
            few, many = cost(client, FEW), cost(client, FEW + hosts)
            found[client].append(hosts * len(PATHS) / (many["cpu_s"] - few["cpu_s"]))
            print(f"  {client:<9} {found[client][-1]:>8,.0f} requests per CPU second", flush=True)
    return {client: median(values) for client, values in found.items()}


def queued(hosts: int, folder: Path, seconds: float) -> tuple[float, float, float]:
    """Return the peak of a crawl of *hosts* that is ended early, of its resumption, and its wait.

    In MB, MB, and seconds from the call to the first request, without the start of Python.
    """
    words = ["-m", "benchmarks.crawl.queue", str(PORT), str(hosts), str(folder), str(seconds)]
    began = _queue(words)
    resumed = _queue([*words, "--resume"])
    return began["rss_mb"], resumed["rss_mb"], resumed["first_s"]


def _queue(words: list[str]) -> dict[str, Any]:
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Print all figures; end with 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hosts", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--queues", type=int, nargs="*", default=QUEUES)
    parser.add_argument("--seconds", type=float, default=8.0, help="that each queue is crawled")
    chosen = parser.parse_args()
    met = True
    with web():
        print(f"{chosen.hosts:,} hosts, {len(PATHS)} requests each:")
        rate = rates(chosen.hosts, chosen.rounds)
        scrapy, aiohttp = rate["provisor"] / rate["scrapy"], rate["provisor"] / rate["aiohttp"]
        met &= scrapy >= GOAL_SCRAPY and aiohttp >= GOAL_AIOHTTP
        print(f"provisor: {scrapy:.2f} times stock Scrapy (goal {GOAL_SCRAPY}),")
        print(f"          {aiohttp:.2f} times bare aiohttp (goal {GOAL_AIOHTTP})")
        for hosts in chosen.queues:
            with TemporaryDirectory(prefix="provisor-bench-") as folder:
                began, resumed, first = queued(hosts, Path(folder), chosen.seconds)
            met &= max(began, resumed) <= GOAL_RSS_MB and first <= GOAL_RESUME_S
            print(
                f"{hosts:>9,} queued hosts: {began:,.0f} MB from the plan on, {resumed:,.0f} MB"
                f" resumed, first request {first:.2f} s after the call",
                flush=True,
            )
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
