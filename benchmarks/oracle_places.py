"""Where a URL points: plain ones by their letters, all others by the project's canonicaliser."""

from __future__ import annotations

import re
from typing import NamedTuple

from provenance.urls import NotAnAddress, address

_PLAIN = re.compile(r"https?://((?:[a-z0-9][a-z0-9-]*\.)+[a-z][a-z0-9]*)(/[\w/~=.-]*)", re.ASCII)
_DOTS = re.compile(r"/\.\.?(/|$)")


class Place(NamedTuple):
    """Where a row's URL points."""

    host: str
    port: str
    path: str
    asked: str
    """The path as robots rules are compared with it: an empty query counts."""

    @property
    def authority(self) -> str:
        """What a robots.txt governs."""
        return f"{self.host}:{self.port}" if self.port else self.host


NOWHERE = Place("", "", "", "")


def placed(url: str | None) -> Place | None:
    """Return where *url* points; None where it cannot be read."""
    plain = _PLAIN.fullmatch(url or "")
    if plain and "xn--" not in plain[1] and not _DOTS.search(plain[2]):
        return Place(plain[1], "", plain[2], plain[2])
    try:
        found = address(url or "")
    except NotAnAddress:
        return None
    empty_query = (url or "").partition("#")[0].rstrip().endswith("?")
    asked = found.path + "?" * (empty_query and not found.path.endswith("?"))
    return Place(found.host, found.port, found.path, asked)
