"""The sixteen worked examples of Tables A, B and C, by their numbers (docs/rules.md)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from audit.declaration import Act, ActKind, Declaration, Term, TermKind
from blocklists.deciding import Decision, decide
from blocklists.life import Cause, Step
from blocklists.submit import submit
from provenance.store import writing
from tests.audit.world import ALLOW, BY_CCBOT, World, at

if TYPE_CHECKING:
    from datetime import datetime

REFUSE_CCBOT = "User-agent: CCBot\nUser-agent: GPTBot\nDisallow: /\n"
NOON = "2024-02-10T12:00:00Z"
Row = dict[str, Any]


def moment(text: str) -> datetime:
    return at(text).replace(tzinfo=None)


def act(kind: ActKind, begin: str, end: str = "", **more: Any) -> Act:
    return Act(kind, moment(begin), moment(end or begin), **more)


WINDOW = replace(BY_CCBOT, acts=(act(ActKind.CRAWL, "2024-02-20", "2024-03-05"),))
YEAR = replace(
    BY_CCBOT,
    acts=(
        act(ActKind.CRAWL, "2024-02-10", "2024-02-21"),
        act(ActKind.TRAINING, "2024-06-01"),
        act(ActKind.RELEASE, "2024-09-01"),
    ),
)
TODAY = act(ActKind.DOWNLOAD, "2025-05-01 12:00", every_row=True)
AGAIN = act(ActKind.CRAWL, "2024-03-10", every_row=True)
OFFER = Term(TermKind.DATASET, "price list", moment("2024-03-01"), None, ("n16.example",))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A host for each example, and what is known of it."""
    world = World(tmp_path_factory.mktemp("examples"))
    said = {
        1: [("2023-06-01", ALLOW), ("2023-07-15", ALLOW), ("2023-09-10", REFUSE_CCBOT)],
        2: [("2024-02-10 11:00", REFUSE_CCBOT)],
        3: [("2025-05-01", REFUSE_CCBOT)],
        4: [("2022-11-01", ALLOW)],
        5: [("2024-01-20", REFUSE_CCBOT), ("2024-03-25", REFUSE_CCBOT)],
        6: [("2024-01-01", ALLOW), ("2024-06-01", REFUSE_CCBOT)],
        8: [("2024-02-14", ALLOW)],
        9: [("2024-02-10", ALLOW)],
    }
    said |= {
        number: [("2024-02-09 20:00", ALLOW), ("2024-02-22", ALLOW), ("2024-03-10", ALLOW)]
        for number in range(10, 17)
    }
    for number, answers in said.items():
        for when, body in answers:
            world.robots(when, body, host=f"n{number}.example")
    world.robots("2024-02-10 11:30", status=503, host="n8.example")
    world.listed("2024-01-05", host="n10.example")
    world.listed("2024-02-15", host="n11.example")
    world.listed("2024-05-01", host="n12.example")
    world.listed("2024-12-01", host="n13.example")
    world.listed("2024-04-01", host="n15.example", published="2023-12-01")
    world.listed("2024-12-01", host="never15.example", published="2023-12-01")
    for name, ended, cause in (
        ("cured", "2024-01-31", Cause.CURED),
        ("error", "2025-03-01", Cause.ERROR),
    ):
        path = world.folder / f"{name}.txt"
        path.write_text(f"{name}.n14.example", "utf-8")
        submit(world.store, path, list_id=f"press/{name}", submitter=name,
               clock=lambda: at("2024-01-05"))  # fmt: skip
        with writing(world.store) as connection:
            decide(connection, f"press/{name}", [], Decision(Step.WITHDRAWN, name, cause),
                   now=at(ended))  # fmt: skip
    world.robots("2024-02-09 20:00", ALLOW, host="cured.n14.example")
    world.robots("2024-02-22", ALLOW, host="cured.n14.example")
    world.robots("2024-02-09 20:00", ALLOW, host="error.n14.example")
    world.robots("2024-02-22", ALLOW, host="error.n14.example")
    world.robots("2024-02-09 20:00", ALLOW, host="never15.example")
    world.robots("2024-02-22", ALLOW, host="never15.example")
    return world


def audited(world: World, declaration: Declaration, *rows: tuple[str, str | None]) -> list[Row]:
    return world.audit(
        *((f"https://{name}.example/a", date) for name, date in rows), declaration=declaration
    )


@pytest.fixture(scope="module")
def dated(known: World) -> dict[int, Row]:
    """Examples whose rows have a date of their own, and 7 and 9, which have none of something."""
    rows = {1: "2023-07-01", 2: NOON, 3: "2021-08-15", 4: "2024-02-10", 6: NOON, 7: NOON, 8: NOON,
            9: None}  # fmt: skip
    found = audited(known, BY_CCBOT, *((f"n{number}", date) for number, date in rows.items()))
    return dict(zip(rows, found, strict=True))


@pytest.fixture(scope="module")
def collected(known: World) -> dict[str, Row]:
    """Examples of knowledge: collection in February, training in June, release in September."""
    names = ["n9", "n10", "n11", "n12", "n13", "cured.n14", "error.n14", "n15", "never15"]
    return dict(zip(names, audited(known, YEAR, *((name, None) for name in names)), strict=True))


