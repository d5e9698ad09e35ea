"""Our own form: CSV with a header, a row per token; `#` starts a line of comment."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from provenance.agent_lists import Listed, ListForm, NotAList, a_text, a_token, each_once
from provenance.agents import Agent, Purpose, Status
from provenance.many import many

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

_COLUMNS = tuple(field.name for field in fields(Agent))
_NEEDED = ("token", "purpose")
_ANSWERS = {"yes": True, "no": False}
_THREE_ANSWERS: dict[str, bool | None] = {**_ANSWERS, "unknown": None}
_FOR_TRAINING = {Purpose.TRAINING: "yes", Purpose.DATASET: "yes", Purpose.UNCATEGORISED: "unknown"}


def read(content: bytes, *, checked: date | None = None) -> Listed:
    """Return what the table says; cells that may be left out have the value most rows have."""
    rows = csv.reader(_lines(content), strict=True)
    try:
        header = next(rows, [])
        _check(header)
        found = [
            _agent(_cells(header, row, f"row {number}"), checked, f"row {number}")
            for number, row in enumerate(rows, start=1)
        ]
    except (csv.Error, ValueError) as error:
        raise error if isinstance(error, NotAList) else NotAList(str(error)) from error
    if len({agent.key for agent in found}) < len(found):
        keys = [agent.key for agent in found]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise NotAList(f"the token {twice!r} stands twice")
    return Listed(each_once(found), "")


def written(agents: Iterable[Agent]) -> str:
    """Return *agents* as a table."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(_COLUMNS)
    for agent in agents:
        table.writerow(_cell(getattr(agent, name)) for name in _COLUMNS)
    return out.getvalue()


def _cell(value: object) -> str:
    return {True: "yes", False: "no", None: "unknown"}.get(value, str(value))  # type: ignore[call-overload, no-any-return]


def _lines(content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAList("not UTF-8") from error
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _check(header: list[str]) -> None:
    strangers = [name for name in header if name not in _COLUMNS]
    missing = [name for name in _NEEDED if name not in header]
    if strangers or missing or len(set(header)) < len(header):
        wrong = f"{strangers[0][:40]!r} is no column" if strangers else "columns are missing"
        raise NotAList(f"{wrong}; the columns are {', '.join(_COLUMNS)}")


def _cells(header: list[str], row: list[str], place: str) -> dict[str, str]:
    if len(row) != len(header):
        raise NotAList(f"{place}: {many(len(row), 'cell')}, and the header has {len(header)}")
    return dict(zip(header, row, strict=True))


def _day(stated: str, place: str) -> date:
    try:
        return date.fromisoformat(stated)
    except ValueError:
        raise NotAList(f"{place}: {stated[:40]!r} is no day, such as 2026-11-20") from None


def _agent(row: dict[str, str], checked: date | None, place: str) -> Agent:
    purpose = _one_of(row["purpose"], {one.value: one for one in Purpose}, place)
    training = row.get("training") or _FOR_TRAINING.get(purpose, "no")
    stated = row.get("checked", "")
    if not stated and checked is None:
        raise NotAList(f"{place}: no day on which it was checked")
    return Agent(
        token=a_token(row["token"], place),
        operator=a_text(row.get("operator", ""), place),
        purpose=purpose,
        fetches=_one_of(row.get("fetches") or "yes", _ANSWERS, place),
        training=_one_of(training, _THREE_ANSWERS, place),
        status=_one_of(row.get("status") or "current", {one.value: one for one in Status}, place),
        successor=a_token(row["successor"], place) if row.get("successor") else "",
        source=a_text(row.get("source", "") or "own list", place),
        version=a_text(row.get("version", ""), place),
        checked=_day(stated, place) if stated or checked is None else checked,
    )


def _one_of(value: str, known: dict[str, T], place: str) -> T:
    if value not in known:
        raise NotAList(f"{place}: {value[:40]!r} is none of {', '.join(known)}")
    return known[value]


FORM = ListForm(
    "table",
    "CSV with the columns token and purpose",
    lambda content: (
        content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"{", b"["}
        and b"token" in content[:4096]
    ),
    read,
    canary=b"token,purpose,checked\nCanaryBot,training,2026-01-01\n",
)
