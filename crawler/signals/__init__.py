"""What a page says of its own use: readers, one to a file, that turn an answer into signals.

A reader is pure: it gets a `Page` and yields `Signal`s; it opens nothing and asks nobody. The
live crawl and the import of past captures use the same ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from provenance.records import Probe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.html import HtmlElement
    from parsel import Selector

    from crawler.robots.lines import Line
    from provenance.records import Signal


_BREAKS = re.compile(r"[\r\n\x00]")


@dataclass(frozen=True, slots=True)
class Page:
    """An answer to a request for a page or a file, as readers see it."""

    url: str
    """The address that gave the answer, after the redirects that were followed."""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    html: Selector | None = None
    """The first 128 KiB, parsed; None where they are not HTML."""
    media_type: str = ""
    """As stated, in lower case, without parameters; empty where none is."""
    body: bytes = b""
    """What came, up to the limit of the fetch; empty where it broke off."""
    probe: Probe = Probe.PAGE
    """What was asked for: a page, or a file in which a site speaks."""
    asked: str = ""
    """The address asked first, by whose path a file is known; empty: `url`."""

    @property
    def is_image(self) -> bool:
        """Whether it is said to be an image."""
        return self.media_type.startswith("image/")

    def elements(self, *tags: str) -> list[HtmlElement]:
        """Return the elements of these *tags* in their order; none where it is no HTML.

        Going through a page once is ten times as quick as asking it for a path.
        """
        return [] if self.html is None else list(self.html.root.iter(*tags))

    def values(self, name: str) -> list[str]:
        """Return the values of header *name* in their order, blanks trimmed."""
        return list(_by_name(self.headers).get(name, ()))


@lru_cache(maxsize=64)
def _by_name(headers: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """Return the values of *headers* by name in lower case: a dozen readers ask for them."""
    found: dict[str, list[str]] = {}
    for name, value in headers:
        # RFC 9110, section 5.5: what ends a line or a text inside of a value stands for a blank.
        found.setdefault(name.lower(), []).append(_BREAKS.sub(" ", value).strip())
    return found


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of signal and how it is read."""

    name: str
    """Its kind in the store, e.g. `tdmrep`."""
    read: Callable[[Page], Iterator[Signal]]
    canary: Page
    """A page in which it must find something: `provisor doctor` shows that it does."""
    robots_field: str = ""
    """The field of a robots.txt whose lines it reads too, in lower case; empty: none."""
    read_line: Callable[[Line, str], Iterator[Signal]] | None = None
    """Reads one such line; its scope is `site` outside of groups, else `agent:*`, for which the
    tokens of the group are put."""
