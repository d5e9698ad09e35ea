"""The state at a moment hangs on what was recorded until then, in whatever order it was stored."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blocklists.life import Cause, Step, after
from provenance.errors import StoreError, UsageRefused
from provenance.listing import find_periods
from provenance.merging import merge
from provenance.store import reading, writing
from tests.blocklists.lists import NAMES, PRESS, STUDIO, Lists, at
from tests.thoroughness import times

if TYPE_CHECKING:
    from pathlib import Path

HOSTS = ("a.example", "b.example", "c.example")
STEPS = st.one_of(
    st.tuples(st.just("version"), st.sampled_from([PRESS, STUDIO]),
              st.sets(st.sampled_from(HOSTS), min_size=1)),
    st.tuples(st.just("withdraw"), st.sampled_from([PRESS, STUDIO]), st.sampled_from(list(Cause))),
    st.tuples(st.just("dispute"), st.sampled_from([PRESS, STUDIO]), st.sampled_from(HOSTS)),
    st.tuples(st.just("uphold"), st.sampled_from([PRESS, STUDIO]), st.sampled_from(HOSTS)),
    st.tuples(st.just("accept"), st.sampled_from([PRESS, STUDIO]), st.sampled_from(HOSTS)),
)  # fmt: skip


def take(lists: Lists, day: str, step: tuple[str, str, Any]) -> None:
    """Take a step if it can be taken."""
    what, list_id, of = step
    try:
        if what == "version":
            lists.hand_in(day, *sorted(of), list_id=list_id)
        elif what == "withdraw":
            lists.withdraw(day, HOSTS[0], cause=of, list_id=list_id)
        else:
            outcome = {"dispute": Step.DISPUTED, "uphold": Step.UPHELD, "accept": Step.ACCEPTED}
            by = "Shop KK" if what == "dispute" else "B. Ito"
            lists.decide(day, outcome[what], of, by=by, list_id=list_id)
    except UsageRefused:
        pass


def seen(store: Path, day: str) -> list[tuple[Any, ...]]:
    """Return the life of every entry as it was known on a day, without numbers of the store's."""
    with reading(store) as connection:
        find_periods(connection, as_of=at(day))
        return [
            row
            for query in (
                "SELECT * EXCLUDE (submission_id) FROM listing_period ORDER BY ALL",
                "FROM entry_state ORDER BY ALL",
                "FROM entry_step ORDER BY ALL",
            )
            for row in connection.execute(query).fetchall()
        ]


def shuffled(lists: Lists, folder: Path, rnd: random.Random) -> Path:
    """Return a store with the same rows, put in in another order under other numbers."""
    other = folder / "other.duckdb"
    with reading(lists.store) as connection:
        tables = {
            name: connection.execute(f"FROM {name}").fetchall()
            for name in ("submission", "entry", "entry_event")
        }
    numbers = list(range(100, 100 + len(tables["submission"])))
    rnd.shuffle(numbers)
    renamed = {row[0]: number for row, number in zip(tables["submission"], numbers, strict=True)}
    with writing(other) as connection:
        for name, rows in tables.items():
            rnd.shuffle(rows)
            for row in rows:
                new = (renamed[row[0]], *row[1:]) if name != "entry_event" else row
                marks = ", ".join("?" * len(new))
                connection.execute(f"INSERT INTO {name} VALUES ({marks})", list(new))
    return other


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=times(6),
    deadline=None,
)
@given(steps=st.lists(STEPS, min_size=3, max_size=9), seed=st.integers(0, 99))
def test_what_comes_later_changes_nothing_of_what_was_known(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, Any]], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    lists = Lists(folder)
    lists.hand_in("2026-01-01", *HOSTS)
    known = {}
    for number, step in enumerate(steps, start=2):
        take(lists, f"2026-01-{number:02}", step)
        known[number] = seen(lists.store, f"2026-01-{number:02}")

    for number, then in known.items():
        assert seen(lists.store, f"2026-01-{number:02}") == then
    other = shuffled(lists, folder, random.Random(seed))  # noqa: S311 (no secret)
    assert seen(other, "2026-02-01") == seen(lists.store, "2026-02-01")


def test_stores_that_are_merged_tell_the_steps_in_their_order(tmp_path: Path) -> None:
    one, two = Lists(tmp_path / "one"), Lists(tmp_path / "two")
    for lists in (one, two):
        lists.folder.mkdir()
        lists.hand_in("2026-01-01", *HOSTS)
    one.decide("2026-01-02", Step.DISPUTED, "a.example", by="Shop KK")
    two.decide("2026-01-03", Step.DISPUTED, "a.example", by="Other KK")
    one.decide("2026-01-04", Step.UPHELD, "a.example", by="B. Ito")
    two.withdraw("2026-01-05", "b.example")
    together, turned = tmp_path / "together.duckdb", tmp_path / "turned.duckdb"

    merge(together, [one.store, two.store])
    merge(turned, [two.store, one.store])
    again = merge(together, [two.store])

    assert seen(together, "2026-02-01") == seen(turned, "2026-02-01")
    assert again.run_id == ""
    merged = Lists(tmp_path)
    merged.store = together
    assert merged.states() == {
        "a.example": "upheld", "b.example": "withdrawn", "c.example": "accepted",
    }  # fmt: skip


def test_a_step_that_was_changed_after_it_was_recorded_is_not_merged(tmp_path: Path) -> None:
    lists = Lists(tmp_path)
    lists.hand_in("2026-01-01", *HOSTS)
    lists.decide("2026-01-02", Step.DISPUTED, "a.example", by="Shop KK")
    with writing(lists.store) as connection:
        connection.execute("UPDATE entry_event SET actor = 'Press KK'")

    with pytest.raises(StoreError, match="is not what was recorded by that name"):
        merge(tmp_path / "together.duckdb", [lists.store])


def test_every_step_that_was_recorded_was_allowed(tmp_path: Path) -> None:
    lists = Lists(tmp_path)
    lists.hand_in("2026-01-01", *HOSTS, "wikipedia.org")
    lists.decide("2026-01-02", Step.DISPUTED, "a.example", by="Shop KK")
    lists.decide("2026-01-03", Step.UPHELD, "a.example", by="B. Ito")
    lists.withdraw("2026-01-04", "b.example", cause=Cause.ERROR)
    lists.hand_in("2026-01-05", "a.example", "b.example")
    lists.decide("2026-01-06", Step.REJECTED, "b.example", by="B. Ito")
    lists.hand_in("2026-01-07", *HOSTS)

    with reading(lists.store) as connection:
        find_periods(connection)
        steps = connection.execute(
            "SELECT list_id, entry_id, what, reason FROM entry_step"
            " ORDER BY list_id, entry_id, eff, step_rank(what), event_id"
        ).fetchall()
    states: dict[tuple[str, str], str] = {}
    for list_id, entry_id, what, cause in steps:
        key = (list_id, entry_id)
        state = states.get(key)
        led = "received" if state is None else after(state, Step(what), cause=cause)
        assert led, (state, what)
        states[key] = led
    assert len(NAMES) == 2
    assert sorted(states.values()) == ["accepted", "quarantined", "superseded", "upheld"]
