"""The options that every command shares, and how each of them speaks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from provenance.defaults import WAIT_S
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Callable

CommandT = TypeVar("CommandT", bound="Callable[..., object]")


wait_option = click.option(
    "--wait",
    "wait_s",
    type=click.FloatRange(min=0),
    default=int(WAIT_S),
    show_default=True,
    metavar="SECONDS",
    help="How long to wait while another process holds the store.",
)


store_option = click.option(
    "--store",
    type=click.Path(path_type=Path),
    default=Path("provisor.duckdb"),
    show_default=True,
    envvar="PROVISOR_STORE",
    help="The DuckDB file that holds what is known.",
)


def with_options(command: CommandT, *options: Callable[[CommandT], CommandT]) -> CommandT:
    """Add *options*, which --help shows in their order."""
    for option in reversed(options):
        command = option(command)
    return command


def store_options(command: CommandT) -> CommandT:
    """Add --store and --wait."""
    return with_options(command, store_option, wait_option)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")


def say(message: str) -> None:
    """Tell the user something on standard error."""
    click.echo(show(message, 4000), err=True)
