"""JSON without surprises: no duplicate keys, no NaN, no endless nesting, nothing hidden."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from provenance.show import HIDDEN

if TYPE_CHECKING:
    import re
    from collections.abc import Callable


def json_text(
    value: object, *, indent: int | None = 2, default: Callable[[object], object] | None = None
) -> str:
    """Return *value* as JSON that means the same to every reader and steers no terminal.

    What is hidden is escaped, and so are halves of characters; letters of all scripts stay.

    Raises:
        ValueError: there is a number in it that JSON does not know.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, default=default)
    return HIDDEN.sub(_escaped, text)


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


def _escaped(hidden: re.Match[str]) -> str:
    # Between the values stand blanks and ends of lines alone; within them those are escaped by now.
    return "\n" if hidden[0] == "\n" else json.dumps(hidden[0])[1:-1].replace("\x7f", "\\u007f")


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        # Whoever wrote it may have written a million names: each is looked at once.
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise NotStrictJson(f"the key {twice[:40]!r} stands twice")
    return members


def _no_constant(name: str) -> object:
    raise NotStrictJson(f"{name} is not JSON")
