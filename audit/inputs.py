"""Which files are audited together: one, several, or those of a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from provenance.errors import InputRefused, UsageRefused
from provenance.intake.manifest import is_manifest, open_manifest
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from provenance.intake.manifest import Manifest


def open_manifests(
    named: Sequence[Path],
    *,
    pattern: str = "",
    url_column: str = "",
    date_column: str = "",
    digests: Sequence[str] | None = None,
    pdq_column: str = "",
    say: Callable[[str], object] = lambda _: None,
) -> tuple[Manifest, ...]:
    """Return the parts of a manifest in their order, read alike.

    Args:
        named: files, in the order of their rows; or one folder.
        pattern: which files beneath the folder; empty: those directly inside, of forms we read.
        url_column: the column with the address; empty: found by name.
        date_column: the column with the collection date, or `none`; empty: found by name.
        digests: columns that lists of digests are compared with; see `open_manifest`.
        pdq_column: the column of PDQ digests; empty: none.
        say: told what a folder holds besides.

    Raises:
        InputRefused: a file cannot be used, or the parts cannot be read alike.
        UsageRefused: the choice of files or columns cannot be carried out.
    """
    paths = _chosen(named, pattern, say)
    parts = tuple(
        open_manifest(
            path,
            url_column=url_column,
            date_column=date_column,
            digests=digests,
            pdq_column=pdq_column,
        )
        for path in paths
    )
    _refuse_unlike(parts)
    return parts


def labels(parts: Sequence[Manifest]) -> tuple[str, ...]:
    """Return what each part goes by: its name, with folders where names are not enough."""
    names = tuple(part.path.name for part in parts)
    if len(set(names)) == len(names):
        return names
    paths = [part.path.absolute() for part in parts]
    return tuple(os.path.relpath(path, os.path.commonpath(paths)) for path in paths)


def together(parts: Sequence[Manifest]) -> str:
    """Return what all parts go by: the one file's name, or that of the folder that holds them."""
    if len(parts) == 1:
        return parts[0].path.name
    common = os.path.commonpath([part.path.absolute().parent for part in parts])
    return os.path.basename(common) or common  # noqa: PTH119 (commonpath gives a text)


def _chosen(named: Sequence[Path], pattern: str, say: Callable[[str], object]) -> tuple[Path, ...]:
    """Return the files; a pattern is only ever looked for where one was asked for."""
    folders = [path for path in named if path.is_dir()]
    if len(named) > 1:
        if folders:
            fact = "a folder among several manifests"
            raise UsageRefused(str(folders[0]), fact, "name files, or one folder")
        twice = {path.resolve() for path in named}
        if len(twice) < len(named):
            raise UsageRefused("MANIFEST", "a file is named twice", "name each once")
    if pattern and not folders:
        raise UsageRefused("--glob", f"{named[0]} is no folder", "name the folder to look in")
    if not folders:
        return tuple(named)
    return _matching(folders[0], pattern) if pattern else _inside(folders[0], say)


def _matching(folder: Path, pattern: str) -> tuple[Path, ...]:
    """Return the files beneath *folder* that the pattern names, hidden ones left out."""
    try:
        found = sorted(path for path in folder.glob(pattern) if path.is_file())
    except (ValueError, NotImplementedError) as error:
        raise UsageRefused("--glob", str(error), "name files as seen from the folder") from None
    shown = tuple(
        path
        for path in found
        if not any(name.startswith(".") for name in path.relative_to(folder).parts)
    )
    if not shown:
        raise InputRefused(str(folder), f"no file matches {show(pattern)!r}", "check the pattern")
    return shown


def _inside(folder: Path, say: Callable[[str], object]) -> tuple[Path, ...]:
    """Return the files directly in *folder* that are of a form we read."""
    every = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    found = tuple(path for path in every if is_manifest(path))
    if not found:
        fact = "a folder without a file of a form we read"
        raise InputRefused(str(folder), fact, "name a file, or look deeper with --glob '**/*.csv'")
    if left := [path.name for path in every if path not in found]:
        more = f" and {len(left) - 3} more" if len(left) > 3 else ""
        say(f"left out of {folder}: {show(', '.join(left[:3]))}{more}")
    return found


def _refuse_unlike(parts: Sequence[Manifest]) -> None:
    """Refuse parts of which one would be read otherwise than another."""
    first = parts[0]
    for part in parts:
        if part.form != first.form:
            raise InputRefused(
                str(part.path),
                f"is {part.form.name}, while {show(first.path.name)} is {first.form.name}",
                "audit files of one form; choose them with --glob, as --glob '*.parquet'",
            )
    filled = [part for part in parts if part.url_column]
    for part in filled[1:]:
        first = filled[0]
        if _read_by(part) != _read_by(first):
            raise InputRefused(
                str(part.path),
                f"is read otherwise ({show(part.mapping)}) than {show(first.mapping)}",
                "name the columns with --url-column, --date-column and --digest-column",
            )


def _read_by(part: Manifest) -> tuple[object, ...]:
    return part.url_column, part.date_column, part.digests
