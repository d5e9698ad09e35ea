r"""Untrusted text for a terminal or a log: what it hides becomes visible as `\u{202e}`."""

from __future__ import annotations

import re

HIDDEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


"""What steers a terminal, or is not seen on it."""


def is_text(name: str) -> bool:
    """Whether *name*, which the system gave, is text and not octets that are no UTF-8."""
    return not any("\ud800" <= sign <= "\udfff" for sign in name)


def show(text: str, limit: int = 200) -> str:
    """Return *text* with control, bidi and zero-width characters spelt out, cut at *limit*."""
    shown = HIDDEN.sub(lambda hidden: f"\\u{{{ord(hidden[0]):x}}}", text[: limit + 1])
    return shown if len(text) <= limit else f"{shown[:limit]}…"
