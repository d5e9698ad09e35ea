"""The audit itself: from a manifest and what the store knows to one verdict for each row.

The work is relational: hosts once per distinct host, rules of robots.txt once per distinct body
and path, rules of law once per distinct set of facts. The statements of `sql/` run in the order of
their numbers; Python only spells odd addresses, and each distinct one once.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from tempfile import gettempdir
from typing import TYPE_CHECKING

import duckdb

from audit.rules import LEVELS
from provenance.agents import FOR_TRAINING, agents
from provenance.defaults import WAIT_S
from provenance.errors import InputRefused, ProvisorError, StoreError
from provenance.intake.manifest import exact_file, load_statements
from provenance.robots_form import match_form
from provenance.show import show
from provenance.statements import statement
from provenance.store import attached
from provenance.urls import NotAnAddress, address
from provenance.workplace import MEMORY, workplace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from audit.declaration import Declaration
    from audit.rules import Rule
    from provenance.intake.manifest import Manifest

CONFIDENCES = ("contemporaneous", "recorded", "bracketed", "carried", "possibly", "unknown")
"""From the surest to the least."""

_SPOKEN_FOR = "SELECT fact_id FROM fired WHERE fires OR level = 'unknown'"

STEPS = (
    "01_split", "02_hosts", "03_knowledge", "04_timeline", "05_policies", "06_rows", "07_paths",
    "08_refusals", "09_listings", "10_facts", "11_outcomes", "12_verdicts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """Table A's limits. RFC 9309, section 2.4 gives the first; the others are our choice."""

    fresh: timedelta = timedelta(hours=24)
    bracket: timedelta = timedelta(days=90)
    carry: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit needs."""

    manifest: Manifest
    declaration: Declaration
    rules: Sequence[Rule]
    store: Path
    limits: Limits = Limits()
    memory: str = MEMORY
    """How much DuckDB may hold before it spills to disk, e.g. `2GB`."""


@contextmanager
def judged(
    audit: Audit,
    *,
    wait_s: float = WAIT_S,
    say: Callable[[str], None] = lambda _: None,
    step: Callable[[], object] = lambda: None,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection in which every row is judged: `verdict`, `refusal`, `facts`, `host` ….

    Args:
        audit: what is judged, by what.
        wait_s: how long to wait for the store, in seconds.
        say: told what is waited for.
        step: called after each of `STEPS`.

    Raises:
        InputRefused: a row of the manifest cannot be read.
        StoreError: the store cannot be read.
    """
    with workplace(audit.memory) as connection, exact_file(audit.manifest.path) as file:
        try:
            _declare(connection, audit)
            _load(connection, audit, file)
            before = {
                "02_hosts": lambda: _spell_odd(connection),
                "11_outcomes": lambda: _fire(connection, audit.rules),
            }
            for name in STEPS:
                before.get(name, _be_idle)()
                with _store(connection, audit, name, wait_s, say):
                    connection.execute(statement("audit", name))
                step()
            yield connection
        except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException):
            raise  # our own statements: a defect
        except duckdb.Error as error:
            raise _failed(audit, error) from error


def _be_idle() -> None:
    """Do nothing before a step that needs nothing."""


@contextmanager
def _store(
    connection: duckdb.DuckDBPyConnection,
    audit: Audit,
    name: str,
    wait_s: float,
    say: Callable[[str], None],
) -> Iterator[None]:
    """Have the store at hand for the one step that copies from it, and for no other."""
    if name != "03_knowledge":
        yield
        return
    with attached(connection, audit.store, wait_s=wait_s, say=say):
        yield


def _declare(connection: duckdb.DuckDBPyConnection, audit: Audit) -> None:
    """Set what the statements ask for by name, and the agents they look for."""
    declared = audit.declaration
    values: dict[str, tuple[str, object]] = {
        "fresh": ("INTERVAL", audit.limits.fresh),
        "bracket": ("INTERVAL", audit.limits.bracket),
        "carry": ("INTERVAL", audit.limits.carry),
        "purpose": ("VARCHAR", str(declared.purpose)),
        "agent_known": ("BOOLEAN", bool(declared.agent)),
        "copies": ("BOOLEAN", declared.copies),
        "last_later_act": ("TIMESTAMP", declared.last_later_act),
        "collection_lo": ("TIMESTAMP", declared.collection.lo if declared.collection else None),
        "collection_hi": ("TIMESTAMP", declared.collection.hi if declared.collection else None),
        "levels": ("VARCHAR[]", list(LEVELS)),
        "confidences": ("VARCHAR[]", list(CONFIDENCES)),
    }
    for name, (kind, value) in values.items():
        connection.execute(f"SET VARIABLE {name} = ?::{kind}", [value])
    connection.execute(statement("provenance", "naming"))
    known = {agent.key: (agent.token, agent.purpose in FOR_TRAINING) for agent in agents()}
    if declared.agent:
        known.setdefault(declared.agent.casefold(), (declared.agent, False))
    connection.execute(
        "CREATE TEMP TABLE agent AS SELECT unnest(?::VARCHAR[]) AS key,"
        " unnest(?::VARCHAR[]) AS token, unnest(?::BOOLEAN[]) AS for_training,"
        " unnest(?::BOOLEAN[]) AS is_self",
        [
            list(known),
            [token for token, _ in known.values()],
            [training for _, training in known.values()],
            [key == declared.agent.casefold() for key in known],
        ],
    )


