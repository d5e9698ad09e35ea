"""Entries that ended, were struck or came again: what an audit takes of them at which act."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from audit.declaration import Act, ActKind
from blocklists.deciding import Decision, decide
from blocklists.life import Cause, Step
from blocklists.submit import submit
from provenance.store import writing
from tests.audit.world import BY_CCBOT, World, at

URL = "https://www.site.example/a"
RECEIVED, ENDED = "2024-02-01T12:00:00", "2024-03-01T12:00:00"
DATES = (
    "2024-02-01T11:59:59Z",
    "2024-02-01T12:00:01Z",
    "2024-03-01T11:59:59Z",
    "2024-03-01T12:00:00Z",
    "2024-03-02",
    None,
)
AFTER, BEFORE = (True, "after"), (True, "before")
NOT, UNDATED = (False, None), (True, None)


def hand_in(world: World, when: str, *lines: str, list_id: str = "press/comics") -> None:
    path = world.folder / "list.txt"
    path.write_text("\n".join(lines), "utf-8")
    submit(world.store, path, list_id=list_id, submitter=list_id, clock=lambda: at(when))


def withdraw(world: World, when: str, cause: Cause, *, list_id: str = "press/comics") -> None:
    with writing(world.store) as connection:
        decide(connection, list_id, [], Decision(Step.WITHDRAWN, list_id, cause), now=at(when))


def told(rows: list[dict[str, Any]]) -> list[tuple[bool, str | None]]:
    return [(row["listed"], row["known"]) for row in rows]


def audited(world: World, *dates: str | None, url: str = URL) -> list[tuple[bool, str | None]]:
    return told(world.audit(*((url, date) for date in dates)))


@pytest.mark.parametrize("line", ["site.example", "https://site.example/a"])
def test_a_settled_entry_counts_at_acts_before_its_end_only(world: World, line: str) -> None:
    hand_in(world, RECEIVED, line)
    standing = audited(world, *DATES)

    withdraw(world, ENDED, Cause.SETTLED)

    assert standing == [AFTER, BEFORE, BEFORE, BEFORE, BEFORE, UNDATED]
    assert audited(world, *DATES) == [AFTER, BEFORE, BEFORE, NOT, NOT, UNDATED]


@pytest.mark.parametrize("line", ["site.example", "https://site.example/a"])
def test_an_error_counts_at_no_act_and_is_told(world: World, line: str) -> None:
    hand_in(world, RECEIVED, line)
    withdraw(world, ENDED, Cause.ERROR)

    rows = world.audit(*((URL, date) for date in DATES))

    assert told(rows) == [NOT] * len(DATES)
    assert {len(row["entries"]) for row in rows} == {1}  # the history of the row


@pytest.mark.parametrize("cause", Cause)
def test_the_word_of_one_list_leaves_that_of_another(world: World, cause: Cause) -> None:
    hand_in(world, RECEIVED, "site.example")
    hand_in(world, "2024-02-15", "https://site.example/a", list_id="studio/films")
    withdraw(world, ENDED, cause)

    found = audited(world, "2024-02-10", "2024-02-20", "2024-03-05")

    first = AFTER if cause is Cause.ERROR else BEFORE
    assert found == [first, BEFORE, BEFORE]


def test_what_a_version_leaves_out_and_another_names_again_counts_in_two_periods(
    world: World,
) -> None:
    hand_in(world, RECEIVED, "site.example", "b.example")
    hand_in(world, ENDED, "b.example")
    hand_in(world, "2024-05-01", "site.example", "b.example", "c.example")

    found = audited(world, "2024-01-31", "2024-02-10", "2024-03-10", "2024-05-02")

    # Between its two periods it was not listed, and is named by a receipt that came after.
    assert found == [AFTER, BEFORE, AFTER, BEFORE]


def test_a_later_act_is_judged_by_what_counts_then(world: World) -> None:
    training = datetime(2024, 4, 1)  # noqa: DTZ001 (UTC without a zone)
    act = Act(ActKind.TRAINING, training, training)
    declared = replace(BY_CCBOT, acts=(act,))
    hand_in(world, RECEIVED, "site.example")
    withdraw(world, (training - timedelta(seconds=1)).isoformat(), Cause.CURED)
    hand_in(world, RECEIVED, "other.example", list_id="studio/films")
    withdraw(world, (training + timedelta(days=1)).isoformat(), Cause.CURED, list_id="studio/films")

    rows = world.audit(
        (URL, "2024-01-15"), ("https://other.example/", "2024-01-15"), declaration=declared
    )

    assert [row["known_before_later_act"] for row in rows] == [False, True]
    assert told(rows) == [AFTER, AFTER]


def test_what_is_held_back_does_not_count_and_is_told_as_unverified(world: World) -> None:
    hand_in(world, RECEIVED, "wikipedia.org")

    (before,) = world.audit(("https://en.wikipedia.org/", "2024-02-10"))
    with writing(world.store) as connection:
        named = ["wikipedia.org"]
        decide(connection, "press/comics", named, Decision(Step.ACCEPTED, "Ito"), now=at(ENDED))
    (after,) = world.audit(("https://en.wikipedia.org/", "2024-02-10"))

    assert (before["listed"], before["unverified"]) == (False, True)
    assert (after["listed"], after["known"], after["unverified"]) == (True, "before", False)
