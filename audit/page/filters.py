"""How numbers, days, digests and hosts are written on a page, in either language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import idna
from markupsafe import Markup, escape

from audit.headline import share
from audit.rules import LEVELS
from provenance.many import many, plural
from provenance.show import show
from provenance.urls import NotAnAddress, address

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from audit.rules import Rule

_DAY_H = 24
_MINUTES = len("2024-02-10T12:00")

_BRACKETED = re.compile(r"(?<=[\u3040-\u30ff\u4e00-\u9fff}])\(([^()]*)\)")
_COLON = re.compile(r"(?<=[\u3040-\u30ff\u4e00-\u9fff}]):")

_COUNTERS = {
    "row": "行",
    "host": "ホスト",
    "capture": "件",
    "entry": "件の記載",
    "list": "件のリスト",
    "file": "ファイル",
    "byte": "バイト",
    "address": "件のアドレス",
    "date": "件の日付",
    "rule": "件の規則",
    "shard": "シャード",
}
"""What counts them in Japanese."""


def filters(lang: str) -> dict[str, Callable[..., object]]:
    """Return the filters of a page in *lang*."""

    def noun(number: int, name: str) -> str:
        return _COUNTERS[name] if lang == "ja" else name if number == 1 else plural(name)

    def counted(number: int, name: str) -> str:
        return f"{number:,} {noun(number, name)}"

    return {
        "a_label": _a_label,
        "count": _count,
        "counted": counted,
        "day": _day,
        "full_width": full_width,
        "host": _host,
        "levels_of": levels_of,
        "moment": _moment,
        "noun": noun,
        "percent": _percent,
        "share": _share,
        "short": _short,
        "show": show,
        "stamp": _stamp,
        "time": _time,
    }


def full_width(text: str) -> str:
    """Return Japanese words of ours with brackets and colons as wide as letters are set."""
    return _COLON.sub("\uff1a", _BRACKETED.sub("\uff08\\1\uff09", text))


def levels_of(rule: Rule) -> list[str]:
    """Return the level, or those its expression chooses from."""
    found = {rule.level} if rule.level in LEVELS else set(re.findall(r"'(\w+)'", rule.level))
    return sorted(found.intersection(LEVELS), key=LEVELS.index, reverse=True)


def span(hours: int, lang: str) -> str:
    """Return *hours* in words, in days where they are many."""
    if hours <= _DAY_H or hours % _DAY_H:
        return many(hours, "hour") if lang == "en" else f"{hours:,} 時間"
    return many(hours // _DAY_H, "day") if lang == "en" else f"{hours // _DAY_H:,} 日"


def _host(host: str) -> str:
    """Return *host*, with its Unicode spelling beside it where it has one."""
    try:
        spelt = idna.decode(host.partition(":")[0]) if "xn--" in host else ""
    except idna.IDNAError:
        spelt = ""
    return f"{show(host)} ({show(spelt)})" if spelt else show(host)


def _a_label(url: str) -> str:
    """Return the host of a URL that is not ASCII as it goes over the wire; empty for others."""
    try:
        return "" if url.isascii() else address(url).authority
    except NotAnAddress:
        return ""


def _count(number: int) -> str:
    return f"{number:,}"


def _share(part: int, whole: int) -> str:
    """Return a percentage; none and all are round numbers."""
    return f"{part / whole:.0%}" if whole and part in {0, whole} else share(part, whole)


def _percent(part: int, whole: int) -> str:
    """Return a width for CSS."""
    return f"{part / whole:.3%}" if whole else "0%"


def _moment(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC" if when else "–"


def _time(when: datetime) -> Markup:
    return Markup("<time>{}</time>").format(_moment(when))


def _stamp(text: str) -> Markup:
    """Return an ISO moment to the minute; what is none stays as it is."""
    said = f"{text[:_MINUTES].replace('T', ' ')} UTC" if text.endswith("Z") else text
    return Markup("<time>{}</time>").format(escape(show(said)))


def _day(when: date) -> str:
    return when.isoformat()


def _short(digest: str) -> str:
    return f"{digest[:12]}…"
