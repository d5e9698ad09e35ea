"""dnsmasq: `address=/site.example/#`, `server=/site.example/` and `local=/site.example/`.

Each covers the name and all below it (dnsmasq(8), --address and --server).
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

_DIRECTIVE = re.compile(
    r"(?:--)?(?P<word>address|server|local)\s*=\s*/(?P<names>.*)/(?P<end>[^/]*)"
)
_COMMENT_AFTER = re.compile(r"\s#.*", re.DOTALL)
# What a block ends in. For `server` a `#` means the usual servers: an exception.
_NOWHERE = {"address": frozenset({"", "#"}), "server": frozenset({""}), "local": frozenset({""})}


def parse(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip | Refusal]:
    """Yield each name that a line blocks."""
    for number, line in lines:
        text = line.strip()
        if not text:
            yield Skip(number, "blank")
        elif text.startswith("#"):
            yield Skip(number, "comment")
        else:
            yield from _names(number, text)


def _names(number: int, text: str) -> Iterator[Candidate | Skip | Refusal]:
    found = _DIRECTIVE.fullmatch(_COMMENT_AFTER.sub("", text).rstrip())
    if not found:
        yield Refusal("E_DNSMASQ_SYNTAX", "", number, text)
        return
    names, end = found["names"].split("/"), found["end"].strip()
    if not all(names) or "#" in names or "*" in names:
        yield Refusal("E_MATCH_ALL", "", number, text)
    elif found["word"] != "address" and end == "#":
        yield Refusal("E_EXCEPTION", "", number, text)
    elif end not in _NOWHERE[found["word"]] and not (
        found["word"] == "address" and leads_nowhere(end)
    ):
        yield Refusal("E_HOSTS_REDIRECT", end, number, text)
    else:
        listed = [name for name in names if name.lower() not in BOILERPLATE]
        yield from (Candidate(number, name, scope="domain") for name in listed)
        if not listed:
            yield Skip(number, "boilerplate")


def fits(lines: Sequence[str]) -> float:
    """Return the share of *lines* that name something between slashes."""
    return sum(bool(_DIRECTIVE.match(line)) for line in lines) / len(lines) if lines else 0.0


FORMAT = Format("dnsmasq", "dnsmasq: address=/site/#, server=/site/, local=/site/", parse, fits)
