"""Adding stores to a store: nothing twice, nothing lost, nothing dated back, and all or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
from itertools import permutations
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from provenance.errors import StoreError, UsageRefused
from provenance.ledger.kinds import BOOKKEEPING
from provenance.ledger.verifying import last_checkpoint
from provenance.listing import listed_hosts
from provenance.merging import _STEPS, TABLES, Count, merge
from provenance.migrating import migrations
from provenance.store import reading, writing
from tests.conftest import ROOT
from tests.provenance.stores import (
    BY_PATH,
    FACTS,
    at,
    facts,
    handed_in,
    matched,
    recorded,
    rows,
)

if TYPE_CHECKING:
    from pathlib import Path

PAGE = hashlib.sha256(b"page of two.example").hexdigest()


@pytest.fixture
def a(tmp_path: Path) -> Path:
    """A worker's store: two hosts, a list, a match."""
    store = tmp_path / "a.duckdb"
    recorded(store, "one.example", "two.example", run="run-a")
    handed_in(store, "2026-01-10")
    matched(store, run="run-a")
    return store


@pytest.fixture
def b(tmp_path: Path) -> Path:
    """Another worker's: other hosts, one exchange of run-a, the same list later, and another."""
    store = tmp_path / "b.duckdb"
    recorded(store, "three.example", run="run-b", when="2026-01-02", robots=f"\n\n{BY_PATH}")
    recorded(store, "four.example", run="run-c", when="2026-01-03", robots=BY_PATH)
    recorded(store, "two.example", run="run-d", when="2026-01-01")
    handed_in(store, "2026-01-20")
    handed_in(store, "2026-01-21", "other.example")
    matched(store, run="run-b")
    return store


def emptied(folder: Path, name: str = "into.duckdb") -> Path:
    store = folder / name
    with writing(store):
        pass
    return store


def refused(into: Path, *sources: Path) -> StoreError:
    with pytest.raises(StoreError) as caught:
        merge(into, sources, wait_s=0.2)
    return caught.value


def change(store: Path, *statements: str) -> None:
    with duckdb.connect(str(store)) as connection:
        for statement in statements:
            connection.execute(statement)


# What must not happen.


@pytest.mark.parametrize("how", ["itself", "name", "symlink", "hardlink", "source"])
def test_a_store_is_not_merged_with_itself(a: Path, tmp_path: Path, how: str) -> None:
    other, into = tmp_path / "other.duckdb", a
    if how == "itself":
        other = a
    elif how == "name":
        other = tmp_path / "." / "a.duckdb"
    elif how == "symlink":
        other.symlink_to(a)
    else:
        other.hardlink_to(a)
    before = a.read_bytes()

    with pytest.raises(UsageRefused, match="are the same file; name each store once"):
        merge(*((tmp_path / "new.duckdb", [into, other]) if how == "source" else (into, [other])))

    assert a.read_bytes() == before
    assert not (tmp_path / "new.duckdb").exists()


