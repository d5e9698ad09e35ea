"""JSON whose objects may hold a name twice: no value hides another (RFC 8259, section 4)."""

from __future__ import annotations

import json
from typing import Any


class Repeated(tuple[Any, ...]):
    """The values of a name that stands several times in one object, and differs."""

    __slots__ = ()


def parsed_json(text: str) -> Any:
    """Return what *text* holds; None where it is no JSON, or nested too deep."""
    try:
        return json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        return None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    values: dict[str, list[Any]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {
        name: found[name] if len({repr(one) for one in said}) == 1 else Repeated(said)
        for name, said in values.items()
    }
