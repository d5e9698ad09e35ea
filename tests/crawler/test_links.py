"""The Link header (RFC 8288)."""

from __future__ import annotations

import time

import pytest

from crawler.links import Link, links


@pytest.mark.parametrize("line", ["", "https://a.example", "<a", ">a<", ",,,", '"<a>"', "; rel=x"])
def test_what_is_no_link_is_passed_over(line: str) -> None:
    assert list(links([line])) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("<a>; rel=x", [("a", {"x"})]),
        ('<a>; rel="x  Y"', [("a", {"x", "y"})]),
        ("<a>;rel=x;rel=y", [("a", {"x"})]),
        ("<a,b>; rel=x, <c>", [("a,b", {"x"}), ("c", set())]),
        ('<a>; title="b, <c>; rel=z"; REL = x', [("a", {"x"})]),
        ('<a>; title="\\"<b>"; rel=x,<c>;rel=y', [("a", {"x"}), ("c", {"y"})]),
        ("<a> junk, <b>; rel=x", [("a", set()), ("b", {"x"})]),
        ("<a>;; rel=x", [("a", {"x"})]),
        ('<a>; rel="x', [("a", set())]),
    ],
)
def test_targets_and_relations(line: str, found: list[tuple[str, set[str]]]) -> None:
    assert [(one.target, set(one.relations)) for one in links([line])] == found


def test_parameters_are_kept_by_name() -> None:
    assert list(links(['<a>; Type="x/y"; hreflang=de; foo'])) == [
        Link("a", frozenset(), {"type": "x/y", "hreflang": "de", "foo": ""})
    ]


@pytest.mark.parametrize("part", ['"', "<a>", ";", '<a>;"', ",", "<", " ", "\\", '<a>; x="'])
def test_no_line_takes_long(part: str) -> None:
    begun = time.monotonic()

    list(links([part * 50_000, f"<a>{part * 50_000}"]))

    assert time.monotonic() - begun < 2
