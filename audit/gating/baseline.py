"""A baseline: findings that somebody accepted, for which reason and until when."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from audit.rules import LEVELS
from provenance.errors import InputRefused, UsageRefused
from provenance.strict_json import NotStrictJson, json_text, parse_object
from provenance.suffixes import place
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMAT = "provisor-baseline/1"
MOST = 100_000
"""So many acceptances a file may hold: more of them nobody has looked at."""

_SEALED = "ILL-"
_MOST_OCTETS = 64 * 1024 * 1024
_MORE = frozenset("/\\?#@")
"""What stands in an address beside its host."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One rule that is accepted, at one place or everywhere."""

    rule: str
    lowest: str
    highest: str
    """It is accepted from this level to that; where the rule stands higher, it is not."""
    reason: str
    until: date
    """The last day on which it holds."""
    site: str = ""
    """The registrable domain; all its hosts."""
    host: str = ""
    """Or exactly this host, with its port. With neither: everywhere."""
    rows: int | None = None
    """At most so many; None: any number."""
    by: str = ""
    made_on: date | None = None

    @property
    def kind(self) -> str:
        """What the place is: site, host or everywhere."""
        return "site" if self.site else "host" if self.host else "everywhere"

    @property
    def ranks(self) -> tuple[int, int]:
        """The levels as they are ordered, from 1."""
        return LEVELS.index(self.lowest) + 1, LEVELS.index(self.highest) + 1

    @property
    def where(self) -> str:
        """The place, to be shown."""
        return self.site or self.host or "everywhere"

    @property
    def key(self) -> tuple[str, str, str]:
        """What there is one acceptance of."""
        return self.rule, self.site, self.host


def read_baseline(path: Path) -> tuple[Acceptance, ...]:
    """Return what the file at *path* accepts.

    Raises:
        InputRefused: it is no baseline, or an acceptance lacks its reason or its last day.
    """
    try:
        if path.stat().st_size > _MOST_OCTETS:
            raise InputRefused(str(path), "larger than 64 MiB", "accept rules everywhere instead")
        said = parse_object(path.read_bytes())
    except OSError as error:
        raise InputRefused(str(path), f"cannot be read ({error.strerror})", "check it") from None
    except NotStrictJson as error:
        raise InputRefused(str(path), str(error), "write it with `provisor accept`") from None
    several = said.get("accepted")
    if said.get("format") != FORMAT or not isinstance(several, list) or len(several) > MOST:
        fact = f"no {FORMAT} with a list `accepted` of at most {MOST:,}"
        raise InputRefused(str(path), fact, "write it with `provisor accept`")
    found: dict[tuple[str, str, str], Acceptance] = {}
    for number, one in enumerate(several, start=1):
        where = f"{path}, acceptance {number}"
        acceptance = _read(one, where)
        if found.setdefault(acceptance.key, acceptance) is not acceptance:
            raise InputRefused(where, "an earlier one is of the same rule and place", "keep one")
    return tuple(found.values())


def baseline_text(several: Iterable[Acceptance]) -> str:
    """Return the file that holds *several*, by rule and place."""
    ordered = sorted(several, key=lambda one: one.key)
    said = [{name: value for name, value in asdict(one).items() if value != ""} for one in ordered]
    whole = {"format": FORMAT, "accepted": said}
    return json_text(whole, default=str) + "\n"


def refuse_unaccountable(reason: str, until: date, today: date) -> None:
    """Refuse an acceptance that nobody could answer for.

    Raises:
        UsageRefused: it gives no reason, or is over already.
    """
    if not reason.strip():
        raise UsageRefused("--reason", "says nothing", "say why it is accepted")
    if until < today:
        raise UsageRefused("--until", f"{until} has passed", "name a day to come")


def merged(old: Iterable[Acceptance], new: Iterable[Acceptance]) -> tuple[Acceptance, ...]:
    """Return both; of the same rule and place the new one."""
    return tuple(({one.key: one for one in old} | {one.key: one for one in new}).values())


def _read(said: object, where: str) -> Acceptance:
    if not isinstance(said, dict):
        raise InputRefused(where, "is no object", "write it with `provisor accept`")
    names = {field.name for field in fields(Acceptance)}
    if strangers := sorted(said.keys() - names):
        raise InputRefused(where, f"has {strangers[0]!r}", f"known are {', '.join(sorted(names))}")
    for name in ("rule", "lowest", "highest", "reason", "until"):
        if not isinstance(said.get(name), str) or not said[name].strip():
            raise InputRefused(where, f"does not say {name!r}", "say it")
    try:
        found = Acceptance(
            **said
            | {
                "until": date.fromisoformat(said["until"]),
                "made_on": date.fromisoformat(said["made_on"]) if said.get("made_on") else None,
            }
        )
    except (TypeError, ValueError) as error:
        raise InputRefused(where, f"a date is none ({error})", "write it as 2027-01-31") from None
    if wrong := _wrong(found, said):
        raise InputRefused(where, *wrong)
    return replace(found, site=_spelt(found.site, where), host=_spelt(found.host, where))


def _wrong(one: Acceptance, said: dict[str, Any]) -> tuple[str, str] | None:
    """Return what is wrong with an acceptance, and what helps."""
    if strange := [level for level in (one.lowest, one.highest) if level not in LEVELS]:
        return f"{strange[0]!r} is no level", f"known are {', '.join(LEVELS)}"
    if one.rule.startswith(_SEALED):
        return f"{one.rule} is of illegal content, which nobody accepts", "remove it"
    if one.site and one.host:
        return "names a site and a host", "name one of them"
    if any(not isinstance(said.get(name, ""), str) for name in ("site", "host", "by")):
        return "a name is no text", "put it into quotes"
    counted = isinstance(one.rows, int) and not isinstance(one.rows, bool) and one.rows >= 0
    if one.rows is not None and not counted:
        return "rows is no number of rows", "leave it out for any number"
    if one.site and place(one.site).is_suffix:
        return f"{one.site!r} is a public suffix, with many owners below it", "name a host"
    return None


def _spelt(name: str, where: str) -> str:
    """Return a host or site as audits spell it."""
    if not name:
        return ""
    try:
        found = address(f"https://{name}/")
    except NotAnAddress:
        found = None
    # A path would be left out, and what was meant for a part of a site be accepted of all of it.
    if found is None or _MORE.intersection(name):
        raise InputRefused(where, f"{name[:80]!r} is no host", "write it as site.example")
    return found.authority
