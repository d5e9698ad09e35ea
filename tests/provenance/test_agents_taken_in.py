"""Lists that a user takes in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from provenance.agents import agents_digest, every_agent, in_force
from provenance.agents_taken_in import place, take_in, taken_in
from provenance.errors import InputRefused, UsageRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 11, 22)
NEW = b"token,purpose,operator\nABot,training,A\n"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's own list, not there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("PROVISOR_AGENTS")
    forget()
    yield tmp_path / "provisor" / "agents.csv"
    forget()


def forget() -> None:
    taken_in.cache_clear()
    every_agent.cache_clear()


def tokens() -> set[str]:
    return {agent.token for agent in every_agent()}


def test_a_row_taken_in_is_known_from_then_on_and_changes_the_digest(kept: Path) -> None:
    before, digest = tokens(), agents_digest()

    change = take_in(NEW, "ours.csv", checked=DAY)

    assert [agent.token for agent in change.added] == ["ABot"]
    assert tokens() - before == {"ABot"}
    assert agents_digest() != digest
    assert (change.file, place()) == (str(kept), kept)


def test_looking_only_changes_nothing(kept: Path) -> None:
    digest = agents_digest()

    change = take_in(NEW, "ours.csv", checked=DAY, write=False)

    assert ([agent.token for agent in change.added], change.file) == (["ABot"], "")
    assert agents_digest() == digest
    assert not kept.exists()


def test_a_newer_list_of_the_same_source_replaces_the_older_which_is_kept(kept: Path) -> None:
    take_in(NEW, "ours.csv", checked=DAY)

    change = take_in(b"token,purpose\nBBot,search\n", "ours.csv", checked=DAY)

    assert [agent.token for agent in change.added] == ["BBot"]
    assert [agent.token for agent in change.gone] == ["ABot"]
    assert len(list(kept.parent.glob("agents.*.csv"))) == 1


def test_lists_of_two_sources_stand_together(kept: Path) -> None:
    take_in(NEW, "ours.csv", checked=DAY)

    take_in(b'{"BBot": {"operator": "B"}}', "robots.json", checked=DAY)

    assert {"ABot", "BBot"} <= tokens()


def test_no_list_changes_a_reviewed_row(kept: Path) -> None:
    change = take_in(b"token,purpose\nGoogle-Extended,seo\n", "ours.csv", checked=DAY)

    assert change.kept == ("Google-Extended",)
    assert (change.added, change.changed, change.gone) == ((), (), ())


def test_a_list_without_classes_takes_none_away(kept: Path) -> None:
    change = take_in(b'{"GPTBot": {"operator": "B"}}', "robots.json", checked=DAY)

    assert change.changed == ()


def test_a_row_looked_up_earlier_changes_none_of_a_later_day(kept: Path) -> None:
    change = take_in(b"token,purpose\nGPTBot,seo\n", "old.csv", checked=date(2024, 1, 1))

    assert change.changed == ()


def test_no_list_of_a_day_to_come_stands_over_all_that_is_looked_up_till_then(kept: Path) -> None:
    late = datetime.now(UTC).date() + timedelta(days=2)
    stated = f"token,purpose,checked\nABot,training,{late}\n".encode()

    for content, checked in ((NEW, late), (stated, DAY)):
        with pytest.raises(
            InputRefused, match=f"ABot: looked up on {late}, a day to come; nothing"
        ):
            take_in(content, "ours.csv", checked=checked)

    assert not kept.exists()


def test_a_change_says_before_and_after(kept: Path) -> None:
    change = take_in(b"token,purpose\nGPTBot,search\n", "ours.csv", checked=DAY)

    ((before, after),) = change.changed
    assert (before.purpose, before.training) == ("training", True)
    assert (after.purpose, after.training, after.operator) == ("search", False, "OpenAI")


def test_a_list_that_is_none_leaves_all_as_it_was(kept: Path) -> None:
    take_in(NEW, "ours.csv", checked=DAY)
    before = kept.read_bytes()

    with pytest.raises(
        InputRefused, match=r"ours.csv: row 1: '\*' is no token \(.*\); nothing was taken"
    ):
        take_in(b"token,purpose\n*,training\n", "ours.csv", checked=DAY)

    assert kept.read_bytes() == before


def test_a_kept_list_that_was_damaged_is_no_empty_list(kept: Path) -> None:
    take_in(NEW, "ours.csv", checked=DAY)
    kept.write_text("token,purpose\nABot,nonsense\n")
    forget()

    with pytest.raises(InputRefused, match="'nonsense' is none of"):
        every_agent()


def test_a_list_that_is_named_must_be_there(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVISOR_AGENTS", str(kept.with_name("elsewhere.csv")))

    with pytest.raises(InputRefused, match="cannot be read"):
        every_agent()


def test_where_none_is_to_be_kept_none_is_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVISOR_AGENTS", "")

    with pytest.raises(UsageRefused, match="no list is kept; unset it"):
        take_in(NEW, "ours.csv", checked=DAY)


def test_without_a_list_only_what_is_shipped_is_in_force() -> None:
    assert every_agent() == in_force(())
