"""Merkle trees as RFC 6962, section 2.1 defines them: roots, and proofs for one leaf.

Hashes are 32 octets of SHA-256. A leaf's is that of 0x00 and its data, a node's that of 0x01 and
its two children.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Peak = tuple[int, bytes]
"""A full subtree: its height, and the hash of its top."""

EMPTY = hashlib.sha256(b"").digest()
"""The root of no leaves."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of the leaf that holds *data*."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above *left* and *right*."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(peaks: Sequence[Peak], leaves: Iterable[bytes]) -> tuple[Peak, ...]:
    """Return the peaks after *leaves*, hashes in their order, were added to those of *peaks*."""
    stack = list(peaks)
    sha256 = hashlib.sha256
    for leaf in leaves:
        height, top = 0, leaf
        while stack and stack[-1][0] == height:
            top = sha256(b"\x01" + stack.pop()[1] + top).digest()
            height += 1
        stack.append((height, top))
    return tuple(stack)


def root_of(peaks: Sequence[Peak]) -> bytes:
    """Return the root above *peaks*, largest first."""
    if not peaks:
        return EMPTY
    *rest, (_, root) = peaks
    for _, left in reversed(rest):
        root = node_hash(left, root)
    return root


def peaks_of(size: int, tops: bytes) -> tuple[Peak, ...]:
    """Return the peaks of a tree of *size* leaves from their hashes, one after the other.

    Raises:
        ValueError: there are more or fewer hashes than such a tree has peaks.
    """
    heights = [height for height in reversed(range(size.bit_length())) if size >> height & 1]
    hashes = [tops[at : at + 32] for at in range(0, len(tops), 32)]
    return tuple(zip(heights, hashes, strict=True))


def inclusion_path(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the hashes that lead from leaf *index* to the root of *leaves*, lowest first.

    RFC 6962, section 2.1.1.
    """
    path: list[bytes] = []
    level, at = list(leaves), index
    while len(level) > 1:
        beside = at ^ 1
        if beside < len(level):
            path.append(level[beside])
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [node_hash(left, right) for left, right in pairs]
        level = [*above, level[-1]] if len(level) % 2 else above  # an odd one goes up as it is
        at //= 2
    return tuple(path)


def root_by(path: Sequence[bytes], leaf: bytes, index: int, size: int) -> bytes | None:
    """Return the root to which *path* leads from *leaf*; None where the path does not fit.

    RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size:
        return None
    at, last, found = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = node_hash(beside, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None
