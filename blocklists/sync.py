"""Looking at published lists again: what is new is received, and each look is recorded.

That a list was looked at on a day, and what came of it, is evidence of diligence (docs/rules.md,
PIR-05). A look that failed is recorded as well; a list that cannot be reached stays as it stands.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from blocklists.detection import format_of_name
from blocklists.documents import MAX_BYTES, read_bytes
from blocklists.doubts import NOTHING_WATCHED, Watched
from blocklists.events import moment_text
from blocklists.refusals import ListRefused
from blocklists.submit import submit
from provenance.defaults import WAIT_S
from provenance.errors import InputRefused, UsageRefused
from provenance.many import many
from provenance.moments import stored
from provenance.progress import counted
from provenance.rows import insert_rows
from provenance.show import show
from provenance.statements import statement
from provenance.store import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import duckdb

    from blocklists.sources import Source


class Answer(Protocol):
    """What came back for an address."""

    @property
    def status(self) -> int: ...  # noqa: D102
    @property
    def body(self) -> bytes: ...  # noqa: D102
    @property
    def etag(self) -> str: ...  # noqa: D102
    @property
    def last_modified(self) -> str: ...  # noqa: D102
    @property
    def error(self) -> str:
        """Why there is no answer; empty: there is one."""


class Fetch(Protocol):
    """Ask for an address, with what the last answer said of its state (RFC 9110, section 13)."""

    def __call__(self, url: str, *, etag: str, last_modified: str, limit: int) -> Answer: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a source."""

    list_id: str
    source: str
    fetched_at: datetime
    """Aware, UTC."""
    outcome: str
    """`found` for the first time, `changed`, `unchanged`, or `failed`."""
    file_sha256: str = ""
    """Of what came; of what was there already where it is unchanged."""
    etag: str = ""
    last_modified: str = ""
    detail: str = ""
    """Why it failed, or what became of the version."""

    @property
    def fetch_id(self) -> str:
        """The digest by which the same look is known in every store."""
        said = (
            self.list_id, self.source, moment_text(self.fetched_at), self.outcome,
            self.file_sha256, self.etag, self.last_modified, self.detail,
        )  # fmt: skip
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Got:
    """What a source holds now; no content: it says that nothing changed."""

    content: bytes | None
    etag: str = ""
    last_modified: str = ""


def sync(
    store_path: Path,
    sources: Sequence[Source],
    *,
    folder: Path,
    keep: Path,
    fetch: Fetch | None = None,
    watched: Watched = NOTHING_WATCHED,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    wait_s: float = WAIT_S,
    say: Callable[[str], None] = lambda _: None,
) -> list[Look]:
    """Look at each of *sources*, receive what is new, and return what came of it.

    Args:
        store_path: the store.
        sources: which lists.
        folder: where paths of sources begin.
        keep: the folder in which each version that came is kept, by its digest.
        fetch: asks for an address; None: sources with a url fail.
        watched: as for `submit`.
        clock: asked once for each source; aware.
        wait_s: how long to wait for the store, in seconds.
        say: told when the store is held by another process.

    Raises:
        StoreError: the store cannot be used.
    """
    looks = []
    for source in counted(sources, "sync", len(sources)):
        with writing(store_path, wait_s=wait_s, say=say) as connection:
            last = _last(connection, source)
        now = clock()
        look, content = _look(source, last, folder, fetch, now)
        if content is not None:
            look = _received(store_path, source, look, content, keep, watched, wait_s, say)
        with writing(store_path, wait_s=wait_s, say=say) as connection:
            insert_rows(connection, "list_fetch", [_row(look)])
        looks.append(look)
    return looks


def _last(connection: duckdb.DuckDBPyConnection, source: Source) -> Look | None:
    """Return the last look at a source that did not fail."""
    asked = [source.list_id, source.place]
    rows = connection.execute(statement("blocklists", "last_fetch"), asked).fetchall()
    return next((Look(source.list_id, source.place, row[0].replace(tzinfo=UTC), *row[1:])
                 for row in rows), None)  # fmt: skip


