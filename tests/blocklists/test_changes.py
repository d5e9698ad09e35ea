from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from blocklists.changes import applied
from blocklists.check import check
from blocklists.refusals import Refusal
from tests.blocklists.test_packages import package_of

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 2, 3, 12, tzinfo=UTC)


def ids(folder: Path, *lines: str) -> frozenset[str]:
    path = folder / "list.txt"
    path.write_text("\n".join(lines), "utf-8")
    return check(path, now=NOW).ids


def test_changes_add_and_withdraw(tmp_path: Path) -> None:
    before = ids(tmp_path, "a.example", "b.example")
    rows = b"action,value\nwithdraw,a.example\nadd,c.example\nwithdraw,never.example\n"
    folder = package_of(tmp_path / "changes", rows, mode="delta", previous_sha256="1" * 64)

    after, refused = applied(before, check(folder, now=NOW))

    assert after == ids(tmp_path, "b.example", "c.example")
    assert refused == (Refusal("E_WITHDRAW_UNKNOWN", "", 4, "never.example"),)
