"""Table A: the state of robots.txt when a row was collected, cell by cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from audit.declaration import Act, ActKind
from tests.audit.world import ALLOW, BY_CCBOT, BY_GPTBOT, REFUSE_AI

if TYPE_CHECKING:
    from tests.audit.world import World

PAGE = "https://site.example/a"
WHEN = "2024-02-10T12:00:00Z"

Seen = list[tuple[str, str]]
"""When a robots.txt was observed, and what it said."""
Answer = tuple[str, str]
"""The state that a row finds, and its basis."""


def answer(row: dict[str, Any]) -> tuple[str, str]:
    return row["robots"], row["basis"]


def answers(world: World, cases: list[tuple[Seen, Answer]], date: str) -> list[tuple[Seen, Answer]]:
    """Return the cases with the answers they come to, each on a host of its own."""
    hosts = [f"site{number}.example" for number in range(len(cases))]
    for host, (observed, _) in zip(hosts, cases, strict=True):
        for when, body in observed:
            world.robots(when, body, host=host)
    rows = world.audit(*((f"https://{host}/a", date) for host in hosts))
    return [(observed, answer(row)) for (observed, _), row in zip(cases, rows, strict=True)]


def test_the_observations_around_a_row_decide(world: World) -> None:
    cases: list[tuple[Seen, Answer]] = [
        ([], ("unknown", "never_observed")),
        # After only: a later state proves nothing of the past.
        ([("2024-02-10 12:00:01", REFUSE_AI)], ("unknown", "after_only")),
        ([("2024-02-10 12:00:01", ALLOW)], ("unknown", "after_only")),
        # Contemporaneous, up to 24 hours; the moment itself counts.
        ([("2024-02-10 12:00:00", REFUSE_AI)], ("refused", "contemporaneous")),
        ([("2024-02-09 12:00:00", REFUSE_AI)], ("refused", "contemporaneous")),
        ([("2024-02-09 12:00:00", ALLOW)], ("not_refused", "contemporaneous")),
        ([("2024-02-10 11:00:00", REFUSE_AI), ("2024-02-10 13:00:00", ALLOW)],
         ("refused", "contemporaneous")),
        # Carried: nothing after, at most 30 days before.
        ([("2024-02-09 11:59:59", REFUSE_AI)], ("refused", "carried")),
        ([("2024-01-11 12:00:00", REFUSE_AI)], ("refused", "carried")),
        ([("2024-01-11 12:00:00", ALLOW)], ("not_refused", "carried")),
        ([("2024-01-11 11:59:59", REFUSE_AI)], ("possibly_refused", "carried_stale")),
        # "Possibly not refused" is unknown.
        ([("2024-01-11 11:59:59", ALLOW)], ("unknown", "carried_stale")),
        # Bracketed, up to 90 days between the two.
        ([("2024-01-01", REFUSE_AI), ("2024-03-31", REFUSE_AI)], ("refused", "bracketed")),
        ([("2024-01-01", ALLOW), ("2024-03-31", ALLOW)], ("not_refused", "bracketed")),
        ([("2024-01-01", REFUSE_AI), ("2024-04-01", REFUSE_AI)],
         ("possibly_refused", "bracketed_wide")),
        ([("2024-01-01", ALLOW), ("2024-04-01", ALLOW)], ("unknown", "bracketed_wide")),
        # Changed between: possibly refused, whichever came first.
        ([("2024-01-01", ALLOW), ("2024-03-31", REFUSE_AI)], ("possibly_refused", "changed_between")),
        ([("2024-01-01", REFUSE_AI), ("2024-03-31", ALLOW)], ("possibly_refused", "changed_between")),
        ([("2023-01-01", ALLOW), ("2025-03-31", REFUSE_AI)], ("possibly_refused", "changed_between")),
        # Only the nearest on either side count.
        ([("2023-12-01", REFUSE_AI), ("2024-02-01", ALLOW), ("2024-02-20", ALLOW),
          ("2024-03-01", REFUSE_AI)], ("not_refused", "bracketed")),
    ]  # fmt: skip

    assert answers(world, cases, WHEN) == cases


@pytest.mark.parametrize("date", [None, "", "soon", "2024-13-01"])
def test_a_row_without_a_readable_date_is_unknown_however_well_its_host_is_known(
    world: World, date: str | None
) -> None:
    world.robots("2024-02-10", ALLOW)

    (row,) = world.audit((PAGE, date))

    assert answer(row) == ("unknown", "no_collection_date")
    assert row["level"] == "unknown"


@pytest.mark.parametrize(
    ("body", "status"),
    [("", 503), ("", 429), ("<!doctype html><p>Hello", 200), ("User-agent: *\x00", 200)],
)
def test_no_answer_and_no_rules_are_no_state(world: World, body: str, status: int) -> None:
    world.robots("2024-02-10 11:00", body, status=status)
    world.robots("2024-02-10 13:00", body, status=status)

    (row,) = world.audit((PAGE, WHEN))

    assert answer(row) == ("unknown", "never_observed")


def test_html_in_place_of_rules_leaves_the_last_evidence_standing(world: World) -> None:
    world.robots("2024-02-01", REFUSE_AI)
    world.robots("2024-02-10 11:00", "<html>")

    (row,) = world.audit((PAGE, WHEN))

    assert answer(row) == ("refused", "carried")


@pytest.mark.parametrize("status", [404, 410, 403])
def test_a_missing_file_refuses_nobody(world: World, status: int) -> None:
    world.robots("2024-02-10 11:00", REFUSE_AI, status=status)

    (row,) = world.audit((PAGE, WHEN))

    assert answer(row) == ("not_refused", "contemporaneous")


def test_a_day_is_the_whole_of_it(world: World) -> None:
    world.robots("2024-02-10 00:00", ALLOW)
    world.robots("2024-02-10 12:00", REFUSE_AI)

    (row,) = world.audit((PAGE, "2024-02-10"))

    assert answer(row) == ("possibly_refused", "inside_window")


def test_observations_inside_a_month_count_when_they_flip(world: World) -> None:
    cases: list[tuple[Seen, Answer]] = [
        ([("2024-02-05", ALLOW), ("2024-02-20", ALLOW)], ("unknown", "inside_window")),
        ([("2024-01-31", ALLOW), ("2024-02-05", ALLOW), ("2024-03-05", ALLOW)],
         ("not_refused", "bracketed")),
        ([("2024-01-31", REFUSE_AI), ("2024-02-05", REFUSE_AI), ("2024-03-05", ALLOW)],
         ("possibly_refused", "changed_between")),
        ([("2024-01-31", ALLOW), ("2024-02-05", REFUSE_AI), ("2024-03-05", ALLOW)],
         ("possibly_refused", "inside_window")),
    ]  # fmt: skip

    assert answers(world, cases, "2024-02") == cases


def test_a_japanese_day_begins_fifteen_hours_into_the_day_before(world: World) -> None:
    world.robots("2024-02-09 14:59", ALLOW)
    world.robots("2024-02-09 15:01", REFUSE_AI)
    world.robots("2024-02-10 15:01", REFUSE_AI)

    (row,) = world.audit((PAGE, "2024-02-10"), declaration=replace(BY_CCBOT, zone="Asia/Tokyo"))

    assert answer(row) == ("possibly_refused", "inside_window")


def test_a_declared_collection_stands_in_only_where_a_row_has_no_date(world: World) -> None:
    world.robots("2024-02-01", REFUSE_AI)
    world.robots("2024-03-01", REFUSE_AI)
    world.robots("2024-06-01", ALLOW)
    collected = Act(ActKind.CRAWL, datetime(2024, 2, 5), datetime(2024, 2, 15))  # noqa: DTZ001

    without, unreadable, with_ = world.audit(
        (PAGE, None),
        (PAGE, "soon"),
        (PAGE, "2024-06-01"),
        declaration=replace(BY_CCBOT, acts=(collected,)),
    )

    assert answer(without) == ("refused", "bracketed")
    assert answer(unreadable) == ("unknown", "no_collection_date")
    assert answer(with_) == ("not_refused", "contemporaneous")


def test_several_declared_collections_stand_in_from_the_first_to_the_last(world: World) -> None:
    world.robots("2024-01-01", ALLOW)
    world.robots("2024-02-01", REFUSE_AI)
    days = [datetime(2024, month, 2) for month in (1, 2)]  # noqa: DTZ001
    acts = tuple(Act(ActKind.CRAWL, day, day) for day in days)

    (row,) = world.audit((PAGE, None), declaration=replace(BY_CCBOT, acts=acts))

    assert answer(row) == ("possibly_refused", "inside_window")
    assert [capture["role"] for capture in row["captures"]] == ["robots_before", "robots_during"]


@pytest.mark.parametrize("bodies", [(ALLOW, REFUSE_AI), (REFUSE_AI, ALLOW)])
def test_of_two_answers_of_one_moment_the_one_that_refuses_is_in_force(
    world: World, bodies: tuple[str, str]
) -> None:
    for body in bodies:
        world.robots("2024-02-10 11:00", body)

    (row,) = world.audit((PAGE, WHEN))

    assert answer(row) == ("refused", "contemporaneous")


def test_each_agent_has_its_own_answer(world: World) -> None:
    world.robots("2024-02-01", "User-agent: CCBot\nDisallow: /\n")
    world.robots("2024-02-20", "User-agent: CCBot\nUser-agent: GPTBot\nDisallow: /\n")

    (row,) = world.audit((PAGE, WHEN), declaration=BY_GPTBOT)

    assert (row["robots"], row["basis"]) == ("refused", "bracketed")
    assert (row["robots_self"], row["robots_self_basis"]) == (True, "changed_between")
    assert (row["agents_before"], row["agents_after"]) == (["CCBot"], ["CCBot", "GPTBot"])


def test_hosts_do_not_speak_for_each_other(world: World) -> None:
    world.robots("2024-02-10", REFUSE_AI, host="www.site.example")
    world.robots("2024-02-10", REFUSE_AI, host="site.example:8080")

    rows = world.audit(
        ("https://site.example/a", WHEN),
        ("https://www.site.example/a", WHEN),
        ("http://WWW.site.example:80/a", WHEN),
        ("https://site.example:8080/a", WHEN),
        ("https://a.www.site.example/a", WHEN),
    )

    assert [row["robots"] for row in rows] == [
        "unknown",
        "refused",
        "refused",
        "refused",
        "unknown",
    ]


def test_an_address_that_cannot_be_read_is_unknown_and_counted(world: World) -> None:
    world.robots("2024-02-10", ALLOW)

    rows = world.audit(
        *((url, WHEN) for url in ("", None, "ftp://site.example/", "site.example", "https://"))
    )

    assert [row["level"] for row in rows] == ["unknown"] * 5
    assert [row["readable"] for row in rows] == [False] * 5
