"""Taking a mutant in: a process that has imported everything behaves as if the file were changed.

Functions that others hold by name get the code of the changed ones, and what a module keeps gets
its new value wherever that is kept. Files that are read at run time are read as changed. What
cannot be reached so (a default that another module copied) leaves a mutant alive, which is seen.
"""

from __future__ import annotations

import functools
import gc
import inspect
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.mutants.mutant import Mutant

_OURS = ("audit", "blocklists", "cli", "crawler", "portal", "provenance", "tests")


def caches() -> list[Any]:
    """Return the functions of ours that remember their answers."""
    return [
        one
        for one in gc.get_objects()
        if isinstance(one, functools._lru_cache_wrapper) and _is_ours(one.__module__)
    ]


def graft(mutant: Mutant, remembering: Iterable[Any]) -> None:
    """Make this process behave as if *mutant* stood on the disk."""
    path = ROOT / mutant.file
    if path.suffix == ".py":
        name = ".".join(Path(mutant.file).with_suffix("").parts).removesuffix(".__init__")
        if name in sys.modules:
            _graft_module(sys.modules[name], path, mutant.text)
    _reading_otherwise(path, mutant.text)
    for one in remembering:
        one.cache_clear()


def _is_ours(module: str | None) -> bool:
    return (module or "").partition(".")[0] in _OURS


def _reading_otherwise(path: Path, text: str) -> None:
    read_text, read_bytes = Path.read_text, Path.read_bytes

    def text_of(self: Path, *args: Any, **more: Any) -> str:
        return text if self == path else read_text(self, *args, **more)

    def bytes_of(self: Path) -> bytes:
        return text.encode() if self == path else read_bytes(self)

    Path.read_text, Path.read_bytes = text_of, bytes_of  # type: ignore[method-assign]


def _graft_module(module: types.ModuleType, path: Path, text: str) -> None:
    changed = types.ModuleType(module.__name__)
    changed.__file__, changed.__package__ = module.__file__, module.__package__
    exec(compile(text, str(path), "exec", dont_inherit=True), vars(changed))  # noqa: S102
    holders = [vars(one) for name, one in list(sys.modules.items()) if one and _is_ours(name)]
    for name, new in vars(changed).items():
        old = vars(module).get(name)
        if name.startswith("__") or _grafted(old, new, module.__name__):
            continue
        for holder in holders:
            if holder.get(name) is old or holder is vars(module):
                holder[name] = new


def _grafted(old: Any, new: Any, module: str) -> bool:
    """Give what others hold the behaviour of *new*; return whether that is all of it."""
    if isinstance(old, type) and isinstance(new, type):
        if old.__module__ == module:
            for name, member in vars(new).items():
                _grafted(vars(old).get(name), member, module)
        return True
    if isinstance(old, property) and isinstance(new, property):
        return _grafted(old.fget, new.fget, module)
    before, after = _function(old), _function(new)
    if not before or not after:
        return isinstance(old, types.ModuleType)
    if len(before.__code__.co_freevars) == len(after.__code__.co_freevars):
        before.__code__ = after.__code__
        before.__defaults__, before.__kwdefaults__ = after.__defaults__, after.__kwdefaults__
        return True
    return False


def _function(one: Any) -> types.FunctionType | None:
    plain = one.__func__ if isinstance(one, (classmethod, staticmethod)) else one
    found = inspect.unwrap(plain) if callable(plain) else None
    return found if isinstance(found, types.FunctionType) else None
