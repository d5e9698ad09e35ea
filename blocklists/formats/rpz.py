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

_TTL_AND_CLASS = r"(?:(?:\d+(?:[smhdw]\d+)*[smhdw]?|IN)\s+){0,2}"
_RECORD = re.compile(
    rf"(?P<name>\S+)\s+{_TTL_AND_CLASS}(?P<type>[A-Z][A-Z0-9]*)\s+(?P<data>\S.*)", re.IGNORECASE
)
# A record that begins with blanks is one more of the owner before (RFC 1035, section 5.1).
_MORE = re.compile(rf"\s+{_TTL_AND_CLASS}(?:CNAME|DNAME|A|AAAA|TXT|MX)\s+\S.*", re.IGNORECASE)
_OF_THE_ZONE = re.compile(
    rf"(?:\S+\s+|\s+)?{_TTL_AND_CLASS}(?:SOA|NS)\s.*", re.IGNORECASE | re.DOTALL
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
            scopes[_bare(item.text)].add(item.scope)
    for item in found:
        if isinstance(item, Candidate) and scopes[_bare(item.text)] == _BOTH:
            yield Candidate(item.line, item.text, scope="domain")
        else:
            yield item


def _records(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip | Refusal]:
    zone, owner = _Zone(), ""
    for number, line in lines:
        text = _COMMENT.sub("", line).rstrip()
        zone.read(text)
        if not line.strip():
            yield Skip(number, "blank")
        elif text.upper().startswith(("$INCLUDE", "$GENERATE")):
            yield Refusal("F_DIRECTIVE", text.split()[0], number, line.strip())
            return
        elif not text or _is_of_the_zone(text):
            yield Skip(number, "comment")
        else:
            if owner and _MORE.fullmatch(text):
                text = f"{owner}{text}"
            owner = text.split()[0]
            yield _name(number, text.strip(), zone)


class _Zone:
    """How the zone itself is called: names end in that, and are about what stands before it."""

    def __init__(self) -> None:
        self._apex = self._origin = ""

    def read(self, text: str) -> None:
        """Take what a line says of it: $ORIGIN, or the owner of the SOA."""
        words = text.split()
        if len(words) > 1 and words[0].upper() == "$ORIGIN":
            self._origin = self._absolute(words[1].lower())
            if self._origin.strip("."):
                self._apex = self._apex or self._origin
        elif "SOA" in map(str.upper, words[1:4]):
            found = self._absolute(words[0].lower())
            self._apex = found if found.strip(".") else self._apex

    def within(self, name: str) -> str:
        """Return what the owner of a record stands for: its name without that of the zone."""
        inside = self._apex and self._origin.endswith(f".{self._apex}")
        full = f"{name}.{self._origin}" if inside and not name.endswith(".") else name
        if self._apex and full.lower().endswith(f".{self._apex}"):
            return full[: -len(self._apex) - 1]
        return full

    def _absolute(self, name: str) -> str:
        if name == "@":
            return self._origin
        return name if name.endswith(".") else f"{name}.{self._origin.lstrip('.')}"


def _bare(name: str) -> str:
    return name.lower().rstrip(".")


def _is_of_the_zone(text: str) -> bool:
    """Whether a record describes the zone itself: $TTL, $ORIGIN, SOA with its numbers, NS."""
    return bool(
        text.upper().startswith(("$TTL", "$ORIGIN"))
        or _OF_THE_ZONE.fullmatch(text)
        or _MORE_OF_SOA.fullmatch(text)
    )


def _name(number: int, text: str, zone: _Zone) -> Candidate | Skip | Refusal:
    record = _RECORD.fullmatch(text)
    if not record:
        return Refusal("E_RPZ_SYNTAX", "", number, text)
    name, target = zone.within(record["name"]), record["data"].strip().lower()
    bare = _bare(name)
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
