"""Of a list of illegal content, what is wrong is told by line and code alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from blocklists.gathering import Checked
from blocklists.refusals import Refusal
from blocklists.unseen import read_unseen, refused_lines
from provenance.errors import InputRefused

if TYPE_CHECKING:
    from pathlib import Path


def test_lines_that_are_left_out_are_told_by_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("a.example\n" * 25 + "secret.oniine\n" * 21 + "10.0.0.1\n", "utf-8")

    with pytest.raises(InputRefused) as caught:
        read_unseen(
            path, format_name=None, encoding="utf-8", skip_refused=False, now=datetime.now(UTC)
        )

    lines = ", ".join(map(str, range(26, 46)))
    assert caught.value.fact == (
        f"lines cannot be sealed: Q_UNKNOWN_TLD in line {lines} …; E_IP_SPECIAL in line 47"
    )


def test_very_many_lines_are_counted_once_each() -> None:
    # Copied for each line, these would take minutes.
    refusals = tuple(Refusal("E_IP", line=line) for line in range(1, 300_001))
    checked = Checked("list", "", "plain", 1.0, entries=(), refusals=refusals, skipped={})

    assert refused_lines(checked) == {"E_IP": tuple(range(1, 300_001))}
