from __future__ import annotations

import base64
import hashlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from blocklists.refusals import ListRefused
from blocklists.submit import submit
from provenance.errors import StoreError
from provenance.merging import merge
from provenance.store import reading, writing
from tests.blocklists.test_packages import MANIFEST, package_of

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 2, 3, 12, tzinfo=UTC)
SHA1 = hashlib.sha1(b"a picture of some kind", usedforsecurity=False)


def rows(store: Path, query: str) -> list[tuple[Any, ...]]:
    with reading(store) as connection:
        return connection.execute(query).fetchall()


def test_keeps_digests_in_the_form_that_datasets_hold(store_path: Path, tmp_path: Path) -> None:
    text = base64.b32encode(SHA1.digest()).decode()
    table = f"algo,hash,work,notice_date\nsha1,{text},Work,2026-01-15\n".encode()
    folder = package_of(
        tmp_path / "list", table, name="hashes.csv", kind="hashes", sensitivity="restricted"
    )

    receipt = submit(store_path, folder, clock=lambda: NOON)

    assert receipt.entries == 1
    assert rows(store_path, "SELECT * EXCLUDE (entry_id) FROM digest_entry") == [
        (1, 2, "sha1", SHA1.digest(), text, None, "", "Work", "", date(2026, 1, 15), []),
    ]
    assert rows(store_path, "FROM entry") == []


@pytest.mark.parametrize(
    ("table", "changes", "code"),
    [
        (
            b"algo,hash,category\nsha1," + SHA1.hexdigest().encode() + b",other_illegal\n",
            {"sensitivity": "restricted", "name": "h.csv", "kind": "hashes"},
            "F_SEALED",
        ),
        (
            b"algo,hash\nsha1," + SHA1.hexdigest().encode() + b"\n",
            {
                "sensitivity": "restricted",
                "name": "h.csv",
                "kind": "hashes",
                "basis": "hotline",
                "submitter": {**MANIFEST["submitter"], "role": "hotline"},
            },
            "F_SEALED",
        ),
    ],
)
def test_keeps_nothing_of_what_it_has_no_place_for(
    store_path: Path, tmp_path: Path, table: bytes, changes: dict[str, Any], code: str
) -> None:
    folder = package_of(tmp_path / "list", table, **changes)

    with pytest.raises(ListRefused) as caught:
        submit(store_path, folder, clock=lambda: NOON)

    assert caught.value.code == code
    assert SHA1.hexdigest() not in str(caught.value)
    assert not store_path.exists()


def test_digests_that_a_hotline_hands_in_without_a_manifest_are_not_kept(
    store_path: Path, tmp_path: Path
) -> None:
    path = tmp_path / "hashes.csv"
    path.write_text(f"algo,hash\nsha1,{SHA1.hexdigest()}\n", "utf-8")

    with pytest.raises(ListRefused, match="F_SEALED"):
        submit(store_path, path, list_id="a/b", submitter="A", basis="hotline")

    assert not store_path.exists()


def test_digests_are_merged_once(store_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "hashes.csv"
    path.write_text(f"algo,hash\nsha1,{SHA1.hexdigest()}\n", "utf-8")
    submit(store_path, path, list_id="a/b", submitter="A", clock=lambda: NOON)
    into = tmp_path / "into.duckdb"

    first = merge(into, [store_path])
    again = merge(into, [store_path])

    assert (first.tables["digest_entry"].added, again.tables["digest_entry"].added) == (1, 0)
    assert again.tables["submission"].added == 0
    assert rows(into, "SELECT submission_id, digest FROM digest_entry") == [(1, SHA1.digest())]


def test_a_digest_whose_list_is_missing_is_damage(store_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "hashes.csv"
    path.write_text(f"algo,hash\nsha1,{SHA1.hexdigest()}\n", "utf-8")
    submit(store_path, path, list_id="a/b", submitter="A", clock=lambda: NOON)
    with writing(store_path) as connection:
        connection.execute("DELETE FROM submission")

    with pytest.raises(StoreError, match="a digest of submission 1, which is not there"):
        merge(tmp_path / "into.duckdb", [store_path])


def test_more_rows_than_one_statement_takes_are_all_kept(store_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("\n".join(f"s{n}.example" for n in range(20_001)), "utf-8")

    submit(store_path, path, list_id="a/b", submitter="A", clock=lambda: NOON)

    assert rows(store_path, "SELECT count(*), count(DISTINCT entry_id), max(line) FROM entry") == [
        (20_001, 20_001, 20_001)
    ]
