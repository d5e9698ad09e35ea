"""Lists that partners keep to themselves, and names that a second person looks at first."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from blocklists.commands import blocklist
from blocklists.standing import standings
from blocklists.submit import submit
from provenance.errors import UsageRefused
from provenance.store import reading
from tests.blocklists.test_packages import MANIFEST, package_of

if TYPE_CHECKING:
    from pathlib import Path

LIST = str(MANIFEST["list_id"])
NOON = datetime(2026, 2, 3, 12, tzinfo=UTC)


def test_nothing_that_a_restricted_list_names_is_shown(store_path: Path, tmp_path: Path) -> None:
    for version, rows in (
        (1, b"value\nzqone.example\nzqtwo.example\n"),
        (2, b"value\nzqone.example\n"),
    ):
        folder = package_of(
            tmp_path / f"v{version}", rows, version=version, sensitivity="restricted"
        )
        submit(store_path, folder, clock=lambda: NOON)
    with reading(store_path) as connection:
        (one, _) = standings(connection, LIST)

    said = []
    for words in (
        ["check", str(folder)], ["check", str(folder), "--json"],
        ["list"], ["status", LIST], ["status", LIST, "--json"], ["status", one.entry_id[:12]],
        ["history", LIST, one.entry_id[:12]], ["diff", LIST, "1", "2"], ["stats"], ["review"],
        ["dispute", LIST, one.entry_id[:12], "--by", "Shop", "--note", "ours"], ["review", "--json"],
        ["withdraw", LIST, one.entry_id[:12], "--by", "nobody", "--cause", "error"],
    ):  # fmt: skip
        result = CliRunner().invoke(blocklist, words, env={"PROVISOR_STORE": str(store_path)})
        said.append(result.output + str(result.exception or ""))

    assert [text for text in said if "zq" in text] == []
    assert f"restricted {one.entry_id[:12]}" in said[5]
    assert stat.S_IMODE(store_path.stat().st_mode) == 0o600


def test_a_list_that_names_its_own_author_or_the_operator_is_looked_at_first(
    store_path: Path, tmp_path: Path
) -> None:
    rows = "value\npublisher.example\nread.publisher.example\nours.example\npirate.example\n"
    folder = package_of(tmp_path / "list", rows.encode())
    words = ["import", str(folder), "--own", "ours.example", "--store", str(store_path), "--json"]

    result = CliRunner().invoke(blocklist, words)

    assert '"quarantined": 3' in result.output
    with reading(store_path) as connection:
        states = {one.host: (str(one.state), one.reason) for one in standings(connection, LIST)}
    assert states == {
        "publisher.example": ("quarantined", "own-name"),
        "read.publisher.example": ("quarantined", "own-name"),
        "ours.example": ("quarantined", "own-name"),
        "pirate.example": ("accepted", ""),
    }


def test_a_name_that_is_none_is_not_watched(store_path: Path, tmp_path: Path) -> None:
    folder = package_of(tmp_path / "list", b"value\na.example\n")
    words = ["import", str(folder), "--own", "no name", "--store", str(store_path)]

    with pytest.raises(UsageRefused, match="'no name' is no name of a site"):
        CliRunner().invoke(blocklist, words, catch_exceptions=False)
    assert not store_path.exists()