def _load(connection: duckdb.DuckDBPyConnection, audit: Audit, file: Path) -> None:
    if not audit.manifest.url_column:  # an empty file: no rows, and so no columns either
        nothing = "NULL::BIGINT AS row_number, NULL::VARCHAR AS url, FALSE AS has_date"
        at = "NULL::TIMESTAMP AS lo, NULL::TIMESTAMP AS hi"
        connection.execute(f"CREATE TEMP VIEW dated AS SELECT {nothing}, {at} LIMIT 0")
    else:
        for text in load_statements(audit.manifest, file, zone=audit.declaration.zone):
            try:
                connection.execute(text)
            except duckdb.ProgrammingError as error:  # what its columns are called, or hold
                raise _unreadable(audit.manifest, error) from error
    connection.execute(statement("audit", "00_manifest"))


def _spell_odd(connection: duckdb.DuckDBPyConnection) -> None:
    """Give each URL that is not regular the spelling of the canonicaliser, as `odd`."""
    connection.execute(
        "CREATE TEMP TABLE odd (url VARCHAR, host VARCHAR, path VARCHAR, match_form VARCHAR)"
    )
    urls = connection.cursor().execute("SELECT url FROM odd_url")
    while batch := urls.fetchmany(50_000):
        spelt = [_spelt(url) for (url,) in batch]
        connection.execute(
            "INSERT INTO odd SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[]),"
            " unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
            [list(column) for column in zip(*spelt, strict=True)],
        )


def _spelt(url: str) -> tuple[str, str | None, str | None, str | None]:
    """Return *url* with its host, path and match form; none where it cannot be read."""
    try:
        place = address(url)
    except NotAnAddress:
        return url, None, None, None
    form = match_form(place.path)
    if url.partition("#")[0].rstrip().endswith("?") and not form.endswith("?"):
        form += "?"  # an empty query is part of what robots rules are compared with
    return url, place.authority, place.path, form


def _fire(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Ask every rule once for each set of facts, and keep what fires or cannot be told."""
    connection.execute(statement("audit", "rules_frame"))
    for rule in sorted(rules, key=lambda rule: rule.alone):
        others = f"AND fact_id NOT IN ({_SPOKEN_FOR})" if rule.alone else ""
        connection.execute(
            "INSERT INTO fired SELECT fact_id, ?, rule_level(fires, level, basis, ?), "  # noqa: S608
            "rule_confidence(fires, basis), fires IS TRUE FROM "
            f"(SELECT fact_id, ({rule.expression}) AS fires, {rule.level_expression} AS level, "
            f"{_basis(rule)} AS basis FROM facts) WHERE fires IS NOT FALSE {others}",
            [rule.id, rule.level_if_missing],
        )


def _basis(rule: Rule) -> str:
    match rule.rests_on:
        case "notice":
            return "coalesce('notice_' || known, 'notice')"
        case "declaration":
            return "'declaration'"
        case name:
            return f"{name}_basis"


def _failed(audit: Audit, error: duckdb.Error) -> ProvisorError:
    """Tell a full disk or memory from a file that breaks off while it is read."""
    text = str(error)
    if isinstance(error, duckdb.OutOfMemoryException) or "No space left" in text:
        fact = f"no room for the work ({text.splitlines()[0][:160]})"
        return StoreError(gettempdir(), fact, "make room there, or point TMPDIR to another disk")
    return _unreadable(audit.manifest, error)


def _unreadable(manifest: Manifest, error: duckdb.Error) -> InputRefused:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    fact = f"a row cannot be read ({show(' '.join(lines[:3]), 300)})"
    return InputRefused(
        str(manifest.path), fact, "nothing was judged; mend the row or leave it out"
    )
