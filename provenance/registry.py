"""Families: packages in which every module holds exactly one member; the folder is the registry."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from types import ModuleType


class _Named(Protocol):  # pragma: no cover
    @property
    def name(self) -> str: ...


NamedT = TypeVar("NamedT", bound=_Named)


def collect(package: ModuleType, kind: type[NamedT]) -> dict[str, NamedT]:
    """Return the one *kind* that each module of *package* defines, by name.

    Raises:
        TypeError: a module holds none or several, or two share a name.
    """
    found: dict[str, NamedT] = {}
    for info in iter_modules(package.__path__, f"{package.__name__}."):
        members = [
            item for item in vars(import_module(info.name)).values() if isinstance(item, kind)
        ]
        if len(members) != 1:
            message = f"{info.name}: expected one {kind.__name__}, found {len(members)}"
            raise TypeError(message)
        (member,) = members
        if member.name in found:
            message = f"{info.name}: the name {member.name!r} is taken"
            raise TypeError(message)
        found[member.name] = member
    return found
