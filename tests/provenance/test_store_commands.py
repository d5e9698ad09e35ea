"""`provisor store` as it is called."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.command import called as provisor
from tests.provenance.stores import handed_in, recorded

if TYPE_CHECKING:
    from pathlib import Path


def test_a_store_named_twice_is_a_wrong_call(tmp_path: Path) -> None:
    recorded(tmp_path / "a.duckdb", "one.example")

    code, out, err = provisor("store", "merge", "a.duckdb", "a.duckdb", cwd=tmp_path)

    assert (code, out) == (2, "")
    assert err == (
        "provisor: error: store merge: a.duckdb and a.duckdb are the same file;"
        " name each store once\n"
    )


def test_a_missing_store_ends_with_4_and_makes_none(tmp_path: Path) -> None:
    code, out, err = provisor("store", "merge", "all.duckdb", "a.duckdb", cwd=tmp_path)

    assert (code, out, list(tmp_path.iterdir())) == (4, "", [])
    assert err.startswith("provisor: error: a.duckdb: there is no store here; make one")


def test_what_is_missing_from_the_call_is_named(tmp_path: Path) -> None:
    code, _, err = provisor("store", "merge", "all.duckdb", cwd=tmp_path)

    assert code == 2
    assert "Missing argument 'FROM...'" in err


def test_the_table_tells_what_came_in_and_what_was_there(tmp_path: Path) -> None:
    recorded(tmp_path / "a.duckdb", "one.example", run="run-a")
    recorded(tmp_path / "b.duckdb", "one.example", "two.example", run="run-b", signals=())
    handed_in(tmp_path / "b.duckdb", "2026-01-01")

    words = ("store", "merge", "all.duckdb", "a.duckdb", "b.duckdb")
    code, out, err = provisor(*words, cwd=tmp_path)

    assert (code, err) == (0, "")
    assert re.sub(r"merge-\d{8}T\d{6}Z-[0-9a-f]{8}", "ID", out) == (
        "all.duckdb: 2 stores merged; recorded as ID\n"
        "  TABLE                 READ         ADDED  ALREADY THERE\n"
        "  run                      2             2              0\n"
        "  capture                  6             4              2\n"
        "  signal                   1             1              0\n"
        "  evidence                 0             0              0\n"
        "  body                     5             3              2\n"
        "  robots_body              2             1              1\n"
        "  robots_group             2             1              1\n"
        "  robots_rule              2             1              1\n"
        "  robots_signal            0             0              0\n"
        "  submission               1             1              0\n"
        "  entry                    1             1              0\n"
        "  digest_entry             0             0              0\n"
        "  listed_match             0             0              0\n"
        "  entry_event              0             0              0\n"
        "  list_fetch               0             0              0\n"
        "  handed_in                0             0              0\n"
        "  frontier                 0             0              0\n"
        "  visited                  0             0              0\n"
        "  continuation             0             0              0\n"
        "  not_before               0             0              0\n"
        "  archive                  0             0              0\n"
        "Read otherwise in another store: 1 of the captures already there. The reading that was"
        " there stands.\n"
    )


def test_the_same_as_json(tmp_path: Path) -> None:
    recorded(tmp_path / "a.duckdb", "one.example")
    words = ("store", "merge", "all.duckdb", "a.duckdb", "--json")
    provisor(*words, cwd=tmp_path)

    code, out, _ = provisor(*words, cwd=tmp_path)

    said = json.loads(out)
    assert code == 0
    assert (said["store"], said["run_id"], said["read_otherwise"]) == ("all.duckdb", "", 0)
    assert said["tables"]["capture"] == {"read": 2, "added": 0, "already": 2}
    assert [source["file"] for source in said["sources"]] == ["a.duckdb"]
