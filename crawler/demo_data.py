"""What the demo hands in beside its web: past captures, a list, a declaration, a manifest."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from crawler.demo_web import DemoWeb

OPEN = "User-agent: *\nDisallow:\n"

_PATHS = {
    "by-path": ("/news/1", "/archive/1987/", "/archive/free/map", "/photos/bridge.jpg", "/photos/"),
    "login": ("/members/choir",),
    "changed": ("/salt/1", "/salt/2"),
}

DECLARATION = """\
# What the builder of the demo's dataset declares. See docs/auditing.md.
[dataset]
name = "demo"
version = "1"
purpose = "pretraining"
agent = "CCBot"       # the robots.txt token of the crawler that collected
copies = true         # the dataset holds the contents, not only their addresses

[[act]]
kind = "training"
from = {training}
"""


def write_hosts(web: DemoWeb, path: Path) -> None:
    """Write the addresses to visit, one a line."""
    lines = [f"{site.base_url}{page}" for site in web.sites for page in _pages(site.name)]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def write_list(path: Path) -> None:
    """Write what a right holder hands in: the site that shows copies of their comics."""
    path.write_text(
        "value,scope,category,work,right_holder\n"
        "pirate.example,domain,piracy_site,The Paper Lighthouse,Kestrel Press\n",
        "utf-8",
    )


def write_past(web: DemoWeb, path: Path, *, now: datetime) -> None:
    """Write robots.txt captures of three weeks ago, as an archive would hold them."""
    seen = (now - timedelta(days=21)).isoformat(timespec="seconds")
    lines = [
        json.dumps(
            {
                "url": f"{web[name].base_url}/robots.txt",
                "captured_at": seen,
                "status": 200,
                "body": OPEN,
                "source": "demo archive",
            }
        )
        for name in ("open", "changed")
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def write_declaration(path: Path, *, now: datetime) -> None:
    """Write dataset.toml; training begins in a month, so there is still a choice."""
    path.write_text(DECLARATION.format(training=(now + timedelta(days=30)).date()), "utf-8")


def write_manifest(web: DemoWeb, path: Path, *, now: datetime, later: datetime) -> int:
    """Write the rows of the dataset and return how many there are.

    Every page was collected between the two visits; a few after the second, ten days ago and half
    a year ago; and some rows lack a date or an address that can be read.
    """
    rows = [(f"{site.base_url}{page}", now) for site in web.sites for page in _pages(site.name)]
    rows += [(f"{web[name].base_url}/new", later) for name in ("open", "changed")]
    rows += [
        (f"{web[name].base_url}/old", now - timedelta(days=10)) for name in ("open", "changed")
    ]
    rows += [
        (f"{web[name].base_url}/older", now - timedelta(days=180))
        for name in ("ai-refused", "open")
    ]
    undated = [f"{web['open'].base_url}/undated", f"{web['ai-refused'].base_url}/undated"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["url", "collected_at"])
        writer.writerows((url, at.isoformat()) for url, at in rows)
        writer.writerows((url, "") for url in undated)
        writer.writerow(["http://not an address/", now.isoformat()])
    return len(rows) + len(undated) + 1


def _pages(name: str) -> tuple[str, ...]:
    return ("/", *_PATHS.get(name, ("/page/1",)))
