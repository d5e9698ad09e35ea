"""unbound: `local-zone: "site.example." always_nxdomain`, the name and all below it.

Zone types are those of unbound.conf(5). `local-data` with an address that leads nowhere blocks
exactly its name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blocklists.boilerplate import BOILERPLATE
from blocklists.formats import Candidate, Format, Skip
from blocklists.formats.hosts import leads_nowhere
from blocklists.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ZONE = re.compile(
    r"local-zone:\s*([\"']?)(?P<name>[^\"'\s]+)\1\s+([\"']?)(?P<kind>[a-z_]+)\3", re.IGNORECASE
)
_DATA = re.compile(
    r"local-data:\s*([\"'])(?P<name>[^\"'\s]+)\s+(?:\d+\s+)?(?:IN\s+)?(?P<type>[A-Z0-9]+)\s+"
    r"(?P<to>[^\"']*)\1",
    re.IGNORECASE,
)
_COMMENT_AFTER = re.compile(r"\s#.*", re.DOTALL)
_BLOCKING = frozenset({
    "deny", "refuse", "static", "redirect", "inform_deny", "inform_redirect", "always_refuse",
    "always_nxdomain", "always_nodata", "always_deny", "always_null",
})  # fmt: skip
_FRAME = frozenset({"server:", "local-zones:"})


def parse(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip | Refusal]:
    """Yield the name of each zone that is blocked."""
    for number, line in lines:
        text = line.strip()
        value = _COMMENT_AFTER.sub("", text).rstrip()
        if not text:
            yield Skip(number, "blank")
        elif text.startswith("#") or value.lower() in _FRAME:
            yield Skip(number, "comment")
        else:
            yield _name(number, text, value)


def _name(number: int, text: str, value: str) -> Candidate | Skip | Refusal:
    zone, data = _ZONE.fullmatch(value), _DATA.fullmatch(value)
    found = zone or data
    if not found:
        return Refusal("E_UNBOUND_SYNTAX", "", number, text)
    if found["name"] in {".", "*."}:
        return Refusal("E_MATCH_ALL", "", number, text)
    if found["name"].rstrip(".").lower() in BOILERPLATE:
        return Skip(number, "boilerplate")
    if zone:
        if zone["kind"].lower() not in _BLOCKING:
            return Refusal("E_UNBOUND_ACTION", zone["kind"], number, text)
        return Candidate(number, zone["name"], scope="domain")
    if found["type"].upper() not in {"A", "AAAA"} or not leads_nowhere(found["to"].strip()):
        return Refusal("E_HOSTS_REDIRECT", found["to"].strip(), number, text)
    return Candidate(number, found["name"], scope="host")


def fits(lines: Sequence[str]) -> float:
    """Return the share of *lines* that belong to a file for unbound."""
    known = ("local-zone:", "local-data:", "server:")
    return sum(line.lower().startswith(known) for line in lines) / len(lines) if lines else 0.0


FORMAT = Format("unbound", 'unbound: local-zone: "site." always_nxdomain', parse, fits)
