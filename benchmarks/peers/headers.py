"""X-Robots-Tag: datadiligence's HttpEvaluator beside our reader, on the same header lines.

We only count what speaks to everybody: a directive under an agent's name speaks to that agent.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from benchmarks.peers.comparing import Cause, Part
from crawler.signals import Page
from crawler.signals.robots_meta import read
from provenance.records import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.peers.comparing import Given

    Header = tuple[tuple[str, str], ...]

NAME = "X-Robots-Tag"
_USUAL = (
    "noai", "noimageai", "noai, noimageai", "noindex", "none", "noindex, nofollow", "all",
    "max-snippet: 20, noai", "max-image-preview:large", "noarchive", "nosnippet, noimageai",
    "googlebot: noindex", "unavailable_after: 25 Jun 2025 15:00:00 PST",
)  # fmt: skip
_ODD = (
    "NOAI", "NoAI, NoImageAI", "noml", "noindex, noml", "otherbot: noindex, noai",
    "examplebot: nofollow, noimageai",
)  # fmt: skip
_PLAIN: Header = (("Content-Type", "image/jpeg"), ("Cache-Control", "max-age=3600"))


def part(rows: int) -> Part:
    """Return the comparison."""
    headers = header_lines(rows)
    pages = [Page("https://site.example/a.jpg", 200, lines, None) for lines in headers]
    changes: tuple[tuple[str, Callable[[Header], Header]], ...] = (
        ("name of the header in other letters", named),
        ("several lines: it keeps the last", lambda lines: joined(named(lines))),
        ("values in capitals", lambda lines: small(joined(named(lines)))),
        ("noml, which it does not know", lambda lines: known(small(joined(named(lines))))),
        (
            "an agent's name covers what follows it",
            lambda lines: scoped(known(small(joined(named(lines))))),
        ),
    )
    return Part(
        "headers", "datadiligence 0.1.7", ("datadiligence==0.1.7",),
        given={"rows": headers},
        judge=lambda: [against_training(page) for page in pages],
        refused=lambda found: found,
        causes=tuple(Cause(name, _asked(headers, change)) for name, change in changes),
    )  # fmt: skip


def header_lines(rows: int) -> list[Header]:
    """Return the headers of *rows* answers: a third say nothing, one in twenty is odd."""
    chance = Random(3)  # noqa: S311
    return [_lines(chance) for _ in range(rows)]


def _lines(chance: Random) -> Header:
    how = chance.random()
    if how < 0.33:
        return _PLAIN
    if how < 0.95:
        return (*_PLAIN, (NAME, chance.choice(_USUAL)))
    if how < 0.96:
        return (*_PLAIN, (NAME.lower(), chance.choice(_USUAL)))
    if how < 0.97:
        return (*_PLAIN, (NAME, "noai"), (NAME, "noindex"))
    return (*_PLAIN, (NAME, chance.choice(_ODD)))


def against_training(page: Page) -> bool:
    """Whether *page* refuses training, or training on images, to everybody."""
    return any(
        signal.value is Value.DENY and not signal.scope.startswith("agent:")
        for signal in read(page)
    )


def _asked(
    headers: Sequence[Header], change: Callable[[Header], Header]
) -> Callable[[Sequence[int]], Given]:
    return lambda rows: {"rows": [change(headers[row]) for row in rows]}


def named(lines: Header) -> Header:
    """Return *lines* with the name as its inventors write it."""
    return tuple((NAME if name.lower() == NAME.lower() else name, said) for name, said in lines)


def joined(lines: Header) -> Header:
    """Return *lines* with one of our name."""
    said = [value for name, value in lines if name == NAME]
    return (*(line for line in lines if line[0] != NAME), (NAME, ", ".join(said)))


def small(lines: Header) -> Header:
    """Return *lines* in small letters."""
    return _changed(lines, str.lower)


def known(lines: Header) -> Header:
    """Return *lines* with a word that datadiligence knows for one that it does not."""
    return _changed(lines, lambda said: said.replace("noml", "noai"))


def scoped(lines: Header) -> Header:
    """Return *lines* with the agent's name before each of its directives."""

    def repeated(said: str) -> str:
        agent, colon, rest = said.partition(":")
        return ",".join(f"{agent}: {one.strip()}" for one in rest.split(",")) if colon else said

    return _changed(lines, repeated)


def _changed(lines: Header, change: Callable[[str], str]) -> Header:
    return tuple((name, change(said) if name == NAME else said) for name, said in lines)
