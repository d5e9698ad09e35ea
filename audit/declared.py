"""A declaration as it is written and read: the tables of dataset.toml, each key checked."""

from __future__ import annotations

import math
import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

from audit.declaration import (
    STRICTEST,
    Act,
    ActKind,
    Declaration,
    Inquiry,
    Purpose,
    Term,
    TermKind,
    Thresholds,
)
from audit.declared_dates import NoDate, interval
from audit.facts import FACTS
from provenance.agents import known_agent
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

COLUMNS = {
    "creator": "to whom the content is attributed",
    "licence": "the licence of the content, as CC BY-NC 4.0 or an address of it",
    "caption": "the text that goes with the content in training",
    "digest": "a digest of the content, by which duplicates are counted",
    "repeats": "how often the row is seen in training, a number",
    "generated": "whether the content is generated, true or false",
    "sexual": "whether the content is flagged as sexual: true or false, or NSFW and UNLIKELY",
    "person": "whose face or voice it is",
    "acquisition": "the record of a purchase or a licence for this very copy",
    "source": "the corpus that the row comes from",
}
"""What other columns of a manifest may hold."""

INQUIRIES = ("removal", "outputs", "question")
_TABLES = {
    "dataset", "act", "licence", "offer", "sale", "reservation", "facts", "columns", "thresholds",
    "inquiry",
}  # fmt: skip
_DATASET = {
    "name", "version", "purpose", "signed", "agent", "copies", "timezone", "sources",
    "shared_hosts", "caption_tokens",
}  # fmt: skip
OFFERS = {"dataset": TermKind.DATASET, "api": TermKind.API}
_MOST = 10_000
_MOST_ACTS = 8
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
_SITE = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,250}[a-z0-9])?")


class Wrong(ValueError):
    """A key or value we do not know."""


def answerable() -> dict[str, tuple[str, ...]]:
    """Return the facts that only a declaration can tell, with the values they can have."""
    own = {"purpose", "several_purposes", "agent_known", "copies"}
    return {
        fact.name: fact.values
        for fact in FACTS.values()
        if fact.origin == "declaration" and fact.name not in own
    }


def declaration_of(said: dict[str, Any]) -> Declaration:
    """Return what the tables *said* declare.

    Raises:
        Wrong: a key or value is not known.
    """
    _only(said, _TABLES, "the file")
    dataset = said.get("dataset", {})
    if not isinstance(dataset, dict) or not isinstance(said.get("act", []), list):
        raise Wrong("[dataset] is not a table, or [[act]] not a list of tables")
    _only(dataset, _DATASET, "[dataset]")
    zone = _zone(dataset)
    copies = dataset.get("copies")
    if copies is not None and not isinstance(copies, bool):
        raise Wrong("copies is neither true nor false")
    purposes = _purposes(dataset.get("purpose", "unknown"))
    return Declaration(
        name=_text(dataset, "name"),
        version=_text(dataset, "version"),
        purpose=min(purposes, key=STRICTEST.index),
        purposes=purposes if len(purposes) > 1 else (),
        signed=_text(dataset, "signed"),
        agent=_agent(dataset.get("agent", "")),
        copies=copies,
        zone=str(zone),
        acts=_acts(said, zone),
        facts=_facts(said.get("facts", {})),
        terms=_terms(said, zone),
        sources=_texts(dataset, "sources") if "sources" in dataset else None,
        shared_hosts=_sites(dataset, "shared_hosts"),
        caption_tokens=_texts(dataset, "caption_tokens"),
        columns=_columns(said.get("columns", {})),
        thresholds=_thresholds(said.get("thresholds", {})),
        inquiries=tuple(_inquiry(one, zone) for one in _tables(said, "inquiry")),
    )


def _only(said: dict[str, Any], known: set[str], where: str) -> None:
    strangers = sorted(said.keys() - known)
    if strangers:
        raise Wrong(f"{where} has {show(strangers[0], 60)!r}; known are {', '.join(sorted(known))}")


