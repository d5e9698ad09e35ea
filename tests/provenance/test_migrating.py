"""Stores of every earlier state come to today's with all they hold, or stay what they are."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from provenance import migrating
from provenance.errors import StoreError
from provenance.migrating import carry_out, migrations
from provenance.store import reading, writing
from provenance.verify_command import verified
from tests.conftest import ROOT
from tests.provenance.old_stores.written import ROWS
from tests.provenance.stores import FACTS, recorded

OLD = sorted((Path(__file__).parent / "old_stores").glob("*.duckdb.gz"))
STATES = {file.name.removesuffix(".duckdb.gz"): file for file in OLD}
OLDER = [name for name in STATES if name != max(STATES, key=len)]

KILLED = """
import os, sys
from pathlib import Path
from provenance import migrating
from provenance.store import writing
known = dict(migrating.migrations())
class Ends(dict):
    def __getitem__(self, number):
        if number == max(self):
            os._exit(9)
        return super().__getitem__(number)
migrating.migrations = lambda: Ends(known)
with writing(Path(sys.argv[1])):
    pass
"""


def unpacked(state: str, folder: Path) -> Path:
    store = folder / "old.duckdb"
    store.write_bytes(gzip.decompress(STATES[state].read_bytes()))
    return store


def tables(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    names = sorted(name for (name,) in connection.execute("SHOW TABLES").fetchall())
    return {name: connection.execute(f"DESCRIBE {name}").fetchall() for name in names}


def looked_at(store: Path) -> dict[str, list[Any]]:
    with duckdb.connect(str(store), read_only=True) as connection:
        return tables(connection)


def test_each_state_that_stores_were_in_is_kept() -> None:
    states = {tuple(map(int, name.split("-"))) for name in STATES}

    assert {1, 2, 3, 4, 6, 7, 8} == set().union(*states)
    assert (1,) in states


@pytest.mark.parametrize("state", STATES)
def test_no_migration_that_stores_went_through_was_edited(state: str, tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        carry_out(connection, [int(number) for number in state.split("-")])
        today = tables(connection)

    assert looked_at(unpacked(state, tmp_path)) == today


@pytest.mark.parametrize("state", STATES)
def test_a_store_of_then_is_read_to_its_end_today(state: str, tmp_path: Path) -> None:
    store = unpacked(state, tmp_path)
    before, held = store.read_bytes(), looked_at(store)
    said: list[str] = []

    with writing(store, say=said.append):
        pass

    with reading(store) as connection:
        found = {name: len(connection.execute(FACTS[name]).fetchall()) for name in FACTS}
        schema = connection.execute("SELECT number FROM migration ORDER BY number").fetchall()
    assert schema == [(number,) for number in sorted(migrations())]
    assert (found["capture"], found["signal"], found["entry"]) == (4, 2, 2)
    assert (found["robots_rule"], found["listed_match"], found["robots_body"]) == (2, 1, 1)
    assert {name for name in ROWS if found[name]} >= (ROWS.keys() & held.keys()) - {"digest_entry"}
    verification, _ = verified(store, 1, [], evidence=False)
    assert verification.findings == ()
    kept = list(tmp_path.glob("old.duckdb.before-*"))
    if state in OLDER:
        assert [file.read_bytes() for file in kept] == [before]
        assert said == [
            f"{store}: of an earlier release, brought up to date; as it was it stays in {kept[0]}"
        ]


@pytest.mark.parametrize("state", OLDER[:1])
def test_who_only_reads_is_told_how_to_bring_it_up_to_date(state: str, tmp_path: Path) -> None:
    store = unpacked(state, tmp_path)
    before = store.read_bytes()

    with pytest.raises(StoreError, match="run `provisor store migrate`"), reading(store):
        pass

    assert store.read_bytes() == before
    assert list(tmp_path.iterdir()) == [store]


def test_a_step_that_fails_undoes_those_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = unpacked("1-2", tmp_path)
    before = looked_at(store)
    known = migrations() | {999: "CREATE TABLE half (i INTEGER); FROM nowhere"}
    monkeypatch.setattr(migrating, "migrations", lambda: known)

    with pytest.raises(duckdb.Error, match="nowhere"), writing(store):
        pass

    assert looked_at(store) == before


def test_a_process_that_is_killed_within_leaves_the_old_store(tmp_path: Path) -> None:
    store = unpacked("1-2", tmp_path)
    before = looked_at(store)

    killed = subprocess.run([sys.executable, "-c", KILLED, str(store)], cwd=ROOT, check=False)

    assert killed.returncode == 9
    assert looked_at(store) == before
    recorded(store, "new.example", run="run-2")
    verification, _ = verified(store, 1, [], evidence=False)
    assert verification.findings == ()


def test_a_copy_that_finds_no_place_leaves_the_store_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = unpacked("1", tmp_path)
    before = looked_at(store)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("provenance.store.shutil.copyfile", full)
    with pytest.raises(StoreError, match="make room for a copy of the store"), writing(store):
        pass

    assert looked_at(store) == before
    assert list(tmp_path.iterdir()) == [store]
