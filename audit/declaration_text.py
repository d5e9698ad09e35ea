"""A declaration as a file to fill in: what is declared, and in comments all that could be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from audit.declaration import ActKind, Purpose, Thresholds
from audit.declared import COLUMNS, answerable
from audit.declared_said import said_of
from audit.facts import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from audit.declaration import Declaration

_HEAD = """\
# What is declared of a dataset, for `provisor audit --declaration`. What is not declared is
# unknown: leave out what you do not know, and take the mark # from what you do (docs/auditing.md).
"""
_DATASET = {
    "name": '"my-set"',
    "version": '"1"',
    "purpose": f'"pretraining"   # {", ".join(map(str, Purpose))}; or a list of several',
    "signed": '"who declared the purpose, and when"',
    "agent": '"CCBot"   # the robots.txt token of the crawler that collected',
    "copies": "true   # it holds the contents, not only their addresses",
    "timezone": '"Asia/Tokyo"   # for dates without a zone; UTC where left out',
    "sources": '["c4"]   # the corpora it was made from; [] says: none',
    "shared_hosts": '["drive.example"]   # where many unrelated people put contents',
    "caption_tokens": '["sks style"]   # names and trigger words to look for in captions',
}
_ACT = f"""\
# What was done, when: a moment, a day or a month. Kinds are
# {", ".join(map(str, ActKind))}.
# An act that accessed every row, besides the row's own date, says so, with its own agent.
# [[act]]
# kind = "crawl"
# from = 2024-02-01
# to = 2024-02-20
#
# [[act]]
# kind = "download"
# from = 2024-05-01
# agent = "img2dataset"
# every_row = true
"""
_TERMS = """\
# Licences held, offers found on the market (`dataset`: a database for analysis or a licence for
# mining; `api`: a paid interface), and past sales of such databases. `sites` names hosts with all
# below them; left out, it is the whole dataset. A licence may name the purposes that it is for.
# [[licence]]
# name = "contract 7"
# from = 2024-01-01
# to = 2025-12-31
# sites = ["press.example"]
# purposes = ["pretraining"]
#
# [[offer]]
# kind = "dataset"
# name = "https://press.example/data, seen 2024-02-01"
# from = 2023-06-01
# sites = ["press.example"]
#
# [[sale]]
# name = "annual report 2023"
# from = 2023-03-01
# sites = ["press.example"]
#
# Sentences against mining or training that a person read in terms of service, and from when on.
# [[reservation]]
# name = "https://press.example/terms, section 4, read 2024-02-01"
# from = 2023-06-01
# sites = ["press.example"]
#
# Requests that came: removal, outputs, question. One without an answer is open.
# [[inquiry]]
# kind = "removal"
# received = 2024-07-01
# answered = 2024-07-20
"""


def declaration_text(declared: Declaration, columns: Mapping[str, str] | None = None) -> str:
    """Return a commented dataset.toml that declares what *declared* does, and nothing else.

    Args:
        declared: what is known already.
        columns: columns that a manifest seems to have for what `declared.COLUMNS` names; they
            stand in comments, for reading them is for the user to decide.
    """
    said = said_of(declared)
    parts = [
        _HEAD,
        "[dataset]\n" + "".join(_lines(said.pop("dataset", {}), _DATASET)),
        "".join(_listed(said)) or _ACT + "\n" + _TERMS,
        "# Answers that only you can give, as true or false.\n[facts]\n"
        + "".join(_lines(said.get("facts", {}), _answers())),
        "# Columns of the manifest that hold more. Each costs the reading of it.\n[columns]\n"
        + "".join(_lines(said.get("columns", {}), _columns(columns or {}))),
        "# From where on something counts: choices of ours, without a legal source.\n[thresholds]\n"
        + "".join(_lines(said.get("thresholds", {}), _thresholds())),
    ]
    return "\n".join(parts)


def _lines(said: Mapping[str, Any], known: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each key: what is said of it, else the example in a comment."""
    for name, example in known.items():
        yield f"{name} = {_value(said[name])}\n" if name in said else f"# {name} = {example}\n"


def _listed(said: Mapping[str, Any]) -> Iterator[str]:
    for table in ("act", "licence", "offer", "sale", "reservation", "inquiry"):
        for one in said.get(table, []):
            yield f"[[{table}]]\n"
            yield from (f"{name} = {_value(value)}\n" for name, value in one.items())
            yield "\n"


def _answers() -> dict[str, str]:
    return {
        name: (f'"{values[0]}"   # {", ".join(values)}: ' if values else "false   # ")
        + FACTS[name].meaning
        for name, values in answerable().items()
    }


def _columns(found: Mapping[str, str]) -> dict[str, str]:
    return {
        name: f"{_value(found.get(name, name))}   # {meaning}" for name, meaning in COLUMNS.items()
    }


def _thresholds() -> dict[str, str]:
    defaults = Thresholds()
    meanings = {
        "repeats": "contents seen so often are repeated (ENJ-07)",
        "creator_share": "of all rows: such a creator or person dominates the set (STY)",
        "small_rows": "a set of at most so many rows is small (STY-01)",
        "caption_share": "of all rows: so many captions name the creator or a token (STY-03)",
        "sealed_pages": "pages of a host on sealed lists from where on it is left out (ILL-05)",
        "site_rows": "rows of one site from where on it is bulk (PRV-10); 0: sites are not counted",
        "reply_days": "days until an answer is late (REM-05)",
    }
    return {name: f"{getattr(defaults, name)}   # {meaning}" for name, meaning in meanings.items()}


def _value(value: Any) -> str:
    """Return *value* as TOML has it: as JSON has it, but for the one character TOML forbids."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