def _tables(said: dict[str, Any], name: str) -> list[dict[str, Any]]:
    every = said.get(name, [])
    if not isinstance(every, list) or len(every) > _MOST:
        raise Wrong(f"[[{name}]] is not a list of at most {_MOST:,} tables")
    if not all(isinstance(one, dict) for one in every):
        raise Wrong(f"[[{name}]] is not a table")
    return every


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name, "")
    if not isinstance(value, str):
        raise Wrong(f"{name} is not text; put it into quotes")
    return value


def _texts(said: dict[str, Any], name: str) -> tuple[str, ...]:
    every = said.get(name, [])
    if not isinstance(every, (list, tuple)) or not all(
        isinstance(one, str) and one for one in every
    ):
        raise Wrong(f"{name} is not a list of texts")
    if len(every) > _MOST:
        raise Wrong(f"{name} has more than {_MOST:,} members")
    return tuple(every)


def _sites(said: dict[str, Any], name: str) -> tuple[str, ...]:
    sites = tuple(one.strip().lower() for one in _texts(said, name))
    for site in sites:
        if not _SITE.fullmatch(site):
            raise Wrong(f"{name} has {show(site, 60)!r}, which is no host name (xn-- form)")
    return sites


def _zone(dataset: dict[str, Any]) -> ZoneInfo:
    zone = str(dataset.get("timezone", "UTC"))
    if zone not in available_timezones():
        raise Wrong(f"timezone {zone[:60]!r} is not a zone such as Asia/Tokyo")
    return ZoneInfo(zone)


def _purposes(said: object) -> tuple[Purpose, ...]:
    """Return the purposes; which of several is meant is as unknown as none (ENJ-05)."""
    every = said if isinstance(said, list) and said else [said]
    for one in every:
        if not isinstance(one, str) or one not in set(map(str, Purpose)):
            raise Wrong(f"purpose {one!r} is none of {', '.join(map(str, Purpose))}")
    return tuple(dict.fromkeys(Purpose(str(one)) for one in every))


def _agent(said: object) -> str:
    """Return the token; a name that no robots.txt could address would never be found refused."""
    if not isinstance(said, str):
        raise Wrong('agent is not one robots.txt token, such as "CCBot"')
    token = said.strip()
    if token and not known_agent(token) and not _TOKEN.fullmatch(token):
        raise Wrong(f'agent {token[:60]!r} is not a robots.txt token; write "CCBot" alone')
    return token


def _acts(said: dict[str, Any], zone: ZoneInfo) -> tuple[Act, ...]:
    acts = tuple(_act(one, zone) for one in _tables(said, "act"))
    if sum(act.every_row for act in acts) > _MOST_ACTS:
        raise Wrong(f"more than {_MOST_ACTS} acts that accessed every row")
    return acts


def _act(said: dict[str, Any], zone: ZoneInfo) -> Act:
    _only(said, {"kind", "from", "to", "agent", "every_row", "precision"}, "[[act]]")
    kind = said.get("kind")
    if not isinstance(kind, str) or kind not in set(map(str, ActKind)):
        raise Wrong(f"act kind {kind!r} is none of {', '.join(map(str, ActKind))}")
    if "from" not in said:
        raise Wrong(f"the act {kind!r} has no `from`")
    lo, _, first = _interval(said["from"], zone)
    _, hi, last = _interval(said.get("to", said["from"]), zone)
    if hi < lo:
        raise Wrong(f"the act {kind!r} ends before it begins")
    every_row = said.get("every_row", False)
    if not isinstance(every_row, bool):
        raise Wrong("every_row is neither true nor false")
    precision = first if "to" not in said or first == last == "instant" else "window"
    return Act(
        ActKind(kind), lo, hi, _agent(said.get("agent", "")), every_row,
        _text(said, "precision") or precision,
    )  # fmt: skip


