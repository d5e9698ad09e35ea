"""Response policy zones: `site.example CNAME .` for a name, `*.site.example CNAME .` for all below.

A name and its wildcard, wherever they stand, are read together as the whole site; to know that,
the zone is held in memory. Source: draft-vixie-dnsop-dns-rpz, sections 3 and 4.1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from blocklists.boilerplate import BOILERPLATE
from blocklists.formats import Candidate, Format, Skip
from blocklists.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_RECORD = re.compile(
    r"(?P<name>\S+)\s+(?:(?:\d+[smhdw]?|IN)\s+){0,2}(?P<type>[A-Z][A-Z0-9]*)\s+(?P<data>\S.*)",
    re.IGNORECASE,
)
_OF_THE_ZONE = re.compile(
    r"(?:\S+\s+|\s+)?(?:(?:\d+[smhdw]?|IN)\s+){0,2}(?:SOA|NS)\s.*", re.IGNORECASE | re.DOTALL
)
_MORE_OF_SOA = re.compile(r"[\d\s()smhdwSMHDW]+")
_TRIGGERS = (".rpz-ip", ".rpz-nsip", ".rpz-nsdname", ".rpz-client-ip")
_EXCEPTIONS = frozenset({"rpz-passthru.", "rpz-passthru"})
_BLOCKS = frozenset({".", "*.", "rpz-drop.", "rpz-drop"})
_COMMENT = re.compile(r"(?:^|\s);.*", re.DOTALL)
_BOTH = frozenset({"host", "subdomains"})


def parse(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip | Refusal]:
    """Yield each name that a record blocks."""
    found = []
    scopes: dict[str, set[str]] = defaultdict(set)
    for item in _records(lines):
        found.append(item)
        if isinstance(item, Candidate):
            scopes[item.text.lower()].add(item.scope)
    for item in found:
        if isinstance(item, Candidate) and scopes[item.text.lower()] == _BOTH:
            yield Candidate(item.line, item.text, scope="domain")
        else:
            yield item


def _records(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip | Refusal]:
    origin = ""
    for number, line in lines:
        text = _COMMENT.sub("", line).rstrip()
        origin = _origin(text) or origin
        if not line.strip():
            yield Skip(number, "blank")
        elif text.upper().startswith(("$INCLUDE", "$GENERATE")):
            yield Refusal("F_DIRECTIVE", text.split()[0], number, line.strip())
            return
        elif not text or _is_of_the_zone(text):
            yield Skip(number, "comment")
        else:
            yield _name(number, text.strip(), origin)


def _origin(text: str) -> str:
    """Return the zone's own name where *text* tells it: it ends names with a final dot."""
    words = text.split()
    if len(words) > 1 and words[0].upper() == "$ORIGIN":
        return words[1].lower()
    is_soa = "SOA" in map(str.upper, words[1:4])
    return words[0].lower() if is_soa and words[0].endswith(".") else ""


def _is_of_the_zone(text: str) -> bool:
    """Whether a record describes the zone itself: $TTL, $ORIGIN, SOA with its numbers, NS."""
    return bool(
        text.upper().startswith(("$TTL", "$ORIGIN"))
        or _OF_THE_ZONE.fullmatch(text)
        or _MORE_OF_SOA.fullmatch(text)
    )


def _name(number: int, text: str, origin: str) -> Candidate | Skip | Refusal:
    record = _RECORD.fullmatch(text)
    if not record:
        return Refusal("E_RPZ_SYNTAX", "", number, text)
    name, target = record["name"], record["data"].strip().lower()
    if origin and name.lower().endswith(f".{origin}"):
        name = name[: -len(origin) - 1]
    bare = name.lower().rstrip(".")
    if any(f".{bare}".endswith(trigger) or f"{trigger}." in f".{bare}." for trigger in _TRIGGERS):
        return Refusal("E_RPZ_TRIGGER", name, number, text)
    if record["type"].upper() != "CNAME":
        return Refusal("E_RPZ_ACTION", f"{record['type']} {target}", number, text)
    if target in _EXCEPTIONS or target.rstrip(".") == bare:
        return Refusal("E_EXCEPTION", "", number, text)
    if target.startswith("rpz-") and target not in _BLOCKS:
        return Refusal("E_RPZ_ACTION", target, number, text)
    if bare in {"*", "@", ""}:
        return Refusal("E_MATCH_ALL", "", number, text)
    if bare in BOILERPLATE:
        return Skip(number, "boilerplate")
    if name.startswith("*."):
        return Candidate(number, name[2:], scope="subdomains")
    return Candidate(number, name, scope="host")


def fits(lines: Sequence[str]) -> float:
    """Return the share of *lines* that look like records of a zone."""
    alike = sum(map(_looks, lines))
    return alike / len(lines) if lines else 0.0


def _looks(line: str) -> bool:
    record = _RECORD.fullmatch(line)
    known = {"CNAME", "A", "AAAA", "TXT", "NS", "SOA"}
    if record and record["type"].upper() in known:
        return True
    return line.startswith("$") or _is_of_the_zone(_COMMENT.sub("", line).strip())


FORMAT = Format("rpz", "response policy zone: site CNAME . and *.site CNAME .", parse, fits)
