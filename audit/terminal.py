"""Tables for a terminal: a cell is text, in which nothing is markup and nothing stays hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from provenance.show import show

if TYPE_CHECKING:
    import io

_LONG = 1000


def new_table(*columns: str) -> Table:
    """Return an empty table; columns of numbers are named with a `>`."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in columns:
        if name.startswith(">"):
            table.add_column(Text(name[1:]), justify="right")
        else:
            table.add_column(Text(name))
    return table


def add_row(table: Table, *cells: str | Text) -> None:
    """Add a row to *table*; of a text that has a style already nothing is changed."""
    table.add_row(*(one if isinstance(one, Text) else Text(show(one, _LONG)) for one in cells))


def printed(out: io.StringIO) -> str:
    """Return what was printed to *out*, without the blanks that fill its lines."""
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
