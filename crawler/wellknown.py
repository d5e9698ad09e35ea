"""The files in which a site speaks to machines: where they stand and who reads them.

They are asked for beside robots.txt, with `Probe.FILE`. A status of 200 is no presence: many
sites answer any path with their front page, so each is looked at before it is read. An answer
counts for the host that was asked, wherever it redirects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from provenance.records import Probe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.signals import Page
    from provenance.records import Signal

_KIB = 1024


@dataclass(frozen=True, slots=True)
class WellKnown:
    """One file that a site may have."""

    path: str
    kinds: tuple[str, ...]
    """The readers that read it."""
    limit: int
    """Octets that are fetched of it; a longer one is cut and not read."""
    probe: Probe = Probe.FILE


WELL_KNOWN: tuple[WellKnown, ...] = (
    WellKnown("/.well-known/tdmrep.json", ("tdmrep",), 512 * _KIB),
    WellKnown("/ai.txt", ("ai-txt",), 512 * _KIB),
    WellKnown("/.well-known/ai.txt", ("ai-txt",), 512 * _KIB),
    WellKnown("/trust.txt", ("trust-txt",), 512 * _KIB),
    WellKnown("/.well-known/trust.txt", ("trust-txt",), 512 * _KIB),
    WellKnown("/.well-known/security.txt", ("security-txt",), 32 * _KIB),  # RFC 9116: a pointer
)

LICENCE_BYTES = 512 * _KIB
"""Octets that are fetched of an RSL licence."""
NAMES_A_LICENCE = "licence"
"""The usage of a signal whose offer is the address of a licence in machine-readable terms."""

_MOST_LICENCES = 5
_LONGEST = 1024 * _KIB
_MARKUP = re.compile(rb"\s*<")
_ELEMENT = re.compile(rb"<(?:[!/]?[A-Za-z]|!--)")
_BOM = b"\xef\xbb\xbf"


def licences_named(signals: Iterable[Signal]) -> tuple[str, ...]:
    """Return the addresses of RSL licences that *signals* of a robots.txt or a page name.

    The first five, each once; another host's robots.txt governs those that stand there.
    """
    named = (one.offer for one in signals if one.kind == "rsl" and one.usage == NAMES_A_LICENCE)
    return tuple(dict.fromkeys(address for address in named if address))[:_MOST_LICENCES]


def policies_named(signals: Iterable[Signal]) -> tuple[str, ...]:
    """Return the addresses of TDM policies that *signals* of a site or a page name, as above."""
    named = (one.offer for one in signals if one.kind == "tdmrep" and one.usage == "mine")
    return tuple(dict.fromkeys(address for address in named if address))[:_MOST_LICENCES]


def is_file_of(kind: str, page: Page) -> bool:
    """Whether *page* is the served answer to a request for a file that readers of *kind* read."""
    if page.probe is not Probe.FILE or page.status != 200:
        return False
    try:
        path = urlsplit(page.asked or page.url).path
    except ValueError:
        return False
    return any(path == file.path and kind in file.kinds for file in WELL_KNOWN)


def file_text(page: Page, *, markup: bool = False) -> tuple[str, str]:
    """Return the text of a file and, where it is none, the finding that says why.

    Args:
        page: the answer.
        markup: the file is one that begins with `<`, and is no front page for that.
    """
    body = page.body.removeprefix(_BOM)
    if len(body) > _LONGEST:
        return "", "over-limit"
    is_html = page.media_type.startswith(("text/html", "application/xhtml"))
    # A text may be sent under the name of HTML; a page has elements.
    if not markup and (_MARKUP.match(body) or (is_html and _ELEMENT.search(body))):
        return "", "soft-404"
    if page.truncated:  # what stands behind the end may say otherwise
        return "", "over-limit"
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return "", "undecodable"
    return (text, "") if "\x00" not in text else ("", "undecodable")
