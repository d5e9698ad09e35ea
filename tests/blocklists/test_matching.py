from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocklists.matching import Cover, cover, matches
from blocklists.targets import Target, target

if TYPE_CHECKING:
    from pathlib import Path

SITE = Target("domain", "example.com")
PAGE = Target("url", "www.example.com", path="/read?id=12")


def test_every_vector_is_answered_as_agreed(shared_data: Path) -> None:
    lines = (shared_data / "12-blocklists" / "vectors_match.jsonl").read_text("utf-8").splitlines()
    vectors = [json.loads(line) for line in lines]

    answers = {v["id"]: matches(Target(**v["entry"]), v["url"]) for v in vectors}

    assert len(vectors) == 40
    assert answers == {v["id"]: v["match"] for v in vectors}


@pytest.mark.parametrize("url", ["", "example.com/x", "https://", "https://a..b/", "data:,x"])
def test_a_url_that_cannot_be_read_is_neither_covered_nor_clean(url: str) -> None:
    assert matches(SITE, url) is None


@pytest.mark.parametrize("url", ["ftp://example.com/x", "s3://example.com/x"])
def test_another_scheme_is_not_covered(url: str) -> None:
    assert matches(SITE, url) is False


@pytest.mark.parametrize(
    ("url", "covered"),
    [
        ("https://www.www.example.com/read?id=12", False),
        ("https://www2.example.com/read?id=12", False),
        ("https://example.com/read?id=12", True),
        ("http://www.example.com/read?id=12#end", True),
    ],
)
def test_one_leading_www_counts_on_neither_side(url: str, covered: bool) -> None:
    assert matches(PAGE, url) is covered


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com/a", Cover(answer=True)),
        (
            "https://web.archive.org/web/2020/https://www.example.com/a",
            Cover(answer=True, through="archive"),
        ),
        (
            "https://web.archive.org/web/2020/https://example-com.cdn.ampproject.org/c/s/example.com/a",
            Cover(answer=True, through="archive"),
        ),
        ("https://example-com.translate.goog/a", Cover(answer=True, through="translate")),
        ("https://web.archive.org/web/2020/https://notexample.com/a", Cover(answer=False)),
        ("https://evil.example/web/2020/https://example.com/a", Cover(answer=False)),
        # A copy of what is not said is not clean.
        ("https://archive.ph/AbC12", Cover(answer=None, through="archive")),
        ("example.com", Cover(answer=None)),
        ("ftp://web.archive.org/web/2020/https://example.com/a", Cover(answer=False)),
    ],
)
def test_a_copy_of_a_listed_page_is_told_apart(url: str, expected: Cover) -> None:
    assert cover(SITE, url) == expected


def test_an_entry_for_an_archived_page_covers_it_directly() -> None:
    url = "https://web.archive.org/web/2020/https://example.com/a"
    entry = target(url)

    assert isinstance(entry, Target)
    assert cover(entry, url) == Cover(answer=True)


LABELS = st.text("abcdefghijklmnopqrstuvwxyz0123456789あ漫é", min_size=1, max_size=12)
HOSTS = st.builds(lambda a, b: f"{a}.{b}.example", LABELS, LABELS)
PATHS = st.text("abcXYZ019-._~/?=&;+äあ漫", max_size=30).map(lambda path: f"/{path}")
URLS = st.builds(lambda host, path: f"https://{host}{path}", HOSTS, PATHS)


@given(
    value=st.one_of(HOSTS, URLS), scope=st.sampled_from(["", "domain", "host", "url_prefix", "url"])
)
def test_an_entry_covers_its_own_address(value: str, scope: str) -> None:
    entry = target(value, scope=scope)

    if isinstance(entry, Target):
        url = value if value.startswith("https://") else f"https://{value}/"
        assert matches(entry, url) is True


@given(entry=st.builds(Target, st.just("url_prefix"), HOSTS, path=PATHS), url=URLS)
def test_a_directory_covers_nothing_on_another_host(entry: Target, url: str) -> None:
    assert matches(entry, url.replace(".example/", ".test/")) is not True
