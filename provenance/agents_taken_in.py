"""The list of crawlers a user took in: where it lies, and what taking in another changes.

It lies in the user's own folder, or where PROVISOR_AGENTS says; that set to nothing leaves only
what is shipped. A store or a machine has no list of its own: the digest of the rows in force
stands in every audit, and an audit by others is refused where they meet.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.agents import Agent, every_agent, in_force, reviewed
from provenance.errors import InputRefused, UsageRefused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_VARIABLE = "PROVISOR_AGENTS"
_REMEDY = "correct it; `provisor agents update --from FILE` takes none of it otherwise"


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the rows in force."""

    form: str
    listed: int
    """Tokens in the file."""
    added: tuple[Agent, ...]
    changed: tuple[tuple[Agent, Agent], ...]
    """Before, after; that it was looked up again is no change."""
    gone: tuple[Agent, ...]
    """Of the same source, taken in before and no longer listed."""
    kept: tuple[str, ...]
    """Tokens of which the file says otherwise than a reviewed row, which stands."""
    file: str
    """Where it was written; empty: nowhere."""


def place() -> Path | None:
    """Return where the list lies, if there is to be one."""
    named = os.environ.get(_VARIABLE)
    if named is None:
        return Path(click.get_app_dir("provisor")) / "agents.csv"
    return Path(named) if named else None


@cache
def taken_in() -> tuple[Agent, ...]:
    """Return the rows that the user took in; none where there is no list.

    Raises:
        InputRefused: the list cannot be read, or PROVISOR_AGENTS names one that is not there.
    """
    file = place()
    if file is None or (_VARIABLE not in os.environ and not file.exists()):
        return ()
    return _read(file)


def take_in(content: bytes, name: str, *, checked: date, write: bool = True) -> Change:
    """Take in the list *content* of the file *name*, and return what that changes.

    Args:
        content: the file, as it came.
        name: what it goes by.
        checked: the day it was fetched, where it states none itself.
        write: keep it; False: only look.

    Raises:
        InputRefused: it is no list, or of a day to come; nothing was changed.
        UsageRefused: PROVISOR_AGENTS allows none.
    """
    from provenance.agent_lists import NotAList, read_list

    file = place()
    if file is None:
        raise UsageRefused(_VARIABLE, "set to nothing, so no list is kept", "unset it")
    try:
        form, listed = read_list(content, checked=checked)
    except NotAList as error:
        raise InputRefused(name, str(error), "nothing was taken in") from error
    if late := next((agent for agent in listed.agents if agent.checked > _tomorrow()), None):
        # It would stand over every row that is looked up before that day.
        fact = f"{late.token}: looked up on {late.checked}, a day to come"
        raise InputRefused(name, fact, "nothing was taken in")
    before = _read(file) if file.exists() else ()
    sources = {agent.source for agent in listed.agents}
    kept = [agent for agent in before if agent.source not in sources]
    after = tuple({agent.key: agent for agent in (*kept, *listed.agents)}.values())
    if write:
        _write(file, after, f"{form.name}, SHA-256 {hashlib.sha256(content).hexdigest()}")
    return _change(form.name, listed.agents, before, after, str(file) if write else "")


def _tomorrow() -> date:
    """Return the last day that it can be anywhere on earth."""
    return (datetime.now(UTC) + timedelta(days=1)).date()


def _change(
    form: str,
    listed: tuple[Agent, ...],
    before: tuple[Agent, ...],
    after: tuple[Agent, ...],
    file: str,
) -> Change:
    old = {agent.key: agent for agent in in_force(before)}
    new = {agent.key: agent for agent in in_force(after)}
    sure = {agent.key: agent for agent in reviewed()}
    return Change(
        form=form,
        listed=len(listed),
        added=tuple(new[key] for key in new if key not in old),
        changed=tuple(
            (old[key], new[key]) for key in new if key in old and _said(old[key]) != _said(new[key])
        ),
        gone=tuple(old[key] for key in old if key not in new),
        kept=tuple(
            agent.token
            for agent in listed
            if agent.key in sure and _differs(agent, sure[agent.key])
        ),
        file=file,
    )


def _said(agent: Agent) -> tuple[object, ...]:
    return agent.token, agent.operator, agent.purpose, agent.fetches, agent.training, agent.status


def _differs(listed: Agent, sure: Agent) -> bool:
    return listed.training is not None and listed.purpose is not sure.purpose


def _read(file: Path) -> tuple[Agent, ...]:
    from provenance.agent_lists import LARGEST, NotAList
    from provenance.agent_lists.table import read

    try:
        if file.stat().st_size > LARGEST:
            raise InputRefused(str(file), "too large for a list of crawlers", _REMEDY)
        return read(file.read_bytes()).agents
    except OSError as error:
        fact = f"cannot be read ({error.strerror})"
        raise InputRefused(str(file), fact, f"unset {_VARIABLE}, or name another") from error
    except NotAList as error:
        raise InputRefused(str(file), str(error), _REMEDY) from error


def _write(file: Path, rows: Iterable[Agent], source: str) -> None:
    """Write the list whole or not at all, and keep the former by its digest."""
    from provenance.agent_lists.table import written

    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        former = file.read_bytes()  # copied, not moved: at no time is there no list
        digest = hashlib.sha256(former).hexdigest()
        file.with_name(f"{file.stem}.{digest[:16]}.csv").write_bytes(former)
    begun = (
        f"# Written by `provisor agents update` on {datetime.now(UTC):%Y-%m-%d} from {source}.\n"
    )
    new = file.with_name(f"{file.name}.new")
    new.write_text(begun + written(sorted(rows, key=lambda agent: agent.key)), "utf-8")
    new.replace(file)
    taken_in.cache_clear()
    every_agent.cache_clear()
