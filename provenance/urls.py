"""One spelling for every address: crawler, lists and audit all compare what this module returns.

A URL is parsed as WHATWG browsers do (ada-url). Then come checks that WHATWG leaves out: no empty
label, labels of at most 63 and names of at most 253 octets, letters, digits, `_` and `-` only, and
A-labels that really decode. Escapes of unreserved characters are decoded and all others are
written in upper case (RFC 3986, section 6.2.2); letter case, `//` and parameter order stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import idna
from ada_url import HostType, parse_url

WEB_SCHEMES = frozenset({"http", "https"})

_PARTS = ("protocol", "hostname", "host_type", "port", "pathname", "search")
_SPACES = " \t\r\n\f\v\u00a0\u3000"
_HIDDEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# Of the authority alone: a path may hold `//` and a colon, too.
_PORT = re.compile(r"[^:]*:[/\\]*[^/\\?#]*:(\d+)(?:[/\\?#]|$)")
_LABEL = re.compile(r"[a-z0-9_-]+")
# Not behind a stray "%": decoding in `%%37E` would complete another escape, `%7E`.
_ESCAPE = re.compile(r"(?<!%)(?<!%[0-9A-Fa-f])%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_MAX_LABEL, _MAX_NAME, _MAX_PORT = 63, 253, 65535


class NotAnAddress(ValueError):
    """The text is not an address we can compare; `code` says why."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in the one spelling that is compared."""

    scheme: str
    host: str
    """Lower case, A-labels, no final dot; an IPv6 address keeps its brackets."""
    port: str
    """Empty where it is the scheme's own."""
    path: str
    """Path and query; at least `/`. The fragment never reaches a server and is gone."""
    is_ip: bool

    @property
    def authority(self) -> str:
        """The key a robots.txt governs: host, and port where it is not the scheme's own."""
        return f"{self.host}:{self.port}" if self.port else self.host

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.authority}{self.path}"


def address(url: str, *, hidden: bool = False) -> Address:
    """Return the address *url* names.

    Args:
        url: the text.
        hidden: take characters that nobody sees for what a browser makes of them, as one that
            fetched the URL did; else refuse them, as in what somebody hands in to be read.

    Raises:
        NotAnAddress: with the code a submitter of lists is shown (E_CTRL_CHAR, E_SCHEME …).
    """
    text = url.strip(_SPACES)
    unseen = None if hidden else _HIDDEN.search(text)
    if unseen:
        raise NotAnAddress("E_CTRL_CHAR", f"character U+{ord(unseen[0]):04X} at {unseen.start()}")
    scheme = _SCHEME.match(text)
    if not scheme or scheme[1].lower() not in WEB_SCHEMES:
        raise NotAnAddress("E_SCHEME", "not an http or https address")
    port = _PORT.match(text)
    if port and int(port[1].lstrip("0")[:6] or "0") > _MAX_PORT:
        raise NotAnAddress("E_PORT_INVALID", f"port {port[1][:12]} does not exist")
    try:
        parts = parse_url(text, attributes=_PARTS)
    except ValueError:
        code = "E_IDNA" if "xn--" in text.lower() else "E_HOST_INVALID"
        raise NotAnAddress(code, "the host name cannot be read") from None
    is_ip = parts["host_type"] != HostType.DEFAULT
    return Address(
        scheme=parts["protocol"].rstrip(":"),
        host=parts["hostname"] if is_ip else host_name(parts["hostname"]),
        port=parts["port"],
        path=canonical_path(parts["pathname"] + parts["search"]),
        is_ip=is_ip,
    )


@lru_cache(maxsize=65536)
def host_name(host: str) -> str:
    """Return *host*, already lower case and in A-labels, without its final dot; or refuse it."""
    name = host.removesuffix(".")
    if len(name) > _MAX_NAME:
        raise NotAnAddress("E_HOST_TOO_LONG", f"the name has {len(name)} octets, at most 253")
    for label in name.split("."):
        _check_label(label)
    return name


def _check_label(label: str) -> None:
    if len(label) > _MAX_LABEL:
        raise NotAnAddress("E_LABEL_TOO_LONG", f"a label has {len(label)} octets, at most 63")
    if not _LABEL.fullmatch(label):
        raise NotAnAddress("E_HOST_INVALID", f"label {label!r} is not a host name's")
    if label.startswith("xn--"):
        try:
            idna.ulabel(label)
        except idna.IDNAError:
            raise NotAnAddress("E_IDNA", f"label {label!r} does not decode") from None


def canonical_path(path: str) -> str:
    """Return *path* with unreserved escapes decoded and all others in upper case."""
    if "%" in path:
        path = _ESCAPE.sub(_one_spelling, path)
    return path or "/"


def _one_spelling(escape: re.Match[str]) -> str:
    octet = int(escape[1], 16)
    return chr(octet) if octet in _UNRESERVED else f"%{octet:02X}"
