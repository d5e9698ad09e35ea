"""Every reader shows on a page of its own that it is awake."""

from __future__ import annotations

import pytest

from crawler.pages import readers
from provenance.records import Gate, Value


@pytest.mark.parametrize("name", sorted(readers()))
def test_a_reader_finds_something_in_its_canary(name: str) -> None:
    reader = readers()[name]

    found = list(reader.read(reader.canary))

    assert {signal.kind for signal in found} == {name}
    assert any(
        signal.value is not Value.UNSPECIFIED or signal.gate is not Gate.NONE or signal.offer
        for signal in found
    )
