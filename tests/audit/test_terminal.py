"""A cell of a table is text, whatever stands in it."""

from __future__ import annotations

import io

from rich.console import Console
from rich.text import Text

from audit.terminal import add_row, new_table, printed


def test_no_cell_is_markup_and_what_one_hides_is_shown() -> None:
    table = new_table("name", ">rows")
    add_row(table, "[red]a[/x] :warning:", "1,234")
    add_row(table, "b\x1b]0;title\x07\u202e", "5")
    add_row(table, Text("c"), "")
    out = io.StringIO()

    Console(file=out, width=80).print(table)

    assert printed(out) == (
        "name                            rows\n"
        "────────────────────────────────────\n"
        "[red]a[/x] :warning:           1,234\n"
        "b\\u{1b}]0;title\\u{7}\\u{202e}       5\n"
        "c\n"
    )