def _interval(said: object, zone: ZoneInfo) -> tuple[datetime, datetime, str]:
    try:
        return interval(said, zone)
    except NoDate as error:
        raise Wrong(str(error)) from None


def _terms(said: dict[str, Any], zone: ZoneInfo) -> tuple[Term, ...]:
    found = [_term(one, TermKind.LICENCE, "licence", zone) for one in _tables(said, "licence")]
    for one in _tables(said, "offer"):
        if one.get("kind") not in OFFERS:
            raise Wrong(f"offer kind {one.get('kind')!r} is none of {', '.join(OFFERS)}")
        rest = {name: value for name, value in one.items() if name != "kind"}
        found.append(_term(rest, OFFERS[one["kind"]], "offer", zone))
    for kind in (TermKind.SALE, TermKind.RESERVATION):
        found += [_term(one, kind, str(kind), zone) for one in _tables(said, str(kind))]
    return tuple(found)


def _term(said: dict[str, Any], kind: TermKind, table: str, zone: ZoneInfo) -> Term:
    _only(said, {"name", "from", "to", "sites", "purposes"}, f"[[{table}]]")
    if not _text(said, "name"):
        raise Wrong(f"[[{table}]] has no name: the contract, or where it was seen")
    if "from" not in said and kind not in OFFERS.values():
        raise Wrong(f"the {table} {show(said['name'], 60)!r} has no `from`")
    lo = _interval(said["from"], zone)[0] if "from" in said else None
    hi = _interval(said["to"], zone)[1] if "to" in said else None
    if lo and hi and hi < lo:
        raise Wrong(f"the {table} {show(said['name'], 60)!r} ends before it begins")
    purposes = _purposes(said["purposes"]) if "purposes" in said else ()
    return Term(kind, said["name"], lo, hi, _sites(said, "sites"), purposes)


def _facts(said: object) -> dict[str, bool | str]:
    if not isinstance(said, dict):
        raise Wrong("[facts] is not a table")
    known = answerable()
    _only(said, set(known), "[facts]")
    for name, value in said.items():
        if known[name] and value not in known[name]:
            raise Wrong(f"{name} is none of {', '.join(known[name])}")
        if not known[name] and not isinstance(value, bool):
            raise Wrong(f"{name} is neither true nor false; leave it out where it is not known")
    return dict(said)


def _columns(said: object) -> dict[str, str]:
    if not isinstance(said, dict):
        raise Wrong("[columns] is not a table")
    _only(said, set(COLUMNS), "[columns]")
    return {name: _text(said, name) for name in said if _text(said, name)}


def _thresholds(said: object) -> Thresholds:
    if not isinstance(said, dict):
        raise Wrong("[thresholds] is not a table")
    kinds: dict[str, Callable[[Any], Any]] = {
        one.name: type(one.default) for one in fields(Thresholds)
    }
    _only(said, set(kinds), "[thresholds]")
    for name, value in said.items():
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        most = 1.0 if "share" in name else 1e12
        least = 0 if name == "site_rows" else 1e-9
        if not number or not math.isfinite(value) or not least <= value <= most:
            raise Wrong(f"{name} is no number above 0, or a share above 1")
    return Thresholds(**{name: kinds[name](value) for name, value in said.items()})


def _inquiry(said: dict[str, Any], zone: ZoneInfo) -> Inquiry:
    _only(said, {"kind", "received", "answered"}, "[[inquiry]]")
    if said.get("kind") not in INQUIRIES:
        raise Wrong(f"inquiry kind {said.get('kind')!r} is none of {', '.join(INQUIRIES)}")
    if "received" not in said:
        raise Wrong("[[inquiry]] has no `received`")
    received = _interval(said["received"], zone)[0]
    answered = _interval(said["answered"], zone)[0] if "answered" in said else None
    return Inquiry(said["kind"], received, answered)
