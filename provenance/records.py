"""The nouns: what one exchange with a host was, and what one statement in it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

SEALED_KINDS = ("csam", "ncii", "other")
"""What a sealed list names, as its owner says: child sexual abuse material, intimate images without
consent, other content to be kept out."""

_EVERY_PATH = re.compile(r"/|/?\*+")


class Probe(StrEnum):
    """What a capture asked a host for."""

    ROBOTS = "robots"
    PAGE = "page"
    FILE = "file"
    """A file in which a site speaks to machines: /ai.txt, an RSL licence."""


class Outcome(StrEnum):
    """What an answer to a request for robots.txt amounts to (RFC 9309, section 2.3.1).

    The first three are the RFC's. `UNREADABLE` is ours: bytes came that are not rules (an HTML
    page, UTF-16, a bomb, another host's file). It is no permission and no refusal.
    """

    PARSED = "parsed"
    UNAVAILABLE = "unavailable"
    UNREACHABLE = "unreachable"
    UNREADABLE = "unreadable"


class Value(StrEnum):
    """What a statement reserves. A gate is another axis and never changes it."""

    ALLOW = "allow"
    DENY = "deny"
    CONDITIONAL = "conditional"
    UNSPECIFIED = "unspecified"


class Gate(StrEnum):
    """What bars the way to a resource."""

    NONE = "none"
    AUTH = "auth"
    LOGIN = "login"
    REGISTRATION = "registration"
    PAYMENT = "payment"
    PAYWALL = "paywall"
    METERED = "metered"
    CHALLENGE = "challenge"
    FORBIDDEN = "forbidden"
    RATE_LIMIT = "rate-limit"
    LEGAL = "legal"
    AGE = "age"
    SERVER_ERROR = "server-error"


class Strength(StrEnum):
    """Where the meaning of a statement is written down."""

    NORMATIVE = "normative"
    VENDOR = "vendor"
    CONVENTION = "convention"
    HEURISTIC = "heuristic"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One WARC record (ISO 28500) that holds a part of an exchange, byte for byte."""

    hop: int
    """0: the address asked first; then each redirect that was followed."""
    kind: str
    """`request`, `response` or `revisit`."""
    file: str
    """Relative to the store's folder, or absolute."""
    offset: int
    """Of the record's first octet in the file, as it stands there (compressed)."""
    length: int
    """In octets of the file: of the gzip member where the file is compressed."""
    sha256: str
    """Of those octets."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One HTTP exchange with a host: by us, from an archive, or from an import."""

    url: str
    host: str
    """Host name, with `:port` where it is not the scheme's own."""
    path: str
    """Canonical path and query."""
    probe: Probe
    captured_at: datetime
    """Aware, UTC."""
    method: str
    """`crawl` or `import`."""
    status: int | None = None
    """None: not recorded by the source, or there was no answer (see `error`)."""
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    error: str = ""
    """Why there was no answer: dns, timeout, tls, connection, protocol, header-limit, redirects,
    refused-address."""
    hops: tuple[str, ...] = ()
    """The addresses redirects led through, in order, without the first."""
    source: str = ""
    captured_at_basis: str = ""
    status_basis: str = ""
    lowercased: bool = False
    """The source stored the body in lower case: its paths compare without case."""
    truncated: bool = False
    evidence: tuple[Evidence, ...] = ()
    """Empty where only the import's own words stand for it."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One statement read from a capture."""

    kind: str
    """The reader that found it, e.g. `tdmrep`."""
    scope: str
    """What it speaks of: `site`, `page`, `asset`, or to one agent only: `agent:NAME`."""
    usage: str
    """`crawl`, `train`, `mine` …"""
    value: Value = Value.UNSPECIFIED
    gate: Gate = Gate.NONE
    strength: Strength = Strength.NORMATIVE
    specific: bool = False
    """It names AI or an AI agent."""
    offer: str = ""
    """A price or the address of terms on which the use is granted."""
    quote: str = ""
    """The words of the capture that say so."""
    finding: str = ""
    """Something its author should know, e.g. `invalid-value`."""
    path: str = ""
    """The robots pattern (RFC 9309, section 2.2.3) it is limited to; empty: it is not."""
    conditions: str = ""
    """On what it depends, `key=value` joined by `; `: geo, user, use, duty …"""


class GroupClass(StrEnum):
    """What the rules of a group come to, before any path is looked at."""

    ALLOW_ALL = "allow-all"
    DENY_ALL = "deny-all"
    BY_PATH = "by-path"


@dataclass(frozen=True, slots=True)
class RobotsRule:
    """One Allow or Disallow line with a pattern."""

    line: int
    allow: bool
    pattern: str
    """As written; octets outside ASCII are percent-encoded."""


@dataclass(frozen=True, slots=True)
class RobotsGroup:
    """All rules that a robots.txt gives one token (groups of the same token are merged)."""

    token: str
    """Folded product token, or `*`."""
    rules: tuple[RobotsRule, ...]
    lines: tuple[int, ...]
    """The User-agent lines that name the token."""

    @property
    def group_class(self) -> GroupClass:
        """Return what the rules come to for every path but /robots.txt."""
        if not any(rule.pattern and not rule.allow for rule in self.rules):
            return GroupClass.ALLOW_ALL
        closed = any(not rule.allow and _EVERY_PATH.fullmatch(rule.pattern) for rule in self.rules)
        if closed and not any(rule.allow and rule.pattern for rule in self.rules):
            return GroupClass.DENY_ALL
        return GroupClass.BY_PATH


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """A robots.txt, read: its groups and what its author should know."""

    groups: tuple[RobotsGroup, ...]
    findings: tuple[str, ...] = ()
    """`line 4: missing-colon` and the like."""
    lowercased: bool = False
    """Paths compare without case, because the source stored the body in lower case."""
    signals: tuple[Signal, ...] = ()
    """What it says beside Allow and Disallow; scope `site`, or `agent:TOKEN` of the group."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A capture and all that was read from it."""

    capture: Capture
    outcome: Outcome | None = None
    """Of a robots.txt; None for pages."""
    reason: str = ""
    """Why a robots.txt is not parsed: html, empty, dns, status 503 …"""
    signals: tuple[Signal, ...] = ()
