"""What was read of a list, as it passes from one process to another: plain, and quick to unpack.

Entries are nested, frozen things that pickle slowly; as tuples they take a third of the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blocklists.digests import Digest
from blocklists.refusals import Refusal
from blocklists.targets import Target
from blocklists.vetting import DigestEntry, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Packed = tuple[Any, ...]


def packed(read: Iterable[Entry | DigestEntry | Refusal]) -> list[Packed]:
    """Return what was *read* of lines as tuples."""
    return [_packed(one) for one in read]


def unpacked(tuples: Iterable[Packed]) -> list[Any]:
    """Return the things that `packed` made *tuples* of."""
    return [_UNPACKING[len(one)](*one) for one in tuples]


def _packed(one: Entry | DigestEntry | Refusal) -> Packed:
    if isinstance(one, Refusal):
        return one.code, one.what, one.line, one.text, one.file
    if isinstance(one, DigestEntry):
        digest = one.digest
        return (
            one.line, digest.algorithm, digest.octets, digest.quality, one.category,
            one.work, one.right_holder, one.notice_date, one.warnings, one.expires_on,
        )  # fmt: skip
    named = one.target
    return (
        one.line, one.raw, named.scope, named.host, named.port, named.path, named.warnings,
        one.category, one.work, one.right_holder, one.notice_date, one.warnings, one.expires_on,
    )  # fmt: skip


def _entry(
    line: int, raw: str, scope: str, host: str, port: str, path: str, noted: tuple[str, ...],
    *rest: Any,
) -> Entry:  # fmt: skip
    return Entry(line, raw, Target(scope, host, port, path, noted), *rest)


def _digest(
    line: int, algorithm: str, octets: bytes, quality: int | None, *rest: Any
) -> DigestEntry:
    return DigestEntry(line, Digest(algorithm, octets, quality), *rest)


_UNPACKING: dict[int, Callable[..., Entry | DigestEntry | Refusal]] = {
    5: Refusal, 10: _digest, 13: _entry,
}  # fmt: skip
"""By the length of the tuple."""
