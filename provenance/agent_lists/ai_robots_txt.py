"""robots.json of ai-robots-txt/ai.robots.txt (MIT): the widest coverage, and no classes.

What a crawler is for stands there in free words of over sixty spellings, so each row comes in as
uncategorised: it makes a token known, and leaves what is known of others as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from provenance.agent_lists import Listed, ListForm, NotAList, a_token, each_once
from provenance.agents import Agent, Purpose, Status
from provenance.strict_json import NotStrictJson, parse_object

if TYPE_CHECKING:
    from datetime import date

_LINK = re.compile(r"\[([^\]]{1,100})\]\(.*")
_OPERATOR = re.compile(r"[\w .&'/()-]{1,60}")
_NOT_KNOWN = ("unclear", "unknown", "http")


def read(content: bytes, *, checked: date | None = None) -> Listed:
    """Return a row per token; the list states no day, so the one it was fetched counts."""
    try:
        said = parse_object(content)
    except NotStrictJson as error:
        raise NotAList(str(error)) from error
    if checked is None:
        raise NotAList("no day on which it was fetched")
    found = [_agent(token, row, checked) for token, row in said.items()]
    return Listed(each_once(found), "")


def _agent(token: str, row: Any, checked: date) -> Agent:
    if not isinstance(row, dict) or "operator" not in row:
        raise NotAList(f"{token[:40]!r}: no object that says its operator")
    return Agent(
        token=a_token(token, "a key"),
        operator=_operator(row.get("operator")),
        purpose=Purpose.UNCATEGORISED,
        fetches=True,
        training=None,
        status=Status.CURRENT,
        successor="",
        source="ai.robots.txt",
        version="",
        checked=checked,
    )


def _operator(said: Any) -> str:
    """Return the name in *said*: a link's text, or what stands before a comma or a clause."""
    text = said.strip() if isinstance(said, str) else ""
    name = _LINK.sub(r"\1", text).partition(",")[0].partition(" that ")[0].strip()
    known = not name.lower().startswith(_NOT_KNOWN) and _OPERATOR.fullmatch(name)
    return name if known else ""


FORM = ListForm(
    "ai.robots.txt",
    "robots.json of ai.robots.txt",
    lambda content: (
        content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
        and b'"crawlers"' not in content
        and b'"operator"' in content
    ),
    read,
    canary=b'{"CanaryBot": {"operator": "Canary", "function": "AI Data Scrapers"}}',
)
