"""Data sets that the operator has opened: holders may ask whether their works are in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.folder import alone, replace_json
from portal.shelf import opened_sets
from provenance.errors import UsageRefused
from provenance.show import show

if TYPE_CHECKING:
    from portal.folder import Folder

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")


def change_sets(folder: Folder, name: str, said: dict[str, str] | None) -> None:
    """Open the set *name* with its path and title; None: close it.

    Raises:
        UsageRefused: the name cannot be used, or no set is open by it.
    """
    if not _NAME.fullmatch(name):
        fact = f"{show(name, 80)!r} is not made of a-z, 0-9, '.', '_' and '-'"
        raise UsageRefused("set", fact, "give it another name")
    with alone(folder, "sets"):
        found = opened_sets(folder)
        if said is None and name not in found:
            raise UsageRefused("set", f"no set {show(name)} is open", "see sets.json")
        others = {one: what for one, what in found.items() if one != name}
        replace_json(folder.path / "sets.json", others | ({name: said} if said else {}))
