"""What one site says to each AI agent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click import unstyle

from crawler.demo_web import demo_web
from crawler.inspect_report import report
from crawler.inspecting import inspect_file, inspect_recorded, spelt
from crawler.inspection import answers_for
from provenance.errors import InputRefused, UsageRefused
from provenance.records import Outcome, Signal, Value
from tests.audit.world import OWN_TERMS, REFUSE_AI, World, at
from tests.command import called, provisor

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


def test_what_terms_reserve_that_nobody_read_cannot_be_told(tmp_path: Path) -> None:
    places = {
        f"https://site{{n}}.example{path}": "no" if told else "unknown"
        for path, (_, _, _, told) in OWN_TERMS.items()
    } | {
        "https://SITE{n}.example/license.xml#use": "no",
        "https://site{n}.example/other.xml": "unknown",  # nobody looked there
        "https://collective.example/license.xml": "unknown",
        "/license.xml": "unknown",
    }
    world = World(tmp_path)
    for number, place in enumerate(places):
        host, named = f"site{number}.example", place.format(n=number)
        world.robots("2024-02-10", f"User-agent: *\nDisallow:\nLicense: {named}\n", host=host)
        world.page("2024-02-10", host=host)
        for path, (when, status, signals, _) in OWN_TERMS.items():
            world.file(when, path, host=host, status=status, signals=signals)

    found = [
        inspect_recorded(f"site{number}.example", world.store, until=at("2024-03-01"))
        for number in range(len(places))
    ]

    declared = [fact.value for one in found for fact in one.facts if fact.name == "declared"]
    assert dict(zip(places, declared, strict=True)) == places


def test_our_own_crawler_is_known_and_told_where_it_is_kept_out(tmp_path: Path) -> None:
    (tmp_path / "robots.txt").write_text(
        "User-agent: provisor\nDisallow: /\nContent-Signal: ai-train=no\nDisallow /b\n"
    )

    found = inspect_file(tmp_path / "robots.txt")
    told = [unstyle(line) for line in report(found, "en")]

    assert [one.code for one in found.lints] == ["missing-colon"]
    start = told.index("   1  speaks to provisor (our own crawler)")
    assert told[start : start + 6] == [
        "   1  speaks to provisor (our own crawler)",
        "     2  Disallow: / — no page may be fetched",
        "     3  Content-Signal: ai-train=no — no rule of RFC 9309; told below",
        "     4  Disallow /b — no rule of RFC 9309",
        "",
        (
            "The page: not seen, so what it says of itself cannot be told"
            " (line 2: Disallow: / keeps provisor, our own crawler, from it)"
        ),
    ]


def test_where_nothing_can_be_told_no_count_sounds_like_good_news(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.robots("2024-01-01", "<html><title>Not found</title>")

    told = list(report(inspect_recorded("site.example", world.store, until=at("2024-02-01")), "en"))

    assert told[1].startswith("robots.txt: unreadable (html: a page stands in its place), sha256 ")
    assert told[1].endswith(", capture 1")
    assert "  robots_ai: cannot tell" in told


def test_a_page_is_told_with_its_number_and_its_terms_with_their_conditions(
    tmp_path: Path,
) -> None:
    terms = Signal("rsl", "page", "train", Value.CONDITIONAL, conditions="payment=subscription")
    world = World(tmp_path)
    world.robots("2024-01-01", "")
    world.page("2024-01-01", signals=(terms,))

    found = inspect_recorded("site.example", world.store, until=at("2024-02-01"))

    english = [unstyle(line) for line in report(found, "en")]
    japanese = [unstyle(line) for line in report(found, "ja")]
    assert "The page: / at 2024-01-01 00:00Z, status 200, capture 2" in english
    assert "ページ: /、2024-01-01 00:00Z、ステータス 200、キャプチャ 2" in japanese
    assert "  rsl [page]: train: conditional, where payment=subscription" in english


@pytest.mark.parametrize(
    ("path", "declared"),
    [
        ("/", "yes"),
        ("https://site.example/", "yes"),
        ("https://site.example/new*", "yes"),
        ("https://site.example/old/", "no"),
        ("https://other.example/", "no"),
        ("https://[/", "no"),
    ],
)
def test_terms_are_those_of_the_address_they_name_by_path_or_whole(
    tmp_path: Path, path: str, declared: str
) -> None:
    terms = Signal("rsl", "site", "train", Value.DENY, path=path)
    world = World(tmp_path)
    world.robots("2024-01-01", "")
    world.page("2024-01-01", "/news/")
    world.file("2024-01-01", "/license.xml", signals=(terms,))

    url = "https://site.example/news/"
    found = inspect_recorded(url, world.store, until=at("2024-02-01"))

    assert [one.value for one in found.facts if one.name == "declared"] == [declared]


def test_what_a_sealed_list_names_is_as_if_it_had_never_been_seen(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.robots("2024-01-01", REFUSE_AI)
    (tmp_path / "list.txt").write_text("site.example\n")
    code, _, err = called(
        "blocklist", "seal", "list.txt", "--list-id", "h/l", "--kind", "other", "--role", "hotline",
        "--submitter", "H", "--terms", "t", "--store", str(world.store), cwd=tmp_path,
    )  # fmt: skip
    assert code == 0, err

    with pytest.raises(InputRefused, match=r"no robots.txt of site.example was captured"):
        inspect_recorded("site.example", world.store, until=at("2024-02-01"))


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
