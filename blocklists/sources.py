"""Published lists that the operator chose to follow: a file that names them, one table each."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blocklists.documents import ENCODINGS, read_bytes
from blocklists.packages import BASES, LIST_ID, ROLES
from provenance.errors import InputRefused
from provenance.show import show

if TYPE_CHECKING:
    from pathlib import Path

_KEYS = frozenset({"list_id", "submitter", "role", "basis", "path", "url", "format", "encoding"})
_MOST = 1024**2


@dataclass(frozen=True, slots=True)
class Source:
    """A list that is looked at again and again."""

    list_id: str
    submitter: str
    """Who keeps it."""
    path: str = ""
    """A file, seen from the folder of the file that names it; or else `url`."""
    url: str = ""
    role: str = "list_maintainer"
    basis: str = "third_party_list"
    format: str = ""
    """Empty: found by the shape of the lines."""
    encoding: str = "utf-8"

    @property
    def place(self) -> str:
        """Where it is, as the operator wrote it."""
        return self.url or self.path


def read_sources(path: Path) -> tuple[Source, ...]:
    """Return the sources that the TOML file at *path* names, in `[[source]]` tables.

    Raises:
        InputRefused: it cannot be read, or a source is incomplete or said twice.
    """
    try:
        tables = tomllib.loads(read_bytes(path, limit=_MOST).decode()).get("source", [])
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputRefused(str(path), show(str(error)), "mend it at that place") from error
    if not isinstance(tables, list) or not tables:
        raise InputRefused(str(path), "it names no source", "write a [[source]] for each list")
    sources = tuple(_source(path, number, table) for number, table in enumerate(tables, start=1))
    times = Counter(source.list_id for source in sources)
    if twice := next((name for name, count in times.items() if count > 1), ""):
        raise InputRefused(str(path), f"it names {twice} twice", "give each list an id of its own")
    return sources


def _source(path: Path, number: int, table: object) -> Source:
    place = f"{path}, source {number}"
    if not isinstance(table, dict) or not all(isinstance(one, str) for one in table.values()):
        raise InputRefused(place, "holds more than texts", 'write name = "value"')
    if strange := sorted(table.keys() - _KEYS):
        remedy = f"write one of {', '.join(sorted(_KEYS))}"
        raise InputRefused(place, f"there is no key {show(strange[0])}", remedy)
    if not table.get("list_id") or not table.get("submitter", "").strip():
        raise InputRefused(place, "list_id or submitter is missing", "name both")
    source = Source(**table)
    for wrong, fact, remedy in (
        (not LIST_ID.fullmatch(source.list_id), f"{show(source.list_id)!r} is no list id",
         "write owner/slug"),
        (bool(source.path) == bool(source.url), "it has not one place", "write path or url"),
        (source.role not in ROLES, f"there is no role {show(source.role)}", "see the docs"),
        (source.basis not in BASES, f"there is no basis {show(source.basis)}", "see the docs"),
        (source.encoding not in ENCODINGS, f"there is no encoding {show(source.encoding)}",
         f"write one of {', '.join(ENCODINGS)}"),
    ):  # fmt: skip
        if wrong:
            raise InputRefused(place, fact, remedy)
    return source
