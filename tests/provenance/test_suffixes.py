"""Which site a host belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from provenance import suffixes
from provenance.suffixes import place, suffix_list

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.example.co.jp", "example.co.jp"),
        ("foo.blogspot.com", "foo.blogspot.com"),
        ("a.b.foo.blogspot.com", "foo.blogspot.com"),
        ("city.kawasaki.jp", "city.kawasaki.jp"),
        ("x.a.kawasaki.jp", "x.a.kawasaki.jp"),
        ("co.jp", "co.jp"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
        ("shop.example", "shop.example"),
    ],
)
def test_names_the_registrable_domain_or_the_host_itself(host: str, site: str) -> None:
    assert place(host).site == site


@pytest.mark.parametrize(
    ("host", "is_suffix", "is_private"),
    [
        ("co.jp", True, False),
        ("a.kawasaki.jp", True, False),
        ("blogspot.com", True, True),
        ("foo.blogspot.com", False, True),
        ("example.com", False, False),
        ("kickass.oniine", False, False),
    ],
)
def test_tells_suffixes_and_platforms_apart(
    host: str, *, is_suffix: bool, is_private: bool
) -> None:
    found = place(host)

    assert (found.is_suffix, found.is_private) == (is_suffix, is_private)


def test_an_unknown_top_level_domain_has_no_suffix() -> None:
    assert place("kickass.oniine").suffix == ""


def test_the_list_is_the_pinned_one() -> None:
    assert suffix_list().version == "2026-10-22_08-36-41_UTC"
    assert len(suffix_list().sha256) == 64


def test_a_list_without_a_version_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "list").write_text("jp\n", "utf-8")
    monkeypatch.setattr(suffixes, "PSLFILE", str(tmp_path / "list"))

    assert suffix_list.__wrapped__().version == "not stated"


def test_no_other_list_is_taken_and_nothing_is_kept_on_the_disk() -> None:
    extractor = suffixes._extractor()

    assert extractor.fallback_to_snapshot is False
    assert not extractor._cache.enabled
