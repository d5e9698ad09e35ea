"""To which sites hosts belong, each host asked for once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.suffixes import place

if TYPE_CHECKING:
    import duckdb

_PORT = re.compile(r":[0-9]+$")
_AT_ONCE = 50_000


def name_of(host: str) -> str:
    """Return the name of *host*, without its port."""
    return _PORT.sub("", host)


def find_sites(connection: duckdb.DuckDBPyConnection, hosts: str) -> None:
    """Make `host_site`, with the site (registrable domain) of each host.

    Args:
        connection: where the table is made.
        hosts: SQL of the hosts to ask for: a query of one column, each host once, none NULL.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE host_site (host VARCHAR, site VARCHAR);"
        f"CREATE OR REPLACE TEMP TABLE host_asked (host) AS {hosts}"
    )
    first = 0
    while batch := connection.execute(
        "SELECT host FROM host_asked WHERE rowid BETWEEN ? AND ?", [first, first + _AT_ONCE - 1]
    ).fetchall():
        names = [host for (host,) in batch]
        connection.execute(
            "INSERT INTO host_site SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
            [names, [place(name_of(host)).site for host in names]],
        )
        first += _AT_ONCE
