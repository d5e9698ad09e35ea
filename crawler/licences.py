"""Which Creative Commons licence an address names, and on what it depends.

The deeds at creativecommons.org; ids as SPDX writes them. CC0 and the Public Domain Mark ask for
nothing; every other one grants use on conditions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from provenance.records import Value

_HOSTS = frozenset({"creativecommons.org", "www.creativecommons.org"})
_PATH = re.compile(
    r"/(?P<shelf>licenses|publicdomain)/(?P<name>[a-z+-]+)/(?P<version>\d\.\d)"
    r"(?:/(?P<place>igo|scotland|[a-z]{2}))?(?:/(?:deed|legalcode)(?:[.-][a-z_-]+)?)?/?",
    re.IGNORECASE,
)
_FREE = {"zero": "CC0", "mark": "PDM"}
_CONDITIONS = {
    "by": "duty=attribution",
    "sa": "duty=share-alike",
    "nc": "user=non-commercial",
    "nd": "use=no-derivatives",
}


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence that is known by its address."""

    id: str
    """E.g. `CC-BY-4.0`."""
    value: Value
    conditions: str
    """`license=ID`, then a condition per element."""


def licence_at(url: str) -> Licence | None:
    """Return the licence that the absolute address *url* stands for; None for any other page."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    found = _PATH.fullmatch(parts.path)
    if parts.scheme not in {"http", "https"} or host not in _HOSTS or port or not found:
        return None
    name, version = found["name"].lower(), found["version"]
    if found["shelf"].lower() == "publicdomain":
        if name not in _FREE:
            return None
        id_ = f"{_FREE[name]}-{version}"
        return Licence(id_, Value.ALLOW, f"license={id_}")
    elements = name.split("-")
    if not set(elements) <= set(_CONDITIONS):
        return None
    id_ = "-".join(
        ["CC", name.upper(), version, *([found["place"].upper()] if found["place"] else [])]
    )
    conditions = [f"license={id_}", *(_CONDITIONS[element] for element in elements)]
    return Licence(id_, Value.CONDITIONAL, "; ".join(conditions))
