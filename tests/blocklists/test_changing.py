"""Packages of changes: they fit the version that stands, or nothing of them is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from blocklists.refusals import ListRefused
from blocklists.standing import standings
from blocklists.submit import submit
from blocklists.versions import difference_of_versions
from provenance.store import reading
from tests.blocklists.test_packages import MANIFEST, package_of

if TYPE_CHECKING:
    from pathlib import Path

    from blocklists.receipts import Receipt

LIST = str(MANIFEST["list_id"])


class Changing:
    """A list that is handed in whole, and then changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "store.duckdb"
        self.version = 0

    def whole(self, *names: str) -> Receipt:
        return self._hand_in("value\n" + "".join(f"{name}\n" for name in names))

    def change(self, before: Receipt | str, *lines: str, **terms: Any) -> Receipt:
        digest = before if isinstance(before, str) else before.file_sha256
        text = "action,value\n" + "".join(f"{line}\n" for line in lines)
        return self._hand_in(text, terms, mode="delta", previous_sha256=digest)

    def states(self) -> dict[str, str]:
        with reading(self.store) as connection:
            return {one.host: str(one.state) for one in standings(connection, LIST)}

    def _hand_in(self, text: str, terms: dict[str, Any] | None = None, **changes: Any) -> Receipt:
        self.version += 1
        folder = package_of(
            self.folder / f"v{self.version}", text.encode(), version=self.version, **changes
        )
        day = datetime(2026, 2, 3, self.version, tzinfo=UTC)
        return submit(self.store, folder, clock=lambda: day, **(terms or {}))


@pytest.fixture
def changing(tmp_path: Path) -> Changing:
    return Changing(tmp_path)


def test_what_a_change_does_not_speak_of_stays(changing: Changing) -> None:
    first = changing.whole("a.example", "b.example")
    second = changing.change(first, "add,c.example", "withdraw,a.example", "update,b.example")
    third = changing.change(second, "withdraw,c.example")

    assert changing.states() == {
        "a.example": "withdrawn", "b.example": "accepted", "c.example": "withdrawn",
    }  # fmt: skip
    assert (second.change, third.change) == ("+1 -1, 1 kept", "+0 -1, 1 kept")
    with reading(changing.store) as connection:
        found, names = difference_of_versions(connection, LIST, 1, 2)
        last, _ = difference_of_versions(connection, LIST, 2, 3)
    assert (str(found), sorted(names.values())) == ("+1 -1, 1 kept", ["a.example", "c.example"])
    assert str(last) == "+0 -1, 1 kept"


def test_a_version_that_withdraws_all_is_there_and_names_nothing(changing: Changing) -> None:
    first = changing.whole("a.example")
    changing.change(first, "withdraw,a.example")

    with reading(changing.store) as connection:
        found, _ = difference_of_versions(connection, LIST, 1, 2)

    assert str(found) == "+0 -1, 0 kept"


def test_changes_that_wait_are_no_part_of_those_that_come_after(changing: Changing) -> None:
    first = changing.whole("a.example", "b.example")
    held = changing.change(first, *(f"add,n{number}.example" for number in range(60)))
    changing.change(first, "add,c.example")

    with reading(changing.store) as connection:
        waits, _ = difference_of_versions(connection, LIST, 1, 2)
        stands, _ = difference_of_versions(connection, LIST, 1, 3)

    assert held.held
    assert (str(waits), str(stands)) == ("+60 -0, 2 kept", "+1 -0, 2 kept")


def test_a_whole_version_after_changes_begins_anew(changing: Changing) -> None:
    first = changing.whole("a.example", "b.example")
    changing.change(first, "add,c.example")
    changing.whole("c.example", "d.example")

    assert changing.states() == {
        "a.example": "superseded", "b.example": "superseded", "c.example": "accepted",
        "d.example": "accepted",
    }  # fmt: skip


def test_a_change_of_another_version_is_refused_and_keeps_nothing(changing: Changing) -> None:
    with pytest.raises(ListRefused, match=r"F_CHANGES: .*no version of the list stands here"):
        changing.change("1" * 64, "add,b.example")
    first = changing.whole("a.example")
    changing.change(first, "add,b.example")

    with pytest.raises(ListRefused, match=r"F_CHANGES: .*it changes .*, and version 3"):
        changing.change(first, "add,c.example")

    assert changing.states() == {"a.example": "accepted", "b.example": "accepted"}


def test_a_list_withdraws_only_what_it_names(changing: Changing) -> None:
    first = changing.whole("a.example", "b.example")

    with pytest.raises(ListRefused, match=r"line 3.*E_WITHDRAW_UNKNOWN"):
        changing.change(first, "withdraw,a.example", "withdraw,z.example")
    assert changing.states() == {"a.example": "accepted", "b.example": "accepted"}

    left_out = changing.change(first, "withdraw,a.example", "withdraw,z.example", skip_refused=True)
    assert left_out.refused == 1
    assert changing.states() == {"a.example": "withdrawn", "b.example": "accepted"}


def test_a_list_does_not_withdraw_and_add_the_same(changing: Changing) -> None:
    first = changing.whole("a.example", "b.example")

    with pytest.raises(ListRefused, match=r"line 2: a.example: E_WITHDRAW_ADDED"):
        changing.change(first, "withdraw,a.example", "add,a.example")
    assert changing.states() == {"a.example": "accepted", "b.example": "accepted"}

    left_out = changing.change(
        first, "withdraw,a.example", "add,a.example", "withdraw,b.example", skip_refused=True
    )
    assert left_out.refused == 1
    assert changing.states() == {"a.example": "accepted", "b.example": "withdrawn"}


def test_taking_back_is_no_mass_change_and_adding_much_is_one(changing: Changing) -> None:
    names = [f"s{number}.example" for number in range(60)]
    first = changing.whole(*names)
    second = changing.change(first, *(f"withdraw,{name}" for name in names[1:]))
    third = changing.change(second, *(f"add,n{number}.example" for number in range(60)))

    assert (second.held, third.held) == (False, True)
    assert changing.states()["n1.example"] == "received"
