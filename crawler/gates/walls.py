"""Walls: a password form, or words that ask to register or for an age, where content should be.

Heuristics. They hold only where the main text is short: forms and words of this kind also stand
beside open content, in menus, and in articles about walls.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.gates import SERVED, Found
from crawler.gates.content import ENOUGH, length
from provenance.records import Gate, Strength

if TYPE_CHECKING:
    from crawler.signals import Page

# The words of a demand, not of a menu: a link "ログイン" or "続きを読む" stands on open pages too.
_REGISTRATION = re.compile(
    r"会員登録が必要|会員登録(?:を)?お願い|会員限定|会員専用"
    r"|(?:ご利用|閲覧)に(?:は)?(?:会員登録|ログイン)が必要|ログインが必要"
    r"|(?:続き(?:を(?:読む|お読み|ご覧|見る|閲覧)|は)|全文を?(?:読む|お読み|ご覧))"
    r"[^\s。]{0,20}(?:会員|登録|ログイン|購読|購入|有料)|購読者(?:限定|専用)"
    r"|(?:会員|登録|ログイン)[^\s。]{0,20}(?:続き|全文)を?(?:読|お読み|ご覧|見|閲覧)"
    r"|登録すると続き|ログインして続き"
    r"|(?:subscribe|register|sign up|log in|sign in|create an? (?:free )?account)"
    r" to (?:continue|read|keep reading|view)"
    r"|(?:subscribers|members)[- ]only (?:content|article)"
    r"|\bfor (?:paid |paying )?(?:subscribers|members) only"
    r"|\b(?:reached|used)(?: all)? (?:of )?your (?:[a-z]+ ){0,3}(?:limit|articles)\b",
    re.IGNORECASE,
)
# What only a wall says: it holds after a longer teaser as well.
_CUT_OFF = re.compile(
    r"残り\s*約?[:\uff1a]?\s*[\d,\uff0c]{1,7}\s*文?字"  # a digit may be a wide one
    r"|(?:この|本)(?:記事|コンテンツ)は[^\s。]{0,10}(?:会員(?:限定|専用)|有料(?:会員)?記事)"
    r"|ここから先は\s*(?:[^\s。]{0,10}(?:会員|有料|購入)|[\d,\uff0c]{1,7}\s*字)"
)
_TEASER = 1500
_AGE = re.compile(
    r"(?:[1\uff11][8\uff18]|[2\uff12][0\uff10])歳(?:以上(?:の方)?ですか|未満の方)|年齢確認"
    r"|are you (?:at least|over) (?:18|21)\b|verify your age|you must be (?:18|21)",
    re.IGNORECASE,
)
_ASIDE = " or ".join(f"ancestor::{tag}" for tag in ("header", "nav", "footer", "aside", "dialog"))
_PASSWORD = f"//input[translate(@type, 'PASWORD', 'pasword')='password'][not({_ASIDE})]"


def wall(page: Page, text: str) -> Found | None:
    """Return the wall that stands on *page*, whose main text is *text*."""
    if page.html is None or page.status not in SERVED:
        return None
    size = length(text)
    if size < ENOUGH:
        if page.html.xpath(_PASSWORD):
            return Found(Gate.LOGIN, "a password form instead of content", Strength.HEURISTIC)
        for gate, words in ((Gate.REGISTRATION, _REGISTRATION), (Gate.AGE, _AGE)):
            demand = words.search(text)
            if demand:
                return Found(gate, demand[0], Strength.HEURISTIC)
    cut_off = _CUT_OFF.search(text) if size < _TEASER else None
    return Found(Gate.REGISTRATION, cut_off[0], Strength.HEURISTIC) if cut_off else None
