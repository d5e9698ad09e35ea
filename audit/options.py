"""The options that several commands about audits share."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.choices import LANGUAGES
from provenance.defaults import AUDIT_MEMORY
from provenance.options import CommandT, with_options

if TYPE_CHECKING:
    from collections.abc import Callable

_SIZE = re.compile(r"[0-9]+(\.[0-9]+)?\s*[KMGT]i?B", re.IGNORECASE)


def checked_size(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Return *value* where it is a size such as 1500MB; refuse any other."""
    if value and not _SIZE.fullmatch(value):
        raise click.BadParameter(f"{value!r} is no size such as 1500MB or 20GB")
    return value


memory_option = click.option(
    "--memory",
    default=AUDIT_MEMORY,
    show_default=True,
    callback=checked_size,
    metavar="SIZE",
    help="How much each process holds before it spills to disk.",
)

declaration_option = click.option(
    "--declaration",
    type=click.Path(path_type=Path),
    help="The dataset.toml that declares purpose, acts and crawling agent.",
)

_GATES = (
    click.option(
        "--policy",
        type=click.Path(path_type=Path),
        help="A TOML file of gates: how many rows may stand at a level, under a rule, or untold."
        " It takes the place of the default of --fail-on.",
    ),
    click.option(
        "--baseline",
        type=click.Path(path_type=Path),
        help="What was accepted, as `provisor accept` wrote it; it is counted beside the total.",
    ),
    click.option(
        "--suppress",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="FILE",
        help="The suppress.txt of a removal: fail when a row of it came back (REM-03).",
    ),
)

_COLUMNS = (
    click.option(
        "--url-column", default="", help="The column with the address.  [default: found by name]"
    ),
    click.option(
        "--date-column",
        default="",
        help="The column with the collection date, or `none`.  [default: found by name]",
    ),
)

_DIGESTS = (
    click.option(
        "--digest-column",
        "digests",
        multiple=True,
        metavar="NAME[:ALGORITHM]",
        help="A column with digests of the files themselves, or `none`; may be said several times."
        "  [default: those whose names and values are plain]",
    ),
    click.option(
        "--pdq-column",
        default="",
        metavar="NAME",
        help="A column with PDQ digests: they match lists at a distance of at most 31 of 256 bits.",
    ),
)


def gate_options(command: CommandT) -> CommandT:
    """Add --policy, --baseline and --suppress."""
    return with_options(command, *_GATES)


def column_options(command: CommandT) -> CommandT:
    """Add --url-column and --date-column."""
    return with_options(command, *_COLUMNS)


def digest_options(command: CommandT) -> CommandT:
    """Add --digest-column and --pdq-column."""
    return with_options(command, *_DIGESTS)


def printing_options(*forms: str) -> Callable[[CommandT], CommandT]:
    """Add --format, of *forms*, the first being the default, and --lang."""
    options = (
        click.option(
            "--format",
            "form",
            type=click.Choice(forms),
            default=forms[0],
            show_default=True,
            help="What to print.",
        ),
        click.option(
            "--lang",
            type=click.Choice(LANGUAGES),
            default=LANGUAGES[0],
            show_default=True,
            help="In which language.",
        ),
    )
    return lambda command: with_options(command, *options)
