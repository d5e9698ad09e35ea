"""`provisor crawl` as it is called."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from click.testing import CliRunner

from crawler.commands import _told, crawl_hosts
from crawler.plan import CrawlSummary
from tests.conftest import ROOT
from tests.crawler.loopback import CONTACT, FILES, crawled, site

if TYPE_CHECKING:
    from pathlib import Path


def test_help_shows_how_to_call_it() -> None:
    said = CliRunner().invoke(crawl_hosts, ["--help"]).output

    assert "\n    provisor crawl example.com --contact crawl@example.org\n" in said
    assert "--allow-loopback" not in said


def test_nothing_to_visit_is_a_wrong_call(store_path: Path) -> None:
    result = crawled(store_path)

    assert result.code == 2
    assert "crawl: no host to visit; name a HOST, or give --hosts FILE or --manifest FILE" in (
        result.stderr
    )


def test_a_word_that_is_no_host_is_named_by_its_place_in_the_call(store_path: Path) -> None:
    result = crawled(store_path, "ok.example", "ftp://no.example/")

    assert result.code == 3
    assert result.stderr.splitlines()[0] == (
        "provisor: error: crawl: HOST 2: ftp://no.example/: not an http or https address;"
        " correct or remove them"
    )


def test_hosts_lists_and_manifests_are_visited_together(store_path: Path, tmp_path: Path) -> None:
    listed, manifest = tmp_path / "hosts.txt", tmp_path / "rows.csv"
    with site() as one, site() as two, site() as three:
        listed.write_text(f"{two.url}/from-the-list\n")
        manifest.write_text("link\n" + "".join(f"{three.url}/{i}\n" for i in range(9)))
        options = ["--hosts", str(listed), "--manifest", str(manifest), "--url-column", "link"]
        result = crawled(store_path, one.url, *options, "--pages", "2")

    assert one.paths == ["/robots.txt", "/"]
    assert two.paths == ["/robots.txt", "/", "/from-the-list"]
    assert three.paths == ["/robots.txt", "/", "/0", "/1"]
    assert (result.summary["hosts"], result.summary["captures"]) == (3, 9 + 3 * len(FILES))


def test_the_summary_counts_every_host(store_path: Path) -> None:
    with site() as one, site(robots=b"") as two:
        command = [sys.executable, str(ROOT / "cli.py"), "crawl", one.url, two.url, "--delay", "0"]
        command += ["--contact", CONTACT, "--store", str(store_path), "--allow-loopback"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)

    assert done.returncode == 0
    assert re.sub(r"in \S+ s \(\S+\)", "in N s (ID)", done.stdout) == (
        f"2 hosts, {3 + len(FILES)} captures in N s (ID)\n"
        "        1  visited\n"
        "        1  robots.txt unreachable: no page asked for\n"
    )
    assert done.stderr == ""


def test_the_time_of_a_part_is_not_told_as_that_of_all_captures() -> None:
    summary = CrawlSummary(
        "ID", hosts=3, visited=2, gated=0, refused=0, unreachable=1, unreadable=0, too_slow=0,
        listed=0, captures=1, seconds=0.5, stopped="", continued=True,
    )  # fmt: skip

    assert _told(summary).splitlines() == [
        "3 hosts, 1 capture; this part took 0.5 s (ID)",
        "        2  visited",
        "        1  robots.txt unreachable: no page asked for",
    ]


def test_a_store_that_cannot_be_written_ends_with_4(tmp_path: Path) -> None:
    with site() as one:
        result = crawled(tmp_path / "missing" / "store.duckdb", one.url)

    assert (result.code, one.log) == (4, [])
    assert "its folder does not exist; make the folder first" in result.stderr
