"""dataset.toml: what a builder declares of a dataset: purpose, acts, and the agent that crawled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

from provenance.agents import known_agent
from provenance.errors import InputRefused
from provenance.moments import stored

if TYPE_CHECKING:
    from pathlib import Path


class Purpose(StrEnum):
    """What the dataset is used for (docs/rules.md, ENJ)."""

    PRETRAINING = "pretraining"
    ANALYSIS = "analysis"
    FINETUNE_GENERAL = "finetune_general"
    FINETUNE_REPRODUCE = "finetune_reproduce"
    RAG_VERBATIM = "rag_verbatim"
    RAG_INDEX = "rag_index"
    REDISTRIBUTION = "redistribution"
    UNKNOWN = "unknown"


class ActKind(StrEnum):
    """What was done, when; only the first two reach the source."""

    CRAWL = "crawl"
    DOWNLOAD = "download"
    TRAINING = "training"
    RELEASE = "release"


_MAX_SIZE = 1024 * 1024
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")

ACCESSING = frozenset({ActKind.CRAWL, ActKind.DOWNLOAD})


@dataclass(frozen=True, slots=True)
class Act:
    """One act, as an interval [lo, hi) in UTC without a zone."""

    kind: ActKind
    lo: datetime
    hi: datetime


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is declared; what is not declared is unknown."""

    name: str = ""
    version: str = ""
    purpose: Purpose = Purpose.UNKNOWN
    agent: str = ""
    """The robots.txt token of the crawler that collected; empty: not known."""
    copies: bool | None = None
    """The dataset holds copies of the contents, not only their addresses."""
    zone: str = "UTC"
    """In which zone dates without one are meant, e.g. `Asia/Tokyo`."""
    acts: tuple[Act, ...] = field(default=())

    @property
    def collection(self) -> Act | None:
        """The interval for rows without a date of their own.

        It reaches from the first declared act that accessed the source to the end of the last.
        """
        acts = [act for act in self.acts if act.kind in ACCESSING]
        if not acts:
            return None
        lo, hi = min(act.lo for act in acts), max(act.hi for act in acts)
        return Act(acts[0].kind, lo, hi)

    @property
    def last_later_act(self) -> datetime | None:
        """When the last act after collection began: until then a row could still be dropped."""
        return max((act.lo for act in self.acts if act.kind not in ACCESSING), default=None)


def read_declaration(path: Path) -> Declaration:
    """Return what the file at *path* declares.

    Raises:
        InputRefused: it is no TOML, or holds a key or a value we do not know.
    """
    if not path.is_file() or path.stat().st_size > _MAX_SIZE:
        fact = "no file of at most 1 MiB" if path.exists() else "there is no such file"
        raise InputRefused(str(path), fact, "name a dataset.toml")
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputRefused(
            str(path), f"not a TOML file ({error})", "see docs/auditing.md"
        ) from error
    try:
        return _declaration(said)
    except OverflowError:
        raise InputRefused(str(path), "a date lies outside the calendar", "correct it") from None
    except _Wrong as error:
        raise InputRefused(str(path), str(error), "see docs/auditing.md") from None


class _Wrong(ValueError):
    """A key or value we do not know."""


def _declaration(said: dict[str, Any]) -> Declaration:
    _only(said, {"dataset", "act"}, "the file")
    dataset, acts = said.get("dataset", {}), said.get("act", [])
    if not isinstance(dataset, dict) or not isinstance(acts, list):
        raise _Wrong("[dataset] is not a table, or [[act]] not a list of tables")
    _only(dataset, {"name", "version", "purpose", "agent", "copies", "timezone"}, "[dataset]")
    zone = str(dataset.get("timezone", "UTC"))
    if zone not in available_timezones():
        raise _Wrong(f"timezone {zone[:60]!r} is not a zone such as Asia/Tokyo")
    offset = ZoneInfo(zone)
    copies = dataset.get("copies")
    if copies is not None and not isinstance(copies, bool):
        raise _Wrong("copies is neither true nor false")
    return Declaration(
        name=_text(dataset, "name"),
        version=_text(dataset, "version"),
        purpose=_purpose(dataset.get("purpose", "unknown")),
        agent=_agent(dataset.get("agent", "")),
        copies=copies,
        zone=zone,
        acts=tuple(_act(act, offset) for act in acts),
    )


def _only(said: dict[str, Any], known: set[str], where: str) -> None:
    strangers = sorted(said.keys() - known)
    if strangers:
        raise _Wrong(f"{where} has {strangers[0]!r}; known are {', '.join(sorted(known))}")


def _text(dataset: dict[str, Any], name: str) -> str:
    said = dataset.get(name, "")
    if not isinstance(said, str):
        raise _Wrong(f"{name} is not text; put it into quotes")
    return said


def _purpose(said: object) -> Purpose:
    """Return the purpose; more than one is as unknown as none (ENJ-05)."""
    if isinstance(said, list) and len(said) > 1:
        return Purpose.UNKNOWN
    one = said[0] if isinstance(said, list) and len(said) == 1 else said
    if not isinstance(one, str) or one not in set(map(str, Purpose)):
        raise _Wrong(f"purpose {one!r} is none of {', '.join(map(str, Purpose))}")
    return Purpose(str(one))


def _agent(said: object) -> str:
    """Return the token; a name that no robots.txt could address would never be found refused."""
    if not isinstance(said, str):
        raise _Wrong('agent is not one robots.txt token, such as "CCBot"')
    token = said.strip()
    if token and not known_agent(token) and not _TOKEN.fullmatch(token):
        raise _Wrong(f'agent {token[:60]!r} is not a robots.txt token; write "CCBot" alone')
    return token


def _act(said: object, zone: ZoneInfo) -> Act:
    if not isinstance(said, dict):
        raise _Wrong("[[act]] is not a table")
    _only(said, {"kind", "from", "to"}, "[[act]]")
    kind = said.get("kind")
    if not isinstance(kind, str) or kind not in set(map(str, ActKind)):
        raise _Wrong(f"act kind {kind!r} is none of {', '.join(map(str, ActKind))}")
    if "from" not in said:
        raise _Wrong(f"the act {kind!r} has no `from`")
    lo, _ = _interval(said["from"], zone)
    _, hi = _interval(said.get("to", said["from"]), zone)
    if hi < lo:
        raise _Wrong(f"the act {kind!r} ends before it begins")
    return Act(ActKind(str(kind)), lo, hi)


def _interval(said: object, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return [lo, hi) in UTC: an instant, or the whole of a day in *zone*."""
    if isinstance(said, str):
        try:
            said = (
                datetime.fromisoformat(said)
                if len(said) > len("2025-01-01")
                else date.fromisoformat(said)
            )
        except ValueError:
            raise _Wrong(f"{said!r} is not a date such as 2025-01-31") from None
    if isinstance(said, datetime):
        moment = stored(said if said.tzinfo else said.replace(tzinfo=zone))
        return moment, moment
    if isinstance(said, date):
        start = datetime(said.year, said.month, said.day, tzinfo=zone)
        return stored(start), stored(start + timedelta(days=1))
    raise _Wrong(f"{said!r} is not a date such as 2025-01-31")
