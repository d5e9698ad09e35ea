"""Gates: what stands in the way is recorded, once, and never passed."""

from __future__ import annotations

from tests.crawler.hostile.behaviours import Behaviour, Page, Robots, answer

HTML = "Content-Type: text/html"
FORM = b"<body><form action=/login><input name=u><input type=password name=p></form>"
SCRIPTS = b"<body><script src=/cdn-cgi/challenge-platform/h/b.js></script>Just a moment..."
ANUBIS = b"<body><script id=anubis_challenge type=application/json>{}</script>"
WALL = b"<body><p>Subscribe to continue reading.</p>"


def gated(status: int, gate: str, *headers: str, body: bytes = b"") -> Behaviour:
    """A gate by its status; as a robots.txt it is the RFC that speaks."""
    if status == 429 or status >= 500:
        robots = Robots("unreachable", f"status {status}")
    else:
        robots = Robots("unavailable", f"status {status}", page=True)
    return Behaviour(
        f"{status}: {gate}", answer(body, status, *headers), robots, Page(status, gate=gate)
    )


def shown(what: str, body: bytes, gate: str) -> Behaviour:
    """A gate that is shown with status 200; as a robots.txt it is an HTML page."""
    return Behaviour(
        what, answer(body, 200, HTML), Robots("unreadable", "html"), Page(200, gate=gate)
    )


TABLE = {
    "auth": gated(401, "auth", 'WWW-Authenticate: Basic realm="x"'),
    "auth-unnamed": gated(401, "auth"),
    "payment": gated(402, "payment", "crawler-price: USD 0.01"),
    "forbidden": gated(403, "forbidden"),
    "not-found": gated(404, "", body=b"User-agent: *\nDisallow: /\n"),
    "gone": gated(410, ""),
    "too-many": gated(429, "rate-limit", "Retry-After: 1"),
    "legal": gated(451, "legal", 'Link: <https://a.test/>; rel="blocked-by"'),
    "server-error": gated(500, "server-error", body=b"User-agent: *\nDisallow:\n"),
    "unavailable": gated(503, "server-error"),
    "challenge-403": gated(403, "challenge", "cf-mitigated: challenge", HTML, body=SCRIPTS),
    "challenge-429": gated(429, "challenge", "cf-mitigated: challenge"),
    "challenge-503": gated(503, "challenge", "cf-mitigated: challenge", HTML, body=SCRIPTS),
    "captcha-405": gated(405, "challenge", "x-amzn-waf-action: captcha"),
    "challenge-202": Behaviour(
        "202: challenge", answer(b"", 202, "x-amzn-waf-action: challenge"),
        Robots("unreadable", "status 202"), Page(202, gate="challenge"),
    ),
    "challenge-200": shown("a challenge with status 200", ANUBIS, "challenge"),
    "login-form": shown("a login instead of a page", FORM, "login"),
    "paywall": shown("asks to subscribe instead of a page", WALL, "registration"),
    "login-redirect": Behaviour(
        "points at a login", answer(b"", 302, "Location: https://127.0.0.2/login?next=/"),
        Robots("unreachable", "refused-address"), Page(302, gate="login"),
    ),
    "meta-refresh": Behaviour(
        "a meta refresh into a login",
        answer(b'<meta http-equiv=refresh content="0; url=/login?next=/"><p>' + b"word " * 120, 200, HTML),
        Robots("unreadable", "html"), Page(gate="login"),
    ),
}  # fmt: skip
