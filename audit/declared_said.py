"""A declaration as plain tables: for summary.json, and to be read again as it was."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from audit.declaration import Thresholds
from audit.declared import OFFERS

if TYPE_CHECKING:
    from datetime import datetime

    from audit.declaration import Act, Declaration, Term


def said_of(declared: Declaration) -> dict[str, Any]:
    """Return the tables that say *declared*; `declared.declaration_of` makes it of them again."""
    purposes = [str(one) for one in declared.purposes] or str(declared.purpose)
    dataset = {
        "name": declared.name, "version": declared.version, "purpose": purposes,
        "signed": declared.signed, "agent": declared.agent, "copies": declared.copies,
        "timezone": declared.zone, "shared_hosts": list(declared.shared_hosts),
        "caption_tokens": list(declared.caption_tokens), "sources": declared.sources,
    }  # fmt: skip
    said = {
        "dataset": {name: value for name, value in dataset.items() if value not in (None, [], "")},
        "act": [_said_act(act) for act in declared.acts],
        "licence": [_said_term(one) for one in declared.terms if one.kind == "licence"],
        "offer": [
            {"kind": str(one.kind)} | _said_term(one)
            for one in declared.terms
            if one.kind in OFFERS.values()
        ],
        "sale": [_said_term(one) for one in declared.terms if one.kind == "sale"],
        "reservation": [_said_term(one) for one in declared.terms if one.kind == "reservation"],
        "facts": dict(declared.facts),
        "columns": dict(declared.columns),
        "inquiry": [
            {"kind": one.kind, "received": _z(one.received)}
            | ({"answered": _z(one.answered)} if one.answered else {})
            for one in declared.inquiries
        ],
    }
    if declared.thresholds != Thresholds():
        said["thresholds"] = asdict(declared.thresholds)
    return {name: table for name, table in said.items() if table}


def _said_act(act: Act) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": str(act.kind), "from": _z(act.lo), "to": _z(act.hi)}
    said |= {"agent": act.agent} if act.agent else {}
    said |= {"every_row": True} if act.every_row else {}
    return said | ({"precision": act.precision} if act.precision != "instant" else {})


def _said_term(term: Term) -> dict[str, Any]:
    said: dict[str, Any] = {"name": term.name}
    said |= {"from": _z(term.lo)} if term.lo else {}
    said |= {"to": _z(term.hi)} if term.hi else {}
    said |= {"sites": list(term.sites)} if term.sites else {}
    return said | ({"purposes": [str(one) for one in term.purposes]} if term.purposes else {})


def _z(moment: datetime) -> str:
    return f"{moment.isoformat()}Z"
