"""How patterns and paths are written before they are compared."""

from __future__ import annotations

import pytest

from provenance.robots_form import PatternForm, match_form, pattern_forms


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/a/b?x=1", "/a/b?x=1"),
        ("/%E6%97%A5", "/日"),
        ("/a%2Fb%25c", "/a%2Fb%25c"),
        ("/a%2fb", "/a%2Fb"),
        ("/%2A%24%3D", "/*$="),
        ("/100%", "/100%"),
        ("/%FF", "/\ufffd"),
    ],
)
def test_a_path_is_decoded_but_for_slash_and_percent(path: str, form: str) -> None:
    assert match_form(path) == form


@pytest.mark.parametrize(
    ("pattern", "forms"),
    [
        ("", ()),
        ("/a_b", (PatternForm("/a_b", None, 4),)),
        ("/a?b", (PatternForm("/a?b", None, 6),)),
        ("*", (PatternForm("", "%%", 1),)),
        ("/*.gif", (PatternForm("/", "/%.gif%", 6),)),
        ("/50%25_\\", (PatternForm("/50%25_\\", None, 10),)),
        ("/x%2A", (PatternForm("/x*", None, 5),)),
        ("/a**b", (PatternForm("/a", "/a%b%", 5),)),
        ("/a$", (PatternForm("/a", "/a", 3), PatternForm("/a$", None, 5))),
        ("/a$b", (PatternForm("/a$b", None, 6),)),
        ("https://h/x", (PatternForm("/https://h/x", None, 14),)),
        ("http://h/x", (PatternForm("/http://h/x", None, 13),)),
        ("ftp://h/x", (PatternForm("ftp://h/x", None, 11),)),
        # What LIKE would take for a wildcard is none.
        ("/a_b*%25\\", (PatternForm("/a_b", r"/a\_b%\%25\\%", 11),)),
        ("/X*$x", (PatternForm("/X", "/X%$x%", 7),)),
        # In a query a slash and its escape are one; each is as long as the rule is written.
        ("/a/b%2Fc?d", (PatternForm("/a/b%2Fc?d", None, 12),)),
        ("/a?b=/c", (PatternForm("/a?b=/c", None, 9), PatternForm("/a?b=%2Fc", None, 9))),
        ("/a?b=%2Fc", (PatternForm("/a?b=%2Fc", None, 11), PatternForm("/a?b=/c", None, 11))),
        (
            "/a?b=%2fc$",
            (
                PatternForm("/a?b=%2Fc", "/a?b=\\%2Fc", 12),
                PatternForm("/a?b=%2Fc$", None, 14),
                PatternForm("/a?b=/c", "/a?b=/c", 12),
                PatternForm("/a?b=/c$", None, 12),
            ),
        ),
    ],
)
def test_a_pattern_becomes_a_literal_beginning_and_a_like_form(
    pattern: str, forms: tuple[PatternForm, ...]
) -> None:
    assert pattern_forms(pattern) == forms
