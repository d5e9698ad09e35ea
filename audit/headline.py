"""What stands at the top of every report: how much could be told, and by which knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.report_words import NAMES, sentence
from audit.summary import FOOTER
from audit.terms import LEVEL_TERMS
from provenance.many import Counted
from provenance.show import show

if TYPE_CHECKING:
    from audit.summary import Summary


def share(part: int, whole: int) -> str:
    """Return a percentage in which few are not none, and nearly all are not all."""
    if not whole:
        return "–"
    if 0 < part * 1000 < whole:
        return "<0.1%"
    return ">99.9%" if whole * 999 < part * 1000 < whole * 1000 else f"{part / whole:.1%}"


def headline(summary: Summary, lang: str = "en") -> dict[str, str]:
    """Return what has to be read first, by name, in words; nothing in it is hidden."""
    said = {
        "manifest": sentence(
            "manifest", lang,
            file=show(summary.manifest["file"]), sha256=summary.manifest["sha256"],
        ),
        "rows": f"{summary.rows:,}",
        "untold": untold(summary, lang),
        "coverage": _coverage(summary, lang),
        "rules": sentence(
            "rules", lang,
            count=f"{len(summary.rules):,}",
            as_of=max((rule.law_as_of for rule in summary.rules), default="–"),
            overdue=", ".join(summary.overdue) or sentence("none", lang),
        ),
        "made": sentence(
            "made", lang, at=f"{summary.made_at:%Y-%m-%d %H:%M}", version=show(summary.version)
        ),
        "snapshot": summary.snapshot.get("sha256", "–"),
    }  # fmt: skip
    told = {getattr(NAMES[name], lang): text for name, text in said.items()}
    return told | of_whole(summary, lang)


def of_whole(summary: Summary, lang: str = "en") -> dict[str, str]:
    """Return what is the case of the dataset as a whole, and what was not asked; often nothing."""
    english = lang == "en"
    fires = "; ".join(
        f"{one.rule.id} ({one.level if english else LEVEL_TERMS[one.level].ja})"
        f" {one.rule.title if english else one.rule.title_ja}"
        for one in summary.of_dataset
    )
    left = " ".join(one.rule for one in summary.unasked)
    said = {"of_dataset": fires, "unasked": left}
    return {getattr(NAMES[name], lang): text for name, text in said.items() if text}


def untold(summary: Summary, lang: str = "en") -> str:
    """Return how many rows could not be told."""
    unknown = summary.levels["unknown"]
    return sentence(
        "untold", lang,
        untold=Counted(unknown), rows=Counted(summary.rows), share=share(unknown, summary.rows),
    )  # fmt: skip


def _coverage(summary: Summary, lang: str) -> str:
    seen, known, rows = summary.coverage, summary.knowledge, summary.rows
    return sentence(
        "coverage", lang,
        known=share(seen["robots_known"], rows), possible=share(seen["robots_possible"], rows),
        pages=share(seen["pages_known"], rows),
        lists=Counted(known["lists"]), entries=Counted(known["entries"]),
        urls=f"{seen['unreadable_urls']:,}", dates=f"{seen['unreadable_dates']:,}",
    )  # fmt: skip


def checkpoint_lines(summary: Summary) -> list[str]:
    """Return the three lines of the store's checkpoint (C2SP); none where there is none."""
    return [show(line) for line in summary.snapshot.get("checkpoint", "").splitlines()]


def footer() -> tuple[str, str]:
    """Return the closing sentences, English and Japanese."""
    return FOOTER["en"], FOOTER["ja"]
