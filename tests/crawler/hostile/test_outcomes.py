"""What every behaviour must come to, and what holds for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
