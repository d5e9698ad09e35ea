"""What is put into the store, and what is said of it where something about it is doubtful."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from provenance.ledger.verifying import verify
from provenance.store import reading, writing
from tests.provenance.stores import recorded, rows

if TYPE_CHECKING:
    from pathlib import Path


def settings(store: Path) -> dict[str, dict[str, Any]]:
    """Return the settings of each run, by its id."""
    return {run: json.loads(said) for run, said in rows(store, "SELECT run_id, settings FROM run")}


def test_a_clock_that_goes_forward_marks_no_run(store_path: Path) -> None:
    recorded(store_path, "a.example", run="first")
    recorded(store_path, "b.example", run="second", when="2020-01-01")

    assert settings(store_path) == {"first": {"hosts": 1}, "second": {"hosts": 1}}


def test_a16_what_is_recorded_under_a_clock_that_was_set_back_is_kept_and_its_run_marked(
    store_path: Path,
) -> None:
    recorded(store_path, "a.example", run="before")
    with writing(store_path) as connection:  # as if all that had been a day from now
        connection.execute("UPDATE checkpoint SET made_at = TIMESTAMP '2999-01-02 03:04:05.6'")
    recorded(store_path, "b.example", run="after")

    found = settings(store_path)

    assert found["before"] == {"hosts": 1}
    assert found["after"].keys() == {"hosts", "clock_suspect"}
    assert found["after"]["clock_suspect"].endswith("Z, after 2999-01-02T03:04:05Z")
    order = rows(store_path, "SELECT host FROM capture ORDER BY capture_id")
    assert [host for (host,) in order] == ["a.example"] * 2 + ["b.example"] * 2
    with reading(store_path) as connection:
        assert verify(connection).findings == ()
