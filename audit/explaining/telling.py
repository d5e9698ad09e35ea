"""An explanation put into words, section by section: what every form of it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit import fact_words
from audit.explaining import words
from audit.rules import LEVELS
from audit.summary import FOOTER
from audit.terms import ANSWERS, BASES, GRADES, LEVEL_TERMS, NOBODY_MAY_CONCLUDE, word
from provenance.many import Counted
from provenance.show import show

if TYPE_CHECKING:
    from datetime import datetime

    from audit.explaining.explanation import Explanation, Happened, Spoken
    from audit.rules import Rule

_LONG = 2000
_AGENTS = 8
_EVENTS = 60


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph: its first line, and what belongs to it, each with a label or none."""

    text: str
    under: tuple[tuple[str, str], ...] = ()
    level: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The whole text."""

    title: str
    lang: str
    sections: tuple[Section, ...]
    footer: str


def tell(said: Explanation, lang: str) -> Told:
    """Return *said* in the words of *lang*."""
    by_id = {rule.id: rule for rule in said.sources}
    sections = [Section(word(words.HEADINGS, "verdict", lang), _verdict(said, lang))]
    for answer in ("fires", "unknown", "unobserved"):
        spoken = [one for one in said.rules if one.answer == answer]
        if spoken:
            items = tuple(_rule(one, by_id[one.rule], lang) for one in spoken)
            sections.append(Section(word(words.HEADINGS, answer, lang), items))
    sections += [
        Section(word(words.HEADINGS, "otherwise", lang), _otherwise(said, lang)),
        Section(word(words.HEADINGS, "timeline", lang), _timeline(said, lang)),
        Section(word(words.HEADINGS, "facts", lang), _facts(said, lang)),
    ]
    title = show(said.asked.url or said.asked.host, _LONG)
    return Told(title or word(words.LABELS, "not_known", lang), lang, tuple(sections), FOOTER[lang])


def level_word(level: str, lang: str) -> str:
    """Return how a level is called."""
    return word(LEVEL_TERMS, level, lang)


def _verdict(said: Explanation, lang: str) -> tuple[Item, ...]:
    asked, declared = said.asked, said.declared
    nothing = word(words.LABELS, "not_known", lang)
    under = [
        ("level", level_word(said.level, lang)),
        ("confidence", word(words.CONFIDENCES, said.confidence, lang)),
        ("robots", word(ANSWERS, said.robots, lang)),
        ("basis", word(BASES, said.basis, lang)),
        ("address", show(asked.url, _LONG) or nothing),
        ("host", show(asked.host) or nothing),
        ("collected", _span(asked.lo, asked.hi, lang)),
        ("purpose", word(fact_words.VALUES, declared["purpose"], lang)),
        ("agent", show(declared["agent"]) or nothing),
    ]
    labels = tuple((word(words.LABELS, name, lang), text) for name, text in under)
    items = [Item("", labels, said.level)]
    if asked.row is not None:
        placed = {"row": asked.row, "file": show(asked.file), "row_in_file": asked.row_in_file}
        items.append(Item(word(words.LABELS, "row", lang, **placed)))
    items.append(Item(word(words.LABELS, "snapshot", lang, snapshot=said.snapshot)))
    items += [Item(word(words.NOTES, note, lang)) for note in said.notes]
    return tuple(items)


def _rule(spoken: Spoken, rule: Rule, lang: str) -> Item:
    title, advice = (rule.title, rule.advice) if lang == "en" else (rule.title_ja, rule.advice_ja)
    grade = word(GRADES, rule.grade, lang)
    dates = {"law_as_of": rule.law_as_of, "review_by": rule.review_by}
    under = [
        ("source", rule.basis),
        ("grade", f"{rule.grade}: {grade}; {word(words.LABELS, 'as_of', lang, **dates)}"),
        ("advice", advice),
        *[("changed_by", word(words.OTHERWISE, code, lang)) for code in spoken.changed_by],
        *[
            ("must_not", f"{code}: {word(NOBODY_MAY_CONCLUDE, code, lang)}")
            for code in rule.must_not.split()
        ],
    ]
    level = level_word(spoken.level, lang)
    confidence = word(words.CONFIDENCES, spoken.confidence, lang)
    return Item(
        f"{rule.id}  {level} ({confidence})  {title}",
        tuple((word(words.LABELS, name, lang), text) for name, text in under),
        spoken.level,
    )


def _otherwise(said: Explanation, lang: str) -> tuple[Item, ...]:
    if said.otherwise is None:
        return (Item(word(words.LABELS, "not_compared", lang)),)
    items = []
    for one in said.otherwise:
        what = word(words.LABELS, "and", lang).join(
            word(words.OTHERWISE, code, lang) for code in one.codes
        )
        which = ", ".join((*one.rules, *(f"{rule}?" for rule in one.untold)))
        then = level_word(one.level, lang) + (f" ({which})" if which else "")
        what = word(words.LABELS, "if", lang, what=what)
        items.append(Item(what, ((word(words.LABELS, "now", lang), then),), one.level))
    rank = LEVELS.index(said.level)
    if rank and not any(LEVELS.index(one.level) < rank for one in said.otherwise):
        items.append(Item(word(words.LABELS, "nothing_changes", lang)))
    return tuple(items) or (Item(word(words.LABELS, "none", lang)),)


def _timeline(said: Explanation, lang: str) -> tuple[Item, ...]:
    shown, left = _shown(said)
    items = [_event(one, lang) for one in shown]
    if left:
        items.append(Item(word(words.LABELS, "more", lang, count=Counted(left))))
    return tuple(items)


def _shown(said: Explanation) -> tuple[list[Happened], int]:
    """Return what is shown: all that decides, and what lies nearest to the collection."""
    events = list(said.timeline)
    if len(events) <= _EVENTS:
        return events, 0
    plain = [one for one in events if "capture_id" in one.said and not one.roles]
    lo = said.asked.lo
    if lo:
        plain.sort(key=lambda one: abs(one.at - lo) if one.at else 0)
    kept = {id(one) for one in plain[: max(0, _EVENTS - (len(events) - len(plain)))]}
    dropped = {id(one) for one in plain} - kept
    return [one for one in events if id(one) not in dropped], len(dropped)


def _event(one: Happened, lang: str) -> Item:
    said = one.said
    path = show(str(said.get("path") or "/"), _LONG)
    head = word(words.EVENTS, one.kind, lang).format(path=path)
    at = _moment(one.at) if one.at else word(words.LABELS, "not_known", lang)
    what = _EVENT_WORDS[one.kind](said, lang) if one.kind in _EVENT_WORDS else ""
    if said.get("until") and said["until"] != one.at:
        what = word(words.LABELS, "until", lang, at=_moment(said["until"]))
    under = [("decides", word(words.ROLES, role, lang)) for role in one.roles]
    labelled = [(word(words.LABELS, name, lang), text) for name, text in under]
    return Item(f"{at}  {head}" + (f": {what}" if what else ""), (*labelled, *_proof(one, lang)))


def _robots(said: dict[str, Any], lang: str) -> str:
    if said["outcome"] in {"unreachable", "unreadable"}:
        status = f" ({said['status']})" if said["status"] else ""
        return word(words.OUTCOMES, said["outcome"], lang) + status
    if "refused" not in said:
        return word(words.OUTCOMES, "not_asked", lang)
    refused = said["refused"] or []
    if not refused:
        return word(words.OUTCOMES, "not_refused", lang)
    return word(words.OUTCOMES, "refused", lang, agents=_agents(refused))


def _page(said: dict[str, Any], lang: str) -> str:
    gate = {True: "gated", False: "not_gated", None: "gate_unknown"}[said["gated"]]
    comma = word(words.LABELS, "comma", lang)
    return f"{word(words.OUTCOMES, gate, lang)}{comma}{_declared(said, lang)}"


def _declared(said: dict[str, Any], lang: str) -> str:
    name = {True: "declared", False: "not_declared", None: "declared_unknown"}[said["declared"]]
    return word(words.OUTCOMES, name, lang)


def _listed(said: dict[str, Any], lang: str) -> str:
    port = f":{said['port']}" if said["port"] else ""
    target = f"{said['scope']} {show(said['host'])}{port}{show(said['path'], _LONG)}"
    told = word(
        words.LABELS, "list", lang, list_id=show(said["list_id"]), role=said["role"],
        submitter=show(said["submitter"]), status=show(said["status"]), target=target,
    )  # fmt: skip
    if not said.get("through"):
        return told
    by = word(words.LABELS, "through", lang, through=said["through"])
    return f"{told}{word(words.LABELS, 'comma', lang)}{by}"


_EVENT_WORDS = {
    "robots": _robots, "page": _page, "file": _declared,
    "received": _listed, "published": _listed, "ended": _listed,
}  # fmt: skip


def _proof(one: Happened, lang: str) -> tuple[tuple[str, str], ...]:
    if "capture_id" not in one.said:
        return ()
    found = []
    for line in (one.proof or {}).get("lines", ()):
        quote = word(words.LABELS, "line", lang, line=line["line"], quote=show(line["quote"]))
        who = f"{word(words.LABELS, 'refuses', lang)} {_agents(line['refuses'])}"
        found.append(("", f"{quote} ({who})"))
    for signal in (one.proof or {}).get("signals", ()):
        what = signal["quote"] or signal["finding"] or signal["gate"]
        text = f"{signal['kind']} ({signal['usage']}: {signal['value']}): {show(what)}"
        found.append((word(words.LABELS, "says", lang), text))
    if one.said["body_sha256"]:
        found.append((word(words.LABELS, "digest", lang), one.said["body_sha256"]))
    for record in (one.proof or {}).get("evidence", ()):
        end = record["offset"] + record["length"]
        said = {**record, "end": end, "file": show(record["file"])}
        found.append(("", word(words.LABELS, "warc", lang, **said)))
    found.append(("", word(words.LABELS, "show", lang, capture=one.said["capture_id"])))
    return tuple(found)


def _facts(said: Explanation, lang: str) -> tuple[Item, ...]:
    under = []
    for name, value in said.facts.items():
        known = {True: "yes", False: "no", None: "unknown"}.get(value, value)
        if _says_nothing(name, said):
            continue
        terms = BASES if name.endswith("_basis") else fact_words.VALUES
        text = str(value) if name == "access" else word(terms, str(known), lang)
        under.append(
            (f"{word(fact_words.FACTS | fact_words.MORE_FACTS, name, lang)} [{name}]", text)
        )
    return (Item("", tuple(under)),)


def _says_nothing(name: str, said: Explanation) -> bool:
    """Whether the fact tells when a notice came that none did, or of a list that names nothing."""
    facts = said.facts
    if name in fact_words.MORE_FACTS and facts[name] in {None, False, "none"}:
        return True
    if name in {"known", "copy_known"} and facts[name] is None:
        return not facts["listed" if name == "known" else "copy_listed"]
    return (name, facts[name]) in {("sealed", "no"), ("copy_listed", False)}


def _agents(several: list[str]) -> str:
    shown = ", ".join(show(one, 60) for one in several[:_AGENTS])
    return shown + (f" +{len(several) - _AGENTS}" if len(several) > _AGENTS else "")


def _span(lo: datetime | None, hi: datetime | None, lang: str) -> str:
    if lo is None or hi is None:
        return word(words.LABELS, "not_known", lang)
    return _moment(lo) if lo == hi else f"{_moment(lo)} – {_moment(hi)}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
