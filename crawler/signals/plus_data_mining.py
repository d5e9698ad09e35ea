"""PLUS Data Mining: what a picture's own XMP says about mining and training.

IPTC Photo Metadata 2023.1 with the PLUS LDF vocabulary: property `DataMining` of the namespace
`http://ns.useplus.org/ldf/xmp/1.0/`; its values are addresses, and exiftool writes their labels
instead. Metadata is often stripped on the way, so a file without it says nothing either way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.media.xmp import Xmp, xmp
from crawler.signals import Page, Reader
from provenance.records import Signal, Strength, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLUS = "http://ns.useplus.org/ldf/xmp/1.0/"
_IPTC_EXTENSION = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_VOCABULARIES = tuple(
    f"{scheme}://ns.useplus.org/{folder}/vocab/"
    for scheme in ("http", "https")
    for folder in ("ldf", "LDF")
)
_EVERY = ("mine", "train", "search")

# What each term says of which use (PLUS LDF vocabulary, "Data Mining").
_MEANINGS: dict[str, dict[str, Value]] = {
    "DMI-UNSPECIFIED": {"train": Value.UNSPECIFIED},
    "DMI-ALLOWED": dict.fromkeys(_EVERY, Value.ALLOW),
    "DMI-PROHIBITED-AIMLTRAINING": {"train": Value.DENY},
    "DMI-PROHIBITED-GENAIMLTRAINING": {"train-genai": Value.DENY},
    "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING": {
        "mine": Value.DENY,
        "train": Value.DENY,
        "search": Value.ALLOW,
    },
    "DMI-PROHIBITED": dict.fromkeys(_EVERY, Value.DENY),
    "DMI-PROHIBITED-SEECONSTRAINT": dict.fromkeys(_EVERY, Value.CONDITIONAL),
    "DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR": dict.fromkeys(_EVERY, Value.CONDITIONAL),
    "DMI-PROHIBITED-SEELINKEDRIGHTSEXPR": dict.fromkeys(_EVERY, Value.CONDITIONAL),
}
_LABELS = {
    "unspecified - no prohibition defined": "DMI-UNSPECIFIED",
    "unspecified": "DMI-UNSPECIFIED",
    "allowed": "DMI-ALLOWED",
    "prohibited for ai/ml training": "DMI-PROHIBITED-AIMLTRAINING",
    "prohibited for generative ai/ml training": "DMI-PROHIBITED-GENAIMLTRAINING",
    "prohibited except for search engine indexing": "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING",
    "prohibited": "DMI-PROHIBITED",
    "prohibited, see plus:otherconstraints": "DMI-PROHIBITED-SEECONSTRAINT",
    "prohibited, see other constraints property": "DMI-PROHIBITED-SEECONSTRAINT",
    "prohibited, see iptcext:embdencrightsexpr": "DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR",
    "prohibited, see embedded encoded rights expression property": (
        "DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR"
    ),
    "prohibited, see iptcext:linkedencrightsexpr": "DMI-PROHIBITED-SEELINKEDRIGHTSEXPR",
    "prohibited, see linked encoded rights expression property": (
        "DMI-PROHIBITED-SEELINKEDRIGHTSEXPR"
    ),
}
# Where the terms of a conditional prohibition stand.
_TERMS = {
    "DMI-PROHIBITED-SEECONSTRAINT": (_PLUS, "OtherConstraints"),
    "DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR": (_IPTC_EXTENSION, "EmbdEncRightsExpr"),
    "DMI-PROHIBITED-SEELINKEDRIGHTSEXPR": (_IPTC_EXTENSION, "LinkedEncRightsExpr"),
}
_FOR_AI = frozenset({"DMI-PROHIBITED-AIMLTRAINING", "DMI-PROHIBITED-GENAIMLTRAINING"})
_MAX_QUOTE = 300


def read(page: Page) -> Iterator[Signal]:
    """Yield what the file says of each use, or that its metadata could not be read."""
    found = xmp(page.body)
    if found is None:
        return
    values = list(dict.fromkeys(found.values(_PLUS, "DataMining")))
    said = [signal for value in values for signal in _signals(found, value)]
    finding = f"xmp-{found.problem}" if found.problem else ""
    if finding and not said:
        yield _signal("train", Value.UNSPECIFIED, finding=finding)
    for one in said:
        # The part that was not read may say otherwise: a denial is kept, a permission is not.
        doubtful = finding and one.value is Value.ALLOW
        yield replace(one, value=Value.UNSPECIFIED, finding=finding) if doubtful else one


def _signals(found: Xmp, value: str) -> Iterator[Signal]:
    term, finding = _term(value)
    quote = f"plus:DataMining: {value}"
    if term is None:
        yield _signal("train", Value.UNSPECIFIED, quote=quote, finding=finding)
        return
    terms = found.values(*_TERMS[term])[:1] if term in _TERMS else []
    for usage, meant in _MEANINGS[term].items():
        yield _signal(
            usage,
            meant,
            quote=quote,
            finding=finding or ("no-terms" if term in _TERMS and not terms else ""),
            offer="".join(terms)[:_MAX_QUOTE],
            specific=term in _FOR_AI,
        )


def _term(value: str) -> tuple[str | None, str]:
    """Return the term of the vocabulary that *value* stands for, and a finding about its form."""
    for vocabulary in _VOCABULARIES:
        if value.startswith(vocabulary):
            name = value.removeprefix(vocabulary)
            return (name, "") if name in _MEANINGS else (None, "unknown-value")
    if value in _MEANINGS:
        return value, "term-without-vocabulary"
    label = _LABELS.get(value.lower())
    return (label, "label-instead-of-term") if label else (None, "unknown-value")


def _signal(
    usage: str,
    value: Value,
    *,
    quote: str = "",
    finding: str = "",
    offer: str = "",
    specific: bool = False,
) -> Signal:
    return Signal(
        kind="plus-data-mining",
        scope="asset",
        usage=usage,
        value=value,
        strength=Strength.NORMATIVE,
        specific=specific,
        offer=offer,
        quote=quote[:_MAX_QUOTE],
        finding=finding,
    )


READER = Reader(
    "plus-data-mining",
    read,
    canary=Page(
        "https://canary.example/i.jpg",
        media_type="application/rdf+xml",
        body=b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
        b' plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"/></rdf:RDF>',
    ),
)
