"""X-Robots-Tag and meta robots: `noai`, `noimageai`, `noml`, and `noarchive` for two operators.

No standard defines them. `noai` and `noimageai` are a convention of 2022 that img2dataset and
datadiligence honour; Bing and Amazon document `noarchive` as "not for training". Directives for
search results (noindex, nosnippet …) say nothing about training. A directive under an agent's name
speaks to that agent alone: its scope is `agent:NAME`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from crawler.signals import Page, Reader
from provenance.agents import agents
from provenance.records import Signal, Strength, Value

if TYPE_CHECKING:
    from collections.abc import Iterator


_AGAINST_TRAINING = frozenset({"noai", "noml"})
_AGAINST_TRAINING_ON_IMAGES = "noimageai"
_OURS = _AGAINST_TRAINING | {_AGAINST_TRAINING_ON_IMAGES}
_NO_ARCHIVE = "noarchive"
_OPERATORS_THAT_TRAIN_ONLY_ON_ARCHIVED = frozenset({"bingbot", "amazonbot"})
# Their values follow a colon: `max-snippet:-1` names no agent.
_WITH_VALUES = frozenset(
    {"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"}
)
# Nor does one that nobody knows, with a number or a date: no directive is one.
_AGENT = re.compile(
    r"(?=[^:]*[A-Za-z*])(\*|[A-Za-z0-9._-]{1,100})(?:/[0-9.]{1,20})?\s*:(?!\s*[-+]?[0-9])(.*)",
    re.DOTALL,
)
_EVERY_AGENT = frozenset({"*", "robots"})
_BETWEEN_WORDS = re.compile(r"[\s;|/]+")
_MAX_QUOTE = 300


def read(page: Page) -> Iterator[Signal]:
    """Yield what the headers, then the meta elements of *page* say about training."""
    for line in page.values("x-robots-tag"):
        quote = f"X-Robots-Tag: {line}"
        for agent, directive in _directives(line):
            yield from _signals(page, directive, agent=agent, scope="asset", quote=quote)
    for name, content in _metas(page):
        quote = f'<meta name="{name}" content="{content}">'
        agent = "" if name.lower() == "robots" else name.lower()
        for directive in content.lower().split(","):
            yield from _signals(page, directive.strip(), agent=agent, scope="page", quote=quote)


def _directives(line: str) -> Iterator[tuple[str, str]]:
    """Yield each directive of a field line with the agent it is for; empty: for all.

    A name before a colon covers the directives that follow it.
    """
    agent = ""
    for part in line.lower().split(","):
        named = _AGENT.fullmatch(part.strip())
        if named and named[1] not in _WITH_VALUES:
            agent, part = "" if named[1] in _EVERY_AGENT else named[1], named[2]
        yield agent, part.strip()


def _metas(page: Page) -> Iterator[tuple[str, str]]:
    for meta in page.elements("meta"):
        name, content = meta.get("name", "").strip(), meta.get("content")
        if content is not None and name.lower() in _names():
            yield name, content.strip()


@cache
def _names() -> frozenset[str]:
    """Return the meta names that are `robots` or an agent's; others may hold any words."""
    known = {agent.key for agent in agents()}
    return frozenset({"robots", "googlebot", *_OPERATORS_THAT_TRAIN_ONLY_ON_ARCHIVED, *known})


def _signals(page: Page, directive: str, *, agent: str, scope: str, quote: str) -> Iterator[Signal]:
    scope = f"agent:{agent}" if agent else scope
    quote = quote[:_MAX_QUOTE]
    if directive in _AGAINST_TRAINING:
        yield _denial(scope, "train", quote)
    elif directive == _AGAINST_TRAINING_ON_IMAGES:
        yield _denial(scope, "train" if page.is_image else "train-image", quote)
    elif directive == _NO_ARCHIVE:
        meant = {agent} if agent else _OPERATORS_THAT_TRAIN_ONLY_ON_ARCHIVED
        for operator in sorted(meant & _OPERATORS_THAT_TRAIN_ONLY_ON_ARCHIVED):
            yield Signal(
                kind="robots-meta",
                scope=f"agent:{operator}",
                usage="train",
                value=Value.DENY,
                strength=Strength.VENDOR,
                quote=quote,
            )
    elif not _OURS.isdisjoint(_BETWEEN_WORDS.split(directive)):
        # "noai noimageai": commas are missing, and no reader takes it for a directive.
        yield replace(
            _denial(scope, "train", quote), value=Value.UNSPECIFIED, finding="invalid-value"
        )


def _denial(scope: str, usage: str, quote: str) -> Signal:
    return Signal(
        kind="robots-meta",
        scope=scope,
        usage=usage,
        value=Value.DENY,
        strength=Strength.CONVENTION,
        specific=True,
        quote=quote,
    )


READER = Reader(
    "robots-meta", read, canary=Page("https://canary.example/", headers=(("X-Robots-Tag", "noai"),))
)
