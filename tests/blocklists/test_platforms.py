from __future__ import annotations

import pytest

from blocklists.platforms import doubts, platforms


@pytest.mark.parametrize(
    ("scope", "host"),
    [
        ("domain", "site.example"),
        ("domain", "mine.tumblr.com"),
        ("url", "tumblr.com"),
        ("url_prefix", "www.go.jp"),
        ("domain", "animehub.ac"),
        ("domain", "gov.site.example"),
        ("domain", "site.go.it"),
        ("domain", "education.com"),
    ],
)
def test_most_names_raise_no_doubt(scope: str, host: str) -> None:
    assert doubts(scope, host) == ()


@pytest.mark.parametrize(
    ("scope", "host", "codes"),
    [
        ("domain", "tumblr.com", ("Q_PLATFORM",)),
        ("host", "archive.org", ("Q_PLATFORM",)),
        ("subdomains", "drive.google.com", ("Q_PLATFORM",)),
        ("domain", "library.edu", ("Q_PUBLIC_BODY",)),
        ("domain", "city.lg.go.jp", ("Q_PUBLIC_BODY",)),
        ("domain", "some.ac.uk", ("Q_PUBLIC_BODY",)),
        ("host", "agency.gov", ("Q_PUBLIC_BODY",)),
    ],
)
def test_a_person_looks_at_what_many_share_and_at_public_bodies(
    scope: str, host: str, codes: tuple[str, ...]
) -> None:
    assert doubts(scope, host) == codes


def test_platforms_are_written_as_they_are_compared() -> None:
    assert all(host == host.lower().strip() and "." in host for host in platforms())
