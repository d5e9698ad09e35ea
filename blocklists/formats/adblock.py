"""Lists for ad blockers and AdGuard DNS: `||site.example^`.

Only a rule that blocks a whole site by its name is a name that is listed. All else (a part of an
address, a rule for some requests, an exception) means something that an entry cannot say.
Source: AdGuard, "DNS filtering rules syntax" and "How to create your own ad filters".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blocklists.formats import Candidate, Format, Skip
from blocklists.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_HEADER = re.compile(r"\[[^\]]*\]")
_RULE = re.compile(r"\|\|(?P<name>[^/^|$?=~,]*)\^(?:\$(?P<options>.*))?")
_COSMETIC = re.compile(r"#@?[#?$%]|\$\$|##")
_REGEX = re.compile(r"/.+/(?:\$.*)?")
_WHOLE_SITE = frozenset({"important", "all", "document", "doc"})
"""Options that leave a rule what it is: the whole site, for everybody."""
_EVERYTHING = frozenset({"*", "||*^", "||^", "|*|", "||*"})


def parse(lines: Iterable[tuple[int, str]]) -> Iterator[Candidate | Skip | Refusal]:
    """Yield the site of each rule that blocks one."""
    for number, line in lines:
        text = line.strip()
        if not text:
            yield Skip(number, "blank")
        elif text.startswith("!") or _HEADER.fullmatch(text) or _is_remark(text):
            yield Skip(number, "comment")
        else:
            yield _site(number, text)


def _is_remark(text: str) -> bool:
    return text == "#" or text.startswith("# ")


def _site(number: int, text: str) -> Candidate | Refusal:
    code = _other_rule(text)
    if code:
        return Refusal(code, "", number, text)
    rule = _RULE.fullmatch(text)
    if not rule:
        return Refusal("E_ABP_PATTERN", "", number, text)
    for option in (rule["options"] or "").lower().split(",") if rule["options"] else ():
        if option.strip() not in _WHOLE_SITE:
            return Refusal("E_ABP_OPTION", f"${option.strip()}", number, text)
    return Candidate(number, rule["name"], scope="domain")


def _other_rule(text: str) -> str:
    """Return the code of a rule that is none for a site, empty for what may be one."""
    if text.startswith("@@"):
        return "E_EXCEPTION"
    if _COSMETIC.search(text):
        return "E_COSMETIC"
    if _REGEX.fullmatch(text):
        return "E_REGEX"
    return "E_MATCH_ALL" if text.partition("$")[0] in _EVERYTHING else ""


def fits(lines: Sequence[str]) -> float:
    """Return the share of *lines* that look like a rule of an ad blocker."""
    alike = sum(line.startswith(("||", "@@", "[A", "[a")) or "##" in line for line in lines)
    return alike / len(lines) if lines else 0.0


FORMAT = Format("adblock", "ad blockers and AdGuard DNS: ||site^", parse, fits)
