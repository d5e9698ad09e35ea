"""The canaries of blocklist formats: each must find the one host that is planted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocklists.formats import Candidate, formats
from provenance.checks import Check, State, check

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLANTED = {
    "adblock": "||canary.example^",
    "csv": "value\ncanary.example",
    "dnsmasq": "address=/canary.example/0.0.0.0",
    "hashes": f"algo,hash\nsha256,{'ca' * 32}",
    "hosts": "0.0.0.0 canary.example",
    "jsonl": '{"value": "canary.example"}',
    "plain": "canary.example",
    "rpz": "canary.example CNAME .",
    "squidguard": "canary.example/comics",
    "unbound": 'local-zone: "canary.example." always_nxdomain',
    "wildcard": "*.canary.example",
}
"""The lines that are planted for each format."""


def checks() -> Iterator[Check]:
    """Try every format."""
    for name, one in sorted(formats().items()):
        lines = _PLANTED.get(name, "").splitlines()
        if not lines:
            yield Check("blocklists", name, State.NOT_SHOWN, "nothing is planted for this format")
            continue
        found = [item for item in one.parse(enumerate(lines, 1)) if isinstance(item, Candidate)]
        fits = one.fits(lines) > 0
        said = ", ".join(item.text for item in found)
        yield check("blocklists", name, fires=len(found) == 1 and fits, said=said[:80])
