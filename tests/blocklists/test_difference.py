from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from blocklists.check import check
from blocklists.difference import Difference, applied, difference
from blocklists.refusals import Refusal
from tests.blocklists.test_packages import package_of

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 2, 3, 12, tzinfo=UTC)


def ids(folder: Path, *lines: str, name: str = "list.txt") -> frozenset[str]:
    path = folder / name
    path.write_text("\n".join(lines), "utf-8")
    return check(path, now=NOW).ids


def test_the_versions_of_a_real_list_differ_as_was_counted(shared_data: Path) -> None:
    folder = shared_data / "12-blocklists" / "versions"
    one, two, three = (
        check(folder / f"nextdns-streaming-video.v{number}.txt", now=NOW).ids
        for number in (1, 2, 3)
    )

    # The line that left after the first is its title, which never was an entry.
    first, second = difference(one, two), difference(two, three)

    assert (len(first.added), len(first.removed)) == (304, 0)
    assert (len(second.added), len(second.removed)) == (136, 22)


def test_order_spelling_and_format_are_no_change(tmp_path: Path) -> None:
    before = ids(tmp_path, "# monday", "a.example", "www.Example.com")
    after = ids(tmp_path, "||example.com^", "||a.example^", "! tuesday")

    assert difference(before, after) == Difference(frozenset(), frozenset(), before)


def test_tells_how_much_of_a_list_changed(tmp_path: Path) -> None:
    before = ids(tmp_path, "a.example", "b.example", "c.example", "d.example")
    after = ids(tmp_path, "a.example", "b.example", "c.example", "e.example", "f.example")

    found = difference(before, after)

    assert (found.added_share, found.removed_share, found.overlap) == (0.5, 0.25, 0.75)


def test_a_list_that_was_empty_has_no_share(tmp_path: Path) -> None:
    found = difference(frozenset(), ids(tmp_path, "a.example"))

    assert (found.added_share, found.removed_share, found.overlap) == (0.0, 0.0, 1.0)


def test_changes_add_and_withdraw(tmp_path: Path) -> None:
    before = ids(tmp_path, "a.example", "b.example")
    rows = b"action,value\nwithdraw,a.example\nadd,c.example\nwithdraw,never.example\n"
    folder = package_of(tmp_path / "changes", rows, mode="delta", previous_sha256="1" * 64)

    after, refused = applied(before, check(folder, now=NOW))

    assert after == ids(tmp_path, "b.example", "c.example")
    assert refused == (Refusal("E_WITHDRAW_UNKNOWN", "", 4, "never.example"),)
