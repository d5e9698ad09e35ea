"""What statements of several standards come to together, use by use.

Any denial denies; else any condition makes it conditional; else any permission allows; else nothing
is specified (the principle of draft-ietf-aipref-vocab, section 5.1, with conditions added). A
refusal to be crawled refuses every use by that agent; leave to crawl lifts nothing. Offers are kept
where a denial wins: they show a market. Gates are another axis and change no value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.records import Gate, Signal, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

USAGES = ("crawl", "mine", "train", "train-genai", "ai-input", "ai-index", "search")

# A reservation of a part reserves the whole that a builder asks about; training is mining, too.
_RESERVED_BY = {
    "crawl": frozenset(USAGES),
    "mine": frozenset({"mine", "train", "train-genai"}),
    "train": frozenset({"train", "train-genai"}),
    "train-genai": frozenset({"train", "train-genai"}),
}
# Permission for a part is none for the whole.
_PERMITTED_BY = {
    "mine": frozenset({"mine", "train", "train-genai"}),
    "train": frozenset({"train", "train-genai"}),
}
_ORDER = (Value.DENY, Value.CONDITIONAL, Value.ALLOW)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one use."""

    usage: str
    value: Value
    decided_by: tuple[Signal, ...] = ()
    """The statements with that value; empty where nothing is specified."""
    contradicted_by: tuple[Signal, ...] = ()
    """Permissions that stand against a denial or a condition: shown, never weighed."""
    coverage: str = ""
    """`all` or, where each of the deciding statements names one agent, `some`."""
    agents: tuple[str, ...] = ()
    """Whom they name, where coverage is `some`."""

    @property
    def finding(self) -> str:
        """`contradiction` where the statements disagree; their quotes are the evidence."""
        return "contradiction" if self.contradicted_by else ""


@dataclass(frozen=True, slots=True)
class Combined:
    """All answers, and what stands beside them."""

    answers: dict[str, Answer]
    """One for each of `USAGES`."""
    offers: tuple[str, ...]
    """Prices and addresses of terms, of whatever won."""
    gates: tuple[Gate, ...]


def combined(signals: Iterable[Signal]) -> Combined:
    """Return what *signals* of one moment come to.

    Those of `crawler.holding` give one agent's view; all that a site says gives the site's, in
    which a refusal by name covers some agents and never closes the site.
    """
    said = tuple(signals)
    return Combined(
        answers={usage: _answer(usage, said) for usage in USAGES},
        offers=tuple(dict.fromkeys(one.offer for one in said if one.offer)),
        gates=tuple(dict.fromkeys(one.gate for one in said if one.gate is not Gate.NONE)),
    )


def _answer(usage: str, said: tuple[Signal, ...]) -> Answer:
    about = [one for one in said if _speaks_of(one, usage)]
    value = next((value for value in _ORDER if any(one.value is value for one in about)), None)
    if value is None:
        return Answer(usage, Value.UNSPECIFIED)
    deciding = tuple(one for one in about if one.value is value)
    against = tuple(one for one in about if one.value is Value.ALLOW is not value)
    named = tuple(dict.fromkeys(_agent(one) for one in deciding))
    some = all(named)
    return Answer(
        usage=usage,
        value=value,
        decided_by=deciding,
        contradicted_by=against,
        coverage="some" if some else "all",
        agents=named if some else (),
    )


def _speaks_of(signal: Signal, usage: str) -> bool:
    """Whether the value of *signal* bears on *usage*."""
    reserves = signal.value in {Value.DENY, Value.CONDITIONAL}
    covered = (_RESERVED_BY if reserves else _PERMITTED_BY).get(signal.usage, {signal.usage})
    # A price of crawling is no refusal of the uses that come after.
    if signal.usage == "crawl" and signal.value is Value.CONDITIONAL:
        covered = {"crawl"}
    return usage in covered


def _agent(signal: Signal) -> str:
    """Return the agent that *signal* is limited to; empty for all."""
    named = signal.scope.removeprefix("agent:")
    return "" if named in {signal.scope, "*"} else named
