"""A value as its author wrote it, taken apart before it is spelt.

Here stands what a browser would silently mend, and what only lists know: `hxxp`, `[.]`, `*.`.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, ip_address
from typing import NamedTuple

from provenance.show import show
from provenance.urls import WEB_SCHEMES, NotAnAddress

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_FULL_WIDTH_SCHEME = re.compile(r"[hHｈＨ][tTｔＴ]{2}[pPｐＰ][sSｓＳ]?：／／")
_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
_AUTHORITY = re.compile(r"[^/?#]*")
_DEFANGED_SCHEME = re.compile(r"\Ahxxp(s?)://", re.IGNORECASE)
_DEFANGED_DOT = re.compile(r"\[\.\]|\(\.\)|\[dot\]|\(dot\)", re.IGNORECASE)
# An address as the value of a parameter (`?u=https://…`) is part of the first one.
_SECOND = re.compile(r"(?<=[^=])https?://.*", re.IGNORECASE | re.DOTALL)
_ARCHIVES = frozenset({
    "archive.org", "web.archive.org", "archive.ph", "archive.is", "archive.today",
    "wayback.archive-it.org", "webarchive.nationalarchives.gov.uk", "warp.da.ndl.go.jp",
})  # fmt: skip
# A range of addresses, in PeerGuardian's form after a label.
_RANGE = re.compile(r"(?:.*:)?(\d{1,3}(?:\.\d{1,3}){3})-\d{1,3}(?:\.\d{1,3}){3}", re.DOTALL)
_MATCH_ALL = frozenset({"*", "*.*", "*.", ".*", "*.*.*"})
# As ad blockers (`/…/`) and squidGuard write them, and what no name and no address begins with.
_REGEX = re.compile(r"/[^/].*/|\^.*|[^/?#]*(?:\\\.|\[\^|\(\?).*", re.DOTALL)
_MAX_PORT = 65535
_PORT = re.compile(r"0*[1-9][0-9]*")


class Written(NamedTuple):
    """A value's parts, and the codes of what was read as it is meant."""

    scheme: str
    """In lower case; empty where none was written."""
    authority: str
    rest: str
    """Path, query and fragment, with the character they begin with."""
    warnings: tuple[str, ...] = ()

    @property
    def is_name(self) -> bool:
        """Only a name was written, neither a scheme nor a path."""
        return not self.scheme and not self.rest


def taken_apart(text: str) -> Written:
    """Return the parts of *text*.

    Raises:
        NotAnAddress: it hides something, or is not one http(s) address or one name.
    """
    _check_characters(text)
    written = _refanged(_parts(text))
    second = _SECOND.search(text)
    if second and written.authority.lower() not in _ARCHIVES:
        raise NotAnAddress("E_CONCAT_URL", second[0])
    if written.scheme and written.scheme not in WEB_SCHEMES:
        raise NotAnAddress("E_SCHEME", f"{written.scheme}:")
    written = _without_wildcard(written)
    _check_authority(written)
    return written


def ip_code(host: str) -> str:
    """Return the code for an address by number.

    Raises:
        ValueError: *host* is a name.
    """
    ip = ip_address(host.strip("[]"))
    # The documentation block 2001:db8::/32 is refused like any other IPv6 address.
    local = ip.is_loopback or ip.is_link_local or ip.is_unspecified
    special = not ip.is_global if isinstance(ip, IPv4Address) else local
    return "E_IP_SPECIAL" if special else "E_IP"


def _check_characters(text: str) -> None:
    if not text:
        raise NotAnAddress("E_EMPTY", "")
    if text in _MATCH_ALL:
        raise NotAnAddress("E_MATCH_ALL", text)
    if _REGEX.fullmatch(text):
        raise NotAnAddress("E_REGEX", "")
    if show(text, len(text)) != text:
        at, hidden = next((i, c) for i, c in enumerate(text, 1) if show(c) != c)
        raise NotAnAddress("E_CTRL_CHAR", f"U+{ord(hidden):04X} at position {at}")


def _parts(text: str) -> Written:
    if _FULL_WIDTH_SCHEME.match(text):  # typed with an input method for Japanese
        text = text.translate(_HALF_WIDTH)
    plain = _DEFANGED_SCHEME.sub(r"http\1://", text)
    scheme = _SCHEME.match(plain)
    after = plain[scheme.end() :] if scheme else plain
    authority = _AUTHORITY.findall(after)[0]
    warnings = ("W_REFANGED",) if plain != text else ()
    return Written(
        scheme[1].lower() if scheme else "", authority, after[len(authority) :], warnings
    )


def _refanged(written: Written) -> Written:
    authority = _DEFANGED_DOT.sub(".", written.authority)
    if authority == written.authority or written.warnings:
        return written._replace(authority=authority)
    return written._replace(authority=authority, warnings=("W_REFANGED",))


def _without_wildcard(written: Written) -> Written:
    """Return *written* without a leading `*.` or `.`: a site's subdomains are included anyway."""
    name, warnings = written.authority, written.warnings
    if written.is_name and name.startswith("*."):
        name, warnings = name[2:], (*warnings, "W_WILDCARD_APEX")
    elif written.is_name and name.startswith("."):
        name = name[1:]
    if "*" in name or "*" in written.rest.partition("?")[0]:
        raise NotAnAddress("E_WILDCARD", "*")
    return written._replace(authority=name, warnings=warnings)


def _check_authority(written: Written) -> None:
    """Refuse what a browser would mend or take for something else than its author meant."""
    authority = written.authority
    if _RANGE.fullmatch(authority) and not written.rest:
        raise NotAnAddress("E_IP", authority)
    if any(character.isspace() for character in authority):
        raise NotAnAddress("E_HOST_INVALID", "a space inside")
    if any(character.isspace() for character in written.rest):
        raise NotAnAddress("E_SPACE", "")
    if "@" in authority:
        raise NotAnAddress("E_USERINFO", "")
    if not authority or "\\" in authority:
        raise NotAnAddress("E_HOST_INVALID", "a backslash inside" if authority else "no name")
    if not written.scheme and ":" in authority and not _is_page_with_port(written):
        raise _colon_in_a_name(authority)
    _check_port(authority)


def _is_page_with_port(written: Written) -> bool:
    """Whether a host, a port and a path were written, as lists of addresses without a scheme do."""
    host, _, port = written.authority.rpartition(":")
    return "." in host and ":" not in host and bool(_PORT.fullmatch(port)) and len(written.rest) > 1


def _check_port(authority: str) -> None:
    """Refuse a port that is no number, or that nothing can be reached at."""
    _, colon, port = authority.rpartition(":")
    written = colon and port and port.isascii() and not authority.endswith("]")
    if written and not _PORT.fullmatch(port):
        raise NotAnAddress("E_PORT_INVALID", f"port {show(port, 12)!r} does not exist")


def _colon_in_a_name(name: str) -> NotAnAddress:
    """Return what a colon without a scheme in front amounts to."""
    try:
        return NotAnAddress(ip_code(name), name)
    except ValueError:
        host, _, port = name.rpartition(":")
    if port.isascii() and port.isdecimal() and len(port) <= len(str(_MAX_PORT)):
        if 0 < int(port) <= _MAX_PORT:
            return NotAnAddress("E_PORT_SCOPE", port)
    elif "." not in host:
        return NotAnAddress("E_SCHEME", f"{host}:")
    return NotAnAddress("E_PORT_INVALID", f"port {port[:12]!r} does not exist")
