"""A policy for continuous integration: how many rows may stand at which level, rule or unknown."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.rules import LEVELS
from provenance.errors import InputRefused
from provenance.many import many
from provenance.show import show

if TYPE_CHECKING:
    from pathlib import Path

_KEYS = frozenset({"name", "profile", "level", "rule", "unknown", "rows", "share"})
_COUNTED = ("level", "rule", "unknown")
_MOST_OCTETS = 1024 * 1024
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*gate[ \t]*\]\]", re.MULTILINE)
_REMEDY = "see docs/gating.md"


@dataclass(frozen=True, slots=True)
class Gate:
    """One line of a policy: what is counted, and how much of it may be."""

    level: str = ""
    """Rows at this level or above; with a rule, only those it fires on there."""
    rule: str = ""
    unknown: bool = False
    """Rows that could not be told."""
    rows: int | None = 0
    """At most so many; None: the share alone counts."""
    share: float | None = None
    """At most this part of all rows, 0 to 1."""
    profile: str = ""
    """Only rules of it; empty: all."""
    name: str = ""
    line: int | None = None
    """Where it stands in its file; None: on the command line."""

    @property
    def counted(self) -> str:
        """What is counted, in words."""
        what = {
            "rule": f"rows on which {self.rule} fires",
            "level": "rows",
            "unknown": "rows that could not be told",
        }[next(key for key in ("rule", "unknown", "level") if getattr(self, key))]
        at = f" at {self.level} or above" if self.level else ""
        return what + at + (f" by profile {self.profile}" if self.profile else "")


def read_policy(path: Path) -> tuple[Gate, ...]:
    """Return the gates of the policy at *path*.

    Raises:
        InputRefused: it is no TOML, has no gate, or holds a key or a value we do not know.
    """
    try:
        if path.stat().st_size > _MOST_OCTETS:
            raise InputRefused(str(path), "larger than 1 MiB", "name a policy")
        text = path.read_bytes().decode()
        said = tomllib.loads(text)
    except OSError as error:
        raise InputRefused(str(path), f"cannot be read ({error.strerror})", "check it") from None
    except (ValueError, RecursionError) as error:
        raise InputRefused(str(path), f"not a TOML file ({error})", _REMEDY) from None
    gates = said.get("gate")
    if said.keys() != {"gate"} or not isinstance(gates, list) or not gates:
        strange = show(str(sorted(said.keys() - {"gate"})))
        fact = f"holds {strange} beside gates" if said.keys() - {"gate"} else "has no [[gate]]"
        raise InputRefused(str(path), fact, _REMEDY)
    lines = [text.count("\n", 0, found.start()) + 1 for found in _HEADER.finditer(text)]
    if len(lines) != len(gates):
        fact = f"{many(len(gates), 'gate')} on {many(len(lines), 'line')} [[gate]]"
        raise InputRefused(str(path), fact, "write each below a [[gate]] of its own")
    return tuple(_gate(one, path, line) for one, line in zip(gates, lines, strict=True))


def _gate(said: object, path: Path, line: int) -> Gate:
    where = f"{path}, line {line}"
    if not isinstance(said, dict):
        raise InputRefused(where, "a gate is no table", _REMEDY)
    if strangers := sorted(said.keys() - _KEYS):
        fact = f"a gate has {show(strangers[0])!r}"
        raise InputRefused(where, fact, f"known are {', '.join(sorted(_KEYS))}")
    if wrong := _wrong(said):
        raise InputRefused(where, wrong, _REMEDY)
    limits = {"rows": said.get("rows", None if "share" in said else 0), "share": said.get("share")}
    return Gate(**said | limits, line=line)


def _wrong(said: dict[str, Any]) -> str:
    """Return what is wrong with a gate; empty: nothing. A gate nobody can fail is wrong too."""
    for name in ("name", "profile", "level", "rule"):
        if name in said and (not isinstance(said[name], str) or not said[name]):
            return f"{name} is no text"
    counted = [name for name in _COUNTED if name in said]
    if not counted or ("unknown" in said and len(counted) > 1):
        return "a gate counts a level, a rule (at a level or at any), or unknown = true"
    if said.get("level", "info") not in LEVELS or said.get("level") == "unknown":
        return f"{show(said['level'])!r} is no level to gate at; unknown = true counts what is"
    if said.get("unknown", True) is not True:
        return "unknown is written as true, or left out"
    rows, share = said.get("rows", 0), said.get("share", 0)
    if not isinstance(rows, int) or isinstance(rows, bool) or rows < 0:
        return "rows is no number of rows"
    if not isinstance(share, int | float) or isinstance(share, bool) or not 0 <= share < 1:
        return "share is no part of all rows, such as 0.05"
    return ""