def test_a_source_that_is_no_store_of_this_release_is_refused(a: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.duckdb"
    text.write_text("not a store, but long enough to have a header of its own\n" * 100)
    newer, older = emptied(tmp_path, "newer.duckdb"), emptied(tmp_path, "older.duckdb")
    change(newer, "INSERT INTO migration VALUES (999, now()::TIMESTAMP)")
    change(older, "DELETE FROM migration")
    into = tmp_path / "into.duckdb"

    told = {
        path.name: str(refused(into, a, path)).removeprefix(f"{path}: ")
        for path in (tmp_path / "none.duckdb", text, newer, older)
    }

    assert told.pop("newer.duckdb").endswith(f"knows {max(migrations())}); update provisor")
    assert told == {
        "none.duckdb": "there is no store here; make one with `provisor crawl`, `provisor import`"
        " or `provisor blocklist import`",
        "text.duckdb": "not a DuckDB file; name another file, or delete this one",
        "older.duckdb": "written by an older provisor; run `provisor store migrate`: it keeps a copy"
        " and brings it up to date",
    }
    assert not into.exists()


@pytest.mark.parametrize(
    "change_of_run",
    [
        "settings = '{\"hosts\":9}'",
        "started_at = '2020-01-01'",
        "kind = 'import'",
        "provisor = '9'",
    ],
)
def test_a_run_that_both_know_otherwise_is_refused(
    a: Path, tmp_path: Path, change_of_run: str
) -> None:
    into, copy = tmp_path / "into.duckdb", tmp_path / "copy.duckdb"
    shutil.copy(a, copy)
    merge(into, [a])
    change(copy, f"UPDATE run SET {change_of_run}")
    before = facts(into)

    error = refused(into, copy)

    assert (error.place, error.fact) == (
        str(copy),
        "its run run-a is not the run that another store knows by that name",
    )
    assert facts(into) == before
    assert "run-a" in refused(tmp_path / "new.duckdb", a, copy).fact


@pytest.mark.parametrize(
    ("harm", "fact"),
    [
        ("UPDATE body SET bytes = 'other'::BLOB WHERE bytes = 'page of two.example'::BLOB",
         f"damaged: body {PAGE} does not have this digest"),
        ("UPDATE signal SET capture_id = 99",
         "damaged: a signal of capture 99, which is not there"),
        ("DELETE FROM submission",
         "damaged: a match with submission 1, which is not there"),
        ("UPDATE entry SET submission_id = 7",
         "damaged: an entry of submission 7, which is not there"),
    ],
)  # fmt: skip
def test_a_source_whose_rows_do_not_hang_together_is_refused(
    a: Path, b: Path, tmp_path: Path, harm: str, fact: str
) -> None:
    into = emptied(tmp_path)
    change(a, harm)
    if "DELETE" in harm:
        change(a, "DELETE FROM entry")

    error = refused(into, b, a)

    assert (error.place, error.fact) == (str(a), fact)
    assert all(found == [] for found in facts(into).values())


def test_a_torn_block_is_told_of_the_file_it_is_in(a: Path, tmp_path: Path) -> None:
    torn = emptied(tmp_path, "torn.duckdb")
    change(
        torn,
        "INSERT INTO body SELECT sha256(b), b"
        " FROM (SELECT encode(repeat(i::VARCHAR, 2000)) AS b FROM range(2000) t(i))",
    )
    octets = bytearray(torn.read_bytes())
    octets[len(octets) // 2] ^= 1
    torn.write_bytes(octets)

    error = refused(tmp_path / "into.duckdb", a, torn)

    assert (error.place, error.fact) == (str(torn), "damaged: a block fails its checksum")


def test_the_sources_stay_byte_for_byte(a: Path, b: Path, tmp_path: Path) -> None:
    before = [path.read_bytes() for path in (a, b)]

    merge(tmp_path / "into.duckdb", [a, b])

    assert [path.read_bytes() for path in (a, b)] == before
    assert sorted(path.name for path in tmp_path.glob("*.wal")) == []


def test_what_a_killed_process_left_beside_its_store_is_merged_and_stays(tmp_path: Path) -> None:
    source, wal = emptied(tmp_path, "s.duckdb"), tmp_path / "s.duckdb.wal"
    code = (
        f"import duckdb, os; c = duckdb.connect({str(source)!r});"
        " c.execute(\"INSERT INTO body VALUES (sha256('x'::BLOB), 'x'::BLOB)\"); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    before = (source.read_bytes(), wal.read_bytes())

    merged = merge(tmp_path / "into.duckdb", [source])

    assert merged.tables["body"] == Count(1, 1, 0)
    assert merged.sources[0].wal_sha256 == hashlib.sha256(before[1]).hexdigest()
    assert (source.read_bytes(), wal.read_bytes()) == before


def checkpoint(path: Path) -> str:
    with reading(path) as connection:
        return str(last_checkpoint(connection))


def test_every_table_of_a_store_is_merged(tmp_path: Path) -> None:
    tables = {name for (name,) in rows(emptied(tmp_path), "SHOW TABLES")}

    assert tables - BOOKKEEPING == {*TABLES} == {*FACTS}


# Captures.


def test_the_same_exchange_is_not_added_twice(a: Path, b: Path, tmp_path: Path) -> None:
    merged = merge(tmp_path / "into.duckdb", [a, b])

    # Of the robots.txt and the page of two.example, run-d brings nothing new.
    assert merged.tables["capture"] == Count(read=10, added=8, already=2)
    assert merged.tables["signal"] == Count(read=5, added=4, already=1)
    assert merged.tables["run"] == Count(read=4, added=4, already=0)
    assert merged.read_otherwise == 0
    found = rows(
        tmp_path / "into.duckdb", "SELECT count(DISTINCT fingerprint), count(*) FROM capture"
    )
    assert found == [(8, 8)]


def test_another_time_is_another_exchange(a: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.duckdb"
    recorded(later, "one.example", "two.example", run="run-b", when="2026-01-02")

    merged = merge(a, [later])

    assert merged.tables["capture"] == Count(4, 4, 0)
    assert merged.tables["body"] == Count(3, 0, 3)
    assert merged.tables["robots_body"] == Count(1, 0, 1)


def test_numbers_follow_the_stores_last_in_the_order_of_each_source(
    a: Path, b: Path, tmp_path: Path
) -> None:
    into = tmp_path / "into.duckdb"
    recorded(into, "zero.example", run="run-0", when="2026-03-01")

    merge(into, [b, a])

    told = "SELECT capture_id, host, probe, run_id FROM capture ORDER BY capture_id"
    assert rows(into, told) == [
        (1, "zero.example", "robots", "run-0"),
        (2, "zero.example", "page", "run-0"),
        (3, "three.example", "robots", "run-b"),
        (4, "three.example", "page", "run-b"),
        (5, "four.example", "robots", "run-c"),
        (6, "four.example", "page", "run-c"),
        (7, "one.example", "robots", "run-a"),
        (8, "one.example", "page", "run-a"),
        (9, "two.example", "robots", "run-a"),
        (10, "two.example", "page", "run-a"),
    ]
    assert rows(into, "SELECT capture_id FROM signal ORDER BY rowid") == [
        (2,), (4,), (6,), (8,), (10,),
    ]  # fmt: skip


def test_what_is_recorded_afterwards_gets_numbers_of_its_own(a: Path, b: Path) -> None:
    merge(a, [b])

    recorded(a, "five.example", run="run-e")
    handed_in(a, "2026-04-01", "third.example")

    assert rows(a, "SELECT max(capture_id), count(*) FROM capture") == [(10, 10)]
    assert rows(a, "SELECT max(submission_id), max(version) FROM submission") == [(3, 3)]


def test_a_capture_that_a_source_reads_otherwise_is_told(a: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    recorded(other, "one.example", "two.example", run="run-b", signals=())
    change(other, "UPDATE capture SET outcome = 'unreadable' WHERE host = 'one.example'")
    before = facts(a)

    merged = merge(a, [other])

    assert merged.tables["capture"] == Count(4, 0, 4)
    assert merged.read_otherwise == 3  # robots.txt and page of one, the page of two
    assert facts(a)["capture"] == before["capture"]


# Lists: the notice date.


def receipts(store: Path) -> list[tuple[str, str]]:
    found = rows(store, "SELECT status, received_at FROM submission ORDER BY received_at, status")
    return [(status, received_at.isoformat()[:10]) for status, received_at in found]


def noticed(store: Path, on: str = "") -> str:
    with reading(store) as connection:
        hosts = listed_hosts(connection, ["pirate.example"], now=at(on) if on else None)
    found = hosts.get("pirate.example", ())
    days = {listing.received_at.date().isoformat() for listing in found}
    assert len(days) < 2
    return "".join(days)


EARLY, LATE, PUBLIC = "2026-01-01", "2026-02-01", "2025-06-01"


@pytest.mark.parametrize(
    ("ours", "theirs", "kept", "known_since"),
    [
        # The same list later, or at the same time, says nothing new.
        ({}, {"when": LATE}, [("accepted", EARLY)], EARLY),
        ({}, {}, [("accepted", EARLY)], EARLY),
        ({}, {"when": LATE, "status": "received"}, [("accepted", EARLY)], EARLY),
        ({"status": "received"}, {"when": LATE, "status": "received"}, [("received", EARLY)], ""),
        # An earlier receipt is never lost, and ours is not changed.
        ({"when": LATE}, {}, [("accepted", EARLY), ("accepted", LATE)], EARLY),
        # What one verified later, the other has known since it came in.
        ({"when": LATE}, {"status": "received"}, [("received", EARLY), ("accepted", LATE)], EARLY),
        ({"status": "received"}, {"when": LATE}, [("received", EARLY), ("accepted", LATE)], EARLY),
        # What nobody has verified is not used, however early it came.
        ({"status": "received", "when": LATE}, {"status": "received"},
         [("received", EARLY), ("received", LATE)], ""),
        # A store that verified it itself keeps both of its rows, elsewhere too.
        ({"when": LATE}, {"status": "received", "verified": "2026-03-01"},
         [("accepted", EARLY), ("received", EARLY), ("accepted", LATE)], EARLY),
        # Since when it was public is a fact of its own.
        ({}, {"when": LATE, "published": PUBLIC}, [("accepted", EARLY), ("accepted", LATE)], EARLY),
        ({"published": PUBLIC}, {"when": LATE}, [("accepted", EARLY)], EARLY),
    ],
)  # fmt: skip
def test_the_earliest_receipt_of_a_list_counts_and_none_earlier(
    tmp_path: Path,
    ours: dict[str, Any],
    theirs: dict[str, Any],
    kept: list[tuple[str, str]],
    known_since: str,
) -> None:
    into, source = tmp_path / "into.duckdb", tmp_path / "source.duckdb"
    handed_in(into, **{"when": EARLY, **ours})
    verified = theirs.get("verified", "")
    handed_in(source, **{"when": EARLY, **{k: v for k, v in theirs.items() if k != "verified"}})
    if verified:
        handed_in(source, verified)

    merged = merge(into, [source])

    assert receipts(into) == kept
    assert noticed(into) == known_since
    assert merged.tables["submission"].added == len(kept) - 1
    assert merged.tables["entry"].added == merged.tables["submission"].added


def test_a_list_imported_again_after_a_merge_shows_its_earliest_receipt(tmp_path: Path) -> None:
    into, source = tmp_path / "into.duckdb", tmp_path / "source.duckdb"
    handed_in(into, LATE, status="received")
    handed_in(source, EARLY, status="received")
    merge(into, [source])

    handed_in(into, "2026-05-01")

    assert receipts(into)[0] == ("accepted", EARLY)
    assert noticed(into) == EARLY


def test_another_file_of_the_list_is_another_receipt(tmp_path: Path) -> None:
    into, source = tmp_path / "into.duckdb", tmp_path / "source.duckdb"
    handed_in(into, EARLY)
    handed_in(source, LATE, "pirate.example", "other.example")

    merge(into, [source])

    assert receipts(into) == [("accepted", EARLY), ("accepted", LATE)]
    assert rows(into, "SELECT submission_id, line FROM entry ORDER BY rowid") == [
        (1, 1), (2, 1), (2, 2),
    ]  # fmt: skip


def test_no_entry_of_a_later_receipt_is_lost(tmp_path: Path) -> None:
    into, source = tmp_path / "into.duckdb", tmp_path / "source.duckdb"
    for store, when in ((into, EARLY), (source, LATE)):
        handed_in(store, when, "pirate.example", "other.example")
    change(into, "DELETE FROM entry WHERE host = 'other.example'")  # left out when it was read

    merge(into, [source])

    assert receipts(into) == [("accepted", EARLY), ("accepted", LATE)]
    assert {host for (host,) in rows(into, "SELECT host FROM entry")} == {
        "pirate.example",
        "other.example",
    }


def test_a_match_points_to_the_receipt_that_stands_and_keeps_its_date(a: Path, b: Path) -> None:
    merge(a, [b])

    told = "SELECT run_id, submission_id, received_at FROM listed_match ORDER BY run_id"
    assert rows(a, told) == [
        ("run-a", 1, at("2026-01-10").replace(tzinfo=None)),
        ("run-b", 1, at("2026-01-20").replace(tzinfo=None)),  # what that run went by
    ]


# Any order, any number of times.


def test_merging_again_adds_nothing_and_changes_nothing(a: Path, b: Path, tmp_path: Path) -> None:
    into = tmp_path / "into.duckdb"
    first = merge(into, [a, b])
    before = into.read_bytes()

    again = merge(into, [b, a])

    assert first.run_id
    assert again.run_id == ""
    assert {table: count.added for table, count in again.tables.items()} == dict.fromkeys(TABLES, 0)
    assert all(count.read == count.already for count in again.tables.values())
    assert into.read_bytes() == before


def test_the_order_of_the_sources_decides_only_the_numbers(
    a: Path, b: Path, tmp_path: Path
) -> None:
    c = tmp_path / "c.duckdb"
    recorded(c, "two.example", "five.example", run="run-0", when="2026-01-01")
    handed_in(c, "2026-01-05", status="received")
    handed_in(c, "2026-01-06")
    handed_in(c, "2026-01-07", "other.example")
    matched(c, run="run-0")

    found = []
    for number, order in enumerate(permutations([a, b, c])):
        into = tmp_path / f"into-{number}.duckdb"
        merge(into, list(order))
        found.append(facts(into))

    assert [one == found[0] for one in found] == [True] * 6
    assert receipts(tmp_path / "into-0.duckdb") == [
        ("accepted", "2026-01-05"), ("received", "2026-01-05"), ("accepted", "2026-01-07"),
    ]  # fmt: skip


def test_in_steps_or_at_once_the_captures_and_the_notice_date_are_the_same(
    a: Path, b: Path, tmp_path: Path
) -> None:
    at_once, stepwise, backwards = (tmp_path / f"{name}.duckdb" for name in "xyz")
    merge(at_once, [a, b])
    for into, order in ((stepwise, [a, b]), (backwards, [b, a])):
        for source in order:
            merge(into, [source])

    assert facts(stepwise) == facts(at_once)
    for table in ("run", "body", "robots_body", "robots_group"):
        assert facts(backwards)[table] == facts(at_once)[table]
    # On the 21st, a later version of the list left it out.
    assert noticed(backwards, "2026-01-20") == noticed(at_once, "2026-01-20") == "2026-01-10"
    assert noticed(backwards, "2026-01-22") == noticed(at_once, "2026-01-22") == ""
    prints = "SELECT fingerprint, outcome FROM capture ORDER BY ALL"
    assert rows(backwards, prints) == rows(at_once, prints)


def test_two_stores_that_take_from_each_other_come_to_hold_the_same(a: Path, b: Path) -> None:
    merge(a, [b])
    merge(b, [a])

    assert {row[2] for row in facts(a)["capture"]} == {row[2] for row in facts(b)["capture"]}
    assert noticed(a, "2026-01-20") == noticed(b, "2026-01-20") == "2026-01-10"


def test_equal_rules_of_two_files_are_kept_once(b: Path, tmp_path: Path) -> None:
    into, other = tmp_path / "into.duckdb", tmp_path / "other.duckdb"
    recorded(other, "six.example", run="run-6", robots=f"\n\n\n\n\n\n{BY_PATH}")

    for order in ([b, other], [other, b]):
        into.unlink(missing_ok=True)
        merge(into, order)
        told = (
            "SELECT line, pattern FROM robots_rule WHERE starts_with(pattern, '/a/') ORDER BY line"
        )
        assert rows(into, told) == [(6, "/a/"), (7, "/a/b")]
        assert rows(into, "SELECT count(*) FROM robots_group") == [(4,)]


# The record of it.


def test_a_merge_is_recorded_with_the_digests_of_what_it_read(
    a: Path, b: Path, tmp_path: Path
) -> None:
    into = tmp_path / "into.duckdb"

    merged = merge(into, [a, b])

    ((kind, settings),) = rows(
        into, f"SELECT kind, settings FROM run WHERE run_id = '{merged.run_id}'"
    )
    said = json.loads(settings)
    assert kind == "merge"
    assert said["sources"] == [
        {
            "file": path.name,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "wal_sha256": "",
            "checkpoint": checkpoint(path),
        }
        for path in (a, b)
    ]
    assert said["tables"]["capture"] == {"read": 10, "added": 8, "already": 2}
    assert set(said["tables"]) == set(TABLES)


def test_merges_of_merged_stores_keep_their_history(a: Path, b: Path, tmp_path: Path) -> None:
    first = merge(a, [b])
    second = merge(tmp_path / "into.duckdb", [a])

    kept = rows(tmp_path / "into.duckdb", "SELECT run_id FROM run WHERE kind = 'merge'")
    assert {run_id for (run_id,) in kept} == {first.run_id, second.run_id}


# All or nothing.

HALT = """
import sys, time
from pathlib import Path
from provenance import merging
real = merging.statement
def halting(package, name):
    if name == f"merge/{sys.argv[1]}":
        print("here", flush=True)
        time.sleep(60)
    return real(package, name)
merging.statement = halting
merging.merge(Path(sys.argv[2]), [Path(path) for path in sys.argv[3:]])
"""


@pytest.mark.parametrize("step", [_STEPS[0], _STEPS[3], "09_read_otherwise"])
def test_a_merge_killed_midway_leaves_the_store_as_it_was(
    a: Path, b: Path, tmp_path: Path, step: str
) -> None:
    into = tmp_path / "into.duckdb"
    recorded(into, "zero.example", run="run-0")
    before, sources = facts(into), [a.read_bytes(), b.read_bytes()]

    command = [sys.executable, "-c", HALT, step, str(into), str(a), str(b)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "here\n"
        child.kill()

    assert facts(into) == before
    assert [a.read_bytes(), b.read_bytes()] == sources
    assert merge(into, [a, b]).tables["capture"] == Count(10, 8, 2)


def test_a_full_disk_leaves_the_store_as_it_was(a: Path, tmp_path: Path) -> None:
    large = emptied(tmp_path, "large.duckdb")
    change(
        large,
        "INSERT INTO body SELECT sha256(b), b FROM (SELECT encode(string_agg(sha256((i * 100 + j)"
        "::VARCHAR), '')) AS b FROM range(4000) t(i), range(100) u(j) GROUP BY i)",
    )
    before, most = facts(a), a.stat().st_size + 1_000_000
    assert large.stat().st_size > 2 * most
    code = (
        "import resource, sys; from pathlib import Path; from provenance.merging import merge\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\n"
        "merge(Path(sys.argv[1]), [Path(sys.argv[2])])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(a), str(large)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )

    assert done.returncode == 1
    assert "StoreError" in done.stderr
    assert facts(a) == before
    assert merge(a, [large]).tables["body"].added == 4000
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
