"""Sealed lists: what must never be shown is kept as keyed digests, in a folder of its own.

Lists of illegal content come from hotlines and authorities, and may be used to keep away from what
they name, and for nothing else. Beside a store `s.duckdb` lies the folder `s.duckdb.sealed` (0700)
with a key of this installation (0600) and the entries (0600): HMAC-SHA-256 (RFC 2104) of each
name, address or digest under that key. Without the key nobody learns what is listed, not even by
trying addresses; and nothing here gives an entry back. The folder is no part of the store: it is
not merged, exported, sealed into the ledger or copied.
"""

from __future__ import annotations

import hmac
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from provenance.errors import StoreError
from provenance.lookthrough import layers
from provenance.statements import statement
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

    from provenance.urls import Address

SEALED_PAGES = 3
"""Of a host with so many listed pages all is set apart (ILL-05); a choice of ours."""

_GRAVEST_FIRST = ("csam", "ncii", "host", "other")
_KEY, _LISTS = "key", "lists.duckdb"
_KEY_OCTETS = 32
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class SealedList:
    """What may be told of a sealed list."""

    list_id: str
    kind: str
    submitter: str
    terms: str
    """The licence or agreement under which it may be used."""
    received_at: datetime
    """When its first version came; aware, UTC."""
    entries: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """The sealed lists beside a store; neither its text nor its parts say what is listed."""

    folder: Path
    state: str
    """Changes whenever a list does."""
    lists: tuple[SealedList, ...]

    @property
    def database(self) -> Path:
        """The file of keyed digests."""
        return self.folder / _LISTS

    def key(self) -> bytes:
        """Return the key; nobody keeps it.

        Raises:
            StoreError: it cannot be read, as on a machine to which it never went.
        """
        return key_in(self.folder)


def folder_of(store: Path) -> Path:
    """Return where the sealed lists of *store* lie."""
    return store.with_name(f"{store.name}.sealed")


def sealed_beside(store: Path) -> Sealed | None:
    """Return the sealed lists of *store*; None: there are none.

    Raises:
        StoreError: they cannot be read, or others than their owner could read them.
    """
    folder = folder_of(store)
    if not (folder / _LISTS).exists():
        return None
    for path in (folder, folder / _KEY, folder / _LISTS):
        _refuse_open(path)
    with reading_lists(folder) as known:
        ((state,),) = known.execute("SELECT state FROM sealed_state").fetchall()
        rows = known.execute(statement("provenance", "sealed/lists")).fetchall()
    lists = tuple(
        SealedList(list_id, kind, submitter, terms, received_at.replace(tzinfo=UTC), entries)
        for list_id, kind, submitter, terms, received_at, entries in rows
    )
    return Sealed(folder, state, lists) if lists else None


def reading_lists(folder: Path) -> duckdb.DuckDBPyConnection:
    """Open the keyed digests in *folder*, to read."""
    import duckdb

    try:
        return duckdb.connect(str(folder / _LISTS), read_only=True)
    except duckdb.Error:  # its words would name the file's content
        fact = "the sealed lists cannot be opened"
        raise StoreError(str(folder), fact, "wait until nothing else holds them") from None


def key_in(folder: Path) -> bytes:
    """Return the key in *folder*.

    Raises:
        StoreError: it cannot be read, or is cut short: anybody could try names under an empty one.
    """
    try:
        key = (folder / _KEY).read_bytes()
    except OSError as error:
        fact = f"the key of the sealed lists cannot be read ({error.strerror})"
        raise StoreError(str(folder), fact, "work where the lists are") from None
    if len(key) != _KEY_OCTETS:
        fact = f"the key of the sealed lists has {len(key)} octets, not {_KEY_OCTETS}"
        raise StoreError(str(folder), fact, "remove the folder and seal the lists again")
    return key


def make_folder(store: Path) -> Path:
    """Return the folder for sealed lists of *store*, made with a key where there is none.

    Raises:
        StoreError: it cannot be made, or others than its owner could read it.
    """
    folder = folder_of(store)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_open(folder)
        _make_key(folder / _KEY)
    except OSError as error:
        fact = f"no sealed lists can be kept there ({error.strerror})"
        raise StoreError(str(folder), fact, "make room, or another place for the store") from None
    _refuse_open(folder / _KEY)
    return folder


def keyed(key: bytes, text: str) -> bytes:
    """Return the digest of *text* under *key*: HMAC-SHA-256 (RFC 2104)."""
    return hmac.digest(key, text.encode(), "sha256")


def of_name(host: str) -> str:
    """Return the text under which a host name is kept."""
    return f"n|{host}"


def of_places(host: str, port: str) -> str:
    """Return the text under which it is kept that single pages of a host are listed."""
    return f"h|{host.removeprefix('www.')}|{port}"


