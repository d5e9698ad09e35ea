"""What an answer to a request for robots.txt amounts to (RFC 9309, section 2.3.1).

| answer                              | outcome                | may we fetch            |
|-------------------------------------|------------------------|-------------------------|
| 2xx with rules, or empty            | parsed                 | as the rules say        |
| 4xx other than 429                  | unavailable            | yes (2.3.1.3)           |
| more than five redirects            | unavailable            | yes (2.3.1.2)           |
| 5xx, 429, no answer                 | unreachable            | no (2.3.1.4)            |
| HTML, UTF-16, NUL, a bomb           | unreadable             | cannot tell: we do not  |
| other bytes without any record      | unreadable             | cannot tell: we do not  |
| 202, 206: not the file, or a part   | unreadable             | cannot tell: we do not  |
| status not recorded and no record   | unreadable             | cannot tell: we do not  |

The RFC counts 429 among the 4xx; operators that answer it want to be left alone, and Google reads
it as a server error, so it is no permission here. 202 is how AWS WAF answers with a challenge.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.robots.lines import robots_lines
from crawler.robots.reading import TooComplex, read_robots
from provenance.records import Outcome

if TYPE_CHECKING:
    from provenance.records import Capture

_MARKUP = re.compile(rb"\s*<[!?a-zA-Z]")
_PAGE = re.compile(rb"<(?:!doctype|html|head|body|title|script|div)\b", re.IGNORECASE)
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")  # ESC stands in ISO-2022-JP
_BOMS = re.compile(rb"(?:\xef\xbb?\xbf?)*")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FIELDS = frozenset({
    "user-agent", "allow", "disallow", "sitemap", "crawl-delay", "content-usage", "content-signal",
    "license",
})  # fmt: skip
_TOO_MANY_REQUESTS = 429
_NOT_THE_FILE = frozenset({202, 206})


def may_hold_rules(status: int | None) -> bool:
    """Whether rules are read in the body of an answer with *status* (None: not recorded)."""
    return status is None or (status // 100 == 2 and status not in _NOT_THE_FILE)


def classify(capture: Capture) -> tuple[Outcome, str]:
    """Return the outcome of a robots.txt *capture* and, unless it is parsed, the reason."""
    if capture.error == "redirects":
        return Outcome.UNAVAILABLE, "more than five redirects"
    if capture.error:
        return Outcome.UNREACHABLE, capture.error
    if capture.status is None:
        return _by_body(capture.body, status_known=False)
    return _by_status(capture.status, capture.body)


def _by_status(status: int, body: bytes | None) -> tuple[Outcome, str]:
    reason = f"status {status}"
    match status // 100:
        case 2 if may_hold_rules(status):
            return _by_body(body, status_known=True)
        case 4 if status != _TOO_MANY_REQUESTS:
            return Outcome.UNAVAILABLE, reason
        case 4 | 5:
            return Outcome.UNREACHABLE, reason
        case _:  # 1xx, a 3xx that leads nowhere, 999: the RFC gives no meaning
            return Outcome.UNREADABLE, reason


def _by_body(body: bytes | None, *, status_known: bool) -> tuple[Outcome, str]:
    if body is None:
        return Outcome.UNREADABLE, "no body"
    reason = _not_rules(body)
    if reason:
        return Outcome.UNREADABLE, reason
    # Without a status, "not found" or an empty body may as well be an error page.
    if not status_known and not _has_record(body):
        return Outcome.UNREADABLE, "status not recorded and no record in the body"
    return Outcome.PARSED, ""


def _not_rules(body: bytes) -> str:
    """Return why *body* cannot be read as rules; empty when it can."""
    if body.startswith(_UTF16) or b"\x00" in body:
        return "undecodable"
    if _MARKUP.match(_BOMS.sub(b"", body, count=1)):
        return "html"
    if _PAGE.search(body) and not _has_record(body):
        return "html"
    if (_BINARY.search(body) or not _is_utf8(body)) and not _has_record(body):
        return "undecodable"  # packed, or a picture: there may be rules in it
    try:
        read_robots(body)
    except TooComplex as error:
        return f"too complex: {error}"
    return ""


def _has_record(body: bytes) -> bool:
    return any(line.field in _FIELDS for line in robots_lines(body))


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
