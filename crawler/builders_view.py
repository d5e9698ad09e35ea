"""What a builder's audit takes from a site as it is now, in the audit's own words for facts.

The facts are those of docs/rules.md as one look gives them; an audit weighs them by the time that
lies between the look and the collection. Which rules a fact feeds is told by the audit itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.reserving import names_unread_terms, reserves, unread
from provenance.records import Outcome, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from crawler.inspection import Answer, Statement

_GATES = frozenset({"auth", "login", "registration", "payment", "paywall"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact and the rules that ask for it."""

    name: str
    value: str
    """yes, no, or unknown."""
    rules: tuple[str, ...]
    because: str
    """What it rests on: refused/asked agents for `robots_ai`; a line, gates, kinds of statement."""


def facts(
    outcome: Outcome,
    answers: Sequence[Answer],
    statements: Sequence[Statement],
    *,
    seen: bool,
    host: str = "",
    terms: Container[str] = (),
    agent: str = "",
    rules_of: Callable[[str], tuple[str, ...]] = lambda _: (),
) -> tuple[Fact, ...]:
    """Return the facts of one look.

    Args:
        outcome: of the request for robots.txt.
        answers: to the agents.
        statements: of the page, of the host's files and of robots.txt, about that path.
        seen: whether the page itself was shown; an error or a challenge shows none.
        host: that of the page, with its port.
        terms: the paths at which its own RSL terms were seen, or seen to be missing.
        agent: the agent that collected, if it is named.
        rules_of: which rules ask for a fact.
    """
    ours = [one for one in answers if one.agent.training]
    refused = [one for one in ours if one.value == Value.DENY]
    gates = [one.gate for one in statements if one.gate in _GATES]
    reserving = [one.kind for one in statements if reserves(one)]
    metered = any(one.gate == "metered" for one in statements)
    told = outcome in {Outcome.PARSED, Outcome.UNAVAILABLE}
    unreachable = _answer(outcome is Outcome.UNREACHABLE, told=True)
    gate = _answer(bool(gates), told=bool(gates) or (seen and not metered))
    unclear = any(unread(one) or names_unread_terms(one, host, terms) for one in statements)
    declared = _answer(bool(reserving), told=bool(reserving) or (seen and not unclear))
    found = [
        ("robots_ai", _answer(bool(refused), told=told), f"{len(refused)}/{len(ours)}"),
        ("robots_unreachable", unreachable, str(outcome)),
        ("gate", gate, ", ".join(dict.fromkeys(gates))),
        ("declared", declared, ", ".join(dict.fromkeys(reserving))),
    ]
    mine = next((one for one in answers if one.agent.key == agent.casefold()), None)
    if mine:
        said = ("robots_self", _answer(mine.value == Value.DENY, told=told), mine.rule)
        found.insert(0, said)
    return tuple(Fact(name, value, rules_of(name), why) for name, value, why in found)


def _answer(yes: bool, *, told: bool) -> str:  # noqa: FBT001 (the answer itself)
    return ("yes" if yes else "no") if told else "unknown"