def robots(row: Row) -> tuple[Any, Any]:
    return row["robots_self"], row["robots_self_basis"]


def test_example_01_two_observations_that_allow_stand_around_the_act(dated: dict[int, Row]) -> None:
    assert robots(dated[1]) == (False, "bracketed")
    assert dated[1]["rules"] == ["ENJ-01"]


def test_example_02_the_own_agent_was_refused_an_hour_before(dated: dict[int, Row]) -> None:
    assert robots(dated[2]) == (True, "contemporaneous")
    assert (dated[2]["level"], dated[2]["rules"]) == ("high", ["PRV-01"])


def test_example_03_the_same_row_has_two_acts_and_two_answers(
    known: World, dated: dict[int, Row]
) -> None:
    assert robots(dated[3]) == (None, "after_only")
    assert (dated[3]["level"], dated[3]["rules"]) == ("low", ["PRV-08"])

    row = ("n3", "2021-08-15")
    (refused,) = audited(known, replace(BY_CCBOT, acts=(TODAY,)), row)
    other = replace(TODAY, agent="ClaudeBot")
    (spared,) = audited(known, replace(BY_CCBOT, acts=(other,)), row)

    assert (refused["access"], refused["level"], refused["rules"]) == (1, "high", ["PRV-01"])
    assert spared["rules"] in (["PRV-02"], ["PRV-08"])  # both are low, and the first act is kept
    assert spared["level"] == "low"


def test_example_04_an_old_permission_is_only_possible_and_shown_as_unknown(
    dated: dict[int, Row],
) -> None:
    assert robots(dated[4]) == (None, "carried_stale")
    assert dated[4]["level"] == "unknown"


def test_example_05_a_refusal_on_both_sides_of_a_window_of_collection(known: World) -> None:
    (row,) = audited(known, WINDOW, ("n5", None))

    assert robots(row) == (True, "bracketed")


def test_example_06_a_state_that_changed_in_between_counts_one_lower(dated: dict[int, Row]) -> None:
    assert robots(dated[6]) == (True, "changed_between")
    assert (dated[6]["level"], dated[6]["rules"]) == ("medium", ["PRV-01", "PRV-09"])


def test_example_07_nothing_was_ever_observed(dated: dict[int, Row]) -> None:
    assert robots(dated[7]) == (None, "never_observed")
    assert dated[7]["level"] == "unknown"


def test_example_08_an_answer_of_503_is_no_state_and_speaks_for_itself(
    dated: dict[int, Row],
) -> None:
    assert robots(dated[8]) == (None, "after_only")
    assert dated[8]["rules"] == ["PRV-11"]


def test_example_09_without_a_date_the_declared_window_stands_in(
    dated: dict[int, Row], collected: dict[str, Row]
) -> None:
    assert robots(dated[9]) == (None, "no_collection_date")
    assert robots(collected["n9"])[1] != "no_collection_date"


def test_example_10_a_notice_before_all_acts(collected: dict[str, Row]) -> None:
    row = collected["n10"]
    assert (row["known"], row["level"], row["rules"]) == ("before", "high", ["PIR-01"])


def test_example_11_a_notice_inside_the_window_of_collection(collected: dict[str, Row]) -> None:
    row = collected["n11"]
    assert (row["known"], row["level"], row["rules"]) == ("during", "high", ["PIR-01", "PIR-02"])


def test_example_12_a_notice_before_training_could_still_be_followed(
    collected: dict[str, Row],
) -> None:
    row = collected["n12"]
    assert (row["known"], row["level"], row["rules"]) == ("after", "high", ["PIR-02"])


def test_example_13_a_notice_after_all_acts(collected: dict[str, Row]) -> None:
    row = collected["n13"]
    assert (row["known"], row["level"], row["rules"]) == ("after", "medium", ["PIR-03"])


def test_example_14_a_site_that_mended_its_ways_and_an_entry_that_was_an_error(
    collected: dict[str, Row],
) -> None:
    cured, error = collected["cured.n14"], collected["error.n14"]
    assert (cured["listed"], cured["level"], cured["rules"]) == (False, "info", ["PIR-10"])
    assert (error["listed"], error["level"], error["rules"]) == (False, "info", ["ENJ-01"])


def test_example_15_a_list_that_was_public_before_it_was_received(
    collected: dict[str, Row],
) -> None:
    assert collected["n15"]["rules"] == ["PIR-02", "PIR-05"]
    assert collected["never15"]["rules"] == ["PIR-03", "PIR-05"]


def test_example_16_an_offer_that_began_between_a_crawl_and_the_next(known: World) -> None:
    once = replace(BY_CCBOT, terms=(OFFER,))
    (first,) = audited(known, once, ("n16", NOON))
    (again,) = audited(known, replace(once, acts=(AGAIN,)), ("n16", NOON))

    assert (first["dataset_offer"], first["rules"]) == ("later", ["LIC-06"])
    assert (again["access"], again["level"], again["rules"]) == (1, "high", ["LIC-01"])
