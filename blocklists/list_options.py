"""Options that commands for lists share: how a file is read, and what is looked at first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from blocklists.documents import ENCODINGS
from blocklists.formats import formats
from provenance.errors import UsageRefused
from provenance.show import show

if TYPE_CHECKING:
    from blocklists.doubts import Watched

format_option = click.option(
    "--format",
    "format_name",
    type=click.Choice(sorted(formats())),
    help="Without it, the format is found by the shape of the lines.",
)

encoding_option = click.option(
    "--encoding",
    type=click.Choice(ENCODINGS),
    default="utf-8",
    show_default=True,
    help="How the file's characters are written.",
)

popular_option = click.option(
    "--popular",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Names so visited that entries for them are held back: a line each, or rank,name.",
)

own_option = click.option(
    "--own",
    multiple=True,
    metavar="NAME",
    help="A site of yours, for which entries are held back; may be said several times.",
)


def watched_of(popular: Path | None, own: tuple[str, ...]) -> Watched:
    """Return the names that entries are held back for.

    Raises:
        UsageRefused: one of *own* is no name.
    """
    from blocklists.doubts import Watched, read_popular, sites_of

    for name in own:
        if not sites_of(name):
            fact = f"{show(name, 80)!r} is no name of a site"
            raise UsageRefused("--own", fact, "write it as example.jp")
    return Watched(read_popular(popular) if popular else frozenset(), sites_of(*own))
