"""Rules of one's own: what a folder may hold, and that whatever else it holds is refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.declaration import Declaration
from audit.explaining.alternatives import outcomes
from audit.laws import chosen_rules
from audit.rule_files import read_pack, read_rule
from audit.rules import every_rule, overdue
from audit.settings import Question
from provenance.errors import InputRefused, UsageRefused
from tests.audit.rules.asking import QUIET

if TYPE_CHECKING:
    from pathlib import Path

HEADER = {
    "id": "OWN-01",
    "title": "A page of a shop",
    "title_ja": "店舗のページ",
    "statement": "The house keeps no pages behind a gate",
    "basis": "House rule 7",
    "grade": "X",
    "law_as_of": "2026-11-01",
    "review_by": "2036-11-01",
    "level": "medium",
    "rests_on": "gate",
    "advice": "Ask",
    "advice_ja": "照会する",
    "must_not": "N1",
}


def rule(expression: str = "gate", **other: str) -> str:
    header = {name: said for name, said in {**HEADER, **other}.items() if said}
    return "".join(f"-- {name}: {said}\n" for name, said in header.items()) + expression + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "house-rules"
    made.mkdir()
    return made


def test_a_folder_of_rules_is_asked_beside_those_of_the_law(folder: Path) -> None:
    (folder / "own_01.sql").write_text(rule("gate\n-- why\nAND NOT listed"), "utf-8")
    (folder / "own_02.sql").write_text(rule(id="OWN-02", enabled="no"), "utf-8")
    (folder / "readme.txt").write_text("no rule", "utf-8")

    (own,) = read_pack(folder)

    assert (own.id, own.law, own.condition) == ("OWN-01", "house-rules", "(gate AND (NOT listed))")
    assert chosen_rules("jp", [folder])[-1] == own


def test_a_rule_that_fires_at_no_level_is_unknown_and_never_clean(folder: Path) -> None:
    (folder / "own_01.sql").write_text(rule(level="CASE WHEN copies THEN 'high' END"), "utf-8")
    question = Question(Declaration(agent="CCBot"), read_pack(folder))
    gated = QUIET | {"gate": True}

    levels = [
        one.level
        for one in outcomes(question, [gated, *(gated | {"copies": it} for it in (False, None))])
    ]

    assert levels == ["high", "unknown", "unknown"]


@pytest.mark.parametrize(
    ("text", "place", "fact"),
    [
        (rule("gate AND\nread_text('x') = 'y'"), "line 15, column 1", "there is no fact"),
        (rule("gate; COPY facts TO 'x'"), "line 14, column 5", "is no part of a rule"),
        (rule(level="CASE WHEN gate THEN 'worst' END"), "line 9, column 1", "something else"),
        (rule(level="terrible"), "line 9, column 1", "no fact 'terrible'"),
        (rule(colour="red"), "line 14", "there is no header 'colour'"),
        (rule(basis=""), "own_01.sql", "the header has no basis"),
        (rule(grade="E"), "line 6", "grade 'E'"),
        (rule(grade="D"), "own_01.sql", "not verified (grade D), and its level is medium"),
        (rule(review_by="soon"), "line 8", "'soon' is no day"),
        (rule(must_not="N99"), "line 13", "must_not 'N99'"),
        (rule(id="own 1"), "line 1", "id 'own 1' is none"),
        (rule(effect="cap PRV at nothing"), "line 14", "effect 'cap PRV at nothing' is none"),
        (rule(title="\x1b[31mred"), "line 2", "title is longer than 600 characters, or hides"),
        (rule(title="x" * 700), "line 2", "title is longer than 600 characters, or hides"),
        (rule() .replace("-- title:", "-- id: OWN-09\n-- title:"), "line 2", "id is said twice"),
        (rule(id="PRV-01"), "own_01.sql", "the id PRV-01 is taken by the pack jp"),
        ("", "own_01.sql", "the header has no id"),
        (rule("gate AND removal_asked"), "own_01.sql", "of a row nobody can say 'removal_asked'"),
        (rule("provider OR listed", about="dataset"), "own_01.sql",
         "of a dataset nobody can say 'listed'"),
        (rule("provider", about="dataset", level="CASE WHEN bulk THEN 'low' ELSE 'high' END"),
         "own_01.sql", "of a dataset nobody can say 'bulk'"),
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_by_file_and_line(
    folder: Path, text: str, place: str, fact: str
) -> None:
    (folder / "own_01.sql").write_text(text, "utf-8")

    with pytest.raises(InputRefused) as caught:
        read_pack(folder)

    assert fact in caught.value.fact
    assert caught.value.place.endswith(place)
    assert caught.value.remedy


def test_two_rules_of_one_name_are_refused(folder: Path) -> None:
    (folder / "a.sql").write_text(rule(), "utf-8")
    (folder / "b.sql").write_text(rule(), "utf-8")

    with pytest.raises(InputRefused, match=r"b\.sql: the id OWN-01 is taken by a\.sql"):
        read_pack(folder)


def test_a_folder_that_holds_no_rule_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="0 files"):
        read_pack(folder)

    with pytest.raises(InputRefused, match="no folder of rules"):
        read_pack(tmp_path / "nowhere")

    (tmp_path / "jp").mkdir()
    with pytest.raises(InputRefused, match="goes by the name of its folder"):
        read_pack(tmp_path / "jp")


def test_only_small_regular_files_are_opened(folder: Path) -> None:
    (folder / "a.sql").symlink_to("/dev/zero")
    with pytest.raises(InputRefused, match="no regular file of at most 32 KiB"):
        read_pack(folder)

    (folder / "a.sql").unlink()
    (folder / "a.sql").write_text(rule() + " " * 40_000, "utf-8")
    with pytest.raises(InputRefused, match="no regular file of at most 32 KiB"):
        read_pack(folder)

    (folder / "a.sql").write_bytes(b"\xff\xfe")
    with pytest.raises(InputRefused, match="cannot be read"):
        read_pack(folder)


def test_a_law_that_is_none_is_a_wrong_call() -> None:
    with pytest.raises(UsageRefused, match="there is no pack 'fr'"):
        chosen_rules("jp,fr")

    with pytest.raises(UsageRefused, match="jp twice"):
        chosen_rules("jp,jp")


def test_an_effect_stays_in_its_own_pack() -> None:
    cap = read_rule(rule(effect="cap OWN PRV-01 at low"), "own_01.sql", "house-rules")
    other = read_rule(rule(id="OWN-07"), "own_07.sql", "house-rules")
    by_id = {one.id: one for one in every_rule()}

    assert cap.touches(other)
    assert not cap.touches(by_id["PRV-01"])  # N10: one regime's result does not carry to another


def test_a_source_that_was_not_looked_at_again_in_time_is_overdue() -> None:
    one = read_rule(rule(review_by="2026-11-02"), "own_01.sql", "house-rules")

    assert overdue([one], one.review_by) == ()
    assert overdue([one]) == ("OWN-01",)
