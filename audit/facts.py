"""The facts that rules may speak of: what each can be, where it comes from, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

STORE, DECLARATION, MANIFEST = "store", "declaration", "manifest"
"""Where a fact comes from: what was observed or received, dataset.toml, or a column."""

_BASES = (
    "contemporaneous", "bracketed", "bracketed_wide", "changed_between", "inside_window", "carried",
    "carried_stale", "after_only", "never_observed", "no_collection_date",
)  # fmt: skip
_PURPOSES = (
    "pretraining", "analysis", "finetune_general", "finetune_reproduce", "rag_verbatim", "rag_index",
    "redistribution", "unknown",
)  # fmt: skip
_OFFERED = ("active", "later", "ended", "none")


@dataclass(frozen=True, slots=True)
class Fact:
    """One column of the facts of a row."""

    name: str
    origin: str
    meaning: str
    values: tuple[str, ...] = ()
    """What it can be; empty: yes, no, or unknown."""


def _facts(origin: str, *said: tuple[str, str] | tuple[str, str, tuple[str, ...]]) -> list[Fact]:
    return [Fact(one[0], origin, one[1], *one[2:]) for one in said]


_EVERY = (
    *_facts(
        STORE,
        ("readable", "the address could be read"),
        ("robots_self", "robots.txt refused the agent that collected, on this path"),
        ("robots_self_basis", "how sure that is, by Table A", _BASES),
        (
            "robots_ai",
            "robots.txt refused at least one agent that fetches for training or datasets",
        ),
        ("robots_ai_basis", "how sure that is, by Table A", _BASES),
        ("robots_later", "first observed after collection, and refusing then"),
        (
            "robots_unreachable",
            "robots.txt gave no answer in the 24 hours before collection or during it, and no state"
            " of at most 24 hours before that settles it",
        ),
        (
            "gate",
            "the page itself stood behind a password, login, registration, payment or paywall, by"
            " Table A; where that cannot tell, the front page of its host did. An open front page"
            " says nothing of another page, and an error, a challenge or a 403 nothing of any; a"
            " metered page is unknown",
        ),
        ("gate_basis", "how sure that is, by Table A", _BASES),
        ("gate_later", "a gate was first observed after collection"),
        (
            "declared",
            "the page itself declares a reservation against training or mining, or a file does that"
            " speaks for its whole site (tdmrep.json, ai.txt, trust.txt, Content-Usage and"
            " Content-Signal in robots.txt), each by Table A. What is said to one agent only, and a"
            " licence on conditions such as CC BY, is none; a file that speaks of some paths only"
            " leaves it unknown. A site's file counts even where the page's own header takes it back",
        ),
        ("declared_basis", "how sure that is, by Table A", _BASES),
        ("declared_later", "a declaration was first observed after collection"),
        (
            "listed",
            "named by an entry that was accepted and had not ended at collection"
            " ([the life of an entry](blocklists.md))",
        ),
        (
            "known",
            "the receipt of the earliest notice, seen from collection (Table B)",
            ("before", "during", "after", "unknown"),
        ),
        (
            "known_before_later_act",
            "that receipt lies before the last later act declared; unknown where none is",
        ),
        ("published_before", "the list was public before collection"),
        (
            "unverified",
            "named in a submission that is not verified, or by an entry that is held back",
        ),
    ),
    *_facts(
        DECLARATION,
        ("purpose", "as declared; of several, the strictest", _PURPOSES),
        ("agent_known", "the agent that collected is declared"),
        ("copies", "the dataset holds copies of the contents, not only addresses"),
    ),
)

FACTS: dict[str, Fact] = {fact.name: fact for fact in _EVERY}
