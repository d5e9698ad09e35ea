from __future__ import annotations

import pickle
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from blocklists.refusals import ListRefused, Refusal
from crawler.archives.windows import Content
from provenance.apart.nouns import Unfit, load
from provenance.apart.work import Piece, Result
from provenance.errors import InputRefused
from provenance.records import Probe


def naming(module: str, name: str) -> bytes:
    """Return a pickle that is only what *module* calls *name*."""
    return b"\x80\x04" + b"".join(
        b"\x8c" + bytes([len(text)]) + text.encode() for text in (module, name)
    ) + b"\x93."  # fmt: skip


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("builtins", "type"),
        ("builtins", "getattr"),
        ("subprocess", "Popen"),
        ("functools", "partial"),
        ("provenance.urls", "address"),
        ("provenance.store", "writing"),
        ("provenance.apart.worker", "Worker"),
        ("provenance.apart.forking", "subprocess.Popen"),
        ("provenance.sealed", "os.unlink"),
        ("provenance.records", "__builtins__"),
        ("provenance.not_there", "Noun"),
        ("antigravity", "Error"),
    ],
)
def test_what_does_something_is_no_noun(module: str, name: str) -> None:
    with pytest.raises(Unfit):
        load(naming(module, name))


@pytest.mark.parametrize("octets", [b"", b"x", b"\x80\x04", naming("a", "b")[:-1], b"\x80\xff."])
def test_what_is_no_pickle_is_unfit(octets: bytes) -> None:
    with pytest.raises(Unfit):
        load(octets)


NOUNS = [
    Piece([(1, "a", b"b", None, True, 1.5)]), Counter(a=1), datetime(2026, 1, 1, tzinfo=UTC),
    date(2026, 1, 1), Decimal("1.5"), Path("a"), frozenset({1}), Probe.ROBOTS,
    Content(((0, 3),), "x"), Refusal("E_EMPTY", line=3),
]  # fmt: skip


@pytest.mark.parametrize("noun", NOUNS)
def test_what_holds_something_travels(noun: Any) -> None:
    assert load(pickle.dumps(noun)) == noun


ERRORS = [InputRefused("a", "b", "c"), ValueError("x"), duckdb.IOException("x"),
          ListRefused("a", "F_LINES", "1 of 2", refusals=(Refusal("E_EMPTY", line=3),))]  # fmt: skip


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_travels_with_what_it_says(error: Exception) -> None:
    found = load(pickle.dumps(Result(error=error))).error

    assert (type(found), str(found), vars(found)) == (type(error), str(error), vars(error))
