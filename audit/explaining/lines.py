"""Which line of a robots.txt refused whom, as it stands in that very file.

The store keeps each set of rules once, with the line numbers of the first file that held it; so
the lines are looked for in the file's own octets.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from provenance.robots_form import match_form, pattern_forms
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.records import RobotsFile, RobotsRule


def deciding_lines(
    file: RobotsFile, path: str, agents: Sequence[str]
) -> list[tuple[int, str, str, list[str]]]:
    """Return the rules of *file* that refuse *path* to *agents*.

    Returns:
        the line, `Disallow`, the pattern as written, and whom it refuses; by line.
    """
    groups = {group.token: group for group in file.groups}
    spoken_to: dict[str, list[str]] = defaultdict(list)
    for agent in agents:
        key = agent.casefold() if agent.casefold() in groups else "*"
        spoken_to[key].append(agent)
    refused: dict[RobotsRule, list[str]] = defaultdict(list)
    for key, who in spoken_to.items():
        group = groups.get(key)
        best = _best(group.rules, path, folded=file.lowercased) if group else None
        if best and not best.allow:
            refused[best] += who
    return sorted(
        (rule.line, "Disallow", rule.pattern, sorted(who)) for rule, who in refused.items()
    )


def _best(rules: Sequence[RobotsRule], path: str, *, folded: bool) -> RobotsRule | None:
    """Return the longest rule that matches; of equal ones that which allows (RFC 9309, 2.2.2)."""
    form = match_form(path)
    form = form.lower() if folded else form
    near = [
        (pattern.specificity, rule, (pattern.like_form or "") if not folded
         else (pattern.like_form or "").lower())
        for rule in rules
        for pattern in pattern_forms(rule.pattern)
        if form.startswith(pattern.literal.lower() if folded else pattern.literal)
    ]  # fmt: skip
    fits = _fit(form, [like for _, _, like in near])
    found = [(length, rule.allow, -rule.line, rule) for (length, rule, _), fit in
             zip(near, fits, strict=True) if fit]  # fmt: skip
    return max(found, key=lambda one: one[:3])[3] if found else None


def _fit(form: str, likes: list[str]) -> list[bool]:
    """Return which LIKE patterns fit; an empty one does (a regular expression could hang)."""
    if not any(likes):
        return [True] * len(likes)
    with workplace() as connection:
        ((fits,),) = connection.execute(
            r"SELECT list_transform(?::VARCHAR[], lambda one:"
            r" one = '' OR like_escape(?, one, '\'))",
            [likes, form],
        ).fetchall()
    return [bool(one) for one in fits]