def _look(
    source: Source, last: Look | None, folder: Path, fetch: Fetch | None, now: datetime
) -> tuple[Look, bytes | None]:
    """Return what came of the look, and the content if it is new."""
    try:
        got = _from_web(source, last, fetch) if source.url else _from_disk(source, folder)
    except InputRefused as error:
        return _failed(source, now, error.fact), None
    digest = hashlib.sha256(got.content).hexdigest() if got.content is not None else ""
    if last and digest in {"", last.file_sha256}:
        known = (last.file_sha256, got.etag or last.etag, got.last_modified or last.last_modified)
        return Look(source.list_id, source.place, now, "unchanged", *known), None
    outcome = "changed" if last else "found"
    look = Look(
        source.list_id, source.place, now, outcome, digest, got.etag, got.last_modified
    )  # fmt: skip
    return look, got.content


def _from_disk(source: Source, folder: Path) -> _Got:
    return _Got(read_bytes(folder / source.path))


def _from_web(source: Source, last: Look | None, fetch: Fetch | None) -> _Got:
    if fetch is None:
        raise InputRefused(source.url, "addresses are not fetched here", "name a file")
    answer = fetch(
        source.url,
        etag=last.etag if last else "",
        last_modified=last.last_modified if last else "",
        limit=MAX_BYTES,
    )
    if not answer.error and last and answer.status == 304:
        return _Got(None, show(answer.etag), show(answer.last_modified))
    if answer.error or answer.status != 200:
        raise InputRefused(source.url, answer.error or f"status {answer.status}")
    return _Got(answer.body, show(answer.etag), show(answer.last_modified))


def _received(
    store_path: Path,
    source: Source,
    look: Look,
    content: bytes,
    keep: Path,
    watched: Watched,
    wait_s: float,
    say: Callable[[str], None],
) -> Look:
    """Receive a version and return the look with what became of it."""
    path = _kept(keep, source, look.file_sha256, content)
    try:
        receipt = submit(
            store_path, path, list_id=source.list_id, submitter=source.submitter,
            role=source.role, basis=source.basis, format_name=source.format or _named(source),
            encoding=source.encoding, skip_refused=True, watched=watched,
            clock=lambda: look.fetched_at, wait_s=wait_s, say=say,
        )  # fmt: skip
    except (ListRefused, UsageRefused) as error:
        return _failed(source, look.fetched_at, error.fact)
    detail = f"version {receipt.version}, {many(receipt.entries, 'entry')}"
    detail += f", {many(receipt.refused, 'line')} left out" if receipt.refused else ""
    detail += f", {receipt.quarantined:,} held back" if receipt.quarantined else ""
    detail += f": waits to be confirmed ({receipt.change})" if receipt.held else ""
    return replace(look, detail=detail)


def _named(source: Source) -> str | None:
    """Return the format that the source's own name tells: we keep it under another."""
    return format_of_name(urlsplit(source.url).path if source.url else source.path)


def _kept(keep: Path, source: Source, digest: str, content: bytes) -> Path:
    """Keep *content* under a name of our own making, readable by its owner alone."""
    keep.mkdir(parents=True, exist_ok=True, mode=0o700)
    ending = ".csv" if Path(source.place).suffix.lower() == ".csv" else ".txt"
    path = keep / f"{source.list_id.replace('/', '--')}-{digest[:16]}{ending}"
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    unfinished.replace(path)
    return path


def _failed(source: Source, now: datetime, why: str) -> Look:
    return Look(source.list_id, source.place, now, "failed", detail=show(why))


def _row(look: Look) -> tuple[object, ...]:
    return (
        look.fetch_id, look.list_id, look.source, stored(look.fetched_at), look.outcome,
        look.file_sha256, look.etag, look.last_modified, look.detail,
    )  # fmt: skip
