"""What a change of a store leaves behind, seen from inside and by a checkpoint from outside."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from provenance.errors import StoreError
from provenance.ledger import verifying
from provenance.ledger.kinds import NOT_RECORDS, kinds
from provenance.ledger.merkle import grown, root_of
from provenance.ledger.verifying import Verification, Witness, last_checkpoint, verify
from provenance.store import reading, writing
from tests.provenance.stores import handed_in, recorded

if TYPE_CHECKING:
    from provenance.ledger.checkpoint import Checkpoint

HOSTS = [f"h{number}.example" for number in range(20)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two crawls and a list."""
    path = tmp_path_factory.mktemp("made") / "s.duckdb"
    recorded(path, *HOSTS[:10], run="run-1")
    handed_in(path, "2026-01-01")
    recorded(path, *HOSTS[10:], run="run-2")
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copyfile(made, tmp_path / "s.duckdb"))


def checkpoint(store: Path) -> Checkpoint:
    with reading(store) as connection:
        return last_checkpoint(connection)


def checked(store: Path, *witnesses: Checkpoint) -> Verification:
    with reading(store) as connection:
        return verify(connection, [Witness("outside", one) for one in witnesses])


def facts(store: Path, *witnesses: Checkpoint) -> list[str]:
    return [one.fact for one in checked(store, *witnesses).findings]


def tamper(store: Path, *statements: str) -> None:
    with duckdb.connect(str(store)) as connection:
        for one in statements:
            connection.execute(one)


def written_anew(store: Path) -> None:
    """Do what somebody does who knows the ledger: seal all records as if nothing had been."""
    tamper(store, "DELETE FROM ledger", "DELETE FROM checkpoint")
    with writing(store):
        pass


def test_every_table_of_a_store_is_sealed(store: Path) -> None:
    with reading(store) as connection:
        tables = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}

    sealed = {name for kind in kinds() for name in (kind.table, *kind.also)}
    assert sealed == tables - NOT_RECORDS


def test_a_store_that_nobody_changed_is_as_it_was_recorded(store: Path) -> None:
    found = checked(store, checkpoint(store))

    assert (found.findings, found.findings_left_out) == ((), 0)
    assert sum(found.records.values()) == found.ledger.size
    assert (found.checkpoints, found.witnesses) == (3, 1)


def test_earlier_checkpoints_hold_of_all_that_came_after(store: Path) -> None:
    first = checkpoint(store)
    recorded(store, "later.example", run="run-3")

    assert checkpoint(store).size > first.size
    assert facts(store, first, checkpoint(store)) == []


def test_sealing_again_adds_nothing(store: Path) -> None:
    before = checkpoint(store)

    with writing(store):
        pass

    assert checkpoint(store) == before


def test_what_is_rolled_back_is_not_sealed(store: Path) -> None:
    before = checkpoint(store)

    with pytest.raises(duckdb.Error), writing(store) as connection:
        connection.execute(
            "INSERT INTO run VALUES ('x', 'crawl', now()::TIMESTAMP, '{}', ''); FROM nowhere"
        )

    assert checkpoint(store) == before
    assert facts(store) == []


