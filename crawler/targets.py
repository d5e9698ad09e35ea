"""What to visit: hosts from the command line or a list, or the hosts and pages of a manifest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from provenance.errors import InputRefused
from provenance.show import show
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Target:
    """A host to visit."""

    host: str
    """Host name, with `:port` where it is not the scheme's own."""
    schemes: tuple[str, ...]
    """In the order they are tried; a second only where nobody speaks the first."""
    paths: tuple[str, ...] = ("/",)
    """Canonical; the front page first."""


def targets_of_lines(lines: Iterable[str], place: str) -> tuple[Target, ...]:
    """Return the hosts that *lines* name, each once; as `targets_in_lines`."""
    return merged(targets_in_lines(lines, place))


def targets_in_lines(lines: Iterable[str], place: str, *, each: str = "line") -> Iterator[Target]:
    """Yield the hosts that *lines* name, as often as they do; `#` starts a comment.

    A line is a host name, `host:port` or a URL. A bare host is asked by https, and by http where
    nobody speaks TLS; a URL says its scheme, and its page is visited after the front page.

    Args:
        lines: of a file, or the words of a call.
        place: where they stand.
        each: what one of them is called.

    Raises:
        InputRefused: lines that name no host, all of them by number, when all were read.
    """
    bad: list[str] = []
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        try:
            yield target_of(text)
        except NotAnAddress as error:
            bad.append(f"{each} {number}: {show(text, 60)}: {error}")
    if bad:
        more = f"; and {len(bad) - _MOST_SHOWN} more" if len(bad) > _MOST_SHOWN else ""
        raise InputRefused(place, "; ".join(bad[:_MOST_SHOWN]) + more, "correct or remove them")


def target_of(text: str) -> Target:
    """Return what *text*, a host or a URL, names.

    Raises:
        NotAnAddress: it names no web address.
    """
    if "://" in text:
        found = address(text)
        paths = ("/",) if found.path == "/" else ("/", found.path)
        return Target(found.authority, (found.scheme,), paths)
    found = address(f"https://{text}")
    if found.path != "/":
        raise NotAnAddress("E_SCHEME", "a path without https:// before its host")
    return Target(found.authority, ("https", "http"))


def targets_of_file(path: Path) -> tuple[Target, ...]:
    """Return the hosts that the text file *path* lists, each once; as `targets_in_file`."""
    return merged(targets_in_file(path))


def targets_in_file(path: Path) -> Iterator[Target]:
    """Yield the hosts that the text file *path* lists, as often as it does.

    Raises:
        InputRefused: it cannot be read as text, or as for `targets_in_lines`.
    """
    if not path.is_file():  # a device or a pipe may never end
        raise InputRefused(str(path), "not a file", "name a text file of hosts")
    try:
        with path.open(encoding="utf-8-sig") as lines:
            yield from targets_in_lines(lines, str(path))
    except UnicodeDecodeError as error:
        raise InputRefused(str(path), "not UTF-8 text", "save it as UTF-8") from error
    except OSError as error:
        raise InputRefused(str(path), error.strerror or "cannot be read", "name another") from error


def merged(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Return *targets*, each host once, with the paths of all its mentions in their order."""
    found: dict[str, Target] = {}
    for target in targets:
        known = found.get(target.host, target)
        paths = tuple(dict.fromkeys((*known.paths, *target.paths)))
        found[target.host] = Target(target.host, known.schemes, paths)
    return tuple(found.values())


def limited(targets: Iterable[Target], pages: int) -> Iterator[Target]:
    """Yield *targets* with at most *pages* pages beside the front page."""
    for target in targets:
        yield Target(target.host, target.schemes, tuple(islice(target.paths, pages + 1)))
