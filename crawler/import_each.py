"""One file after the other: one that cannot be used keeps no other back, and is told at the end."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

import click

from provenance.errors import InputRefused
from provenance.many import many
from provenance.options import say
from provenance.show import show
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

Result = TypeVar("Result", bound=Any)


def import_each(
    files: Sequence[Path],
    read: Callable[[Path], Result],
    tell: Callable[[Result], str],
    *,
    as_json: bool,
) -> list[Result]:
    """Print what *read* made of each of *files*, and return it.

    Raises:
        InputRefused: files could not be used; the others were imported.
    """
    results: list[Result] = []
    refused: list[InputRefused] = []
    for file in files:
        try:
            results.append(read(file))
        except InputRefused as error:
            refused.append(error)
            if len(files) > 1:
                say(str(error))
        else:
            if not as_json:
                click.echo(tell(results[-1]))
    if as_json:
        click.echo(json_text([asdict(result) for result in results]))
    if refused and len(files) == 1:
        raise refused[0]
    if refused:
        names = ", ".join(show(one.place) for one in refused)
        fact = f"{len(refused):,} of {many(len(files), 'file')} cannot be used: {names}"
        raise InputRefused("import", fact, "the others were imported")
    return results
