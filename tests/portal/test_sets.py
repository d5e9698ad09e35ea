"""Sets that the operator has opened are there, whoever opened others meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from portal.folder import make_folder
from portal.sets import change_sets
from portal.shelf import opened_sets

if TYPE_CHECKING:
    from pathlib import Path


def test_sets_that_are_opened_at_once_are_all_open(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "portal")
    names = [f"set{number}" for number in range(16)]

    with ThreadPoolExecutor(8) as several:
        list(several.map(lambda name: change_sets(folder, name, {"title": name}), names))

    assert sorted(opened_sets(folder)) == sorted(names)
