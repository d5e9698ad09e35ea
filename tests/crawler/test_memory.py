"""A crawl is stopped for what it holds, not for what the process that began it held."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# The parent holds 300 MB while it begins the child, which then asks for its own size.
PARENT = """
import subprocess, sys
held = bytearray(b"x") * 300_000_000
subprocess.run([sys.executable, "-c", sys.argv[1]], check=True)
"""
CHILD = """
from scrapy.utils.test import get_crawler
from crawler.memory import ResidentMemory
print(ResidentMemory(get_crawler()).get_virtual_size())
"""


def test_what_a_parent_held_does_not_count() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PARENT, CHILD], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert 10_000_000 < int(done.stdout) < 250_000_000


def test_what_is_held_counts() -> None:
    holding = "held = bytearray(b'x') * 300_000_000\n" + CHILD
    done = subprocess.run(
        [sys.executable, "-c", holding], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert int(done.stdout) > 300_000_000
