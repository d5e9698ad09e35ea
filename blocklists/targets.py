"""What one value of a list points at: a site, a host, a directory or a page, in one spelling.

Entries and rows are compared in the spelling of `provenance.urls`. What could widen an entry
beyond what its author wrote (a suffix, a pasted pair of addresses, a bare fragment) is refused.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

import idna

from blocklists.refusals import Refusal
from blocklists.top_level import nearest
from blocklists.written import ip_code, taken_apart
from provenance.suffixes import Place, place
from provenance.urls import NotAnAddress, address

NAME_SCOPES = frozenset({"domain", "host", "subdomains"})
SCOPES = NAME_SCOPES | {"url_prefix", "url"}

_OF_A_NAME = NAME_SCOPES | {""}
_DOTS = (".", "。", "．", "｡")
# RFC 6761, 6762, 7686, 9476. `example` and `test` are kept: documents are written with them.
_SPECIAL_USE = frozenset({"alt", "internal", "invalid", "local", "localhost", "onion"})
_FOR_DOCUMENTS = frozenset({"example", "test"})
# A name that is spelt already and that nothing can be said of: what most lines of most lists are.
_SPELT = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_MAX_NAME = 253
_LOOK_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK"})


@dataclass(frozen=True, slots=True)
class Target:
    """What an entry covers; `blocklists.matching` says how it is compared."""

    scope: str
    """`domain`, `host`, `subdomains`, `url_prefix` or `url`."""
    host: str
    port: str = ""
    """Empty where it is the scheme's own, and for whole sites and hosts."""
    path: str = ""
    """Path, for `url` with its query; empty for whole sites and hosts."""
    warnings: tuple[str, ...] = ()

    @property
    def entry_id(self) -> str:
        """The digest that is the same for the same target on any list."""
        key = f"v1|{self.scope}|{self.host}|{self.port}|{self.path}"
        return hashlib.sha256(key.encode()).hexdigest()


def target(text: str, *, scope: str = "") -> Target | Refusal:
    """Return what *text* points at, or why it is refused (without a line).

    Args:
        text: a host name or an http(s) address; the scheme may be missing.
        scope: one of SCOPES; empty: a name and a front page are a site, a path that ends in `/`
            is a directory, any other path one page.
    """
    try:
        return _target(text.strip(), scope.strip().lower())
    except NotAnAddress as error:
        return Refusal(error.code, str(error))


def _target(text: str, asked: str) -> Target:
    if asked and asked not in SCOPES:
        raise NotAnAddress("E_SCOPE_INVALID", asked)
    if _is_spelt(text) and asked in _OF_A_NAME:
        return _spelt_name(text, asked or "domain")
    written = taken_apart(text)
    # Without a scheme, `:80` is that of http, which its author left out.
    scheme = written.scheme or ("http" if written.authority.endswith(":80") else "https")
    found = address(f"{scheme}://{written.authority}{written.rest}")
    if found.is_ip:
        raise NotAnAddress(ip_code(found.host), found.host)
    warnings = [*written.warnings]
    if written.authority.partition(":")[0].endswith(_DOTS):
        warnings.append("W_TRAILING_DOT")
    if fragment := written.rest.partition("#")[2]:
        if found.path == "/":
            raise NotAnAddress("E_FRAGMENT_ONLY", fragment)
        warnings.append("W_FRAGMENT_DROPPED")
    _check_top_level(found.host)
    scope = _scope(asked, found.path, is_name=written.is_name)
    host = found.host
    if scope == "host" and "W_WILDCARD_APEX" in warnings:
        raise NotAnAddress("E_WILDCARD", "*")
    if scope == "domain":
        host = _site_name(host, warnings)
    if scope == "subdomains":
        _refuse_suffix(host)
        warnings = [code for code in warnings if code != "W_WILDCARD_APEX"]
    warnings += _label_warnings(host)
    if scope not in NAME_SCOPES:
        return Target(scope, host, found.port, found.path, tuple(warnings))
    if found.port:
        raise NotAnAddress("E_PORT_SCOPE", found.port)
    return Target(scope, host, warnings=tuple(warnings))


def _is_spelt(text: str) -> bool:
    return len(text) <= _MAX_NAME and "xn--" not in text and bool(_SPELT.fullmatch(text))


def _spelt_name(host: str, scope: str) -> Target:
    """Return the target of a name that needs no parsing: the same, five times as fast."""
    _check_top_level(host)
    if scope == "host":
        return Target(scope, host)
    if scope == "subdomains":
        _refuse_suffix(host)
        return Target(scope, host)
    warnings: list[str] = []
    return Target(scope, _site_name(host, warnings), warnings=tuple(warnings))


def _check_top_level(host: str) -> None:
    """Refuse a host that has no place among the public names."""
    last = host.rpartition(".")[2]
    if last in _SPECIAL_USE or host.endswith(".home.arpa"):
        raise NotAnAddress("E_SPECIAL_USE", f".{last}")
    if "." not in host:
        raise NotAnAddress("E_SINGLE_LABEL", host)
    if not place(host).suffix and last not in _FOR_DOCUMENTS:
        near = " or ".join(f".{name}" for name in nearest(last))
        meant = f", perhaps {near} is meant" if near else ""
        raise NotAnAddress("Q_UNKNOWN_TLD", f".{last}{meant}")


def _scope(asked: str, path: str, *, is_name: bool) -> str:
    """Return the scope asked for if the value allows it, or the one that its form implies."""
    if not asked:
        if path == "/":
            return "domain"
        return "url_prefix" if path.endswith("/") and "?" not in path else "url"
    if asked in NAME_SCOPES and path != "/":
        raise NotAnAddress("E_SCOPE_MISMATCH", f"scope {asked}, but the value has a path")
    if asked not in NAME_SCOPES and is_name:
        raise NotAnAddress("E_SCOPE_MISMATCH", f"scope {asked}, but the value is only a name")
    if asked == "url_prefix" and "?" in path:
        # A directory ignores the query: taking it would widen the entry to every page below.
        raise NotAnAddress("E_SCOPE_MISMATCH", f"scope {asked}, but the value has a query")
    return asked


def _site_name(host: str, warnings: list[str]) -> str:
    """Return the name a whole site goes by; refuse a suffix, which is many sites."""
    where = _refuse_suffix(host)
    if host == f"www.{where.site}":
        warnings.append("W_WWW")
        return where.site
    return host


def _refuse_suffix(host: str) -> Place:
    where = place(host)
    if where.is_suffix:
        raise NotAnAddress("E_PRIVATE_SUFFIX" if where.is_private else "E_PUBLIC_SUFFIX", host)
    return where


def _label_warnings(host: str) -> list[str]:
    labels = host.split(".")
    found = {
        "W_HYPHEN_LABEL": any(label.startswith("-") or label.endswith("-") for label in labels),
        "W_UNDERSCORE": "_" in host,
        "W_MIXED_SCRIPT": "xn--" in host and any(map(_mixes_scripts, labels)),
    }
    return [code for code, is_so in found.items() if is_so]


def _mixes_scripts(label: str) -> bool:
    """Whether an A-label mixes scripts whose letters look alike."""
    if not label.startswith("xn--"):
        return False
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in idna.ulabel(label)}
    return len(scripts & _LOOK_ALIKE) > 1
