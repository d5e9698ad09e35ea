"""Questions, answered by tools that the portal is handed: it neither crawls nor audits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.messages import MessageKind
from portal.refusing import fact_in_each
from portal.shelf import opened_sets
from provenance.errors import ProvisorError, UsageRefused
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portal.folder import Folder
    from portal.messages import Message

    Answerers = Mapping[str, Callable[..., dict[str, Any]]]
    """By the kind of question; each returns `lines` in each language, and `told` as plain data."""


def answer(folder: Folder, message: Message, answerers: Answerers) -> dict[str, Any]:
    """Return the answer to a question, or why there is none: which is no answer either way."""
    answerer = answerers.get(message.kind)
    if answerer is None:
        return {"outcome": "answered", **fact_in_each("nobody answers such questions here")}
    try:
        return {"outcome": "answered", **answerer(*_asked(folder, message))}
    except ProvisorError as error:
        # Its place is the operator's: a path says nothing to whoever asks.
        return {"outcome": "answered", **fact_in_each(error.fact)}


def _asked(folder: Folder, message: Message) -> tuple[Any, ...]:
    if message.kind is MessageKind.INSPECTION:
        return (message.said["site"],)
    name = message.said["set"]
    opened = opened_sets(folder).get(name)
    if opened is None:
        raise UsageRefused("set", f"no set {show(name, 60)!r} is open any more", "")
    return (opened["path"], message.said["works"])
