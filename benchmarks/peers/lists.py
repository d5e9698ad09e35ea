"""Lists: datatrove's URLFilter beside the audit, with the same names and addresses."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.peers.auditing import judging
from benchmarks.peers.comparing import Cause, Part
from benchmarks.peers.rows import addresses, host_names
from blocklists.submit import submit
from provenance.urls import address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.peers.comparing import Given

REQUIREMENTS = (
    "datatrove==0.10.1", "tldextract==5.4.0", "regex==2026.11.15", "fasteners==0.20",
    "pyahocorasick==2.3.1",
)  # fmt: skip
"""datatrove does not ask for what its filters import."""


def part(folder: Path, rows: int, entries: int) -> Part:
    """Return the comparison by a list of *entries*, its store made in *folder*."""
    hosts = host_names(max(50, rows // 20))
    urls = addresses(hosts, rows)
    names, pages = entries_of(hosts, urls, entries)
    submit_list(folder, [*names, *pages])
    listed = frozenset(names)
    changes: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("host oddly written: compared letter by letter", plain),
        ("a listed name between the site and the host", lambda url: at_listed(plain(url), listed)),
        ("`www.` counts on neither side of a page", lambda url: without_www(plain(url))),
        ("`www.` of a listed site stands for all of it", lambda url: with_www(plain(url))),
    )
    known = {"names": names, "urls": pages}
    return Part(
        "lists", "datatrove 0.10.1", REQUIREMENTS,
        given=known | {"rows": urls},
        judge=judging(folder / "store.duckdb", urls),
        refused=refused,
        causes=tuple(Cause(name, _asked(urls, known, change)) for name, change in changes),
    )  # fmt: skip


def entries_of(
    hosts: Sequence[str], urls: Sequence[str], entries: int
) -> tuple[list[str], list[str]]:
    """Return names and addresses, half of each: of unpopular hosts, of others, and of pages.

    No address ends in `/`: to us that is a directory, to datatrove one page.
    """
    chance = Random(2)  # noqa: S311
    met = [name for host in hosts[len(hosts) // 10 :] for name in (host, *_parents(host))]
    names = chance.sample(met, min(len(met) // 4, entries // 2))
    names += [f"absent{number}.example" for number in range(entries // 2 - len(names))]
    pages = [url for url in urls if not url.endswith("/") and url == plain(url)]
    chosen = sorted({*chance.sample(pages, min(len(pages) // 10, entries // 2))})
    chosen += [f"https://absent.example/{number}" for number in range(entries // 2 - len(chosen))]
    return names, chosen


def _parents(host: str) -> list[str]:
    """Return the names above *host*, down to its site (`site00001.com`)."""
    before, _, site = host.partition("site")
    labels = before.split(".")[:-1]
    return [".".join((*labels[start:], f"site{site}")) for start in range(1, len(labels) + 1)]


def submit_list(folder: Path, entries: Sequence[str]) -> None:
    """Hand *entries* in to the store of *folder*."""
    file = folder / "list.txt"
    file.write_text("\n".join(entries) + "\n", "utf-8")
    submit(folder / "store.duckdb", file, list_id="peers/list", submitter="peers")


def refused(verdicts: Any) -> list[bool | None]:
    """Return whether an entry names the row."""
    return [bool(entries) for entries in verdicts["entries"].to_pylist()]


def _asked(
    urls: Sequence[str], known: Given, change: Callable[[str], str]
) -> Callable[[Sequence[int]], Given]:
    return lambda rows: known | {"rows": [change(urls[row]) for row in rows]}


def plain(url: str) -> str:
    """Return *url* with its host as it is compared, and its path as written."""
    return f"https://{address(url).authority}/{url.split('/', 3)[3]}"


def at_listed(url: str, names: frozenset[str]) -> str:
    """Return *url* at the nearest name above its host that is listed, if there is one."""
    host, slash, path = url.removeprefix("https://").partition("/")
    above = [name for name in _parents(host) if name in names]
    return f"https://{above[0] if above else host}{slash}{path}"


def without_www(url: str) -> str:
    """Return *url* at the host without its leading `www.`."""
    return url.replace("https://www.", "https://", 1)


def with_www(url: str) -> str:
    """Return *url* at the host with a leading `www.`."""
    return f"https://www.{without_www(url).removeprefix('https://')}"
