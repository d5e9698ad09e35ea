"""Rules of the pack jp, from what was observed and received to the verdict of a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from audit.declaration import Act, ActKind, Declaration, Purpose
from blocklists.sealing import Terms, seal
from provenance.records import Gate, Signal, Value
from tests.audit.world import (
    ALLOW,
    BY_CCBOT,
    BY_GPTBOT,
    GATED,
    OWN_TERMS,
    PERMITTING,
    REFUSE_AI,
    RESERVED,
)

if TYPE_CHECKING:
    from tests.audit.world import World

PAGE = "https://site.example/a"
WHEN = "2024-02-10T12:00:00Z"
UNDATED = (PAGE, None)
ROW = (PAGE, WHEN)
NOBODY = Declaration(purpose=Purpose.PRETRAINING)
REFUSE_ALL = "User-agent: *\nDisallow: /\n"


def training(*, month: int) -> Declaration:
    start = datetime(2024, month, 1)  # noqa: DTZ001
    return replace(BY_CCBOT, acts=(Act(ActKind.TRAINING, start, start),))


def said(row: dict[str, Any]) -> tuple[str, list[str], list[str]]:
    return row["level"], row["rules"], row["untold"]


# ENJ


def test_enj_01_stands_only_where_nothing_else_does(world: World) -> None:
    world.robots("2024-02-10", ALLOW)

    (row,) = world.audit(ROW)
    assert said(row) == ("info", ["ENJ-01"], [])

    (row,) = world.audit(UNDATED)
    assert said(row) == ("unknown", [], ["PRV-01", "PRV-02"])


@pytest.mark.parametrize("purpose", [Purpose.UNKNOWN, Purpose.RAG_INDEX])
def test_enj_05_makes_a_purpose_unknown_that_no_rule_judges(world: World, purpose: Purpose) -> None:
    world.robots("2024-02-10", ALLOW)

    (row,) = world.audit(ROW, declaration=Declaration(purpose=purpose, agent="CCBot"))

    assert said(row) == ("unknown", ["ENJ-05"], [])


# PRV


def test_prv_01_flags_the_agent_that_was_refused_and_no_other(world: World) -> None:
    world.robots("2024-02-10", REFUSE_AI)

    (row,) = world.audit(ROW, declaration=BY_GPTBOT)
    assert said(row) == ("high", ["PRV-01"], [])
    assert row["confidence"] == "contemporaneous"

    (row,) = world.audit(ROW, declaration=BY_CCBOT)
    assert "PRV-01" not in row["rules"]

    (row,) = world.audit(UNDATED, declaration=BY_GPTBOT)
    assert row["untold"] == ["PRV-01", "PRV-02"]


@pytest.mark.parametrize(
    ("earlier", "later", "level"),
    [("2024-02-10", None, "high"), ("2024-01-20", None, "high"), ("2023-12-01", None, "medium")],
)
def test_prv_01_is_one_lower_where_the_state_is_only_possible(
    world: World, earlier: str, later: str | None, level: str
) -> None:
    world.robots(earlier, REFUSE_AI)

    (row,) = world.audit(ROW, declaration=BY_GPTBOT)

    assert row["level"] == level


def test_prv_02_flags_a_refusal_of_others(world: World) -> None:
    world.robots("2024-02-10", REFUSE_AI)

    (row,) = world.audit(ROW)

    assert said(row) == ("low", ["PRV-02"], [])


def test_prv_02_takes_no_refusal_of_a_search_agent_for_one_of_training(world: World) -> None:
    world.robots("2024-02-10", "User-agent: PerplexityBot\nUser-agent: Googlebot\nDisallow: /\n")

    (row,) = world.audit(ROW)

    assert said(row) == ("info", ["ENJ-01"], [])


def test_prv_03_flags_what_stood_behind_a_password(world: World) -> None:
    world.robots("2024-02-10", ALLOW)
    world.page("2024-02-10", "/a", signals=(GATED,))

    (row,) = world.audit(ROW)
    assert said(row) == ("medium", ["PRV-03"], [])

    (row,) = world.audit(ROW, declaration=replace(BY_CCBOT, copies=True))
    assert said(row) == ("high", ["PRV-03"], [])

    (row,) = world.audit(("https://site.example/b", WHEN))
    assert "PRV-03" not in row["rules"]


def test_prv_03_takes_a_gate_at_the_front_page_for_all_that_lies_below(world: World) -> None:
    world.robots("2024-02-10", ALLOW)
    world.page("2024-02-10", "/", signals=(GATED,))
    world.page("2024-02-10", "/open")

    gated, open_ = world.audit(ROW, ("https://site.example/open", WHEN))

    assert gated["rules"] == ["PRV-03"]
    assert open_["rules"] == ["ENJ-01"]


def test_prv_03_asks_the_page_first_and_then_the_front_page(world: World) -> None:
    cases: list[tuple[list[tuple[str, str, bool]], str, list[str]]] = [
        # The page itself was open then, whatever its front page does.
        ([("2024-02-10", "/", True), ("2024-02-10", "/a", False)], WHEN, ["ENJ-01"]),
        # It was seen open a year later, which proves nothing: the front page speaks.
        ([("2024-02-10", "/", True), ("2025-02-10", "/a", False)], WHEN, ["PRV-03"]),
        # An open front page says nothing of another page.
        ([("2024-02-10", "/", False)], WHEN, ["ENJ-01"]),
        # A gate inside the month of collection counts.
        ([("2024-01-31", "/a", False), ("2024-02-09", "/a", True), ("2024-03-02", "/a", False)],
         "2024-02", ["PRV-03"]),
        ([("2024-02-09", "/a", True)], "2024-02", ["PRV-03"]),
    ]  # fmt: skip
    for number, (pages, _, _) in enumerate(cases):
        host = f"site{number}.example"
        for day in ("2024-01-31", "2024-02-10", "2024-03-02"):
            world.robots(day, ALLOW, host=host)
        for when, path, gated in pages:
            world.page(when, path, host=host, signals=(GATED,) if gated else ())

    rows = world.audit(
        *((f"https://site{number}.example/a", date) for number, (_, date, _) in enumerate(cases))
    )

    assert [row["rules"] for row in rows] == [rules for _, _, rules in cases]


def test_prv_03_takes_no_error_for_an_open_page(world: World) -> None:
    errors = (403, 404, 429, 451, 503)
    for status in errors:
        world.robots("2024-02-10", ALLOW, host=f"site{status}.example")
        world.page("2024-02-10", "/a", host=f"site{status}.example", status=status)

    rows = world.audit(*((f"https://site{status}.example/a", WHEN) for status in errors))

    for row in rows:
        assert (row["gate"], row["gate_basis"]) == (None, "never_observed")
        assert row["unobserved"] == ["LIC-03", "PRV-03", "PRV-07"]


def test_prv_06_flags_an_unknown_agent_where_ai_agents_were_refused(world: World) -> None:
    world.robots("2024-02-10", REFUSE_AI)

    (row,) = world.audit(ROW, declaration=NOBODY)

    assert said(row) == ("medium", ["PRV-06"], [])


def test_prv_06_cannot_tell_whether_an_unknown_agent_was_the_one_refused(world: World) -> None:
    world.robots("2024-02-10", "User-agent: SomeBot\nDisallow: /\n")

    (row,) = world.audit(ROW, declaration=NOBODY)
    assert said(row) == ("unknown", [], ["PRV-06"])

    world.robots("2024-02-09", ALLOW)
    world.robots("2024-02-11", ALLOW)
    (row,) = world.audit((PAGE, "2024-02-10"), declaration=NOBODY)
    assert said(row) == ("unknown", [], ["PRV-06"])


def test_prv_06_is_silent_where_nobody_is_refused(world: World) -> None:
    world.robots("2024-02-10", ALLOW)

    (row,) = world.audit(ROW, declaration=NOBODY)

    assert said(row) == ("info", ["ENJ-01"], [])


def test_prv_07_flags_a_declaration_that_stands_alone(world: World) -> None:
    world.robots("2024-02-10", ALLOW)
    world.page("2024-02-10", "/a", signals=(RESERVED,))
    world.page("2024-02-10", "/b", signals=(RESERVED, GATED))

    alone, gated, other = world.audit(
        ROW, ("https://site.example/b", WHEN), ("https://site.example/c", WHEN)
    )

    assert said(alone) == ("low", ["PRV-07"], [])
    assert gated["rules"] == ["PRV-03"]
    assert other["rules"] == ["ENJ-01"]


def test_prv_08_speaks_of_what_was_first_seen_afterwards(world: World) -> None:
    world.robots("2024-03-01", REFUSE_AI)

    (row,) = world.audit(ROW)
    assert said(row) == ("low", ["PRV-08"], [])

    (row,) = world.audit(ROW, declaration=NOBODY)
    assert said(row) == ("low", ["PRV-08"], [])


def test_prv_08_leaves_a_later_gate_at_the_front_page_where_the_page_was_open(world: World) -> None:
    world.robots("2024-02-10", ALLOW)
    world.page("2024-02-10", "/a")
    world.page("2024-03-01", "/", signals=(GATED,))

    (row, other) = world.audit(ROW, ("https://site.example/b", WHEN))

    assert said(row) == ("info", ["ENJ-01"], [])
    assert other["rules"] == ["PRV-08"]


def test_prv_08_is_silent_where_what_was_seen_afterwards_refuses_nobody(world: World) -> None:
    world.robots("2024-03-01", ALLOW)

    (row,) = world.audit(ROW)

    assert said(row) == ("unknown", [], ["PRV-01", "PRV-02"])


def test_prv_09_marks_a_change_between_the_observations(world: World) -> None:
    world.robots("2024-02-01", ALLOW)
    world.robots("2024-03-01", REFUSE_AI)

    (row,) = world.audit(ROW, declaration=BY_GPTBOT)

    assert said(row) == ("medium", ["PRV-01", "PRV-09"], [])
    assert row["confidence"] == "possibly"


def test_prv_11_flags_an_unreachable_robots_txt(world: World) -> None:
    world.robots("2024-02-10 11:30", status=503)
    world.robots("2024-02-14", ALLOW)

    (row,) = world.audit(ROW)

    assert said(row) == ("medium", ["PRV-11"], ["PRV-01", "PRV-02"])
    assert (row["robots"], row["basis"]) == ("unknown", "after_only")


def test_prv_11_counts_failures_of_the_whole_day(world: World) -> None:
    world.robots("2024-02-09 23:30", status=503)
    world.robots("2024-02-10 06:00", status=503)
    world.robots("2024-02-09 20:00", ALLOW, host="fine.example")
    world.robots("2024-02-10 06:00", status=503, host="fine.example")

    down, settled = world.audit((PAGE, "2024-02-10"), ("https://fine.example/", "2024-02-10"))

    assert down["rules"] == ["PRV-11"]
    assert [capture["role"] for capture in down["captures"]] == ["robots_unreachable"]
    assert "PRV-11" not in settled["rules"]


@pytest.mark.parametrize(
    ("copy", "failure", "flagged"),
    [
        ("2024-02-09 13:00", "2024-02-10 11:30", False),  # a copy of at most 24 hours settles it
        ("2024-02-09 11:00", "2024-02-10 11:30", True),
        ("2024-02-09 11:00", "2024-02-09 11:30", False),  # the failure is older than 24 hours
        ("2024-02-09 11:00", "2024-02-10 12:30", False),  # and this one came afterwards
    ],
)
def test_prv_11_asks_for_a_failure_within_the_last_day(
    world: World, copy: str, failure: str, *, flagged: bool
) -> None:
    world.robots(copy, ALLOW)
    world.robots(failure, status=503)

    (row,) = world.audit(ROW)

    assert ("PRV-11" in row["rules"]) is flagged


# PIR


def test_pir_01_flags_what_was_known_before(world: World) -> None:
    world.robots("2024-02-10", ALLOW)
    entry = world.listed("2024-01-05")

    (row,) = world.audit(ROW)

    assert said(row) == ("high", ["PIR-01"], [])
    assert row["confidence"] == "recorded"
    assert row["entries"] == [entry]


def test_pir_01_is_critical_where_works_are_to_be_reproduced(world: World) -> None:
    world.listed("2024-01-05")

    (row,) = world.audit(
        ROW, declaration=Declaration(purpose=Purpose.FINETUNE_REPRODUCE, agent="CCBot")
    )

    assert row["level"] == "critical"


def test_pir_01_is_one_lower_where_the_notice_came_during_the_collection(world: World) -> None:
    world.robots("2024-02-09", ALLOW)
    world.robots("2024-02-12", ALLOW)
    world.listed("2024-02-10 12:00")

    (row,) = world.audit((PAGE, "2024-02-10"))

    assert said(row) == ("medium", ["PIR-01"], ["PIR-02"])  # whether a later act came is not said
    assert row["confidence"] == "possibly"


@pytest.mark.parametrize(
    "url",
    [
        "https://notsite.example/a",
        "https://site.example.evil.example/a",
        "https://evil.example/?u=https://site.example/",
        "https://evil.example/site.example/",
    ],
)
def test_pir_01_does_not_widen_an_entry(world: World, url: str) -> None:
    world.listed("2024-01-05")

    (row,) = world.audit((url, WHEN))

    assert (row["listed"], row["entries"]) == (False, [])


def test_pir_01_cannot_tell_without_a_date(world: World) -> None:
    world.listed("2024-01-05")

    (row,) = world.audit(UNDATED)

    assert "PIR-01" in row["untold"]


def test_pir_02_flags_what_was_known_before_training(world: World) -> None:
    world.robots("2024-02-10", ALLOW)
    world.listed("2024-05-01")

    (row,) = world.audit(ROW, declaration=training(month=6))
    assert said(row) == ("high", ["PIR-02"], [])

    (row,) = world.audit(ROW, declaration=training(month=4))
    assert said(row) == ("medium", ["PIR-03"], [])


def test_pir_02_cannot_tell_where_no_later_act_is_declared(world: World) -> None:
    world.robots("2024-02-10", ALLOW)
    world.listed("2024-05-01")

    (row,) = world.audit(ROW)

    assert said(row) == ("medium", ["PIR-03"], ["PIR-02"])


def test_pir_03_is_silent_where_nothing_is_listed(world: World) -> None:
    world.robots("2024-02-10", ALLOW)
    world.listed("2024-12-01", host="other.example")

    (row,) = world.audit(ROW)

    assert said(row) == ("info", ["ENJ-01"], [])


def test_pir_05_flags_a_list_that_could_have_been_read(world: World) -> None:
    world.robots("2024-02-10", ALLOW)
    world.listed("2024-05-01", published="2024-01-01")
    world.listed("2024-01-05", published="2024-01-01", host="known.example")
    world.listed("2024-05-01", published="2024-03-01", host="later.example")

    public, known, later = world.audit(
        ROW, ("https://known.example/", WHEN), ("https://later.example/", WHEN)
    )

    assert public["rules"] == ["PIR-03", "PIR-05"]
    assert known["rules"] == ["PIR-01"]
    assert later["rules"] == ["PIR-03"]


def test_pir_07_queues_what_nobody_has_verified(world: World) -> None:
    world.robots("2024-02-10", ALLOW)
    world.listed("2024-01-05", status="received")

    (row,) = world.audit(ROW)
    assert said(row) == ("low", ["PIR-07"], [])

    world.listed("2024-03-05")
    (row,) = world.audit(ROW)
    assert "PIR-07" not in row["rules"]


def test_pir_01_counts_from_the_day_a_list_came_though_it_was_verified_later(world: World) -> None:
    world.robots("2024-02-10", ALLOW)
    world.listed("2024-01-05", status="received", digest="one-file")
    world.listed("2024-03-05", digest="another-file")
    (row,) = world.audit(ROW)
    assert "PIR-01" not in row["rules"]

    world.listed("2024-03-05", digest="one-file")  # by another store, which was merged
    (row,) = world.audit(ROW)
    assert "PIR-01" in row["rules"]


def test_no_rule_speaks_where_refuse_all_names_no_ai_agent_but_covers_them(world: World) -> None:
    world.robots("2024-02-10", REFUSE_ALL)

    (row,) = world.audit(ROW)

    assert said(row) == ("high", ["PRV-01"], [])


EVERYWHERE = Signal(kind="trust-txt", scope="site", usage="train", value=Value.DENY)
SOMEWHERE = replace(EVERYWHERE, kind="tdmrep", usage="mine", path="/news/")
LICENCE = replace(EVERYWHERE, kind="license-link", value=Value.CONDITIONAL)
TO_ONE = replace(EVERYWHERE, kind="aipref", scope="agent:GPTBot")


def test_prv_07_hears_what_a_file_declares_for_the_whole_site(world: World) -> None:
    cases: list[
        tuple[list[tuple[str, str, tuple[Signal, ...]]], bool | None, list[str], list[str]]
    ] = [
        # A licence on conditions reserves nothing, nor does a word to one agent only.
        ([("2024-02-10", "/a.txt", (LICENCE,))], None, ["ENJ-01"], ["LIC-03", "PRV-03", "PRV-07"]),
        ([("2024-02-10", "/a.txt", (TO_ONE,))], None, ["ENJ-01"], ["LIC-03", "PRV-03", "PRV-07"]),
        # What is said of some paths leaves open whether this is one of them.
        ([("2024-02-10", "/a.txt", (SOMEWHERE,))], None, ["ENJ-01"], ["LIC-03", "PRV-03", "PRV-07"]),
        # First seen afterwards: nothing follows for then.
        ([("2024-03-10", "/a.txt", (EVERYWHERE,))], None, ["PRV-08"], ["LIC-03", "PRV-03", "PRV-07"]),
        ([("2024-02-10", "/a.txt", (EVERYWHERE,))], True, ["PRV-07"], ["LIC-03", "PRV-03"]),
        # Two files: one that was silent takes nothing away from the other.
        (
            [("2024-02-10", "/a.txt", (EVERYWHERE,)), ("2024-02-10", "/b.txt", ())],
            True, ["PRV-07"], ["LIC-03", "PRV-03"],
        ),
        # It was gone by then.
        (
            [("2023-02-10", "/a.txt", (EVERYWHERE,)), ("2024-02-10", "/a.txt", ())],
            None, ["ENJ-01"], ["LIC-03", "PRV-03", "PRV-07"],
        ),
    ]  # fmt: skip
    for number, (files, _, _, _) in enumerate(cases):
        world.robots("2024-02-10", ALLOW, host=f"site{number}.example")
        for when, path, signals in files:
            world.file(when, path, host=f"site{number}.example", signals=signals)

    rows = world.audit(*((f"https://site{number}.example/a", WHEN) for number in range(len(cases))))

    found = [(row["declared"], row["rules"], row["unobserved"]) for row in rows]
    assert found == [(declared, rules, unobserved) for _, declared, rules, unobserved in cases]


def test_prv_07_cannot_tell_of_an_open_page_what_its_site_says_of_some_paths(world: World) -> None:
    world.robots("2024-02-10", ALLOW)
    world.page("2024-02-10", "/a")
    (row,) = world.audit(ROW)
    assert (row["declared"], row["unobserved"]) == (False, [])

    world.file("2024-02-10", "/a.txt", signals=(SOMEWHERE,))
    (row,) = world.audit(ROW)
    assert (row["declared"], row["unobserved"]) == (None, ["PRV-07"])


def test_prv_07_takes_what_could_not_be_read_for_no_silence(world: World) -> None:
    nothing = replace(EVERYWHERE, kind="tdmrep", value=Value.UNSPECIFIED)
    world.robots("2024-02-10", ALLOW)
    world.page("2024-02-10", "/a")
    # A front page in its place is no file, and a contact that is not read reserves nothing.
    soft = (replace(nothing, finding="soft-404"),)
    contact = (replace(nothing, kind="security-txt", finding="undecodable"),)
    world.file("2024-02-10", "/.well-known/tdmrep.json", signals=soft)
    world.file("2024-02-10", "/.well-known/security.txt", signals=contact)
    (row,) = world.audit(ROW)
    assert (row["declared"], row["unobserved"]) == (False, [])

    utf_16 = (replace(nothing, finding="undecodable"),)
    world.file("2024-02-10", "/ai.txt", signals=utf_16)
    (row,) = world.audit(ROW)
    assert (row["declared"], row["unobserved"]) == (None, ["PRV-07"])


def test_prv_07_cannot_tell_what_terms_reserve_that_nobody_read(world: World) -> None:
    cases: dict[str, bool | None] = {
        f"https://site{{n}}.example{path}": False if told else None
        for path, (_, _, _, told) in OWN_TERMS.items()
    } | {
        "https://SITE{n}.example/license.xml#use": False,
        "https://site{n}.example/other.xml": None,  # nobody looked there
        "https://site{n}.example/License.xml": None,
        "https://collective.example/license.xml": None,
        "https://www.site{n}.example/license.xml": None,
        "https://site{n}.example:8443/license.xml": None,
        "/license.xml": None,
    }
    for number, place in enumerate(cases):
        host, named = f"site{number}.example", place.format(n=number)
        world.robots("2024-02-10", f"User-agent: *\nDisallow:\nLicense: {named}\n", host=host)
        world.page("2024-02-10", "/a", host=host)
        for path, (when, status, signals, _) in OWN_TERMS.items():
            world.file(when, path, host=host, status=status, signals=signals)

    rows = world.audit(*((f"https://site{number}.example/a", WHEN) for number in range(len(cases))))

    assert dict(zip(cases, (row["declared"] for row in rows), strict=True)) == cases


def test_prv_07_takes_terms_that_a_page_names_for_read_once_they_were(world: World) -> None:
    named = Signal("rsl", "page", "licence", offer="https://site.example/license.xml")
    for host in ("site.example", "other.example"):
        world.robots("2024-02-10", ALLOW, host=host)
        world.page("2024-02-10", "/a", host=host, signals=(named,))
    asked = (ROW, ("https://other.example/a", WHEN))

    unread = world.audit(*asked)
    world.file("2024-02-10", "/license.xml", signals=(PERMITTING,))
    read = world.audit(*asked)

    assert [row["declared"] for row in unread] == [None, None]
    # To the other host they stand elsewhere.
    assert [row["declared"] for row in read] == [False, None]


def test_prv_07_takes_terms_for_one_agent_for_no_word_to_all(world: World) -> None:
    world.robots(
        "2024-02-10",
        "User-agent: bingbot\nDisallow:\nLicense: https://collective.example/terms.xml\n",
    )
    world.page("2024-02-10", "/a")

    (row,) = world.audit(ROW)

    assert row["declared"] is False


def test_prv_07_cannot_tell_of_a_picture_that_ends_early(world: World) -> None:
    cut = replace(
        EVERYWHERE, kind="plus-data-mining", scope="asset", value=Value.UNSPECIFIED,
        finding="xmp-cut-off",
    )  # fmt: skip
    world.robots("2024-02-10", ALLOW)
    world.page("2024-02-10", "/a", signals=(cut,))

    (row,) = world.audit(ROW)

    assert (row["declared"], row["unobserved"]) == (None, ["PRV-07"])


def test_prv_03_cannot_tell_whether_a_metered_page_was_barred(world: World) -> None:
    world.robots("2024-02-10", ALLOW)
    world.page("2024-02-10", "/a", signals=(replace(GATED, gate=Gate.METERED),))

    (row,) = world.audit(ROW)

    assert (row["gate"], row["gate_basis"], row["unobserved"]) == (
        None, "contemporaneous", ["PRV-03"],
    )  # fmt: skip


PRICED = replace(GATED, gate=Gate.PAYMENT, value=Value.CONDITIONAL, offer="USD 0.01")
TERMS = Signal(
    kind="rsl", scope="site", usage="train", value=Value.CONDITIONAL, offer="USD 5",
    conditions="payment=training",
)  # fmt: skip
NAMED = replace(TERMS, usage="licence", value=Value.UNSPECIFIED, conditions="")
POLICY = replace(TERMS, kind="tdmrep", usage="mine", conditions="")
OFFERS: dict[str, tuple[bool | None, str, tuple[Signal, ...]]] = {
    # Named like payments, and asking for a name alone; a sale of something else; another's terms.
    "attribution": (False, "2024-02-10", (replace(TERMS, conditions="payment=attribution"),)),
    "search": (False, "2024-02-10", (replace(TERMS, usage="search"),)),
    "another-agent": (False, "2024-02-10", (replace(TERMS, scope="agent:bingbot"),)),
    "no-policy": (False, "2024-02-10", (replace(POLICY, offer=""),)),
    "nothing": (False, "2024-02-10", ()),
    # A licence of which only the address is known, terms for some paths, and what was seen later.
    "named": (None, "2024-02-10", (NAMED,)),
    "named-later": (None, "2024-03-10", (NAMED,)),
    "some-paths": (None, "2024-02-10", (replace(TERMS, path="/news/"),)),
    "afterwards": (None, "2024-03-10", (TERMS,)),
    "terms": (True, "2024-02-10", (TERMS,)),
    "refused-but-sold": (True, "2024-02-10", (replace(TERMS, value=Value.DENY),)),
    "policy": (True, "2024-02-10", (POLICY,)),
}
"""Whether the files of a host, as they were seen on a day, offer use on terms."""


def test_lic_03_tells_terms_offered_by_machine_from_what_only_looks_like_them(
    world: World,
) -> None:
    for name, (_, when, signals) in OFFERS.items():
        world.page("2024-02-10", "/a", host=f"{name}.example")
        world.file(when, "/terms", host=f"{name}.example", signals=signals)
    world.page("2024-02-10", "/a", status=402, signals=(PRICED,))

    *rows, paid, unseen = world.audit(
        *((f"https://{name}.example/a", WHEN) for name in OFFERS), ROW,
        ("https://unseen.example/a", WHEN),
    )  # fmt: skip

    told = [
        (row["priced"], "LIC-03" in row["rules"], "LIC-03" in row["unobserved"]) for row in rows
    ]
    assert dict(zip(OFFERS, told, strict=True)) == {
        name: (priced, priced is True, priced is None) for name, (priced, _, _) in OFFERS.items()
    }
    assert (paid["priced"], "LIC-03" in paid["rules"]) == (True, True)
    assert (unseen["priced"], "LIC-03" in unseen["unobserved"]) == (None, True)
    # What terms that stand elsewhere reserve cannot be told.
    declared = {name: row["declared"] for name, row in zip(OFFERS, rows, strict=True)}
    assert (declared["nothing"], declared["named"]) == (False, None)


def test_pir_13_speaks_of_copies_and_lower_where_the_notice_came_after(world: World) -> None:
    copy = f"https://web.archive.org/web/2020/{PAGE}"
    world.robots("2024-02-10", ALLOW, host="web.archive.org")

    (row,) = world.audit((copy, WHEN))
    assert said(row) == ("info", ["ENJ-01"], [])

    world.listed("2024-03-01")
    (row,) = world.audit((copy, WHEN))
    assert said(row) == ("low", ["PIR-13"], [])

    world.listed("2024-01-01", host="example", scope="subdomains")
    (row,), (short,) = world.audit((copy, WHEN)), world.audit(("https://archive.ph/AbC12", WHEN))
    assert said(row) == ("medium", ["PIR-13"], [])
    assert "PIR-13" in short["untold"]


# ILL


def sealed(world: World, kind: str) -> tuple[str, list[str], list[str]]:
    """Return what is said of a row, once a sealed list of that kind names its host."""
    world.robots("2024-02-10", ALLOW)
    path = world.folder / "sealed.txt"
    path.write_text("site.example\n", "utf-8")
    seal(world.store, path, Terms("hotline/names", kind, "Hotline", "hotline", "agreement"))
    (row, other) = world.audit(ROW, ("https://other.example/", WHEN))
    assert (row["host"], row["entries"], row["sealed"], other["sealed"]) == (None, [], kind, "no")
    return row["level"], row["rules"], other["rules"]


def test_ill_01_stands_above_all_else_and_tells_no_host(world: World) -> None:
    assert sealed(world, "csam") == ("critical", ["ILL-01"], [])


def test_ill_02_speaks_of_images_without_consent(world: World) -> None:
    assert sealed(world, "ncii") == ("critical", ["ILL-02"], [])


def test_ill_07_speaks_of_what_else_is_sealed(world: World) -> None:
    assert sealed(world, "other") == ("high", ["ILL-07"], [])