def of_page(scope: str, host: str, port: str, path: str) -> str:
    """Return the text under which a page (`url`) or what lies below one (`url_prefix`) is kept."""
    return f"{scope}|{host.removeprefix('www.')}|{port}|{path}"


def of_digest(algorithm: str, spelling: str) -> str:
    """Return the text under which one spelling of a digest is kept."""
    return f"d|{algorithm}|{spelling}"


def texts_of(place: Address, *, pages: bool = True) -> Iterator[tuple[str, str]]:
    """Yield the texts by which an entry can name *place*, each with the scopes it may have."""
    labels = place.host.split(".")
    for first in range(len(labels)):
        yield of_name(".".join(labels[first:])), "domain subdomains" if first else "domain host"
    if not pages:
        return
    yield of_page("url", place.host, place.port, place.path), "url"
    path = place.path
    ends = {at for at, letter in enumerate(path) if letter in "/?"}
    cuts = sorted({len(path)} | ends | {at + 1 for at in ends if path[at] == "/"})
    for cut in cuts:
        if cut:
            yield of_page("url_prefix", place.host, place.port, path[:cut]), "url_prefix"


class SealedNames:
    """The names and pages of sealed lists, to ask about single addresses before they are met.

    A host of which they name at least *pages* different pages is named as a whole, as `host`.
    """

    def __init__(self, sealed: Sealed, pages: int = SEALED_PAGES) -> None:
        self._key = sealed.key()
        with reading_lists(sealed.folder) as known:
            rows = known.execute(statement("provenance", "sealed/names")).fetchall()
            crowded = known.execute(statement("provenance", "sealed/crowded"), [pages]).fetchall()
        self._crowded = frozenset(bytes(keyed) for (keyed,) in crowded)
        self._named: dict[bytes, dict[str, str]] = {}
        for digest, scope, kind in rows:
            self._named.setdefault(bytes(digest), {})[scope] = kind

    def kind_of_host(self, host: str) -> str:
        """Return what the lists say of a host, port or none: as `kind_of` says it."""
        name, colon, port = host.rpartition(":")
        if not (colon and port.isdecimal()):
            name, port = host, ""
        place = _place(name, port)
        return self._kind(place, texts_of(place, pages=False))

    def kind_of(self, url: str) -> str:
        """Return what the lists say of an address, or of what it shows a copy of.

        One of SEALED_KINDS, or `host`; empty: nothing, or *url* is no address.
        """
        try:
            places = [address(url, hidden=True)]
            places += [address(one.url, hidden=True) for one in layers(url) if one.url]
        except NotAnAddress:
            return ""
        found = (self._kind(place, texts_of(place)) for place in places)
        return next((kind for kind in found if kind), "")

    def _kind(self, place: Address, texts: Iterator[tuple[str, str]]) -> str:
        crowded = keyed(self._key, of_places(place.host, place.port)) in self._crowded
        kinds = {"host"} if crowded else set()
        for text, scopes in texts:
            found = self._named.get(keyed(self._key, text), {})
            kinds |= {found[scope] for scope in scopes.split() if scope in found}
        return next((kind for kind in _GRAVEST_FIRST if kind in kinds), "")


def names_beside(store: Path) -> SealedNames | None:
    """Return the names on the sealed lists of *store*; None: there are no such lists."""
    sealed = sealed_beside(store)
    return SealedNames(sealed) if sealed else None


def unnamed(names: SealedNames | None, *urls: str) -> bool:
    """Whether no sealed list names any of *urls*, as far as there are such lists."""
    return names is None or not any(names.kind_of(url) for url in urls)


def private(path: Path) -> None:
    """Let nobody but the owner read or write *path*."""
    path.chmod(0o600)


def _place(host: str, port: str) -> Address:
    from provenance.urls import Address

    return Address("https", host, port, "/", is_ip=False)


def _make_key(file: Path) -> None:
    """Make the key where there is none: whole or not there, and never in the place of another."""
    if file.exists():
        return
    unfinished = file.with_name(f".{token_hex(8)}")
    try:
        with open(unfinished, "xb", opener=_private) as key:
            key.write(os.urandom(_KEY_OCTETS))
            key.flush()
            os.fsync(key.fileno())
        with suppress(FileExistsError):  # another process was first
            os.link(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _refuse_open(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        fact = f"sealed lists without it are of no use ({error.strerror})"
        raise StoreError(str(path), fact, "put it back, or seal the lists again") from None
    if mode & _OTHERS:
        fact = f"others can read or write it (mode {stat.S_IMODE(mode):o})"
        raise StoreError(str(path), fact, f"chmod {'700' if path.is_dir() else '600'} {path.name}")
