"""Signals, and the forms that are read and written: what each module says it is about."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMS = (
    ("Manifests that are read", "provenance.manifests", "Form", "../auditing.md"),
    ("Lists that are read", "blocklists.formats", "Format", "../blocklists.md"),
    ("Lists of agents that are read", "provenance.agent_lists", "ListForm", "../agents.md"),
    ("Reports that are written", "audit.reports", "Report", "../reports.md"),
    ("Engines", "audit.engines", "Engine", "../clusters.md"),
)


def signals() -> str:
    """Return every reader of signals."""
    lines = [
        "# Signals",
        "",
        "What is read from a site besides robots.txt; what it means: [signals](../signals.md).",
        "",
        *_table("crawler.signals", "Reader"),
    ]
    return "\n".join(lines) + "\n"


def formats() -> str:
    """Return every form that is read or written."""
    lines = ["# Formats"]
    for title, package, kind, more in _FORMS:
        lines += ["", f"## {title}", "", f"More: [{more[3:-3]}]({more}).", ""]
        lines += _table(package, kind)
    return "\n".join(lines) + "\n"


def _table(package: str, kind: str) -> Iterator[str]:
    """Yield a line for each module: its member's name, and its first sentence."""
    folder = import_module(package)
    wanted = getattr(folder, kind)
    yield "| name | is |"
    yield "|---|---|"
    for info in iter_modules(folder.__path__, f"{package}."):
        module = import_module(info.name)
        (name,) = (one.name for one in vars(module).values() if isinstance(one, wanted))
        about = inspect.cleandoc(module.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
        yield f"| `{name}` | {_in_a_cell(about)} |"


def _in_a_cell(text: str) -> str:
    """Return *text* so that nothing in it ends the cell or begins a tag."""
    return text.replace("|", "\\|").replace("<", "&lt;")
