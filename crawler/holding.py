"""What holds for one agent at one address, of all that a site, its files and a page say.

Each standard has an order of its own: a group of robots.txt that names the agent replaces the one
for all others, and the longest path decides (RFC 9309; draft-ietf-aipref-attach, section 3.1);
TDMRep goes from the file over the header to HTML, and the first entry of the file that matches
decides; in RSL the narrower scope decides use by use (3.1.1). What is left stands side by side:
`crawler.combining` weighs it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.robots.decision import decide, group_for, matches
from crawler.wellknown import NAMES_A_LICENCE
from provenance.records import Signal, Value
from provenance.robots_form import pattern_forms
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from provenance.records import RobotsFile
    from provenance.urls import Address

# Lines outside of all groups hold for who has none of the kind in its own group (RSL 4.4.2).
_GLOBAL_TOO = frozenset({"content-signal", "rsl"})
_OF_A_GROUP = ("line ", "User-agent: ")  # how quotes of ai.txt's groups begin
_NEVER = -1


def holding(
    agent: str, place: Address, *, robots: RobotsFile | None = None, said: Iterable[Signal] = ()
) -> tuple[Signal, ...]:
    """Return the statements that hold for *agent* at *place*.

    Args:
        agent: a product token; case does not matter.
        place: the address that is asked about.
        robots: its host's robots.txt; None where there is none that could be read.
        said: what the host's files, the licences named and the page itself say, at one time.
    """
    by_kind: dict[str, list[Signal]] = {}
    for one in said:
        by_kind.setdefault(one.kind, []).append(one)
    held = list(_in_robots(agent, place, robots)) if robots else []
    for kind, ours in by_kind.items():
        held += _ORDERS.get(kind, _plain)(agent, place, ours)
    return tuple(dict.fromkeys(held))


def _in_robots(agent: str, place: Address, robots: RobotsFile) -> Iterator[Signal]:
    """Yield the decision to crawl, and what the agent's group says beside it."""
    group = group_for(robots, agent)
    scope = f"agent:{group.token}" if group else ""
    decided = decide(robots, agent, place.path)
    if decided.rule:
        word = "Allow" if decided.rule.allow else "Disallow"
        yield Signal(
            kind="robots",
            scope=scope,
            usage="crawl",
            value=decided.value,
            specific=decided.group == "named",
            quote=f"line {decided.rule.line}: {word}: {decided.rule.pattern}",
            path=decided.rule.pattern,
        )
    for kind in dict.fromkeys(one.kind for one in robots.signals):
        # "Paths that cannot be crawled have no associated usage preferences" (attach, section 3).
        if kind == "aipref" and decided.crawl == "deny":
            continue
        ours = [one for one in robots.signals if one.kind == kind]
        own = [one for one in ours if one.scope == scope]
        outside = [one for one in ours if one.scope == "site" and kind in _GLOBAL_TOO]
        yield from _longest(own or outside, place, lowercased=robots.lowercased)


def _plain(agent: str, place: Address, said: list[Signal]) -> list[Signal]:
    return [one for one in said if _speaks_to(one, agent) and _length(one, place) > _NEVER]


def _tdmrep(_agent: str, place: Address, said: list[Signal]) -> list[Signal]:
    """Return the one reservation that holds: the page's own, else the first entry that matches."""
    terms = [one for one in said if one.usage == NAMES_A_LICENCE]
    own = [one for one in said if one.scope in {"page", "asset"} and one not in terms]
    entries = sorted((one for one in said if one.scope == "site"), key=_entry)
    in_file = [one for one in entries if one.path and _length(one, place) > _NEVER][:1]
    # A later carrier first; what it leaves out is taken from the one before (absence never resets).
    carriers = [*sorted(own, key=lambda one: one.scope == "asset"), *in_file]
    decisive = next((one for one in carriers if one.value is not Value.UNSPECIFIED), None)
    if decisive is None or decisive.value is Value.ALLOW:
        lints = [one for one in entries if not one.path]
        return [*([decisive] if decisive else carriers), *terms, *lints]
    offer = next((one for one in carriers if one.offer), None)
    if offer is None or decisive.offer:
        return [decisive, *terms]
    quote = f"{decisive.quote}; {offer.quote}"
    return [
        replace(decisive, value=Value.CONDITIONAL, offer=offer.offer, quote=quote),
        *terms,
    ]


def _entry(signal: Signal) -> int:
    """Return which entry of the file it is: a store keeps no order."""
    number = signal.conditions.removeprefix("entry=")
    return int(number) if number.isdecimal() else 0


def _rsl(_agent: str, place: Address, said: list[Signal]) -> list[Signal]:
    """Return, use by use, what the narrowest content that speaks of it says; and what is named."""
    return [
        one
        for usage in dict.fromkeys(one.usage for one in said)
        for scopes in [[one for one in said if one.usage == usage]]
        for one in _longest([one for one in scopes if one.scope in {"page", "asset"}], place)
        or _longest(scopes, place)
    ]


def _ai_txt(agent: str, place: Address, said: list[Signal]) -> list[Signal]:
    """Return, use by use, what is said to the agent by name, else to all agents, else at large.

    A file of groups and one of keys are two protocols under one name: neither hides the other.
    """
    grouped = [one for one in said if one.quote.startswith(_OF_A_GROUP)]
    keyed = [one for one in said if one not in grouped]
    return [*_to_agent(agent, place, grouped), *_to_agent(agent, place, keyed)]


def _to_agent(agent: str, place: Address, said: list[Signal]) -> Iterator[Signal]:
    for usage in dict.fromkeys(one.usage for one in said):
        for scope in (f"agent:{agent.casefold()}", "agent:*", "site"):
            ours = [one for one in said if one.usage == usage and one.scope == scope]
            if ours:
                yield from _longest(ours, place)
                break


_ORDERS: dict[str, Callable[[str, Address, list[Signal]], list[Signal]]] = {
    "tdmrep": _tdmrep,
    "rsl": _rsl,
    "ai-txt": _ai_txt,
}


def _speaks_to(signal: Signal, agent: str) -> bool:
    named = signal.scope.removeprefix("agent:")
    return named == signal.scope or named in {"*", agent.casefold()}


def _longest(said: list[Signal], place: Address, *, lowercased: bool = False) -> list[Signal]:
    """Return those of *said* whose path is the longest that matches; several may be."""
    measured = [(_length(one, place, lowercased=lowercased), one) for one in said]
    most = max((length for length, _ in measured), default=_NEVER)
    return [one for length, one in measured if length == most > _NEVER]


def pattern_at(pattern: str, place: Address) -> str | None:
    """Return what *pattern*, a path or a whole address, is at the host of *place*.

    None: it speaks of another host, or of none.
    """
    if not pattern.startswith(("http://", "https://")):
        return pattern
    try:
        whole = address(pattern)
    except NotAnAddress:
        return None
    return whole.path if whole.authority == place.authority else None


def _length(signal: Signal, place: Address, *, lowercased: bool = False) -> int:
    """Return how specific the path of *signal* is; 0 where it has none, -1 where it differs."""
    pattern, path = pattern_at(signal.path, place), place.path.lower() if lowercased else place.path
    if not pattern:
        return _NEVER if pattern is None else 0
    return pattern_forms(pattern)[0].specificity if matches(pattern, path) else _NEVER
