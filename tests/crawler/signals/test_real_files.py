"""Real opt-out files and files made for tests, read with the facts their readme states."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from crawler.holding import holding
from crawler.pages import page_signals
from crawler.robots.decision import decide
from crawler.robots.delay import crawl_delay
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.records import Outcome, Probe, RobotsFile, Value
from provenance.urls import address
from tests.crawler.signals.cases import capture

if TYPE_CHECKING:
    from pathlib import Path

EDGES = "03-robots-edge-cases"
COMMONS = f"{EDGES}/crawler-commons"
ROPENSCI = f"{EDGES}/ropensci-robotstxt"
# One that each version of the template of robots.txt refuses, and what the later ones add.
FIRST_REFUSED, LATER_REFUSED = "img2dataset", "applebot-extended"


def opt_outs(folder: Path, ending: str) -> list[bytes]:
    files = sorted((folder / "05-optout-files" / "files").glob(f"*{ending}"))
    return [file.read_bytes() for file in files]


def robots(folder: Path, name: str) -> RobotsFile:
    return read_robots((folder / name).read_bytes())


def allows(file: RobotsFile, agent: str, path: str) -> bool:
    return decide(file, agent, path).crawl == "allow"


def test_the_index_tells_of_twenty_versions(shared_data: Path) -> None:
    lines = (shared_data / "05-optout-files" / "index.jsonl").read_text("utf-8").splitlines()

    assert len(lines) == 20
    assert all(
        (shared_data / "05-optout-files" / json.loads(one)["file"]).is_file() for one in lines
    )


def test_the_template_of_ai_txt_refuses_every_file(shared_data: Path) -> None:
    (body,) = opt_outs(shared_data, "_ai.txt")
    said = page_signals(capture("https://site.example/ai.txt", body, probe=Probe.FILE))

    for path in ("/a.jpg", "/", "/a.xyz"):
        held = holding("CCBot", address(f"https://site.example{path}"), said=said)
        assert {(one.kind, one.value) for one in held} == {("ai-txt", Value.DENY)}


def test_the_template_of_tdmrep_json_reserves_the_site(shared_data: Path) -> None:
    template, not_tdmrep = opt_outs(shared_data, "_tdmrep.json")
    url = "https://site.example/.well-known/tdmrep.json"

    reserved = page_signals(capture(url, template, probe=Probe.FILE))
    refused = page_signals(capture(url, not_tdmrep, probe=Probe.FILE))

    assert [(one.path, one.value, one.finding) for one in reserved] == [("/", Value.DENY, "")]
    # The readme: an object instead of an array.
    assert [(one.value, one.finding) for one in refused] == [(Value.UNSPECIFIED, "not-an-array")]


def test_a_real_licence_prohibits_training_and_licenses_the_rest_for_attribution(
    shared_data: Path,
) -> None:
    (body,) = opt_outs(shared_data, "_rsl.xml")
    said = page_signals(capture("https://ireneburresi.dev/rsl.xml", body, probe=Probe.FILE))

    for path in ("/", "/blog/1"):
        held = holding("x", address(f"https://ireneburresi.dev{path}"), said=said)
        assert {one.usage: one.value for one in held if not one.finding} == {
            "train": Value.DENY,
            "ai-input": Value.CONDITIONAL,
            "ai-index": Value.CONDITIONAL,
            "search": Value.CONDITIONAL,
        }
    # Elements and tokens that RSL 1.0 does not have, and that its author took for parts of it.
    assert Counter(one.finding for one in said if one.finding) == {
        "unknown-element": 2, "unknown-token": 1,
    }  # fmt: skip


def test_the_templates_of_headers_and_meta_elements_reserve(shared_data: Path) -> None:
    kinds = []
    for headers in opt_outs(shared_data, "_headers.txt"):
        pairs = [tuple(line.split(": ", 1)) for line in headers.decode().splitlines() if line]
        said = page_signals(capture("https://site.example/p", b"", headers=pairs))
        kinds.append([(one.kind, one.usage, one.value) for one in said])
    noai = [
        ("robots-meta", "train-image", Value.DENY),
        ("robots-meta", "train", Value.DENY),
    ]
    assert kinds == [noai, [*noai, ("tdmrep", "mine", Value.DENY)]]  # 2023, then 2024

    kinds = []
    for body in opt_outs(shared_data, "_meta-tags.html"):
        said = page_signals(capture("https://site.example/p", body, kind="text/html"))
        kinds.append([(one.kind, one.usage, one.value) for one in said])
    # The second only says `nofollow` to CCBot, which is no word on training.
    in_meta = [*reversed(noai)]
    assert kinds == [in_meta, [], [*in_meta, ("tdmrep", "mine", Value.DENY)]]


def test_each_version_of_the_template_of_robots_txt_refuses_by_name_and_nobody_else(
    shared_data: Path,
) -> None:
    versions = [read_robots(body) for body in opt_outs(shared_data, "_robots.txt")]

    assert len(versions) == 11
    assert all(allows(file, "AnyBot", "/") for file in versions)
    assert all(not allows(file, group.token, "/") for file in versions for group in file.groups)
    assert [len(file.groups) for file in versions] == [1, 2, 3, 4, 11, 7, 12, 12, 13, 14, 20]
    assert all(FIRST_REFUSED in {one.token for one in file.groups} for file in versions[1:])
    assert LATER_REFUSED in {one.token for one in versions[-1].groups}


def test_edge_files_are_read_or_told_apart(shared_data: Path) -> None:
    """49 files: two in UTF-16, and one HTML page that was stored as a robots.txt."""
    unreadable = set()
    files = [*(shared_data / COMMONS).iterdir(), *(shared_data / ROPENSCI).iterdir()]
    for file in files:
        answer = capture("https://site.example/robots.txt", file.read_bytes(), probe=Probe.ROBOTS)
        outcome, reason = classify(answer)
        if outcome is not Outcome.PARSED:
            unreadable.add((file.name, reason))

    assert len(files) == 49
    assert unreadable == {
        ("robots-with-utf16be-bom.txt", "undecodable"),
        ("robots-with-utf16le-bom.txt", "undecodable"),
        ("robots_facebook_unsupported.txt", "html"),
    }


def test_an_utf8_mark_hides_no_first_line(shared_data: Path) -> None:
    file = robots(shared_data, f"{COMMONS}/robots-with-utf8-bom.txt")

    assert "*" in {group.token for group in file.groups}


def test_the_examples_of_the_rfc_come_out_as_it_says(shared_data: Path) -> None:
    simple = robots(shared_data, f"{COMMONS}/rfc9309-example-simple-robots.txt")
    longest = robots(shared_data, f"{COMMONS}/rfc9309-example-longest-match-robots.txt")
    merged = robots(shared_data, f"{COMMONS}/rfc9309-example-rule-group-merging.txt")

    assert allows(simple, "foobot", "/example/page.html")  # 5.1
    assert not allows(simple, "barbot", "/example/page.html")
    assert allows(longest, "foobot", "/example/page/")  # 5.2
    assert not allows(longest, "foobot", "/example/page/disallowed.gif")
    assert not allows(merged, "examplebot", "/foo")  # 2.2.1
    assert not allows(merged, "examplebot", "/bar")
    assert not allows(merged, "examplebot", "/baz")


def test_typos_are_tolerated_and_told(shared_data: Path) -> None:
    file = robots(shared_data, f"{COMMONS}/directive-typos-robots.txt")

    assert not allows(file, "bot1", "/dissalow/")
    assert not allows(file, "bot2", "/useragent/")
    assert allows(file, "bot1", "/desallow/")  # not among the spellings that are tolerated
    assert allows(file, "bot3", "/useg-agent/")
    assert [one for one in file.findings if "typo" in one] == [
        "line 3: typo-tolerated", "line 5: typo-tolerated",
    ]  # fmt: skip
    assert "line 11: missing-colon" in file.findings


def test_dos_line_ends_end_lines(shared_data: Path) -> None:
    file = robots(shared_data, f"{COMMONS}/dos-line-endings.txt")

    assert all("\r" not in rule.pattern for group in file.groups for rule in group.rules)
    assert file.groups


def test_very_many_agents_are_one_group(shared_data: Path) -> None:
    file = robots(shared_data, f"{COMMONS}/many-user-agents.txt")

    assert len(file.groups) > 100
    assert len({group.rules for group in file.groups if group.token != "*"}) < 10


def test_a_token_in_a_comment_is_no_token(shared_data: Path) -> None:
    file = robots(shared_data, f"{ROPENSCI}/robots_commented_token.txt")

    assert {group.token for group in file.groups} == {"bot_1"}
    assert allows(file, "bot_2", "/path_2")


def test_one_bad_bot_is_refused_and_others_are_not(shared_data: Path) -> None:
    file = robots(shared_data, f"{ROPENSCI}/disallow_all_for_BadBot.txt")

    assert not allows(file, "BadBot", "/")
    assert allows(file, "GoodBot", "/")


def test_a_single_bot_may_fetch_what_others_may_not(shared_data: Path) -> None:
    file = robots(shared_data, f"{ROPENSCI}/allow_single_bot.txt")

    assert allows(file, "Google", "/x")
    assert not allows(file, "GPTBot", "/x")


def test_a_delay_is_read_for_the_groups_that_ask_for_one(shared_data: Path) -> None:
    body = (shared_data / ROPENSCI / "crawl_delay.txt").read_bytes()

    assert crawl_delay(body, "AnyBot") == 10


def test_two_states_of_a_real_file_are_two_readings(shared_data: Path) -> None:
    one, other = (
        robots(shared_data, f"{ROPENSCI}/{name}")
        for name in ("robots_wikipedia.txt", "robots_wikipedia_20170706.txt")
    )

    assert all(not allows(file, "WebReaper", "/wiki/Main_Page") for file in (one, other))
    assert all(allows(file, "GPTBot", "/wiki/Main_Page") for file in (one, other))
    assert not any(file.signals for file in (one, other))
