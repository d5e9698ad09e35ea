"""Mutated files: no crash, no hang, no wrong count, and a store that stays as it is.

`make mutated` reads 2,000 of them, the tests of every day some each; the seed is fixed.
"""

from __future__ import annotations

import hashlib
import os
import random
from typing import TYPE_CHECKING, Any

import pytest

from audit.declaration import Declaration
from audit.rules import rules
from audit.run import run
from audit.settings import Question
from crawler.archives.imported import Importing
from crawler.archives.interpreting import Workers
from crawler.archives.warc import import_warc
from provenance.apart.limits import Limits
from provenance.apart.worker import Ended, aside
from provenance.errors import ProvisorError
from provenance.intake.manifest import open_manifest
from provenance.ledger.octets import check_evidence
from provenance.ledger.verifying import verify
from provenance.store import reading
from tests.crawler.loopback import ended, site, started
from tests.mutated import reading as how
from tests.mutated.mutations import mutated
from tests.mutated.originals import ARCHIVES, LISTS, MANIFESTS
from tests.provenance.stores import recorded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WHOLE = int(os.environ.get("MUTATED", "0"))
EACH = WHOLE // (len(MANIFESTS) + len(ARCHIVES) + len(LISTS)) + 1 if WHOLE else 8
AUDITED = 10 if WHOLE else 1
ROOM = Limits(2_000_000_000, 60, wall_s=120)
SEED = 7


def files(folder: Path, name: str, original: bytes) -> Iterator[Path]:
    chance = random.Random(f"{SEED} {name}")  # noqa: S311 (the same each time)
    for number in range(EACH):
        path = folder / str(number) / name
        path.parent.mkdir()
        path.write_bytes(mutated(original, chance))
        yield path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", [*MANIFESTS, *LISTS])
def test_what_is_not_mutated_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((MANIFESTS | LISTS)[name]())
    count = how.count_rows if name in MANIFESTS else how.count_lines

    found, expected = aside(count, path, limits=ROOM)

    assert found >= 40
    assert expected in {found, None}


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_mutated_manifest_is_refused_or_read_to_its_last_row(tmp_path: Path, name: str) -> None:
    told = {"refused": 0, "read": 0}
    for path in files(tmp_path, name, MANIFESTS[name]()):
        found, expected = aside(how.count_rows, path, limits=ROOM)
        told["refused" if found == how.REFUSED else "read"] += 1
        assert found == how.REFUSED or expected is None or found == expected, path

    assert told["refused"], told
    print(f"{name}: {told}")  # noqa: T201 (figures of `make mutated`)


@pytest.mark.parametrize("name", LISTS)
def test_a_mutated_list_is_refused_or_read_to_its_last_line(tmp_path: Path, name: str) -> None:
    told = {"refused": 0, "read": 0}
    for path in files(tmp_path, name, LISTS[name]()):
        found, expected = aside(how.count_lines, path, limits=ROOM)
        told["refused" if found == how.REFUSED else "read"] += 1
        assert expected is None or found == expected, path

    print(f"{name}: {told}")  # noqa: T201


@pytest.mark.parametrize("name", ARCHIVES)
def test_of_a_mutated_archive_what_is_kept_stands_in_it(
    tmp_path: Path, store_path: Path, name: str
) -> None:
    told = {"refused": 0, "damaged": 0, "whole": 0}
    with Workers(0) as workers:
        for path in files(tmp_path, name, ARCHIVES[name]()):
            try:
                done = import_warc(path, Importing(store_path), workers)
            except ProvisorError:
                told["refused"] += 1
                continue
            told["damaged" if done.damaged else "whole"] += 1
            assert done.records == done.new + done.known + sum(done.skipped.values()), path

    with reading(store_path) as connection:
        assert verify(connection).findings == ()
        assert check_evidence(connection, tmp_path).findings == ()
    print(f"{name}: {told}")  # noqa: T201


def test_audits_of_mutated_manifests_leave_the_store_and_a_crawl_beside_them_commits(
    tmp_path: Path,
) -> None:
    store, crawled = tmp_path / "mine.duckdb", tmp_path / "crawled.duckdb"
    recorded(store, "h1.example")
    before = digest(store)
    with site() as one:
        process = started(crawled, "--delay", "0", one.url)
        codes = [
            _audited(path, store)
            for name in MANIFESTS
            for path in list(files(tmp_path / name, name, _made(tmp_path, name)))[:AUDITED]
        ]
        beside = ended(process, crawled)

    assert set(codes) <= {0, 3, 4}
    assert digest(store) == before
    assert (beside.code, beside.summary["visited"]) == (0, 1), beside.stderr


def _made(folder: Path, name: str) -> bytes:
    (folder / name).mkdir()
    return MANIFESTS[name]()


def _audited(path: Path, store: Path) -> int:
    question: Any = Question(Declaration(), rules())
    try:
        run([open_manifest(path)], question, store, path.parent / "out")
    except ProvisorError as error:
        return error.exit_code
    except Ended:
        return 70
    return 0
