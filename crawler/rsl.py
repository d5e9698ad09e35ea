"""A licence in RSL 1.0: which uses of which paths it permits, prohibits, or sells.

RSL-SPEC-1.0 (Recommendation of 2025-12-10, errata to 2026-08-07). Prohibition beats permission;
where uses are permitted one by one, the others are not licensed (3.5); payment, a server, regions,
user classes and reports make a permission conditional; tokens that nobody knows grant nothing
(3.1.1). What no element speaks of is not stated. A file of version 0.9 or with defects is read as
far as it goes, and its author told; one without the namespace is no RSL (2.2). Entities are off: a
document that declares any is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.robots.lines import escaped_pattern
from crawler.rsl_elements import (
    MAX_QUOTE,
    NAMESPACE,
    children,
    name_of,
    quoted,
    text_of,
    trimmed,
    unknown_elements,
)
from provenance.records import Signal, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_USAGES = {"ai-train": "train", "ai-input": "ai-input", "ai-index": "ai-index", "search": "search"}
_AI = frozenset({"ai-train", "ai-input", "ai-index"})
_COVERED = {"all": frozenset(_USAGES), "ai-all": _AI} | {
    token: frozenset({token}) for token in _USAGES
}
_FEEDS = frozenset({"rss", "feed", "RDF"})
_TYPES = ("usage", "user", "geo")
_PER = {
    "crawl": " per crawl", "use": " per use", "inference": " per use", "training": " per training",
    "purchase": " once", "subscription": " by subscription",
}  # fmt: skip
_PAYMENTS = frozenset({*_PER, "contribution", "attribution", "free"})
_DTD = re.compile(r"<!(DOCTYPE|ENTITY)")
# What stands around a document in a script element; an XML declaration must come first (XML, 2.8).
_WRAPPING = re.compile(r"\A\s*(?:<!--|<!\[CDATA\[)?\s*(?=<(?:\?xml|rsl\b))|\s*(?:-->|\]\]>)?\s*\Z")
_LISTED = re.compile(r"[\s,]+")
_MOST_CONTENTS = 500


@dataclass(frozen=True, slots=True)
class _Licence:
    """One set of terms."""

    permitted: frozenset[str] | None
    """Uses; None: they are not told one by one."""
    prohibited: frozenset[str]
    names_ai: bool
    conditions: tuple[str, ...]
    """On which a permission depends."""
    offers: tuple[str, ...]
    has_terms: bool
    """It says on what use depends, without telling which: all of it."""
    quote: str
    findings: tuple[str, ...]


def licence_signals(text: str, *, scope: str) -> Iterator[Signal]:
    """Yield what the document *text* says of each use of each content; never raises.

    Args:
        text: the XML document.
        scope: `site` for a document of its own, `page` for one inside a page.
    """
    text = _WRAPPING.sub("", text)
    nothing = Signal("rsl", scope, "any", quote=" ".join(text[:MAX_QUOTE].split()))
    root = None if _DTD.search(text) else _parsed(text)
    if root is None:
        refused = "entity-rejected" if _DTD.search(text) else "not-well-formed"
        yield replace(nothing, finding=refused)
        return
    name, space = name_of(root)
    if name not in _FEEDS and (name != "rsl" or space != NAMESPACE):
        yield replace(nothing, finding="no-namespace" if name == "rsl" else "not-rsl")
        return
    contents = _contents(root)
    for finding in unknown_elements(root):
        yield replace(nothing, finding=finding)
    if not contents or len(contents) > _MOST_CONTENTS:
        yield replace(nothing, finding="over-limit" if contents else "no-content")
    for content in contents[:_MOST_CONTENTS]:
        yield from dict.fromkeys(content_signals(content, scope))


def _contents(root: Element) -> list[Element]:
    """Return the contents that a document of its own, or a feed and its items, speak of (4.2)."""
    if name_of(root)[0] in _FEEDS:
        return list(root.iter(f"{{{NAMESPACE}}}content"))
    return children(root, "content")


def _parsed(text: str) -> Element | None:
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def content_signals(content: Element, scope: str) -> Iterator[Signal]:
    """Yield a statement for each use that the licences of one *content* speak of."""
    url = content.get("url", "").strip()
    about = Signal(
        "rsl",
        scope if url else "page",  # an empty one means what the licence is attached to (3.3.1)
        "any",
        path=escaped_pattern(url),
        quote=quoted(content),
    )
    licences = [_licence(one, _surroundings(content)) for one in children(content, "license")]
    lints = [finding for one in licences for finding in one.findings]
    lints += ["no-url"] * (content.get("url") is None) + ["no-licence"] * (not licences)
    for finding in (*unknown_elements(content), *lints):
        yield replace(about, finding=finding)
    for token, usage in _USAGES.items():
        said = _said(licences, token)
        if said:
            yield replace(about, usage=usage, **said)  # type: ignore[arg-type]


def _said(licences: list[_Licence], token: str) -> dict[str, object]:
    """Return what *licences* together say of the use *token*; nothing where they are silent."""
    refusing = [one for one in licences if token in one.prohibited]
    granting = [one for one in licences if _grants(one, token)]
    unlisted = [one for one in licences if one.permitted is not None]
    spoken = refusing or granting or unlisted
    if not spoken:
        return {}
    depends = any(one.conditions for one in granting)
    granted = Value.CONDITIONAL if depends else Value.ALLOW
    contradicted = refusing and any(token in (one.permitted or ()) for one in licences)
    # What a refusing licence offers beside permissions is the price of those.
    offering = [one for one in refusing if one.permitted is None] if refusing else granting
    offers = [offer for one in offering for offer in one.offers]
    conditions = [text for one in granting if not refusing for text in one.conditions]
    return {
        "value": granted if granting and not refusing else Value.DENY,
        "specific": token in _AI and any(one.names_ai for one in spoken),
        "offer": "; ".join(dict.fromkeys(offers)),
        "conditions": "; ".join(dict.fromkeys(conditions)),
        "quote": spoken[0].quote,
        "finding": "contradiction" if contradicted else "",
    }


def _grants(licence: _Licence, token: str) -> bool:
    if token in licence.prohibited:
        return False
    if licence.permitted is None:
        return licence.has_terms
    return token in licence.permitted


def _surroundings(content: Element) -> tuple[list[str], list[str]]:
    """Return the conditions and offers that stand around the licences of *content*."""
    server = trimmed(content.get("server", ""))
    encrypted = content.get("encrypted", "").strip().lower() == "true"
    conditions = [f"server={server}"] * bool(server) + ["encrypted=true"] * encrypted
    return conditions, [server] * bool(server)


def _licence(licence: Element, around: tuple[list[str], list[str]]) -> _Licence:
    findings = list(unknown_elements(licence))
    permits = {kind: _tokens(licence, "permits", kind, findings) for kind in _TYPES}
    prohibits = {kind: _tokens(licence, "prohibits", kind, findings) for kind in _TYPES}
    usages = [*(permits["usage"] or ()), *(prohibits["usage"] or ())]
    findings += ["unknown-token"] * any(token not in _COVERED for token in usages)
    findings += ["unknown-type"] * any(
        one.get("type", "").strip() not in _TYPES
        for name in ("permits", "prohibits")
        for one in children(licence, name)
    )
    payments, offers = _payments(licence, findings)
    own = [
        f"{kind}{'-not' if names is prohibits else ''}={', '.join(names[kind] or ())}"
        for names in (permits, prohibits)
        for kind in ("user", "geo")
        # A permission for nobody is one that depends, too.
        if names[kind] or (names is permits and names[kind] is not None)
    ]
    own += [f"reporting={trimmed(one.get('type', ''))}" for one in children(licence, "reporting")]
    # Of what was not understood, some may prohibit: such terms grant nothing by being free.
    free = bool(children(licence, "payment")) and not payments and not findings
    return _Licence(
        permitted=None if permits["usage"] is None else _spread(permits["usage"]),
        prohibited=_spread(prohibits["usage"] or []),
        names_ai=any(token.startswith("ai-") for token in usages),
        conditions=(*payments, *own, *around[0]),
        offers=(*offers, *around[1]),
        has_terms=bool(payments or own or (free and not prohibits["usage"])),
        quote=quoted(licence),
        findings=tuple(findings),
    )


def _tokens(licence: Element, name: str, kind: str, findings: list[str]) -> list[str] | None:
    """Return the tokens of all elements *name* of type *kind*; None where there is none."""
    elements = [one for one in children(licence, name) if one.get("type", "").strip() == kind]
    if not elements:
        return None
    texts = [text_of(one) for one in elements]
    findings += ["duplicate-element"] * (len(elements) > 1)
    findings += ["comma-list"] * any("," in text for text in texts)
    folded = (text if kind == "geo" else text.lower() for text in texts)
    return [token for text in folded for token in _LISTED.split(text) if token]


def _spread(tokens: list[str]) -> frozenset[str]:
    """Return the uses that *tokens* cover; those that nobody knows cover none."""
    return frozenset(use for token in tokens for use in _COVERED.get(token, ()))


def _payments(licence: Element, findings: list[str]) -> tuple[list[str], list[str]]:
    """Return what must be given, and the prices and addresses under which it is to be had."""
    conditions: list[str] = []
    offers: list[str] = []
    for payment in children(licence, "payment"):
        findings.extend(unknown_elements(payment))
        kind = payment.get("type", "").strip().lower()
        findings += ["unknown-token"] * (kind not in {"", *_PAYMENTS})
        told = list(_offers(payment, kind))
        offers += told
        # Without a type it is free (3.7), unless it names terms to be agreed on.
        if kind != "free" and (kind or told):
            conditions.append(f"payment={trimmed(kind) or 'custom'}")
    return conditions, offers


def _offers(payment: Element, kind: str) -> Iterator[str]:
    for amount in children(payment, "amount"):
        yield f"{amount.get('currency', '')} {text_of(amount)}{_PER.get(kind, '')}".strip()[:100]
    for name in ("custom", "standard"):
        yield from (text_of(one) for one in children(payment, name) if text_of(one))
    yield from (trimmed(one.get("type", "")) for one in children(payment, "accepts"))
