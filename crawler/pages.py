"""A capture of a page, made ready for the signal readers, and what they read from it."""

from __future__ import annotations

import codecs
import re
import warnings
from functools import cache
from typing import TYPE_CHECKING

import crawler.signals
from crawler.signals import Page, Reader
from provenance.registry import collect

if TYPE_CHECKING:
    from parsel import Selector

    from provenance.records import Capture, Signal

PARSED_BYTES = 128 * 1024
"""libxml2 takes time in the square of a tag's attributes: 349 KB of them cost it 2.3 seconds."""

_HTML_TYPES = ("text/html", "application/xhtml")
_REDIRECTS = range(300, 400)
_TEMPLATE = b"<template"
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]+)", re.IGNORECASE)
_CHARSET_WITHIN = 1024  # HTML standard, "determining the character encoding"
# Only encodings that web pages are written in: Python also knows `zlib` and `utf-7`.
_CHARSETS = re.compile(
    r"utf-8|ascii|shift_jis|cp932|euc[-_]jp|iso2022_jp|gb\w+|big5|euc_kr|cp949|koi8-[ru]|iso8859-\d+|cp125\d"
)


def page_signals(capture: Capture) -> tuple[Signal, ...]:
    """Return all that the readers find in *capture*; nothing where there was no answer."""
    page = page_of(capture)
    if page is None:
        return ()
    found = (signal for reader in readers().values() for signal in reader.read(page))
    return tuple(dict.fromkeys(found))  # a statement made a thousand times is one


@cache
def readers() -> dict[str, Reader]:
    """Return the signal readers by name."""
    return collect(crawler.signals, Reader)


def page_of(capture: Capture) -> Page | None:
    """Return *capture* as readers see it; None where there was no answer to read."""
    if capture.status is None:
        return None
    kind = _media_type(capture.headers)
    whole = b"" if capture.error else capture.body or b""  # a body that broke off misleads
    body = whole[:PARSED_BYTES]
    return Page(
        url=_answered_by(capture),
        status=capture.status,
        headers=capture.headers,
        html=_parsed(body, kind),
        media_type=kind.partition(";")[0].strip(),
        body=whole,
        truncated=capture.truncated and not capture.error,
        probe=capture.probe,
        asked=capture.url,
    )


def _answered_by(capture: Capture) -> str:
    """Return the address asked last; that of a redirect not followed is the last hop."""
    asked = (capture.url, *capture.hops)
    not_followed = bool(capture.hops) and capture.status in _REDIRECTS
    return asked[-2] if not_followed else asked[-1]


def _media_type(headers: tuple[tuple[str, str], ...]) -> str:
    values = [value for name, value in headers if name.lower() == "content-type"]
    return values[0].strip().lower() if values else ""


def _parsed(body: bytes, kind: str) -> Selector | None:
    looks_so = not kind and body.lstrip()[:1] == b"<"
    if not body.strip() or not (kind.startswith(_HTML_TYPES) or looks_so):
        return None
    from parsel import Selector

    text = body.decode(charset(body, kind), "replace").replace("\x00", "")
    with warnings.catch_warnings():
        # Tags nested over 256 deep are cut off there, which is what we want of them.
        warnings.simplefilter("ignore", UserWarning)
        page = Selector(text=text, type="html", huge_tree=False)
    # What a template holds is no part of the page (HTML standard, 4.12.3), unless it is shown.
    for template in page.xpath("//template[not(@shadowrootmode)]") if _TEMPLATE in body else ():
        template.drop()
    return page


def charset(body: bytes, kind: str) -> str:
    """Return the encoding that the header or the page's beginning names; UTF-8 for any doubt."""
    stated = _CHARSET.search(kind.encode()) or _CHARSET.search(body[:_CHARSET_WITHIN])
    if not stated:
        return "utf-8"
    try:
        name = codecs.lookup(stated[1].decode("ascii")).name
    except LookupError:
        return "utf-8"
    return name if _CHARSETS.fullmatch(name) else "utf-8"
