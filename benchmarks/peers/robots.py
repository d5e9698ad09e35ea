"""robots.txt: robots-checker's `is_compliant` beside the audit's answer for the same agents.

Each host was observed once, an hour before its rows were collected, so that time plays no part; of
one host in twenty nothing is known, which robots-checker takes for consent: those are left out.
"""

from __future__ import annotations

from datetime import UTC
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.corpus_robots import robots_bodies
from benchmarks.peers.auditing import SEEN, judging
from benchmarks.peers.comparing import Cause, Part
from benchmarks.peers.rows import addresses, host_names
from crawler.robots.decision import decide, group_for
from crawler.robots.reading import read_robots
from provenance.recording import record_readings, record_run
from provenance.records import Capture, Outcome, Probe, Reading
from provenance.store import writing
from provenance.urls import address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.peers.comparing import Given
    from provenance.records import RobotsFile, RobotsRule

    Rewriting = Callable[[str, str], str]
    """From a body and a URL to the body that is asked instead."""

AGENTS = (
    "AI2Bot", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot",
    "cohere-training-data-crawler", "Diffbot", "FacebookBot", "Meta-ExternalAgent",
    "Google-Extended", "GPTBot", "PanguBot",
)  # fmt: skip
"""Those of robots-checker. It asks for `*` as well, as if that were an agent."""
_OURS = frozenset(agent.casefold() for agent in AGENTS)


def part(folder: Path, rows: int) -> Part:
    """Return the comparison, its store made in *folder*."""
    hosts = host_names(max(50, rows // 20))
    bodies = host_bodies(hosts)
    urls = addresses(hosts, rows)
    record(folder / "store.duckdb", bodies)
    rewritings: tuple[tuple[str, Rewriting], ...] = (
        ("host oddly written: it looks for it letter by letter", lambda text, _: text),
        ("lines read otherwise (agents with versions, unknown lines, BOM)", as_read),
        ("agents named by prefix: Applebot for Applebot-Extended", each_agent),
        ("`*` asked as an agent", without_star),
        ("which of the matching rules decides", deciding_rules),
    )
    return Part(
        "robots", "robots-checker 1.2.3", ("robots-checker==1.2.3", "protego==0.7.0"),
        given={"robots": {host: text for host, text in bodies.items() if text}, "rows": urls},
        judge=judging(folder / "store.duckdb", urls),
        refused=refused,
        causes=tuple(Cause(name, _asked(urls, bodies, change)) for name, change in rewritings),
    )  # fmt: skip


def host_bodies(hosts: Sequence[str]) -> dict[str, str | None]:
    """Return what each host says; None: there is no such file. Some hosts are left out."""
    chance = Random(1)  # noqa: S311
    texts = [body.decode("utf-8", "replace") for body in robots_bodies(len(hosts) // 2, seed=1)]
    return {
        host: None if chance.random() < 0.12 else chance.choice(texts)
        for host in hosts
        if chance.random() >= 0.05
    }


def record(store: Path, bodies: dict[str, str | None]) -> None:
    """Record in *store* that all hosts were looked at once."""
    with writing(store) as connection:
        record_run(
            connection, run_id="peers", kind="import", started_at=SEEN.replace(tzinfo=UTC),
            settings={}, version="peers",
        )  # fmt: skip
        record_readings(
            connection, "peers", [_reading(*one) for one in bodies.items()],
            compile_robots=read_robots,
        )  # fmt: skip


def _reading(host: str, text: str | None) -> Reading:
    capture = Capture(
        url=f"https://{host}/robots.txt", host=host, path="/robots.txt", probe=Probe.ROBOTS,
        captured_at=SEEN.replace(tzinfo=UTC), method="import", status=404 if text is None else 200,
        body=None if text is None else text.encode(),
    )  # fmt: skip
    return Reading(capture, Outcome.UNAVAILABLE if text is None else Outcome.PARSED)


def refused(verdicts: Any) -> list[bool | None]:
    """Return whether one of the agents was refused; None: of the host nothing is known."""
    found = zip(verdicts["basis"].to_pylist(), verdicts["refused_before"].to_pylist(), strict=True)
    return [
        any(agent.casefold() in _OURS for agent in agents) if basis == "contemporaneous" else None
        for basis, agents in found
    ]


def _asked(
    urls: Sequence[str], bodies: dict[str, str | None], change: Rewriting
) -> Callable[[Sequence[int]], Given]:
    """Return what asks for rows again, each by a host and a body of its own."""

    def given(rows: Sequence[int]) -> Given:
        robots = {
            f"row{row}.example": change(bodies[address(urls[row]).authority] or "", urls[row])
            for row in rows
        }
        paths = [f"https://row{row}.example/{urls[row].split('/', 3)[3]}" for row in rows]
        return {"robots": robots, "rows": paths}

    return given


def as_read(text: str, _: str) -> str:
    """Return the groups of *text* as our reader has them."""
    return "\n".join(_group(group.token, group.rules) for group in _read(text).groups)


def each_agent(text: str, _: str) -> str:
    """Return a group for each agent: the one that speaks to it."""
    file = _read(text)
    groups = {agent: group_for(file, agent) for agent in (*AGENTS, "*")}
    return "\n".join(_group(agent, group.rules if group else ()) for agent, group in groups.items())


def without_star(text: str, url: str) -> str:
    """Return the groups of the agents alone."""
    return each_agent(text, url).rpartition("User-agent: *")[0]


def deciding_rules(text: str, url: str) -> str:
    """Return for each agent only the rule that decides on *url*."""
    file, path = _read(text), address(url).path
    rules = {agent: decide(file, agent, path).rule for agent in AGENTS}
    return "\n".join(_group(agent, (rule,) if rule else ()) for agent, rule in rules.items())


def _read(text: str) -> RobotsFile:
    return read_robots(text.encode())


def _group(agent: str, rules: Sequence[RobotsRule]) -> str:
    lines = [f"{'Allow' if rule.allow else 'Disallow'}: {rule.pattern}" for rule in rules]
    return "\n".join([f"User-agent: {agent}", *(lines or ["Disallow:"]), ""])
