"""A robots.txt as it is written."""

from __future__ import annotations

from crawler.robots.layout import Comment, layout
from crawler.robots.lines import LIMIT

BODY = b"""\xef\xbb\xbf# The site's own words
Disallow: /nobody
User-agent: A
Crawl-delay: 2
User-agent: B # and B
Disallow: /x
Sitemap: /s

User-agent: A
"""


def test_groups_stand_in_their_order_with_their_lines() -> None:
    first, second = layout(BODY).groups

    assert [(line.number, line.value) for line in first.agents] == [(3, "A"), (5, "B")]
    assert [(line.number, line.value) for line in first.rules] == [(6, "/x")]
    assert [line.field for line in first.others] == ["crawl-delay", "sitemap"]
    assert ([line.number for line in second.agents], second.rules) == ([9], [])


def test_comments_and_the_mark_before_the_first_line_are_kept() -> None:
    found = layout(BODY)

    assert found.comments == (Comment(1, "The site's own words"), Comment(5, "and B"))
    assert (found.bom, found.unread_from) == (True, None)


def test_what_is_not_read_begins_after_the_last_whole_line() -> None:
    found = layout(b"User-agent: *\n" + b"Disallow: /abc\n" * (LIMIT // 15 + 5))

    assert found.unread_from is not None
    assert found.unread_from - 2 == len(found.groups[0].rules)
