"""What a crawl may not contact: the same vectors as for an audit's rows."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from provenance.listing import listed_hosts, listed_pages
from provenance.store import writing
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


def record(connection: duckdb.DuckDBPyConnection, *entries: dict[str, Any], status: str) -> None:
    connection.execute("DELETE FROM entry")
    connection.execute("DELETE FROM submission")
    connection.execute(
        "INSERT INTO submission VALUES (1, 'a/b', 1, ?, NULL, NULL, 'A', 'right_holder', 'x',"
        " 'plain', 'f', 'd', 'p', ?)",
        [datetime(2024, 1, 1), status],  # noqa: DTZ001 (UTC without a zone, as the store keeps it)
    )
    for number, entry in enumerate(entries):
        connection.execute(
            "INSERT INTO entry VALUES (1, ?, ?, '', ?, ?, ?, ?, '', '', '', NULL, [])",
            [str(number), number, *(entry[name] for name in ("scope", "host", "port", "path"))],
        )


def named(connection: duckdb.DuckDBPyConnection, url: str) -> bool:
    """Whether a crawl would hold back from *url* for a list's sake."""
    try:
        place = address(url)
    except NotAnAddress:  # nothing that could be contacted
        return False
    host, page = place.authority, (place.authority, place.path)
    return host in listed_hosts(connection, [host]) or page in listed_pages(connection, [page])


def test_every_match_vector_comes_out_as_in_an_audit(tmp_path: Path, shared_data: Path) -> None:
    lines = (shared_data / "12-blocklists" / "vectors_match.jsonl").read_text("utf-8").splitlines()
    vectors = [json.loads(line) for line in lines]
    wrong = []

    with writing(tmp_path / "store.duckdb") as connection:
        for vector in vectors:
            record(connection, vector["entry"], status="accepted")
            if named(connection, vector["url"]) is not bool(vector["match"]):
                wrong.append(vector["id"])

    assert wrong == []
    assert len(vectors) == 40


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://a.example/", False), ("https://b.a.example/", True), ("https://ba.example/", False)],
)
def test_subdomains_are_what_lies_below_a_host_and_not_the_host(
    tmp_path: Path, url: str, expected: bool
) -> None:
    entry = {"scope": "subdomains", "host": "a.example", "port": "", "path": ""}

    with writing(tmp_path / "store.duckdb") as connection:
        record(connection, entry, status="accepted")
        assert named(connection, url) is expected


def test_a_list_that_was_only_received_holds_nothing_back(tmp_path: Path) -> None:
    entry = {"scope": "domain", "host": "a.example", "port": "", "path": ""}

    with writing(tmp_path / "store.duckdb") as connection:
        record(connection, entry, status="received")
        assert not named(connection, "https://a.example/")
