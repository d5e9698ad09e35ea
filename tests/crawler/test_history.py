"""What a site said at past dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.inspect_report import report
from crawler.inspecting import inspect_recorded
from crawler.seeing import Asking
from tests.audit.world import ALLOW, GATED, REFUSE_AI, World, at
from tests.command import called as provisor

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.history import Line

GPTBOT = Asking(("GPTBot",), with_history=True)


def spans(line: Line) -> list[tuple[str, str, str, int, str]]:
    return [
        (f"{one.first:%m-%d}", f"{one.last:%m-%d}", one.state, one.captures, one.basis)
        for one in line.spans
    ]


def past(world: World, asking: Asking = GPTBOT, until: str = "2025-12-31") -> tuple[Line, ...]:
    return inspect_recorded("site.example", world.store, until=at(until), asking=asking).history


def test_a_change_lies_between_two_captures_that_differ(tmp_path: Path) -> None:
    world = World(tmp_path)
    for day in ("2025-01-05", "2025-02-05"):
        world.robots(day, ALLOW)
    world.robots("2025-03-05", REFUSE_AI)

    (line,) = past(world)

    assert line.agents == ("GPTBot",)
    assert spans(line) == [
        ("01-05", "02-05", "allow", 2, "bracketed"),
        ("03-05", "03-05", "deny", 1, "observed"),
    ]


def test_a_change_within_a_day_is_told_by_the_minute(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.robots("2025-01-05T08:00:00", ALLOW)
    world.robots("2025-01-05T09:30:00", REFUSE_AI)

    found = inspect_recorded("site.example", world.store, until=at("2025-12-31"), asking=GPTBOT)

    assert list(report(found, "en"))[-5:] == [
        "  GPTBot",
        "    2025-01-05 08:00Z .. 2025-01-05 08:00Z  may fetch  (captures: 1; observed)",
        "      changed at some time between 2025-01-05 08:00Z and 2025-01-05 09:30Z",
        "    2025-01-05 09:30Z .. 2025-01-05 09:30Z  refused · Disallow: /  (captures: 1; observed)",
        "      not looked at since 2025-01-05 09:30Z",
    ]


def test_what_could_not_be_read_is_a_state_of_its_own(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.robots("2025-01-05", REFUSE_AI)
    world.robots("2025-02-05", "<html>")
    world.robots("2025-03-05", "", status=503)
    world.robots("2025-04-05", "", status=404)

    (line,) = past(world)

    assert [(one.state, one.said) for one in line.spans] == [
        ("deny", "Disallow: /"),
        ("cannot tell", "unreadable: html"),
        ("deny", "unreachable: status 503"),
        ("allow", "unavailable: status 404"),
    ]


def test_a_rule_that_only_moved_is_no_change(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.robots("2025-01-05", REFUSE_AI)
    world.robots("2025-02-05", f"# moved\n{REFUSE_AI}")

    (line,) = past(world)

    assert spans(line) == [("01-05", "02-05", "deny", 2, "bracketed")]


def test_agents_that_were_always_answered_alike_share_a_line(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.robots("2025-01-05", REFUSE_AI)

    lines = past(world, Asking(("GPTBot", "CCBot", "MyBot"), with_history=True))

    assert [line.agents for line in lines] == [("GPTBot",), ("CCBot", "MyBot")]


def test_the_page_has_a_line_of_its_own_and_no_later_day_counts(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.robots("2025-01-05", ALLOW)
    world.page("2025-01-05")
    world.page("2025-02-05", status=401, signals=(GATED,))
    world.page("2025-03-05")

    *_, page = past(world, until="2025-02-28")

    assert page.agents == ()
    assert [(one.state, one.said) for one in page.spans] == [
        ("states nothing", "status 200"),
        ("gate auth", "status 401"),
    ]


def test_the_line_of_time_is_printed_with_its_dates(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.robots("2025-01-05", ALLOW)
    world.robots("2025-03-05", REFUSE_AI)

    code, out, _ = provisor(
        "inspect", "site.example", "--history", "--agent", "GPTBot", "--store", "store.duckdb",
        "--lang", "en", cwd=tmp_path,
    )  # fmt: skip

    assert code == 0
    assert out.partition("What was said at past dates\n")[2] == (
        "  GPTBot\n"
        "    2025-01-05 .. 2025-01-05  may fetch  (captures: 1; observed)\n"
        "      changed at some time between 2025-01-05 and 2025-03-05\n"
        "    2025-03-05 .. 2025-03-05  refused · Disallow: /  (captures: 1; observed)\n"
        "      not looked at since 2025-03-05\n"
    )


def test_what_could_not_be_read_is_no_change_of_mind(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.robots("2025-01-05", REFUSE_AI)
    world.robots("2025-02-05", "<html>")

    _, out, _ = provisor(
        "inspect", "site.example", "--history", "--agent", "GPTBot", "--store", "store.duckdb",
        "--lang", "en", cwd=tmp_path,
    )  # fmt: skip

    assert out.partition("What was said at past dates\n")[2] == (
        "  GPTBot\n"
        "    2025-01-05 .. 2025-01-05  refused · Disallow: /  (captures: 1; observed)\n"
        "    2025-02-05 .. 2025-02-05  cannot tell · unreadable: html  (captures: 1; observed)\n"
        "      not looked at since 2025-02-05\n"
    )


def test_a_year_of_a_real_site(shared_data: Path, tmp_path: Path) -> None:
    captures = shared_data / "01-robots-monthly-2025" / "captures.jsonl"
    store = tmp_path / "store.duckdb"
    assert (
        provisor("import", "captures", str(captures), "--store", str(store), cwd=tmp_path)[0] == 0
    )
    asking = Asking(("GPTBot", "ClaudeBot"), with_history=True)

    found = inspect_recorded("www.bbc.com", store, until=at("2026-11-22"), asking=asking)

    by_agent = {line.agents: spans(line) for line in found.history}
    assert by_agent == {
        ("GPTBot",): [
            ("01-03", "01-03", "allow", 1, "imported"),
            ("03-02", "04-02", "deny", 2, "imported"),
            ("06-01", "06-01", "allow", 1, "imported"),
            ("07-02", "01-01", "deny", 7, "imported"),
        ],
        ("ClaudeBot",): [("01-03", "01-01", "deny", 11, "imported")],
    }
