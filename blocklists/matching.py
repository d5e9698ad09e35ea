"""What it means that an entry covers a URL: the definition that an audit's SQL is tested against.

scope        covers
domain       the host itself and every name below it
host         the host alone
subdomains   every name below the host, not the host
url_prefix   the same host and port, the path itself and what lies below it at a `/`
url          the same host, port, path and query

For the last two, one leading `www.` counts on neither side. http and https are the same, and a
fragment counts nowhere. What an archive or a cache shows a copy of is covered, too, and told apart:
see `cover`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from provenance.lookthrough import layers
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.urls import Address

_OTHER_SCHEME = re.compile(r"\s*(?!https?:)[a-zA-Z][a-zA-Z0-9+.-]*://")


class Covering(Protocol):
    """An entry's target, as a list or the store holds it."""

    @property
    def scope(self) -> str: ...  # noqa: D102
    @property
    def host(self) -> str: ...  # noqa: D102
    @property
    def port(self) -> str: ...  # noqa: D102
    @property
    def path(self) -> str: ...  # noqa: D102


def matches(entry: Covering, url: str) -> bool | None:
    """Return whether *entry* covers *url*; None: the URL cannot be read, which is not no."""
    try:
        found = address(url)
    except NotAnAddress:
        return False if _OTHER_SCHEME.match(url) else None
    return _COVERS[entry.scope](entry, found)


def _is_below(entry: Covering, found: Address) -> bool:
    return found.host.endswith(f".{entry.host}")


def _is_host(entry: Covering, found: Address) -> bool:
    return found.host == entry.host


def _is_same_place(entry: Covering, found: Address) -> bool:
    names = (found.host.removeprefix("www."), entry.host.removeprefix("www."))
    return names[0] == names[1] and found.port == entry.port


def _is_prefix(entry: Covering, found: Address) -> bool:
    path = found.path.partition("?")[0]
    below = path.startswith(f"{entry.path.removesuffix('/')}/")
    return _is_same_place(entry, found) and (path == entry.path or below)


_COVERS: dict[str, Callable[[Covering, Address], bool]] = {
    "domain": lambda entry, found: _is_host(entry, found) or _is_below(entry, found),
    "host": _is_host,
    "subdomains": _is_below,
    "url_prefix": _is_prefix,
    "url": lambda entry, found: _is_same_place(entry, found) and found.path == entry.path,
}


class Cover(NamedTuple):
    """Whether an entry covers a URL, and by which address."""

    answer: bool | None
    """None: the URL, or the address inside it, cannot be told; that is not no."""
    through: str = ""
    """Empty: by the URL itself. Else what it shows a copy by, as `provenance.lookthrough` names
    it: the outermost of `archive`, `cache`, `amp` and `translate`. Such a match is told apart and
    never counts as a visit to the listed host."""


def cover(entry: Covering, url: str) -> Cover:
    """Return whether *entry* covers *url* itself or what it shows a copy of."""
    direct = matches(entry, url)
    if direct is not False:
        return Cover(direct)
    try:
        found = layers(url)
    except NotAnAddress:
        return Cover(direct)
    for one in found:
        inside = matches(entry, one.url) if one.url else None
        if inside is not False:
            return Cover(inside, found[0].kind)
    return Cover(answer=False)
