"""Gates behind a redirect: a login, a registration or an age check instead of the page asked for.

The Location of a 3xx answer, and a Refresh header or `meta` refresh that acts at once. They are
recorded, not followed. A heuristic on words of the address: home pages, host and scheme
canonicalisation, and languages lead elsewhere for other reasons.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from crawler.gates import SERVED, Found
from provenance.records import Gate, Strength

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.signals import Page

_REDIRECTED = frozenset({301, 302, 303, 307, 308})
_AGE_WORDS = frozenset({
    "age-check", "age_check", "agecheck", "age-gate", "agegate", "age_gate", "age-verification",
    "age_verification", "ageverification", "age-verify", "age_verify", "ageverify", "verify-age",
    "confirm-age", "over18", "over-18", "adult-check", "click-through", "clickthrough",
})  # fmt: skip
_LOGIN_WORDS = frozenset({
    "login", "log-in", "log_in", "logon", "signin", "sign-in", "sign_in", "wp-login", "userlogin",
    "user-login", "servicelogin", "loginform",
})  # fmt: skip
# These are also the words of ordinary pages: only with the way back to the page asked for.
_ACCOUNT_WORDS = frozenset({
    "sso", "account", "accounts", "oauth", "oauth2", "auth", "idp", "id", "identity", "passport",
    "cas", "saml", "saml2", "openid", "adfs", "authorize", "authenticate", "session", "sessions",
})  # fmt: skip
_REGISTRATION_WORDS = frozenset({
    "signup", "sign-up", "sign_up", "register", "registration", "regwall", "subscribe",
    "subscription", "subscriptions", "join", "membership",
})  # fmt: skip
_RETURN_NAMES = re.compile(
    r"next|return\w*|redirect\w*|redir|rurl|continue|goto|back|back_?url|dest(ination)?|url|service"
    r"|from|target|origin\w*|ref(errer)?|wreply|relaystate|original\w*|success_?url|came_from"
)
_REFRESH = re.compile(r"\s*(\d+)[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)", re.IGNORECASE)
_AT_ONCE_S = 10
"""A later refresh ends a session that ran; it does not stand in the way."""


def diversion(page: Page) -> Found | None:
    """Return the gate that *page* sends its reader to; None where it leads elsewhere or nowhere."""
    for place, quote in _places(page):
        try:
            asked, target = urlsplit(page.url), urlsplit(urljoin(page.url, place))
            gate = _gate(asked, target)
        except ValueError:  # no address at all, or too many parameters
            continue
        if gate:
            return Found(gate, quote, Strength.HEURISTIC)
    return None


def _places(page: Page) -> Iterator[tuple[str, str]]:
    if page.status in _REDIRECTED:
        for place in page.values("location")[:1]:
            yield place, f"location: {place}"
    if page.status not in SERVED:
        return
    for value in page.values("refresh")[:1]:
        yield from _refreshed(value, f"refresh: {value}")
    refreshing = (
        value
        for meta in page.elements("meta")
        if meta.get("http-equiv", "").lower() == "refresh"
        and (value := meta.get("content")) is not None
    )
    for value in islice(refreshing, 1):
        yield from _refreshed(value, f'<meta http-equiv="refresh" content="{value}">')


def _refreshed(value: str, quote: str) -> Iterator[tuple[str, str]]:
    found = _REFRESH.match(value[:2000])
    if found and len(found[1]) <= len(str(_AT_ONCE_S)) and int(found[1]) <= _AT_ONCE_S:
        yield found[2].strip(), quote


def _gate(asked: SplitResult, target: SplitResult) -> Gate | None:
    words = _words(target) - _words(asked)
    if words & _AGE_WORDS:
        return Gate.AGE
    if words & _LOGIN_WORDS:
        return Gate.LOGIN
    if not _leads_back(asked, target):
        return None
    if words & _ACCOUNT_WORDS:
        return Gate.LOGIN
    return Gate.REGISTRATION if words & _REGISTRATION_WORDS else None


def _words(place: SplitResult) -> frozenset[str]:
    """Return the labels of the host and the segments of the path, without file endings."""
    segments = [segment.partition(".")[0] for segment in unquote(place.path).lower().split("/")]
    return frozenset([*(place.hostname or "").lower().split("."), *segments])


def _leads_back(asked: SplitResult, target: SplitResult) -> bool:
    """Whether a parameter is named or filled like a way back to the page *asked* for."""
    return any(
        _RETURN_NAMES.fullmatch(name.lower()) or (len(asked.path) > 1 and asked.path in value)
        for name, value in parse_qsl(target.query, max_num_fields=100)
    )
