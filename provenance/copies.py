"""Where services that show copies of pages write the address of the original.

Each function takes an address of its service and returns the text of the original's address; empty
where the service shows a copy without saying of what, None where the address shows no copy.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from provenance.urls import Address

# https://web.archive.org/web/20200102030405id_/https://… — * and ? stand in lists of captures.
_WAYBACK = re.compile(r"/[0-9*?]{1,14}(?:[a-z]{2}_)?/(?P<url>.+)", re.DOTALL)
WAYBACK_PREFIXES = {
    "web.archive.org": ("/web", ""),
    "wayback.archive.org": ("/web", ""),
    "archive.org": ("/web",),
    "arquivo.pt": ("/wayback", "/noFrame/replay"),
    "www.webarchive.org.uk": ("/wayback/archive", "/wayback/en/archive"),
    "webarchive.nationalarchives.gov.uk": ("/ukgwa", ""),
    "webarchive.loc.gov": ("/all", "/legacy"),
    "wayback.vefsafn.is": ("/wayback",),
    "web.archive.org.au": ("/awa",),
}
_ARCHIVE_IT = re.compile(r"/(?:org-)?\d+(?P<rest>/.+)", re.DOTALL)
_NDL = re.compile(r"/(?:info:ndljp/pid/\d+|[0-9]{14})/(?P<url>.+)", re.DOTALL)
ARCHIVE_TODAY = frozenset({
    f"archive.{ending}" for ending in ("today", "ph", "is", "li", "vn", "fo", "md", "ec")
})  # fmt: skip
_TODAY_LONG = re.compile(
    r"/(?:o/[A-Za-z0-9]+|newest|oldest|timegate|timemap|[0-9]{4}[0-9.-]*|image)/(?P<url>.+)",
    re.DOTALL,
)
_TODAY_SHORT = re.compile(r"/(?:wip/)?[A-Za-z0-9]{4,8}(?:/(?:image|share|again)?)?")


def in_wayback(outer: Address) -> str | None:
    """Return what follows the time of capture; without one the newest copy is shown."""
    for prefix in WAYBACK_PREFIXES[outer.host]:
        if outer.path.startswith(f"{prefix}/"):
            found = _WAYBACK.fullmatch(outer.path[len(prefix) :])
            if found:
                return found["url"]
    bare = re.fullmatch(r"/(?:web|save)/(?:_embed/)?(?P<url>https?:/.+)", outer.path, re.DOTALL)
    return bare["url"] if bare else None


def in_archive_it(outer: Address) -> str | None:
    """Return what follows the number of the collection and the time."""
    collection = _ARCHIVE_IT.fullmatch(outer.path)
    found = _WAYBACK.fullmatch(collection["rest"]) if collection else None
    return found["url"] if found else None


def in_ndl(outer: Address) -> str | None:
    """Return what follows the number of the collection of the National Diet Library."""
    found = _NDL.fullmatch(outer.path)
    return found["url"] if found else None


def in_archive_today(outer: Address) -> str | None:
    """Return what follows the time; the short form does not tell."""
    long = _TODAY_LONG.fullmatch(outer.path)
    if long:
        return long["url"]
    direct = re.fullmatch(r"/(?P<url>https?:/.+)", outer.path, re.DOTALL)
    if direct:
        return direct["url"]
    return "" if _TODAY_SHORT.fullmatch(outer.path) else None


def in_google_cache(outer: Address) -> str | None:
    """Return `url` of `cache:ID:url words`; the identifier may be missing."""
    query = _parameter(outer, "q")
    if query is None or not query.startswith("cache:"):
        return None
    words = query.removeprefix("cache:").split()
    found = re.fullmatch(r"(?:[\w-]{12}:)?(?P<url>.+)", words[0]) if words else None
    return found["url"] if found else ""


def in_amp_cache(outer: Address) -> str | None:
    """Return what follows `/c/s/`: c for a page, i for a picture, r for the rest; s for https."""
    return _after(r"/(?:[acirv]|wp|ii/w[0-9]+)", outer)


def in_amp_viewer(outer: Address) -> str | None:
    """Return what follows `/amp/` or `/amp/s/` at Google's search pages."""
    return _after("/amp", outer)


def _after(prefix: str, outer: Address) -> str | None:
    found = re.fullmatch(rf"{prefix}/(?P<s>s/)?(?P<url>[^/]+\..*)", outer.path, re.DOTALL)
    if not found:
        return None
    url = _without(_without(found["url"], "amp_"), "usqp=")
    return f"{'https' if found['s'] else 'http'}://{url}"


def in_translation(outer: Address) -> str | None:
    """Return the address of a name such as `my--site-example.translate.goog`.

    Source: Google Search Central, "Enabling your ad network for translation features".
    """
    label = outer.host.removesuffix(".translate.goog")
    if "." in label or not label:
        return None
    added = dict(parse_qsl(outer.path.partition("?")[2]))
    name, marks = added.get("_x_tr_hp", "") + label, added.get("_x_tr_enc", "").split(",")
    name = name.removeprefix("1-") if "1" in marks else name
    is_idn = "0" in marks and name.startswith("0-")
    name = name.removeprefix("0-") if is_idn else name
    name = re.sub(r"\b-\b", ".", name).replace("--", "-")
    scheme = "http" if added.get("_x_tr_sch") == "http" else "https"
    return f"{scheme}://{'xn--' if is_idn else ''}{name}{_without(outer.path, '_x_tr_')}"


def in_translate_frame(outer: Address) -> str | None:
    """Return the parameter `u` of the older form."""
    if not outer.path.startswith(("/translate?", "/translate_c?", "/website?", "/?")):
        return None
    return _parameter(outer, "u")


def _without(path: str, beginning: str) -> str:
    """Return *path* without the parameters the service adds."""
    before, mark, query = path.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith(beginning)]
    return f"{before}?{'&'.join(kept)}" if mark and kept else before


def _parameter(outer: Address, name: str) -> str | None:
    query = outer.path.partition("?")[2]
    return next((value for key, value in parse_qsl(query) if key == name), None)


def is_google(host: str) -> bool:
    """Whether *host* is one of Google's search pages, of whatever country."""
    return bool(re.fullmatch(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}", host))
