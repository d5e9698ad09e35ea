"""Trees of the RFC's test vectors, and what a proof shows."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.ledger.merkle import (
    EMPTY,
    grown,
    inclusion_path,
    leaf_hash,
    node_hash,
    peaks_of,
    root_by,
    root_of,
)

# The leaves and roots by which Certificate Transparency implementations are compared.
DATA = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def vectors() -> list[bytes]:
    return [leaf_hash(bytes.fromhex(data)) for data in DATA]


def plain_root(leaves: list[bytes]) -> bytes:
    """The definition of the RFC, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(plain_root(leaves[:split]), plain_root(leaves[split:]))


def test_the_root_of_no_leaves_is_the_hash_of_nothing() -> None:
    assert root_of(()) == EMPTY


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_the_vectors(size: int) -> None:
    assert root_of(grown((), vectors()[:size])).hex() == ROOTS[size - 1]


@given(st.integers(0, 70), st.integers(0, 70))
def test_a_tree_that_grew_in_two_steps_is_the_same(first: int, more: int) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(first + more)]

    begun = grown((), leaves[:first])
    kept = peaks_of(first, b"".join(top for _, top in begun))

    assert root_of(grown(kept, leaves[first:])) == plain_root(leaves)


@given(st.integers(1, 70), st.data())
def test_a_proof_leads_to_the_root_and_from_no_other_leaf(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_path(leaves, index)

    assert root_by(path, leaves[index], index, size) == plain_root(leaves)
    assert root_by(path, leaf_hash(b"another"), index, size) != plain_root(leaves)
    assert root_by((*path, EMPTY), leaves[index], index, size) is None
    assert size == 1 or root_by(path[:-1], leaves[index], index, size) is None


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (4, 3), (1, 1), (0, 0)])
def test_a_leaf_outside_the_tree_has_no_proof(index: int, size: int) -> None:
    assert root_by((), leaf_hash(b""), index, size) is None


def test_peaks_that_are_too_many_or_too_few_are_no_tree() -> None:
    with pytest.raises(ValueError, match="zip"):
        peaks_of(3, b"\x00" * 32)
