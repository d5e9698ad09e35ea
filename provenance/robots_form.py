r"""How a robots.txt pattern and a path are written before they are compared (RFC 9309, 2.2.2-3).

Both sides are decoded except for `%2F` and `%25`, which mean something else than `/` and `%`. That
form is compared; how specific a rule is, is counted in octets of its quoted form, in which
reserved characters and octets outside ASCII stand percent-encoded. This is what Protego 0.7 does,
written so that SQL can do it for millions of paths: a literal beginning and, for patterns with
`*` or a final `$`, a LIKE form with `\` as its escape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote

_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_KEPT_IN_PATHS = frozenset({0x2F, 0x25})  # "/" and "%"
_KEPT_IN_PATTERNS = _KEPT_IN_PATHS | {0x2A}  # and "*", which would become a wildcard
_SLASH = re.compile("%2f", re.IGNORECASE)
_WILD = re.compile(r"\*+")


@dataclass(frozen=True, slots=True)
class PatternForm:
    """A pattern, ready to be compared with paths in match form."""

    literal: str
    """What a path must begin with."""
    like_form: str | None
    """None: beginning with `literal` is enough."""
    specificity: int
    """Octets of the quoted pattern: the longest match wins."""


def match_form(path: str) -> str:
    """Return canonical *path* as patterns are compared with it."""
    return _decoded(path, _KEPT_IN_PATHS)


def pattern_forms(pattern: str) -> tuple[PatternForm, ...]:
    """Return the forms of *pattern*; none for one that is empty and so matches nothing.

    A pattern with a `$` gives a second form in which every `$` is an ordinary character, as a
    site owner who has one in an address means it. One with slashes in its query gives forms in
    which they are escaped, and the other way round (`spellings`).
    """
    if not pattern:
        return ()
    first, *others = (_forms(one) for one in spellings(pattern))
    # Each spelling is the same rule, as long as it is written.
    alike = (replace(form, specificity=first[0].specificity) for one in others for form in one)
    return (*first, *alike)


def spellings(pattern: str) -> tuple[str, ...]:
    """Return *pattern* and its other spellings: in a query `/` and `%2F` are one (2.2.2, table).

    `/foo/bar?baz=https://foo.bar` is to match `/foo/bar?baz=https%3A%2F%2Ffoo.bar`; in a path the
    two differ.
    """
    path, mark, query = pattern.partition("?")
    plain = _SLASH.sub("/", query)
    written = (_SLASH.sub("%2F", query), plain, plain.replace("/", "%2F"))
    return tuple(dict.fromkeys(path + mark + one for one in written))


def _forms(pattern: str) -> tuple[PatternForm, ...]:
    if pattern.startswith(("http://", "https://")):
        pattern = f"/{pattern}"
    literal = _form(pattern, anchored=False)
    if not pattern.endswith("$"):
        return (literal,)
    return (_form(pattern[:-1], anchored=True), literal)


def _form(pattern: str, *, anchored: bool) -> PatternForm:
    decoded = _decoded(pattern, _KEPT_IN_PATTERNS)
    parts = [part.replace("%2A", "*") for part in _WILD.split(decoded)]
    like = "%".join(_like_escaped(part) for part in parts)
    return PatternForm(
        literal=parts[0],
        like_form=None if len(parts) == 1 and not anchored else like + ("" if anchored else "%"),
        specificity=len(quote(decoded, safe="/%*=")) + anchored,
    )


def _like_escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _decoded(text: str, kept: frozenset[int]) -> str:
    """Decode *text*'s escapes but those of the octets in *kept*."""
    if "%" not in text:
        return text

    def one(escape: re.Match[bytes]) -> bytes:
        octet = int(escape[1], 16)
        return b"%%%02X" % octet if octet in kept else bytes((octet,))

    return _ESCAPE.sub(one, text.encode()).decode("utf-8", "replace")
