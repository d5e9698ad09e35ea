"""What one site says to each AI agent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from crawler.demo_web import demo_web
from crawler.inspect_report import report
from crawler.inspecting import inspect_recorded, spelt
from crawler.inspection import answers_for
from provenance.errors import InputRefused, UsageRefused
from provenance.records import Outcome, Signal
from tests.audit.world import REFUSE_AI, World, at
from tests.command import provisor

if TYPE_CHECKING:
    from pathlib import Path


def said(outcome: Outcome, body: bytes = b"", path: str = "/") -> dict[str, tuple[str, str]]:
    answers, _ = answers_for(outcome, body, path)
    return {one.agent.token: (one.crawl, one.value) for one in answers}


@pytest.mark.parametrize(
    ("outcome", "crawl"),
    [
        (Outcome.UNREADABLE, "cannot tell"),
        (Outcome.UNREACHABLE, "deny"),
        (Outcome.UNAVAILABLE, "allow"),
    ],
)
def test_an_answer_that_is_no_file_states_nothing(outcome: Outcome, crawl: str) -> None:
    assert set(said(outcome).values()) == {(crawl, "unspecified")}


def test_each_agent_gets_its_own_answer_and_the_line_it_rests_on() -> None:
    body = b"User-agent: GPTBot\nDisallow: /a/\n\nUser-agent: *\nDisallow:\n"
    answers, findings = answers_for(Outcome.PARSED, body, "/a/1")
    by_token = {one.agent.token: one for one in answers}

    assert by_token["GPTBot"].crawl == "deny"
    assert by_token["GPTBot"].rule == "line 2: Disallow: /a/"
    assert (by_token["CCBot"].crawl, by_token["CCBot"].group, by_token["CCBot"].rule) == (
        "allow",
        "star",
        "",
    )
    assert findings == ()


def test_what_was_said_up_to_a_day_is_the_last_capture_before_it(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.robots("2024-01-01", "")
    world.robots("2024-02-01", REFUSE_AI)

    before = inspect_recorded("site.example", world.store, until=at("2024-01-31"))
    after = inspect_recorded("site.example", world.store, until=at("2024-02-01"))

    assert [
        next(one.crawl for one in found.answers if one.agent.token == "GPTBot")
        for found in (before, after)
    ] == ["allow", "deny"]


def test_a_file_that_could_not_be_read_is_shown_as_that_and_not_as_silence(tmp_path: Path) -> None:
    unread = Signal("tdmrep", "site", "mine", finding="undecodable")
    world = World(tmp_path)
    world.robots("2024-01-01", "")
    world.page("2024-01-01")
    world.file("2024-01-01", "/.well-known/tdmrep.json", signals=(unread,))

    found = inspect_recorded("site.example", world.store, until=at("2024-02-01"))

    assert [one.value for one in found.facts if one.name == "declared"] == ["unknown"]
    assert "  tdmrep [site]: mine: cannot tell (undecodable)" in list(report(found, "en"))


def test_a_host_without_a_capture_is_refused_by_name(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.robots("2024-02-01", REFUSE_AI)

    with pytest.raises(
        InputRefused, match=r"no robots.txt of site.example was captured up to 2024-01-01"
    ):
        inspect_recorded("site.example", world.store, until=at("2024-01-01"))


@pytest.mark.parametrize("url", ["", "ftp://site.example", "https://", "a b"])
def test_what_is_no_address_is_a_wrong_call(url: str) -> None:
    with pytest.raises(UsageRefused):
        spelt(url)


def test_a_live_site_is_visited_and_shown(tmp_path: Path) -> None:
    with demo_web() as web:
        url = web["tdm-reserved"].base_url
        code, out, _ = provisor(
            "inspect", url, "--contact", "a@b.example", "--allow-loopback", "--json", cwd=tmp_path
        )

    found = json.loads(out)
    assert code == 0
    assert found["outcome"] == "parsed"
    assert {(one["kind"], one["value"]) for one in found["statements"]} == {
        ("tdmrep", "conditional")
    }
    assert list(tmp_path.iterdir()) == []


def test_no_site_is_visited_without_a_contact(tmp_path: Path) -> None:
    code, _, err = provisor("inspect", "site.example", cwd=tmp_path)

    assert code == 2
    assert "set --contact" in err
