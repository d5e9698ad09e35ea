"""Link headers as RFC 8288 writes them, and as servers do."""

from __future__ import annotations

import pytest

from crawler.links import links


def read(*values: str) -> list[tuple[str, set[str]]]:
    return [(link.target, set(link.relations)) for link in links(values)]


@pytest.mark.parametrize(
    "value", ["", ",", "text", "rel=license", ";<a>", "<a", '"<a>"; rel=license']
)
def test_this_is_no_link(value: str) -> None:
    assert read(value) == []


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (["<a>; rel=license"], [("a", {"license"})]),
        (['<a>; rel="license"'], [("a", {"license"})]),
        (["<a>;rel=License;rel=next"], [("a", {"license"})]),
        (['<a> ; REL = "next LICENSE"'], [("a", {"next", "license"})]),
        (["<a,b;c>; rel=license"], [("a,b;c", {"license"})]),
        (["<a>; title=\"x, <b>; rel=license\"; rel=next"], [("a", {"next"})]),
        (['<a>; title="say \\"<b>\\", or"; rel=next, <c>; rel=prev'], [("a", {"next"}), ("c", {"prev"})]),
        (["<a>; rel=x, <b>; rel=y"], [("a", {"x"}), ("b", {"y"})]),
        (["<a>; rel=x", "<b>; rel=y"], [("a", {"x"}), ("b", {"y"})]),
        (["nonsense, <b>; rel=y"], [("b", {"y"})]),
        (["<a>; rel=x nonsense, <b>; rel=y"], [("a", {"x"}), ("b", {"y"})]),
        (['<a>; rel="license'], [("a", {"license"})]),
        (["<a>"], [("a", set())]),
        (["<>; rel=license"], [("", {"license"})]),
        (["<a>; crossorigin; rel=license"], [("a", {"license"})]),
    ],
)  # fmt: skip
def test_links_are_told_apart(values: list[str], found: list[tuple[str, set[str]]]) -> None:
    assert read(*values) == found


def test_type_and_anchor_of_a_link_are_kept() -> None:
    (link,) = links(['<r.xml>; rel="license"; type="Application/RSL+XML"; anchor="/other"'])

    assert (link.media_type, link.elsewhere) == ("application/rsl+xml", True)
    assert link.parameters["type"] == "Application/RSL+XML"
