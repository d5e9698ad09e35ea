"""Hosts and addresses that all parts share; the same ones for the same numbers."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from benchmarks.corpus_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENDINGS = ("com", "org", "net", "jp", "co.jp", "io", "de", "co.uk")
_BEFORE = ("", "", "www.", "www.", "blog.", "img.cdn.")
_FORMS = (
    "/", "/{folder}/", "/{folder}/{one}/{number}.html", "/wp-content/uploads/2021/{one}.jpg",
    "/{one}?id={number}", "/{folder}/{one}_{two}", "/news/2020/{number}/item.php?aa=1&b=2",
    "/{folder}/{one}.pdf", "/写真/{number}.png", "/{one}/{two}/index.html",
    "/search?q={one}&page=2", "/product/{one}-{two}/", "/{one}.php", "/thumb/{number}.webp",
)  # fmt: skip
_FOLDERS = ("images", "media", "private", "blog", "category", "tag", "p", "en", "api", "files")
ODD = 0.01
"""The share of addresses whose host is oddly written."""


def host_names(count: int) -> list[str]:
    """Return *count* host names, each of a site of its own."""
    return [
        f"{_BEFORE[number % 6]}site{number:05}.{_ENDINGS[number % 8]}" for number in range(count)
    ]


def addresses(hosts: Sequence[str], rows: int, *, seed: int = 1) -> list[str]:
    """Return *rows* addresses, hosts as popular as in the world, in random order."""
    chance = Random(seed)  # noqa: S311
    weights = [1 / (rank + 10) for rank in range(len(hosts))]
    return [
        f"https://{_written(chance, host)}{_path(chance)}"
        for host in chance.choices(hosts, weights, k=rows)
    ]


def _written(chance: Random, host: str) -> str:
    how = chance.random()
    if how < ODD / 2:
        return host.upper()
    return f"{host}:443" if how < ODD else host


def _path(chance: Random) -> str:
    return chance.choice(_FORMS).format(
        folder=chance.choice(_FOLDERS),
        one=chance.choice(WORDS),
        two=chance.choice(WORDS),
        number=chance.randrange(1000),
    )
