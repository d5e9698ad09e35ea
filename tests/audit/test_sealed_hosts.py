"""A host of which sealed lists name several pages is left out whole, and told by nothing (ILL-05)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from audit.declaration import Thresholds
from blocklists.sealing import Terms, seal
from provenance.sealed import names_beside
from tests.audit.world import ALLOW, BY_CCBOT, World

if TYPE_CHECKING:
    from pathlib import Path

WHEN = "2024-02-10T12:00:00Z"
PAGES = ("https://crowd.example/1", "http://www.crowd.example/2", "https://crowd.example/dir/")
ROWS = (
    "https://crowd.example/", "https://www.crowd.example/new?x=1", "http://CROWD.example./dir",
    "https://web.archive.org/web/2020/https://crowd.example/other",
    "https://crowd.example/1", "https://crowd.example:8443/", "https://sub.crowd.example/",
    "https://crowd.example.other.example/", "https://few.example/", "https://few.example/1",
    "not crowd.example", "https://site.example/",
)  # fmt: skip
WHOLE = ["host", "host", "host", "host", "csam", *["no"] * 4, "ncii", "no", "no"]


def sealed(world: World, name: str, kind: str, *lines: str) -> None:
    path: Path = world.folder / f"{name}.txt"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    seal(world.store, path, Terms(f"hotline/{name}", kind, "Hotline", "hotline", "agreement"))


@pytest.fixture
def crowded(world: World) -> World:
    """One with three listed pages of a host, one of which two lists name, and two of another."""
    world.robots("2024-02-10", ALLOW)
    world.robots("2024-02-10", ALLOW, host="crowd.example")
    sealed(world, "pages", "csam", *PAGES)
    sealed(world, "more", "ncii", PAGES[0], "https://few.example/1", "https://few.example/2/")
    return world


def told(world: World, pages: int | None = None) -> list[dict[str, Any]]:
    limits = Thresholds() if pages is None else Thresholds(sealed_pages=pages)
    declared = replace(BY_CCBOT, thresholds=limits)
    return world.audit(*((url, WHEN) for url in ROWS), declaration=declared)


def test_every_row_of_such_a_host_is_critical_and_tells_nothing(crowded: World) -> None:
    rows = told(crowded)

    assert [row["sealed"] for row in rows] == WHOLE
    for row in rows[:5]:
        assert (row["level"], row["host"], row["captures"], row["entries"]) == (
            "critical", None, [], [],
        )  # fmt: skip
    assert [row["rules"] for row in rows[:5]] == [["ILL-05"]] * 4 + [["ILL-01"]]
    assert "crowd" not in str(rows[:5])


def test_one_page_fewer_than_was_declared_sets_no_host_apart(crowded: World) -> None:
    spared = [row["sealed"] for row in told(crowded, 4)]

    assert spared == ["no" if one == "host" else one for one in WHOLE]
    assert [row["sealed"] for row in told(crowded, 2)][8:10] == ["host", "ncii"]


def test_a_row_whose_address_cannot_be_read_is_unknown_and_not_clean(crowded: World) -> None:
    unread = told(crowded)[10]

    assert (unread["level"], unread["readable"]) == ("unknown", False)


def test_what_names_no_page_does_not_count_as_one(world: World) -> None:
    sealed(world, "names", "other", "https://crowd.example/1", "a.crowd.example", "b.crowd.example")
    hashes = world.folder / "hashes.csv"
    hashes.write_text(f"algo,hash\nsha256,{'0123456789abcdef' * 4}\nsha256,{'fedcba98' * 8}\n")
    seal(world.store, hashes, Terms("hotline/files", "csam", "Hotline", "hotline", "agreement"))

    assert [row["sealed"] for row in told(world)][:2] == ["no", "no"]


def test_the_gravest_is_told_where_a_page_is_named_as_something_less(world: World) -> None:
    sealed(world, "pages", "other", *PAGES)

    assert [row["sealed"] for row in told(world)][:5] == ["host"] * 5


def test_such_a_host_is_not_visited_by_whatever_name(crowded: World) -> None:
    names = names_beside(crowded.store)
    assert names

    hosts = ("crowd.example", "www.crowd.example", "sub.crowd.example", "few.example",
             "crowd.example:8443")  # fmt: skip
    assert [names.kind_of_host(host) for host in hosts] == ["host", "host", "", "", ""]
    assert names.kind_of("https://crowd.example/robots.txt") == "host"
    assert names.kind_of("https://few.example/") == ""
