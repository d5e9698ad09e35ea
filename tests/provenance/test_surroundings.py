"""What a store stands in is tried, and what is wrong with it is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from provenance import surroundings as places
from provenance.checks import State
from provenance.doctor import exit_code
from provenance.ledger.keys import new_key, written
from provenance.store import writing
from provenance.surroundings import surroundings
from tests.provenance.keeping.kept import filled

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "s.duckdb"
    filled(path)
    path.chmod(0o644)
    return path


def told(store: Path | None) -> dict[str, tuple[State, str]]:
    return {one.name: (one.state, one.said) for one in surroundings(store, wait_s=1)}


def test_a_store_as_it_must_be_passes_and_nothing_is_left(store: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in store.parent.rglob("*") if file.is_file()}
    (store.parent / "public.key").write_text("certificate of somebody", encoding="ascii")
    before[store.parent / "public.key"] = (store.parent / "public.key").stat().st_mtime_ns

    found = told(store)

    assert {state for state, _ in found.values()} == {State.FIRES}
    assert found["s.duckdb"] == (State.FIRES, "-rw-r--r--")
    assert found["files"] == (State.FIRES, "1 files")
    assert found["left over"] == (State.FIRES, "nothing is left beside it")
    assert {
        file: file.stat().st_mtime_ns for file in store.parent.rglob("*") if file.is_file()
    } == before


def test_who_may_write_to_the_store_and_read_its_secrets_is_told(store: Path) -> None:
    store.chmod(0o666)
    (store.parent / "s.duckdb.sealed").mkdir(mode=0o700)
    for name, text in {
        "s.key": written(new_key("provisor/ab")),
        "s.duckdb.sealed/lists": "x",
    }.items():
        (store.parent / name).write_text(text, encoding="utf-8")
        (store.parent / name).chmod(0o640)

    found = told(store)

    assert found["s.duckdb"] == (State.SILENT, "-rw-rw-rw-, others may write to it")
    assert found["s.duckdb.sealed"] == (State.FIRES, "drwx------")
    for name in ("s.key", "lists"):
        assert found[name] == (State.SILENT, "-rw-r-----, others may read it: chmod 600")
    assert exit_code(surroundings(store, wait_s=1)) == 4


def test_evidence_that_is_gone_or_cut_is_told(store: Path) -> None:
    (file,) = (store.parent / "s.duckdb.evidence").iterdir()
    file.write_bytes(file.read_bytes()[:-1])

    assert told(store)["files"] == (
        State.SILENT,
        "1 of 1 files are gone or cut short, the first of them s.duckdb.evidence/" + file.name,
    )


def test_a_clock_that_is_behind_the_store_is_told(store: Path) -> None:
    with writing(store) as connection:
        connection.execute("UPDATE checkpoint SET made_at = TIMESTAMP '2999-01-01'")

    state, said = told(store)["clock"]

    assert state is State.SILENT
    assert said.endswith("and something was recorded at 2999-01-01 00:00Z")


def test_a_clock_that_never_was_set_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(places, "RELEASED", datetime(2999, 1, 1, tzinfo=UTC))
    monkeypatch.chdir(tmp_path)

    state, said = told(None)["clock"]

    assert (state, said.endswith("before this release was made")) == (State.SILENT, True)


def test_what_was_left_beside_the_store_is_named(store: Path) -> None:
    (store.parent / ".s.duckdb.importing").touch()
    (store.parent / "s.duckdb.before-20260101T000000Z").touch()

    assert told(store)["left over"] == (
        State.FIRES,
        "beside it: .s.duckdb.importing, s.duckdb.before-20260101T000000Z",
    )
