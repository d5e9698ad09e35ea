"""The records of a robots.txt, with their line numbers."""

from __future__ import annotations

import pytest

from crawler.robots.lines import LIMIT, Line, escaped_pattern, path_and_rest, robots_lines


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_lines_end_at_cr_lf_or_both(end: str) -> None:
    body = end.join(["User-agent: a", "", "Disallow: /x"]).encode()

    assert list(robots_lines(body)) == [
        Line(1, "user-agent", "a"),
        Line(3, "disallow", "/x"),
    ]


@pytest.mark.parametrize("inside", ["\u2028", "\u0085", "\v", "\f", "\x1c"])
def test_no_other_character_ends_a_line(inside: str) -> None:
    (line,) = robots_lines(f"Disallow: /x{inside}Disallow: /".encode())

    assert line.number == 1
    assert line.value.startswith("/x%")


def test_comments_blanks_and_a_byte_order_mark_are_passed_over() -> None:
    body = b"\xef\xbb\xbf# hello\n \tUser-agent :\tGPTBot # all\n\nDisallow\t: /a#b\n"

    assert list(robots_lines(body)) == [
        Line(2, "user-agent", "GPTBot"),
        Line(4, "disallow", "/a"),
    ]


def test_a_misspelt_field_is_read_and_marked() -> None:
    (line,) = robots_lines(b"Dissallow: /x")

    assert line == Line(1, "disallow", "/x", misspelt=True)


def test_a_line_without_a_colon_has_no_field() -> None:
    (line,) = robots_lines(b"Disallow /x")

    assert line == Line(1, "", "Disallow /x")


def test_octets_that_a_url_cannot_hold_come_back_escaped() -> None:
    (line,) = robots_lines("Disallow: /日 本/".encode() + b"\xff")

    assert line.value == "/%E6%97%A5%20%E6%9C%AC/%FF"


def test_a_line_cut_by_the_limit_is_left_out() -> None:
    body = b"#" * (LIMIT - 12) + b"\nDisallow: /private"

    assert list(robots_lines(body)) == []


@pytest.mark.parametrize(
    ("value", "split"),
    [
        ("", ("", "")),
        ("train-ai=n", ("", "train-ai=n")),
        ("a/ train-ai=n", ("", "a/ train-ai=n")),
        ("/a/ \t train-ai=n, search=y", ("/a/", "train-ai=n, search=y")),
        ("/a", ("/a", "")),
        ("/日\u3000x y", ("/%E6%97%A5%E3%80%80x", "y")),
    ],
)
def test_a_path_before_a_value_begins_with_a_slash_and_ends_at_a_blank(
    value: str, split: tuple[str, str]
) -> None:
    assert path_and_rest(value) == split


def test_a_pattern_holds_only_what_a_line_of_robots_txt_can() -> None:
    assert escaped_pattern("/a b#c\n*.日$%2F") == "/a%20b%23c%0A*.%E6%97%A5$%2F"
