"""The forms of an explanation: text for a terminal, JSON for programs, a page to hand on."""

from __future__ import annotations

from dataclasses import asdict
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined

from audit.explaining import words
from audit.explaining.telling import tell
from audit.summary import FOOTER
from audit.terms import NOBODY_MAY_CONCLUDE, word
from provenance.strict_json import json_text
from provenance.told_times import iso_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.explaining.explanation import Explanation

FORMAT = "provisor-explanation/1"


def as_text(said: Explanation, lang: str) -> str:
    """Return *said* as lines."""
    told = tell(said, lang)
    lines = [told.title]
    for section in told.sections:
        lines += ["", section.title]
        for item in section.items:
            indent = "  "
            if item.text:
                lines.append(f"{indent}{item.text}")
                indent += "    "
            lines += [f"{indent}{name}: {text}" if name else f"{indent}{text}"
                      for name, text in item.under]  # fmt: skip
    return "\n".join([*lines, "", told.footer]) + "\n"


def as_json(said: Explanation, lang: str) -> str:
    """Return *said* with its codes, and the words for them in *lang* beside."""
    by_id = {rule.id: rule for rule in said.sources}
    found: dict[str, Any] = {"format": FORMAT, "lang": lang} | asdict(said)
    found.pop("sources")
    for one in found["rules"]:
        rule = by_id[one["rule"]]
        one |= {
            "title": rule.title if lang == "en" else rule.title_ja,
            "source": rule.basis, "grade": rule.grade,
            "law_as_of": rule.law_as_of, "review_by": rule.review_by,
            "advice": rule.advice if lang == "en" else rule.advice_ja,
            "must_not": {
                code: word(NOBODY_MAY_CONCLUDE, code, lang) for code in rule.must_not.split()
            },
        }  # fmt: skip
    for one in found["otherwise"] or ():
        one["if"] = [word(words.OTHERWISE, code, lang) for code in one["codes"]]
    found["notes"] = {code: word(words.NOTES, code, lang) for code in said.notes}
    found["footer"] = FOOTER[lang]
    return json_text(found, default=iso_text) + "\n"


def as_html(said: Explanation, lang: str) -> str:
    """Return *said* as a page that asks the network for nothing."""
    page = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True)  # fmt: skip
    text = (resources.files("audit.explaining") / "explanation.html.jinja").read_text("utf-8")
    return page.from_string(text).render(told=tell(said, lang))


FORMS: dict[str, Callable[[Explanation, str], str]] = {
    "text": as_text, "json": as_json, "html": as_html,
}  # fmt: skip