CAPTURE_7 = "capture_id = 7"
PUT_IN = f"INSERT INTO capture SELECT * REPLACE ({{}}) FROM capture WHERE {CAPTURE_7}"
SECOND = "(SELECT size FROM checkpoint ORDER BY size LIMIT 1 OFFSET 1)"
CUT = [
    "DELETE FROM capture WHERE run_id = 'run-2'",
    "DELETE FROM run WHERE run_id = 'run-2'",
    f"DELETE FROM body WHERE sha256 IN (SELECT key FROM ledger WHERE seq >= {SECOND})",
    "DELETE FROM signal WHERE capture_id NOT IN (SELECT capture_id FROM capture)",
    f"DELETE FROM ledger WHERE seq >= {SECOND}",
]
INSIDE = {
    "a value": (
        [f"UPDATE capture SET status = 404 WHERE {CAPTURE_7}"],
        ["altered since it was sealed"],
    ),
    "a signal": (
        [f"DELETE FROM signal WHERE {CAPTURE_7.replace('7', '8')}"],
        ["altered since it was sealed"],
    ),
    "the octets of a body": (
        ["UPDATE body SET bytes = 'x'::BLOB WHERE sha256 = (SELECT min(sha256) FROM body)"],
        ["altered since it was sealed"],
    ),
    "a rule of a robots.txt": (
        ["UPDATE robots_rule SET literal = '/never'"], ["altered since it was sealed"],
    ),
    "the time of a receipt": (
        ["UPDATE submission SET received_at = received_at - INTERVAL 1 YEAR"],
        # Its key holds the time: the one is gone, another has come.
        ["not in the ledger: added past it", "removed since it was sealed"],
    ),
    "an entry of a list": (
        ["UPDATE entry SET host = 'other.example'"], ["altered since it was sealed"],
    ),
    "a row in the middle taken out": (
        [f"DELETE FROM capture WHERE {CAPTURE_7}"], ["removed since it was sealed"],
    ),
    "its leaf taken out as well": (
        [
            "DELETE FROM ledger WHERE key = (SELECT fingerprint FROM capture WHERE capture_id = 7)",
            f"DELETE FROM capture WHERE {CAPTURE_7}",
        ],
        ["a gap lies before it", "the ledger is cut short: it has {less} leaves",
         "the leaves do not come to its root", "the leaves do not come to its root"],
    ),
    "a row put in": (
        [PUT_IN.format("100 AS capture_id, 'x' AS fingerprint")],
        ["not in the ledger: added past it"],
    ),
    "a row doubled": (
        [PUT_IN.format("100 AS capture_id")],
        ["not in the ledger: added past it"],
    ),
    "two rows swapped": (
        ["UPDATE ledger SET seq = 1001 - seq WHERE seq IN (500, 501)",
         "UPDATE ledger SET seq = 19 - seq WHERE seq IN (9, 10)"],
        ["the leaves do not come to its root"] * 3,
    ),
    "the tail cut, its checkpoints kept": (
        CUT,
        ["the ledger is cut short: it has {tail} leaves"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", list(INSIDE))
def test_a_change_is_seen_from_inside(store: Path, what: str) -> None:
    statements, expected = INSIDE[what]
    witness = checkpoint(store)
    tamper(store, *statements)

    found = facts(store)
    size = len(ledger(store))

    said = [fact.format(less=size, tail=size) for fact in expected]
    assert sorted(found) == sorted(said)
    assert set(said) <= set(facts(store, witness))


def ledger(store: Path) -> list[bytes]:
    with reading(store) as connection:
        return [leaf for (leaf,) in connection.execute("SELECT leaf FROM ledger").fetchall()]


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("DELETE FROM ledger_origin", 0),
        ("INSERT INTO ledger_origin VALUES ('provisor/0000000000000000', now()::TIMESTAMP)", 2),
    ],
)
def test_a_ledger_has_one_name(store: Path, statement: str, names: int) -> None:
    tamper(store, statement)

    assert facts(store) == [f"it has {names} names, and not one"]


@pytest.mark.parametrize("column", ["peaks = '\\x00'::BLOB", "sealed = 'no JSON'"])
def test_nothing_is_added_to_a_damaged_ledger(store: Path, column: str) -> None:
    tamper(store, f"UPDATE checkpoint SET {column}")
    before = store.read_bytes()

    with pytest.raises(StoreError, match="its last checkpoint is damaged"):
        recorded(store, "later.example", run="run-3")

    assert store.read_bytes() == before


def test_the_place_of_a_change_is_told(store: Path) -> None:
    tamper(store, f"UPDATE capture SET status = 404 WHERE {CAPTURE_7}")
    with duckdb.connect(str(store), read_only=True) as connection:
        ((key, seq),) = connection.execute(
            "SELECT key, seq FROM ledger JOIN capture ON key = fingerprint WHERE capture_id = 7"
        ).fetchall()

    (finding,) = checked(store).findings

    assert finding.place == f"capture {key}, leaf {seq}"


def test_a_tail_cut_with_its_checkpoints_is_seen_only_from_outside(store: Path) -> None:
    witness = checkpoint(store)
    (size,) = sizes(store)[1:2]
    tamper(store, *CUT, f"DELETE FROM checkpoint WHERE size > {size}")

    assert facts(store) == []
    fact = f"it saw {witness.size} leaves, the ledger has {size}: it was cut short"
    assert facts(store, witness) == [fact]


def sizes(store: Path) -> list[int]:
    with reading(store) as connection:
        return [
            size
            for (size,) in connection.execute(
                "SELECT size FROM checkpoint ORDER BY size"
            ).fetchall()
        ]


def test_a_ledger_written_anew_is_seen_only_from_outside(store: Path) -> None:
    witness = checkpoint(store)
    tamper(store, f"UPDATE capture SET status = 404 WHERE {CAPTURE_7}")
    written_anew(store)

    assert facts(store) == []
    fact = f"the histories differ within the first {witness.size} leaves"
    assert facts(store, witness) == [fact]


def test_two_copies_that_went_apart_do_not_bear_each_other_witness(
    store: Path, tmp_path: Path
) -> None:
    common = checkpoint(store)
    other = tmp_path / "copy.duckdb"
    shutil.copyfile(store, other)
    recorded(store, "left.example", run="run-3")
    recorded(other, "right.example", run="run-4")

    assert facts(store, common) == facts(other, common) == []
    (fact,) = facts(store, checkpoint(other))
    assert fact.startswith("the histories differ within the first ")


def test_a_checkpoint_of_another_store_shows_nothing_of_this_one(
    store: Path, tmp_path: Path
) -> None:
    recorded(tmp_path / "other.duckdb", "one.example")

    (fact,) = facts(store, checkpoint(tmp_path / "other.duckdb"))

    assert fact.startswith("it is of another store: provisor/")


def test_the_root_is_that_of_all_leaves_in_their_order(store: Path) -> None:
    with reading(store) as connection:
        rows = connection.execute("SELECT leaf FROM ledger ORDER BY seq").fetchall()

    assert checkpoint(store).root == root_of(grown((), [leaf for (leaf,) in rows]))


def test_a_store_of_a_release_without_a_ledger_is_sealed_when_it_is_written(store: Path) -> None:
    tamper(store, "DELETE FROM ledger", "DELETE FROM checkpoint", "DELETE FROM ledger_origin")
    assert set(facts(store)) == {"not in the ledger: added past it"}

    with writing(store):
        pass

    assert facts(store) == []


@pytest.mark.parametrize("batch", [1, 7, 50])
def test_a_ledger_is_read_in_parts_and_comes_to_the_same(
    store: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    witness = checkpoint(store)
    monkeypatch.setattr(verifying, "_BATCH", batch)

    assert facts(store, witness) == []
    tamper(store, "DELETE FROM ledger WHERE seq >= 60")
    assert f"it saw {witness.size} leaves, the ledger has {witness.size}: it was cut short" in (
        facts(store, witness)
    )


def test_of_many_findings_the_first_are_told_and_the_others_counted(store: Path) -> None:
    tamper(store, "UPDATE capture SET status = 404", "UPDATE body SET bytes = sha256::BLOB")
    with reading(store) as connection:
        ((bodies,),) = connection.execute("SELECT count(*) FROM body").fetchall()

    found = checked(store)

    assert (len(found.findings), found.findings_left_out) == (50, 40 + bodies - 50)
    assert not found.unaltered


def test_each_kind_of_records_and_the_checkpoints_are_a_step(store: Path) -> None:
    steps: list[int] = []

    with reading(store) as connection:
        found = verify(connection, advance=lambda: steps.append(1))

    assert len(steps) == len(kinds()) + 1
    assert found.unaltered
    assert (found.witnesses, list(found.records)) == (0, [kind.name for kind in kinds()])
    assert found.records["capture"] == 40


def test_a_store_without_records_has_a_ledger_of_no_leaves(store: Path, tmp_path: Path) -> None:
    witness = checkpoint(store)
    with writing(tmp_path / "new.duckdb"):
        pass

    found = checked(tmp_path / "new.duckdb")

    assert (found.ledger.origin, found.ledger.size, found.ledger.root) == ("", 0, root_of(()))
    assert (found.findings, found.checkpoints) == ((), 0)
    assert facts(tmp_path / "new.duckdb", witness) == [
        f"it is of another store: {witness.origin}, this is not sealed"
    ]


def test_a_checkpoint_is_that_of_the_schema_that_is_asked(store: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{store}' AS kept (READ_ONLY)")

        assert last_checkpoint(connection, "kept") == checkpoint(store)


NUMBERS = {
    "below zero": ("UPDATE ledger SET seq = -1 WHERE seq = 0", -1, "its number is below zero"),
    "a gap": ("UPDATE ledger SET seq = seq + 1 WHERE seq > 3", 5, "a gap lies before it"),
    "a gap before all": ("UPDATE ledger SET seq = seq + 1", 1, "a gap lies before it"),
    "twice": ("UPDATE ledger SET seq = 4 WHERE seq = 5", 4, "its number stands twice"),
}


@pytest.mark.parametrize("what", NUMBERS)
def test_leaves_are_numbered_without_a_gap_from_zero(store: Path, what: str) -> None:
    statement, seq, fact = NUMBERS[what]
    tamper(store, statement)
    with reading(store) as connection:
        leaves = connection.execute("SELECT kind, key FROM ledger WHERE seq = ?", [seq]).fetchall()

    found = [one.place for one in checked(store).findings if one.fact == fact]

    assert set(found) <= {f"ledger {kind} {key}, leaf {seq}" for kind, key in leaves}
    assert len(found) == 1


TWICE = "INSERT INTO ledger SELECT 1000, kind, key, {} FROM ledger WHERE seq = 3"


@pytest.mark.parametrize(
    "statements",
    [
        [TWICE.format("leaf")],
        [TWICE.format("'x'::BLOB"), "UPDATE ledger SET leaf = 'y'::BLOB WHERE seq = 3"],
    ],
)
def test_a_record_of_two_leaves_is_told_with_the_first(store: Path, statements: list[str]) -> None:
    tamper(store, *statements)

    found = [one for one in checked(store).findings if one.fact == "removed since it was sealed"]

    assert [one.place.rpartition(", ")[2] for one in found] == ["leaf 3"]


def test_a_record_without_a_leaf_has_no_number(store: Path) -> None:
    tamper(store, PUT_IN.format("100 AS capture_id, 'x' AS fingerprint"))

    assert [one.place for one in checked(store).findings] == ["capture x"]


def test_an_empty_ledger_was_seen_by_whoever_saw_no_leaf(store: Path) -> None:
    nothing = replace(checkpoint(store), size=0, root=root_of(()))

    assert facts(store, nothing) == []
    assert Witness("outside", nothing).note == ""


def test_a_ledger_without_checkpoints_is_told_as_such(store: Path) -> None:
    tamper(store, "DELETE FROM checkpoint")

    assert [(one.place, one.fact) for one in checked(store).findings] == [
        ("ledger", f"{len(ledger(store))} leaves stand behind the last checkpoint"),
        ("ledger", "it has 1 names, and not one"),
    ]


def test_the_place_of_each_checkpoint_that_does_not_hold_is_told(store: Path) -> None:
    witness = checkpoint(store)
    other = replace(witness, origin="provisor/other")
    tamper(store, "DELETE FROM ledger WHERE seq >= 60")

    own, *outside = checked(store, witness, other).findings[-3:]

    assert own.place == f"checkpoint of {witness.size} leaves"
    assert [one.place for one in outside] == ["outside", "outside"]


def test_leaves_that_no_checkpoint_is_of_are_told(store: Path) -> None:
    tamper(store, "DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)")
    last = checkpoint(store).size

    assert facts(store) == [f"{len(ledger(store)) - last} leaves stand behind the last checkpoint"]


@pytest.mark.parametrize("column", ["root = 'x'::BLOB", "peaks = peaks || 'x'::BLOB"])
def test_a_checkpoint_holds_by_its_root_and_its_peaks(store: Path, column: str) -> None:
    tamper(store, f"UPDATE checkpoint SET {column} WHERE size = {checkpoint(store).size}")

    (finding,) = checked(store).findings

    assert finding.place == f"checkpoint of {len(ledger(store))} leaves"
    assert finding.fact == "the leaves do not come to its root"


def test_findings_of_witnesses_name_their_place(store: Path) -> None:
    witness = checkpoint(store)
    tamper(store, "UPDATE checkpoint SET root = 'x'::BLOB")

    places = [one.place for one in checked(store, replace(witness, root=bytes(32))).findings]

    assert places[-1] == "outside"
    assert facts(store, witness)[-1] == "the leaves do not come to its root"
