"""The commands, each with the help that it prints."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import click

from cli import main
from provenance import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDTH = 100


def page() -> str:
    """Return every command in the order of its name, those of a group below it."""
    lines = [
        "# Commands",
        "",
        "What `provisor COMMAND --help` prints, written by the commands themselves.",
        "",
        "## Exit codes",
        "",
        "```text",
        inspect.cleandoc(errors.__doc__ or ""),
        "```",
    ]
    context = click.Context(main, info_name="provisor")
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command:
            lines += _told(command, name, context, depth=2)
    return "\n".join(lines) + "\n"


def _told(command: click.Command, name: str, parent: click.Context, *, depth: int) -> Iterator[str]:
    """Yield the help of a command and of all below it."""
    context = click.Context(
        command, info_name=name, parent=parent, terminal_width=_WIDTH, max_content_width=_WIDTH
    )
    yield ""
    yield f"{'#' * depth} {context.command_path}"
    yield ""
    yield "```text"
    yield command.get_help(context)
    yield "```"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            inner = command.get_command(context, below)
            if inner:
                yield from _told(inner, below, context, depth=depth + 1)
