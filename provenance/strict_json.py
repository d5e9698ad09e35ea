"""JSON without surprises: no duplicate keys, no NaN, no endless nesting or numbers."""

from __future__ import annotations

import json


class NotStrictJson(ValueError):
    """The text is not JSON that has exactly one meaning."""


def parse_object(text: str | bytes) -> dict[str, object]:
    """Return the object that *text* is.

    Raises:
        NotStrictJson: it is no JSON object, repeats a key, or holds what JSON does not know.
    """
    try:
        text = text if isinstance(text, str) else text.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_constant)
    except NotStrictJson:
        raise
    except (ValueError, RecursionError) as error:
        raise NotStrictJson(f"not JSON ({str(error)[:100]})") from error
    if not isinstance(value, dict):
        raise NotStrictJson("not a JSON object")
    return value


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotStrictJson(f"the key {twice[:40]!r} stands twice")
    return members


def _no_constant(name: str) -> object:
    raise NotStrictJson(f"{name} is not JSON")
