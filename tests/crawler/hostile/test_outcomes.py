"""What every behaviour must come to, and what holds for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from crawler.one_capture import kept_body, kept_octets, one_capture
from provenance.records import Evidence
from tests.crawler.hostile.behaviours import every_behaviour

if TYPE_CHECKING:
    from tests.crawler.hostile.behaviours import Behaviour
    from tests.crawler.hostile.conftest import Visited

BEHAVIOURS = every_behaviour()
PAGES = {name: one for name, one in BEHAVIOURS.items() if one.page}


def test_there_are_at_least_sixty_ways_to_be_hostile() -> None:
    assert len(BEHAVIOURS) >= 60


@pytest.mark.parametrize(("name", "behaviour"), BEHAVIOURS.items(), ids=BEHAVIOURS)
def test_a_robots_txt_comes_to_what_its_behaviour_says(
    visited: Visited, name: str, behaviour: Behaviour
) -> None:
    found = visited.captures(name)

    robots = found["robots"]
    assert (robots["outcome"], robots["reason"].partition(":")[0]) == behaviour.robots[:2]
    assert ("page" in found) == behaviour.robots.page


@pytest.mark.parametrize(("name", "behaviour"), PAGES.items(), ids=PAGES)
def test_a_page_is_recorded_as_its_behaviour_says(
    visited: Visited, name: str, behaviour: Behaviour
) -> None:
    page = visited.captures(name, "page")["page"]
    gate = visited.gates.get(visited.site(name, "page").host, [""])

    found = (page["status"], page["error"], page["truncated"], *gate)

    assert found == behaviour.page


def test_every_body_is_found_again_with_the_digest_that_was_recorded(visited: Visited) -> None:
    with duckdb.connect(str(visited.store), read_only=True) as connection:
        rows = connection.execute("SELECT capture_id FROM capture ORDER BY ALL").fetchall()

        every = [one_capture(connection, capture_id) for (capture_id,) in rows]

    lost = {}
    for found in every:
        assert found
        passed = kept_octets(visited.store, [Evidence(**one) for one in found["evidence"] or []])
        if fault := kept_body(found, passed, place="store").fault:
            lost[found["url"]] = fault.fact

    assert len(every) > len(BEHAVIOURS)
    assert lost == {}
