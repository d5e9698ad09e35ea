"""Asks a peer, in the peer's own environment: only the standard library and the peer are there.

    python -P worker.py PART

reads a command a line: `load FILE`, `verdicts FILE` or `time`, and answers each with a line.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[[], list[bool]]
    """Return for each row whether it is refused."""


def robots(given: dict[str, Any]) -> Work:
    from url_checker import core

    core.load_robots = lambda version: given["robots"]  # noqa: ARG005 (called by name)
    check = core.RobotsTxtComplianceChecker().is_compliant
    return lambda: [check(url) == "NonCompliant" for url in given["rows"]]


def lists(given: dict[str, Any]) -> Work:
    from datatrove.data import Document
    from datatrove.pipeline.filters import URLFilter
    from tldextract import TLDExtract

    listed = {"extra_domains": given["names"], "extra_urls": given["urls"]}
    kept = URLFilter(use_integrated_lists=False, **listed)
    kept.tldextractor = TLDExtract(suffix_list_urls=())  # its own copy: nothing is fetched
    rows = [Document(text="", id="", metadata={"url": url}) for url in given["rows"]]
    return lambda: [kept.filter(row) is not True for row in rows]


def headers(given: dict[str, Any]) -> Work:
    from datadiligence.evaluators import HttpEvaluator

    allowed = HttpEvaluator().is_allowed
    rows = [[(name, value) for name, value in row] for row in given["rows"]]
    return lambda: [not allowed(headers=row) for row in rows]


PARTS = {"robots": robots, "lists": lists, "headers": headers}


def main() -> None:
    # What a peer prints goes with its errors; the answers have the stream to themselves.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    work: Work = list
    for line in sys.stdin:
        command, _, file = line.strip().partition(" ")
        if command == "load":
            work = PARTS[sys.argv[1]](json.loads(Path(file).read_text("utf-8")))
        elif command == "verdicts":
            Path(file).write_text(json.dumps(work()), "utf-8")
        before = time.perf_counter()
        if command == "time":
            work()
        print(time.perf_counter() - before, file=answers)


if __name__ == "__main__":
    main()
