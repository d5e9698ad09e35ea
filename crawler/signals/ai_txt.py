"""ai.txt: groups of media types (Spawning), or `Training: deny` (draft-car-ai-txt-wellknown-00).

Five things carry the name. Two of them reserve: Spawning's /ai.txt of 2023, written like a
robots.txt, and the individual draft of 2026 with `Key: value` lines, site-wide or indented under
`Agent: NAME`. The Markdown namesakes and the front pages that answer any path are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crawler.robots.lines import escaped_pattern
from crawler.robots.reading import TooComplex, read_robots
from crawler.signals import Page, Reader
from crawler.wellknown import file_text, is_file_of
from provenance.records import Probe, Signal, Strength, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.records import RobotsGroup


_KIND = "ai-txt"
_LINE_END = re.compile(r"\r\n|\r|\n")
_WRITTEN = re.compile(r"([ \t]*)([A-Za-z][A-Za-z-]*)[ \t]*:(.*)")
_COMMENT = re.compile(r"\s#")
_USAGES = {"training": "train", "scraping": "crawl", "indexing": "ai-index"}
_VALUES = {"allow": Value.ALLOW, "deny": Value.DENY, "conditional": Value.CONDITIONAL}
_PATHS = {"training-allow": Value.ALLOW, "training-deny": Value.DENY}
_CONDITIONS = {"training-license": "licence", "contact": "contact", "policy-url": "policy"}
_AGENT = "agent"
_FEE = "training-fee"
_MOST_STATEMENTS = 5_000
_MAX_QUOTE = 300


@dataclass(slots=True)
class _Block:
    """The fields of the site, or those under one `Agent:`."""

    scope: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def first(self, name: str) -> str:
        """Return the first value of *name*; empty where it is not given."""
        return next((value for key, value in self.fields if key == name), "")


def read(page: Page) -> Iterator[Signal]:
    """Yield what the file reserves, or why it is no ai.txt."""
    if not is_file_of(_KIND, page):
        return
    text, finding = file_text(page)
    written = [line for line in _LINE_END.split(text) if line.strip() and not _is_comment(line)]
    matched = [match for line in written if (match := _WRITTEN.fullmatch(line))]
    names = {match[2].lower() for match in matched}
    try:
        if finding or 2 * len(matched) <= len(written):  # prose and Markdown
            yield _refused(finding or ("soft-404" if written else "empty"))
        elif "user-agent" in names:
            yield from _by_groups(page.body)
        elif names & {*_USAGES, *_PATHS}:
            yield from _by_keys(matched)
        else:
            yield _refused("soft-404")
    except TooComplex:
        yield _refused("too-complex")


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _by_groups(body: bytes) -> Iterator[Signal]:
    file = read_robots(body)
    if sum(len(group.rules) or 1 for group in file.groups) > _MOST_STATEMENTS:
        raise TooComplex
    for group in file.groups:
        yield from _group(group)


def _group(group: RobotsGroup) -> Iterator[Signal]:
    rules = [rule for rule in group.rules if rule.pattern]
    said = _signal(f"agent:{group.token}", "train", Value.UNSPECIFIED, f"User-agent: {group.token}")
    if not rules:  # it speaks to the agent all the same, and hides the group for all others
        yield said
    for rule in rules:
        yield replace(
            said,
            value=Value.ALLOW if rule.allow else Value.DENY,
            path=rule.pattern,
            quote=f"line {rule.line}: {'Allow' if rule.allow else 'Disallow'}: {rule.pattern}"[
                :_MAX_QUOTE
            ],
        )


def _by_keys(lines: list[re.Match[str]]) -> Iterator[Signal]:
    blocks = _blocks(lines)
    if sum(len(block.fields) for block in blocks) > _MOST_STATEMENTS:
        raise TooComplex
    for block in blocks:
        yield from _block(block, offer=blocks[0].first(_FEE), conditions=_conditions(blocks[0]))


def _blocks(lines: list[re.Match[str]]) -> list[_Block]:
    """Return the fields of the site, then those of each agent: lines indented under its name."""
    site = block = _Block("site")
    blocks = [site]
    for line in lines:
        name, value = line[2].lower(), _COMMENT.split(line[3])[0].strip()
        if name == _AGENT:
            block = _Block(f"agent:{value.casefold()[:_MAX_QUOTE]}")
            blocks.append(block)
            continue
        (block if line[1] else site).fields.append((name, value))
    return blocks


def _conditions(site: _Block) -> str:
    stated = ((_CONDITIONS.get(name), value) for name, value in site.fields)
    return "; ".join(f"{name}={value}" for name, value in stated if name)[:_MAX_QUOTE]


def _block(block: _Block, *, offer: str, conditions: str) -> Iterator[Signal]:
    for name, value in block.fields:
        if name in _USAGES:
            stated = _VALUES.get(value.lower())
            said = _signal(
                block.scope, _USAGES[name], stated or Value.UNSPECIFIED, f"{name}: {value}"
            )
            told = offer[:_MAX_QUOTE] if name == "training" else ""
            yield replace(
                said,
                offer=told,
                conditions=conditions,
                finding="" if stated else "invalid-value",
                specific=bool(stated),
            )
        # Paths are free only where training is said to depend on them.
        elif name == "training-deny" or (
            name in _PATHS and block.first("training").lower() == Value.CONDITIONAL
        ):
            yield replace(
                _signal(block.scope, "train", _PATHS[name], f"{name}: {value}"),
                path=_pattern(value),
            )


def _pattern(glob: str) -> str:
    """Return the robots pattern of a glob, which speaks of a path up to its end."""
    pattern = escaped_pattern(glob)
    return pattern if pattern.endswith(("*", "$")) else f"{pattern}$"


def _refused(finding: str) -> Signal:
    return replace(_signal("site", "train", Value.UNSPECIFIED, ""), finding=finding, specific=False)


def _signal(scope: str, usage: str, value: Value, quote: str) -> Signal:
    return Signal(
        kind=_KIND,
        scope=scope,
        usage=usage,
        value=value,
        strength=Strength.CONVENTION,
        specific=True,
        quote=quote[:_MAX_QUOTE],
    )


READER = Reader(
    _KIND,
    read,
    canary=Page(
        "https://canary.example/ai.txt",
        body=b"User-Agent: *\nDisallow: *.jpg\n",
        probe=Probe.FILE,
    ),
)
