"""data.json of the package ai-crawler-index (data CC0): the source of the generated rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from provenance.agent_lists import Listed, ListForm, NotAList, a_text, a_token, each_once
from provenance.agents import Agent, Purpose, Status
from provenance.strict_json import NotStrictJson, parse_object

_PURPOSES = {
    "ai-training": Purpose.TRAINING, "dataset": Purpose.DATASET, "ai-search": Purpose.SEARCH,
    "user-fetch": Purpose.USER_FETCH, "search": Purpose.SEARCH_ENGINE, "seo": Purpose.SEO,
    "tool": Purpose.TOOL, "preview": Purpose.PREVIEW, "archive": Purpose.ARCHIVE,
}  # fmt: skip
_SPEAKS_TO_TRAINING = frozenset({Purpose.TRAINING, Purpose.DATASET})
_NO_CRAWLER = "(control token only"


def read(content: bytes, *, checked: date | None = None) -> Listed:
    """Return the rows that have a token; several crawlers may share one."""
    try:
        said = parse_object(content)
    except NotStrictJson as error:
        raise NotAList(str(error)) from error
    rows, version = said.get("crawlers"), a_text(said.get("version", ""), "version")
    if not isinstance(rows, list):
        raise NotAList("`crawlers` is no list")
    day = _day(said.get("generated_at"), checked)
    found = [_agent(row, version, day, f"crawler {n}") for n, row in enumerate(rows, start=1)]
    # A crawler's own row before that of another which obeys the same token.
    own = sorted(found, key=lambda pair: pair[0].casefold() != pair[1].key)
    return Listed(each_once([agent for _, agent in own]), version)


def _day(stated: Any, checked: date | None) -> date:
    try:
        return date.fromisoformat(str(stated)[:10])
    except ValueError:
        if checked is None:
            raise NotAList("`generated_at` is no day") from None
        return checked


def _agent(row: Any, version: str, day: date, place: str) -> tuple[str, Agent]:
    if not isinstance(row, dict) or row.get("category") not in _PURPOSES:
        raise NotAList(f"{place}: no object with a known `category`")
    purpose = _PURPOSES[row["category"]]
    return a_text(row.get("name"), place), Agent(
        token=a_token(row.get("robots_token"), place),
        operator=a_text(row.get("operator"), place),
        purpose=purpose,
        fetches=not str(row.get("ua", "")).startswith(_NO_CRAWLER),
        training=purpose in _SPEAKS_TO_TRAINING,
        status=Status.CURRENT,
        successor="",
        source="ai-crawler-index",
        version=version,
        checked=day,
    )


FORM = ListForm(
    "ai-crawler-index",
    "data.json of ai-crawler-index",
    lambda content: content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and b'"crawlers"' in content,
    read,
    canary=b'{"version": "1", "generated_at": "2026-01-01", "crawlers": [{"name": "CanaryBot",'
    b' "operator": "Canary", "category": "ai-training", "ua": "CanaryBot",'
    b' "robots_token": "CanaryBot"}]}',
)
