"""The AI crawlers' robots.txt tokens: data, not code (agents.csv)."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Purpose(StrEnum):
    """What the operator of a token says it fetches for."""

    TRAINING = "training"
    DATASET = "dataset"
    SEARCH = "search"
    USER_FETCH = "user-fetch"
    UNCATEGORISED = "uncategorised"


# A refusal of a search or user-fetch token says nothing about training.
FOR_TRAINING = frozenset({Purpose.TRAINING, Purpose.DATASET})


@dataclass(frozen=True, slots=True)
class Agent:
    """One token that a robots.txt may name."""

    token: str
    operator: str
    purpose: Purpose
    source: str
    """Where the operator and purpose are taken from."""
    checked: str
    """The day that was looked up, ISO."""

    @property
    def key(self) -> str:
        """The token as groups are compared: without case (RFC 9309, section 2.2.1)."""
        return self.token.casefold()


@cache
def agents() -> tuple[Agent, ...]:
    """Return the known agents in the order of the data file."""
    lines = _file().decode("utf-8").splitlines()
    return tuple(
        Agent(**{**row, "purpose": Purpose(row["purpose"])})  # type: ignore[arg-type]
        for row in csv.DictReader(line for line in lines if not line.startswith("#"))
    )


def known_agent(token: str) -> bool:
    """Whether *token* is one of the known agents'."""
    return token.casefold() in {agent.key for agent in agents()}


def agents_digest() -> str:
    """Return the SHA-256 of the data file: which tokens an audit knew."""
    return hashlib.sha256(_file()).hexdigest()


def _file() -> bytes:
    return (resources.files("provenance") / "agents.csv").read_bytes()
