"""The JSON-LD of a page, wherever its scripts stand (JSON-LD 1.1, section 7; HTML, 4.12.1).

Scripts are looked for in the whole body, not only in the part that is parsed: news pages bring them
late. Comments around and inside the JSON are tolerated, as publishers write them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.pages import charset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.signals import Page

_OPENING = re.compile(r"<!--|<script\b([^>]{0,500})>", re.IGNORECASE)
_CLOSING = re.compile(r"</script", re.IGNORECASE)
_TYPE = re.compile(r"type\s*=\s*[\"']?\s*application/ld\+json\b", re.IGNORECASE)
_WRAPPING = re.compile(r"<!--|-->|//\s*<!\[CDATA\[|<!\[CDATA\[|(?://\s*)?\]\]>")
# Strings first, so that `//` inside of them stays; each alternative ends where it cannot go on.
_COMMENT = re.compile(r'("(?:\\.|[^"\\])*+"?)|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|//[^\n]*+', re.DOTALL)
_MARK = "ld+json"
_READ = 2 * 1024 * 1024  # octets of a page
_MOST_SCRIPTS = 100
_LONGEST = 512 * 1024


@dataclass(frozen=True, slots=True)
class JsonLd:
    """What the scripts of a page hold."""

    values: tuple[Any, ...] = ()
    findings: tuple[str, ...] = ()
    """`broken-json-ld`, `json-ld-too-large`, `json-ld-cut-off`."""


def json_ld(page: Page) -> JsonLd:
    """Return the JSON-LD of *page*; what cannot be parsed is a finding."""
    if page.html is None:
        return JsonLd()
    values, findings = list[Any](), list[str]()
    text = _text(page)
    for script, closed in _scripts(text) if _MARK in text.lower() else ():
        if len(script) > _LONGEST:
            findings.append("json-ld-too-large")
            continue
        try:
            values.append(_parsed(script))
        except (ValueError, RecursionError):
            findings.append("broken-json-ld" if closed else "json-ld-cut-off")
    return JsonLd(tuple(values), tuple(dict.fromkeys(findings)))


def _text(page: Page) -> str:
    kind = next(iter(page.values("content-type")), page.media_type)
    if page.body:
        return page.body[:_READ].decode(charset(page.body, kind), "replace")
    return page.html.get() if page.html is not None else ""


def _scripts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the content of each JSON-LD script outside of comments, and whether it is closed."""
    at = found = 0
    while found < _MOST_SCRIPTS and (opening := _OPENING.search(text, at)):
        if opening[1] is None:
            end = text.find("-->", opening.end() - 2)  # `<!-->` is a whole comment
            if end < 0:
                return
            at = end + len("-->")
            continue
        closing = _CLOSING.search(text, opening.end())
        at = closing.start() if closing else len(text)
        if _TYPE.search(opening[1]) and text[opening.end() : at].strip():
            found += 1
            yield text[opening.end() : at], closing is not None


def _parsed(script: str) -> Any:
    text = script.strip().removeprefix("\ufeff")
    try:
        return json.loads(text, strict=False)
    except ValueError:
        bare = _COMMENT.sub(lambda one: one[1] or " ", _WRAPPING.sub(" ", text))
        return json.loads(bare.strip().rstrip(";"), strict=False)
