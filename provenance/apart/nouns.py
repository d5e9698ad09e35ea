"""What a worker may hand back: nouns of ours, numbers, words, times, errors; nothing that acts.

A pickle names what its reader is to call. A worker has read what a stranger made; were it taken
over, what it hands back must not call anything here. So no function is found, and of classes only
those that hold something: our dataclasses, named tuples and enumerations, errors, and a few of
Python's own (https://docs.python.org/3/library/pickle.html, "Restricting Globals").
"""

from __future__ import annotations

import io
import pickle
import sys
from dataclasses import is_dataclass
from enum import Enum
from typing import Any

_OURS = frozenset({"audit", "blocklists", "crawler", "portal", "provenance"})
_PLAIN = frozenset({
    ("builtins", "frozenset"), ("builtins", "set"), ("collections", "Counter"),
    ("collections", "OrderedDict"), ("datetime", "date"), ("datetime", "datetime"),
    ("datetime", "timedelta"), ("datetime", "timezone"), ("decimal", "Decimal"),
    ("pathlib", "PosixPath"),
})  # fmt: skip


class Unfit(Exception):
    """What was handed back is no message, or names what is no noun."""


def load(octets: bytes | bytearray) -> Any:
    """Return what *octets*, a pickle, hold.

    Raises:
        Unfit: it cannot be read, or names anything that is no noun.
    """
    try:
        return _Nouns(io.BytesIO(octets)).load()
    except Exception as error:  # what a damaged pickle raises is not bounded
        raise Unfit(f"{type(error).__name__}: {error}") from error


class _Nouns(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN or module.partition(".")[0] in _OURS:
            found = super().find_class(module, name)
            if (module, name) in _PLAIN or (isinstance(found, type) and _holds(found)):
                return found
        elif "." not in name and isinstance(error := _known(module, name), type):
            return error
        raise pickle.UnpicklingError(f"{module}.{name} is no noun")


def _holds(found: type) -> bool:
    """Whether *found* is a class of things that hold something and do nothing."""
    return (
        is_dataclass(found)
        or issubclass(found, (BaseException, Enum))
        or (issubclass(found, tuple) and hasattr(found, "_fields"))
    )


def _known(module: str, name: str) -> object:
    """Return an error that somebody here has imported; nothing is imported for a worker."""
    found = getattr(sys.modules.get(module), name, None)
    return found if isinstance(found, type) and issubclass(found, BaseException) else None
