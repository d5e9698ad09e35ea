"""What a robots.txt says, judged anew: groups by RFC 9309, section 2.2.1; paths by Protego.

Nothing of the project's own reader is used. Protego gets a body with the rules of the selected
group alone, because its own choice of a group takes `Applebot` for `Applebot-Extended`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from protego import Protego

Rules = tuple[tuple[str, str], ...]
"""(allow or disallow, pattern), in the order of the file."""

_AGENT = {"user-agent", "useragent", "user agent"}
_RULE = {"allow": "Allow", "disallow": "Disallow", "dissallow": "Disallow"}
_LEADING = re.compile(r"[\w.-]+", re.ASCII)


@dataclass(frozen=True)
class Body:
    """One robots.txt as it was received."""

    octets: bytes
    lowercased: bool

    @cached_property
    def groups(self) -> dict[str, Rules]:
        """The rules for each name that a User-agent line has, those of one name merged."""
        groups: dict[str, Rules] = {}
        for names, rules in _records(self.octets.removeprefix(b"\xef\xbb\xbf").decode()):
            for name in set(names):
                groups[name] = groups.get(name, ()) + tuple(rules)
        return groups

    @cached_property
    def refusing_groups(self) -> int:
        """How many names have a rule that forbids something."""
        return sum(
            any(field == "Disallow" and pattern for field, pattern in rules)
            for rules in self.groups.values()
        )

    def rules_for(self, agent: str) -> Rules:
        """Return the rules that speak to *agent*: its own, else those for all, else none."""
        own = self.groups.get(agent.casefold())
        return own if own is not None else self.groups.get("*", ())

    def refused(self, agents: tuple[str, ...], path: str) -> frozenset[str]:
        """Return those of *agents* that may not fetch *path*."""
        asked = path.lower() if self.lowercased else path
        return frozenset(
            agent
            for rules, spoken_to in self._by_rules(agents).items()
            if not allowed(rules, asked)
            for agent in spoken_to
        )

    def _by_rules(self, agents: tuple[str, ...]) -> dict[Rules, list[str]]:
        if agents not in self._shared:
            shared: dict[Rules, list[str]] = {}
            for agent in agents:
                shared.setdefault(self.rules_for(agent), []).append(agent)
            self._shared[agents] = shared
        return self._shared[agents]

    @cached_property
    def _shared(self) -> dict[tuple[str, ...], dict[Rules, list[str]]]:
        return {}


def allowed(rules: Rules, path: str) -> bool:
    """Whether *rules* allow canonical *path*, by Protego."""
    if not any(field == "Disallow" and pattern for field, pattern in rules):
        return True
    return _parser(rules).can_fetch(f"https://host.example{path}", "agent")


@cache
def _parser(rules: Rules) -> Protego:
    lines = "".join(f"{field}: {pattern}\n" for field, pattern in rules)
    return Protego.parse(f"User-agent: agent\n{lines}")


def _records(text: str) -> list[tuple[list[str], list[tuple[str, str]]]]:
    """Return the groups as they stand: names, then rules; a name after a rule begins the next."""
    records: list[tuple[list[str], list[tuple[str, str]]]] = []
    for line in re.split(r"\r\n|\r|\n", text):
        name, colon, value = line.partition("#")[0].partition(":")
        field, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if field in _AGENT:
            if not records or records[-1][1]:
                records.append(([], []))
            records[-1][0].extend(_names(value))
        elif field in _RULE and records:
            records[-1][1].append((_RULE[field], value))
    return records


def _names(value: str) -> list[str]:
    """Return what a User-agent line addresses: its value, and the product token it begins with."""
    leading = _LEADING.match(value)
    return [value.casefold()] + ([leading[0].casefold()] if leading else [])
