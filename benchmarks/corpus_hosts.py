"""The hosts of a corpus, and the paths its rows have: tables `host_name` and `path_form`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.corpus_words import KANA, SUBDOMAINS, SUFFIXES, SYLLABLES, WORDS
from provenance.rows import insert_rows
from provenance.statements import statement

if TYPE_CHECKING:
    import duckdb

_COMMON = """
SELECT list(form ORDER BY form) FROM (
    FROM path_form
    WHERE NOT has_id AND NOT regexp_matches(plain, '[%#@ ]')
    ORDER BY form
    LIMIT 48
)
"""


def make_hosts(connection: duckdb.DuckDBPyConnection, *, hosts: int, seed: int) -> None:
    """Make `host_name` (rank, kind, site, host, shown) and `path_form` on *connection*."""
    values: dict[str, tuple[str, object]] = {
        "seed": ("BIGINT", seed),
        "hosts": ("BIGINT", hosts),
        "words": ("VARCHAR[]", list(WORDS)),
        "syllables": ("VARCHAR[]", list(SYLLABLES)),
        "subdomains": ("VARCHAR[]", list(SUBDOMAINS)),
        "suffixes": ("VARCHAR[]", list(SUFFIXES)),
    }
    set_values(connection, values)
    connection.execute(statement("benchmarks", "corpus_hosts"))
    _make_japanese(connection)
    connection.execute(statement("benchmarks", "corpus_paths"))
    (common,) = connection.execute(_COMMON).fetchall()[0]
    set_values(connection, {"common_forms": ("INTEGER[]", common)})


def set_values(
    connection: duckdb.DuckDBPyConnection, values: dict[str, tuple[str, object]]
) -> None:
    """Set what the statements of the corpus ask for by name."""
    for name, (kind, value) in values.items():
        connection.execute(f"SET VARIABLE {name} = ?::{kind}", [value])


def _make_japanese(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the hosts with an A-label, which SQL cannot write."""
    ranks = connection.execute(
        "SELECT rank, site FROM ranked WHERE kind = 'idn' ORDER BY rank"
    ).fetchall()
    insert_rows(connection, "host_name", [_japanese(rank, site) for rank, site in ranks])


def _japanese(rank: int, site: str) -> tuple[int, str, str, str, str]:
    suffix = site.partition(".")[2]
    label = kana(rank)
    host = f"xn--{label.encode('punycode').decode()}.{suffix}"
    return rank, "idn", host, host, f"{label}.{suffix}"


def kana(number: int) -> str:
    """Return a word of kana that no other number has."""
    letters = ""
    while number or len(letters) < 3:
        number, letter = divmod(number, len(KANA))
        letters += KANA[letter]
    return letters
