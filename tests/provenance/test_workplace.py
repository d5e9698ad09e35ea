"""The room that an instance of DuckDB is given is the room it takes."""

from __future__ import annotations

import pytest

from provenance.workplace import Room, workplace


@pytest.mark.parametrize(
    ("name", "value"),
    [("threads", "1"), ("memory_limit", "190.7 MiB"), ("max_temp_directory_size", "1.8 GiB")],
)
def test_memory_threads_and_spill_are_limited(name: str, value: str) -> None:
    with workplace(Room("200MB", threads=1, spill="2GB")) as connection:
        ((found,),) = connection.execute(f"SELECT current_setting('{name}')").fetchall()

    assert str(found) == value
