"""The facts that rules may speak of: what each can be, where it comes from, and what it means."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Fact:
    """One column of the facts of a row."""

    name: str
    origin: str
    """`store`: observed or received; `declaration`, `terms`, `inquiries`: by dataset.toml;
    `manifest`: by the columns that it names."""
    values: tuple[str, ...]
    """What it can be; empty: yes, no, or unknown."""
    meaning: str


def _read() -> dict[str, Fact]:
    text = (resources.files("audit") / "facts.csv").read_text("utf-8")
    return {
        row["name"]: Fact(row["name"], row["origin"], tuple(row["values"].split()), row["meaning"])
        for row in csv.DictReader(text.splitlines())
    }


FACTS = _read()
"""By name, in the order of docs/rules.md."""
