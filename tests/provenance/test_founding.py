"""A new store is there whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from provenance import founding
from provenance.errors import StoreError
from provenance.store import CONFIG, reading, writing
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

BROKEN_OFF = """
import os, sys
from pathlib import Path
from provenance import founding
from provenance.store import writing

def migrate(connection, path):
    connection.execute("CREATE TABLE begun (i INTEGER)")
    os.kill(os.getpid(), 9)

founding.migrate = migrate
with writing(Path(sys.argv[1])):
    pass
"""


def test_killed_while_it_is_made_it_does_not_stand_under_its_name(store_path: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", BROKEN_OFF, str(store_path)], cwd=ROOT, check=False
    )

    assert killed.returncode == -9
    assert not store_path.exists()
    with writing(store_path):
        pass
    with reading(store_path) as connection:
        assert connection.execute("SELECT count(*) FROM capture").fetchall() == [(0,)]


def test_one_that_stands_there_by_now_is_left_as_it_is(store_path: Path) -> None:
    with writing(store_path) as connection:
        connection.execute("INSERT INTO body VALUES ('a', 'x'::BLOB)")

    founding.found(store_path, CONFIG)

    with reading(store_path) as connection:
        assert connection.execute("SELECT count(*) FROM body").fetchall() == [(1,)]


def test_where_files_have_one_name_only_it_is_made_all_the_same(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(type(store_path), "hardlink_to", refuse)

    with writing(store_path):
        pass

    assert [one.name for one in store_path.parent.iterdir()] == [store_path.name]


def test_nothing_is_left_of_one_that_cannot_be_made(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_connection: object, _path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(founding, "migrate", fail)

    with pytest.raises(StoreError, match="No space left"), writing(store_path):
        pass

    assert list(store_path.parent.iterdir()) == []
