"""The address inside an address: what an archive, a cache, AMP or a translator shows a copy of.

A row collected from `web.archive.org/web/2020/https://site.example/a` comes from the archive, and
what it shows is of `site.example`. Both are true, so a match by the inner address is always told
apart, by its kind; it never counts as a visit to the inner host.

archive    Wayback Machine and other archives with a time in the path (RFC 7089 calls the inner
           address the original resource); archive.today and its other names
cache      Google's former cache
amp        AMP caches (amp.dev, "AMP Cache URL format") and Google's AMP viewer
translate  Google Translate's proxy: `-` for `.` and `--` for `-` in the host name
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance import copies
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.urls import Address

MOST = 4
"""How many layers are looked through: an archived AMP page of a translation has three."""

COPY_HOSTS = (
    *copies.WAYBACK_PREFIXES, *sorted(copies.ARCHIVE_TODAY), "wayback.archive-it.org",
    "warp.da.ndl.go.jp", "webcache.googleusercontent.com", "translate.google.com",
)  # fmt: skip
COPY_PATTERN = (
    r"(^|\.)cdn\.ampproject\.org$|\.bing-amp\.com$|\.translate\.goog$"
    r"|^(www\.)?google(\.[a-z]{2,3}){1,2}$"
)
"""Names and a pattern of all hosts that show copies: only these need to be looked through."""


@dataclass(frozen=True, slots=True)
class Inner:
    """What an address shows a copy of."""

    kind: str
    """`archive`, `cache`, `amp` or `translate`."""
    url: str
    """The inner address, as `provenance.urls` spells it; empty: it shows a copy, and the address
    does not tell of what."""


def inner(url: str) -> Inner | None:
    """Return what the web address *url* shows a copy of; None: it is no such address.

    Raises:
        NotAnAddress: *url* cannot be read.
    """
    outer = address(url, hidden=True)
    for kind, is_such, inside in _KINDS:
        if is_such(outer):
            found = inside(outer)
            return None if found is None else Inner(kind, _spelt(found))
    return None


def layers(url: str) -> tuple[Inner, ...]:
    """Return each address inside *url*, the outermost first; empty: it shows itself.

    Raises:
        NotAnAddress: *url* cannot be read.
    """
    found: list[Inner] = []
    while len(found) < MOST and (next_ := inner(found[-1].url if found else url)):
        found.append(next_)
        if not next_.url:
            break
    return tuple(found)


def _spelt(text: str) -> str:
    """Return the address that *text* writes, empty where it is none."""
    # Proxies and servers on the way make one slash of two.
    text = re.sub(r"\A(https?):/+", r"\1://", text.strip(), flags=re.IGNORECASE)
    if not re.match(r"https?://", text, re.IGNORECASE):
        if not re.match(r"[^/?#:@\s]+\.[^/?#:@\s]+(?::\d+)?(?:[/?#]|$)", text):
            return ""
        text = f"http://{text}"
    try:
        return address(text, hidden=True).url
    except NotAnAddress:
        return ""


_KINDS: tuple[tuple[str, Callable[[Address], bool], Callable[[Address], str | None]], ...] = (
    ("archive", lambda outer: outer.host in copies.WAYBACK_PREFIXES, copies.in_wayback),
    ("archive", lambda outer: outer.host == "wayback.archive-it.org", copies.in_archive_it),
    ("archive", lambda outer: outer.host == "warp.da.ndl.go.jp", copies.in_ndl),
    ("archive", lambda outer: outer.host in copies.ARCHIVE_TODAY, copies.in_archive_today),
    ("cache", lambda outer: outer.host == "webcache.googleusercontent.com", copies.in_google_cache),
    ("amp", lambda outer: f".{outer.host}".endswith(".cdn.ampproject.org"), copies.in_amp_cache),
    ("amp", lambda outer: outer.host.endswith(".bing-amp.com"), copies.in_amp_cache),
    ("amp", lambda outer: copies.is_google(outer.host), copies.in_amp_viewer),
    ("translate", lambda outer: outer.host.endswith(".translate.goog"), copies.in_translation),
    ("translate", lambda outer: outer.host == "translate.google.com", copies.in_translate_frame),
)
