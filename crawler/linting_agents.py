"""Lints on whom a robots.txt speaks to: unknown and retired tokens, groups that hide others."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from crawler.robots.deciding import decider
from crawler.robots.decision import group_for
from crawler.robots.lints import Lint
from crawler.settings import TOKEN
from crawler.suggesting import suggested
from provenance.agents import Status, agents, every_agent
from provenance.records import GroupClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.robots.layout import Layout
    from provenance.agents import Agent
    from provenance.records import RobotsFile

_NAMED = 6
"""How many agents a text names before it counts the rest."""
_SUGGESTED = 100
"""For how many strangers a known token is looked for."""
_LOOKED_AT = 5
"""How many rules for all agents are held against the groups of agents."""


def agent_lints(written: Layout, file: RobotsFile) -> Iterator[Lint]:
    """Yield what the author should know of the groups' agents."""
    yield from _unknown(written, file)
    yield from _twice(written, file)
    yield from _without_rules(written)
    yield from _retired(file)
    yield from _hidden_star(file)
    yield from _not_about_training(file)


def listed(agents_: Iterable[Agent]) -> str:
    """Return the tokens as a text names them: the first, and how many more."""
    tokens = [agent.token for agent in agents_]
    more = f" (+{len(tokens) - _NAMED})" if len(tokens) > _NAMED else ""
    return ", ".join(tokens[:_NAMED]) + more


def _unknown(written: Layout, file: RobotsFile) -> Iterator[Lint]:
    known = {agent.key for agent in every_agent()} | {"*", TOKEN}
    told = 0
    spoken_to = {line for group in file.groups if group.token in known for line in group.lines}
    for group in written.groups:
        for agent in group.agents:
            if agent.number in spoken_to:
                continue
            near = suggested(agent.value) if told < _SUGGESTED else ()
            told += 1
            words = (("token", agent.value[:60]),)
            if near:
                yield Lint("unknown-agent-near", agent.number, (*words, ("near", near[0])))
            elif not agent.value:
                yield Lint("empty-agent", agent.number)
            else:
                yield Lint("unknown-agent", agent.number, words)


def _twice(written: Layout, file: RobotsFile) -> Iterator[Lint]:
    """Yield tokens of several groups: their rules are merged (RFC 9309, 2.2.1)."""
    where = {
        agent.number: place for place, group in enumerate(written.groups) for agent in group.agents
    }
    for group in file.groups:
        if len({where.get(line) for line in group.lines}) > 1:
            lines = ", ".join(map(str, group.lines))
            words = (("token", group.token), ("lines", lines))
            yield Lint("several-groups", group.lines[1], words)


def _without_rules(written: Layout) -> Iterator[Lint]:
    """Yield the last group where it gives no rule; earlier ones run on into the next."""
    if written.groups and not written.groups[-1].rules:
        yield Lint("group-without-rules", written.groups[-1].agents[0].number)
    commented = {comment.line for comment in written.comments}
    for group in written.groups:
        for one, other in pairwise(group.agents):
            between = set(range(one.number + 1, other.number)) - commented
            if between - {line.number for line in group.others}:
                # A blank line does not part them: the first has no group of its own.
                yield Lint("runs-on", other.number, (("line", str(one.number)),))


def _retired(file: RobotsFile) -> Iterator[Lint]:
    """Yield retired tokens that are refused while the one in use is not."""
    retired = {agent.key: agent for agent in every_agent() if agent.status is Status.RETIRED}
    said = decider(file, "/")
    for group in file.groups:
        agent = retired.get(group.token)
        if agent is None or not agent.successor:
            continue
        if said(agent.token).crawl == "deny" and said(agent.successor).crawl == "allow":
            words = (("token", agent.token), ("successor", agent.successor))
            yield Lint("retired-agent", group.lines[0], words)


def _hidden_star(file: RobotsFile) -> Iterator[Lint]:
    """Yield what `*` refuses and an AI agent's own group opens: a named group replaces it whole."""
    star = next((group for group in file.groups if group.token == "*"), None)
    refused = [rule for rule in star.rules if not rule.allow and rule.pattern] if star else []
    own = {group.token for group in file.groups}
    named = [agent for agent in agents() if agent.key in own]
    for rule in refused[:_LOOKED_AT] if named else ():
        path = rule.pattern.replace("*", "").removesuffix("$")
        said = decider(file, path if path.startswith("/") else f"/{path}")
        opened = [agent for agent in named if said(agent.token).value == "unspecified"]
        if opened and said("*").crawl == "deny":
            words = (("agents", listed(opened)), ("pattern", rule.pattern[:80]))
            yield Lint("star-replaced", rule.line, words)
            return


def _not_about_training(file: RobotsFile) -> Iterator[Lint]:
    """Yield a file that refuses agents that answer users, and none that gathers for training."""
    refused = [agent for agent in agents() if _closed(file, agent)]
    if refused and not any(agent.training is not False for agent in refused):
        yield Lint("only-search-refused", 0, (("agents", listed(refused)),))


def _closed(file: RobotsFile, agent: Agent) -> bool:
    group = group_for(file, agent.token)
    return group is not None and group.group_class is GroupClass.DENY_ALL
