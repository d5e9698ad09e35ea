"""Sites, not hosts, are ranked: what one owner's hosts come to together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from audit import sites
from audit.counting import _sites
from audit.rules import LEVELS
from audit.sites import find_sites
from audit.summary import RiskySite

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS: tuple[tuple[str | None, str, list[str], int], ...] = (
    ("www.one.co.jp", "high", ["PRV-01"], 3), ("www.one.co.jp", "info", [], 90),
    ("shop.one.co.jp:8080", "medium", ["PIR-03"], 2), ("two.example", "critical", ["PIR-01"], 4),
    ("a.github.io", "high", ["PRV-01"], 4), ("b.github.io", "high", ["PRV-01"], 1),
    ("three.example:8443", "high", ["PRV-01"], 2), ("quiet.example", "unknown", [], 50),
    (None, "critical", ["ILL-01"], 99),
)  # fmt: skip


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET VARIABLE levels = ?::VARCHAR[]", [list(LEVELS)])
        connection.execute(
            "CREATE TEMP TABLE tallied (shard INTEGER, fact_id INTEGER, host VARCHAR,"
            " row_count BIGINT);"
            "CREATE TEMP TABLE shard_facts (shard INTEGER, fact_id INTEGER, level VARCHAR,"
            " rules VARCHAR[])"
        )
        for number, (host, level, rules, rows) in enumerate(ROWS):
            connection.execute("INSERT INTO tallied VALUES (0, ?, ?, ?)", [number, host, rows])
            connection.execute(
                "INSERT INTO shard_facts VALUES (0, ?, ?, ?)", [number, level, rules]
            )
        yield connection


def test_hosts_of_one_site_count_together_and_one_alone_is_named(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Tenants of a shared platform are sites of their own; what is sealed has no host here."""
    assert _sites(connection) == (
        RiskySite("one.co.jp", "", 2, 5, "high", ("PIR-03", "PRV-01")),
        RiskySite("a.github.io", "a.github.io", 1, 4, "high", ("PRV-01",)),
        RiskySite("two.example", "two.example", 1, 4, "critical", ("PIR-01",)),
        RiskySite("three.example", "three.example:8443", 1, 2, "high", ("PRV-01",)),
        RiskySite("b.github.io", "b.github.io", 1, 1, "high", ("PRV-01",)),
    )


def test_a_host_is_told_beneath_its_site_only_where_it_says_more(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert [one.beneath for one in _sites(connection)] == ["", "", "", "three.example:8443", ""]


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_every_host_is_asked_for_whatever_the_parts(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(sites, "_AT_ONCE", at_once)

    find_sites(connection, "SELECT DISTINCT host FROM tallied WHERE host IS NOT NULL")

    assert connection.execute(
        "SELECT count(*), count(DISTINCT site) FROM host_site"
    ).fetchall() == [(7, 6)]
