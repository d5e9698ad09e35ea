"""TDMRep inside a file: a reservation in the package of an EPUB, or in the XMP of a PDF.

W3C Community Group, TDM Reservation Protocol, final report of 2024-05-10, sections on EPUB and PDF:
EPUB 3 `<meta property="tdm:reservation">` with its prefix declared, EPUB 2 `<meta name=…>`, XMP
namespace `http://www.w3.org/ns/tdmrep/`. What a file says of itself comes before the header it came
with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.media.epub import UnreadEpubError, package
from crawler.media.packets import is_pdf
from crawler.media.xmp import xmp
from crawler.references import resolved
from crawler.signals import Page, Reader
from provenance.records import Signal, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_EPUB_NAMESPACE = "http://www.w3.org/ns/tdmrep#"
_XMP_NAMESPACE = "http://www.w3.org/ns/tdmrep/"
_PREFIX = re.compile(r"([^\s:]+):\s+(\S+)")
_NAMES = ("reservation", "policy")
_MAX_QUOTE = 300


@dataclass(frozen=True, slots=True)
class _Said:
    """What one file says."""

    reservations: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    quote: str = ""
    finding: str = ""


def read(page: Page) -> Iterator[Signal]:
    """Yield the one statement of the file *page*, or that it could not be read."""
    said = _in_epub(page.body) or _in_xmp(page.body)
    if said is None:
        return
    valid = set(said.reservations) & {"0", "1"}
    reserved = max(valid, default="")  # of two that differ, the reservation
    policy = resolved(page.url, said.policies[0]) if said.policies and reserved == "1" else ""
    yield Signal(
        kind="tdmrep-media",
        scope="asset",
        usage="mine",
        value=_value(reserved, policy),
        offer=policy,
        quote=said.quote[:_MAX_QUOTE],
        finding=said.finding or _finding(said, valid),
    )


def _value(reserved: str, policy: str) -> Value:
    if reserved == "1":
        return Value.CONDITIONAL if policy else Value.DENY
    return Value.ALLOW if reserved == "0" else Value.UNSPECIFIED


def _finding(said: _Said, valid: set[str]) -> str:
    if not said.reservations:
        return "policy-without-reservation"
    if set(said.reservations) - {"0", "1"}:
        return "invalid-value"
    return "contradiction" if len(valid) > 1 else ""


def _in_epub(body: bytes) -> _Said | None:
    try:
        root = package(body)
    except UnreadEpubError as error:
        return _Said(finding=f"epub-{error}")
    if root is None:
        return None
    metas = [one for one in root.iter("{*}meta") if not one.get("refines")]
    said: dict[str, list[str]] = {name: [] for name in _NAMES}
    finding = ""
    for prefix, declared in _prefixes(root):
        for meta in metas:
            for name in _NAMES:
                if (meta.get("property") or "").strip() == f"{prefix}:{name}":
                    said[name].append("".join(meta.itertext()).strip())
                    finding = "" if declared else "prefix-not-declared"
    for meta in metas:  # EPUB 2
        for name in _NAMES:
            if (meta.get("name") or "").strip() == f"tdm:{name}":
                said[name].append((meta.get("content") or "").strip())
    return _said(said, 'meta "tdm:{}": {}', finding)


def _prefixes(root: Element) -> list[tuple[str, bool]]:
    """Return the prefixes that stand for TDMRep, and whether the package declares them."""
    declared = dict(_PREFIX.findall(root.get("prefix") or ""))
    ours = [(prefix, True) for prefix, uri in declared.items() if uri == _EPUB_NAMESPACE]
    return ours or ([] if "tdm" in declared else [("tdm", False)])


def _in_xmp(body: bytes) -> _Said | None:
    found = xmp(body)
    if found is None:
        return None
    said = {name: found.values(_XMP_NAMESPACE, name) for name in _NAMES}
    finding = ""
    if not any(said.values()):  # EPUB's namespace, taken for that of XMP
        said = {name: found.values(_EPUB_NAMESPACE, name) for name in _NAMES}
        finding = "wrong-namespace"
    if not any(said.values()):
        unread = found.problem and is_pdf(body)
        return _Said(finding=f"xmp-{found.problem}") if unread else None
    return _said(said, "XMP tdm:{}: {}", finding)


def _said(said: dict[str, list[str]], form: str, finding: str) -> _Said | None:
    if not any(said.values()):
        return None
    quotes = [form.format(name, value) for name in _NAMES for value in said[name][:3]]
    return _Said(
        reservations=tuple(said["reservation"]),
        policies=tuple(value for value in said["policy"] if value),
        quote="; ".join(quotes),
        finding=finding,
    )


READER = Reader(
    "tdmrep-media",
    read,
    canary=Page(
        "https://canary.example/book.opf",
        media_type="application/oebps-package+xml",
        body=b'<package prefix="tdm: http://www.w3.org/ns/tdmrep#"><metadata>'
        b'<meta property="tdm:reservation">1</meta></metadata></package>',
    ),
)
