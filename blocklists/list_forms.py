"""How a checked list, a receipt and the received lists are told, on a terminal and to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blocklists.printing import table, time_text
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blocklists.gathering import Checked
    from blocklists.receipts import Receipt

_LIKELY = 0.5  # another format is worth naming


def checked_text(checked: Checked) -> str:
    """Return what a check found, then every refused line, in the language that is spoken."""
    from blocklists.codes import WARNINGS, meaning, say

    entries, refused = len(checked.entries) + len(checked.digests), len(checked.refusals)
    exceptions = sum(refusal.code == "E_EXCEPTION" for refusal in checked.refusals)
    skipped = [f"{count:,} {reason}" for reason, count in sorted(checked.skipped.items())]
    others = [
        f"{name} {share:.0%}"
        for name, share in checked.shares
        if share >= _LIKELY and name != checked.format
    ]
    lines = [
        say("read", show(checked.place), checked.format),
        *([say("share", f"{checked.share:.0%}", ", ".join(others))] if others else []),
        say("counts", f"{entries:,}", f"{checked.targets:,}", f"{refused:,}"),
        *([say("withdrawn", f"{len(checked.withdrawn):,}")] if checked.withdrawn else []),
        *([say("exceptions", f"{exceptions:,}")] if exceptions else []),
        *([say("skipped", ", ".join(skipped))] if skipped else []),
    ]
    for code in WARNINGS:
        count = sum(code in entry.warnings for entry in checked.entries)
        lines += [f"  {code} {count:,}: {meaning(code)}"] if count else []
    return "\n".join([*lines, *(refusal.said for refusal in checked.refusals)])


def checked_object(checked: Checked) -> dict[str, Any]:
    """Return all that a check found, for a program; of a restricted list not what it names."""
    from blocklists.codes import explain

    hidden = dict.fromkeys(("raw", "host", "port", "path"), "")
    return {
        "file": checked.place,
        "sha256": checked.sha256,
        "format": checked.format,
        "share": round(checked.share, 4),
        "shares": {name: round(share, 4) for name, share in checked.shares if share},
        "targets": checked.targets,
        "skipped": checked.skipped,
        "entries": [
            {"line": e.line, "raw": e.raw, "entry_id": e.target.entry_id, "scope": e.target.scope,
             "host": e.target.host, "port": e.target.port, "path": e.target.path,
             "notice_date": e.notice_date, "warnings": e.warnings}
            | (hidden if checked.restricted else {})
            for e in checked.entries
        ],
        "digests": [
            {"line": d.line, "entry_id": d.entry_id, "algorithm": d.digest.algorithm,
             "notice_date": d.notice_date}
            for d in checked.digests
        ],
        "withdrawn": [{"line": w.line, "entry_id": w.entry_id} for w in checked.withdrawn],
        "refused": [
            {"file": r.file or checked.place, "line": r.line, "text": r.text, "code": r.code,
             **explain(r.code, r.what)._asdict()}
            for r in checked.refusals
        ],
    }  # fmt: skip


def receipt_text(receipt: Receipt) -> str:
    """Return the receipt as its submitter keeps it, and what has to happen before it counts."""
    from blocklists.codes import say

    left_out = say("left_out", f"{receipt.refused:,}") if receipt.refused else ""
    lines = [
        *([say("before")] if receipt.already else []),
        say("receipt", receipt.list_id, f"{receipt.version}", time_text(receipt.received_at),
            show(receipt.submitter), f"{receipt.entries:,}", left_out, receipt.status,
            receipt.file_sha256),
        *([say("changes", receipt.change)] if receipt.change else []),
        *([say("held_back", f"{receipt.quarantined:,}")] if receipt.quarantined else []),
        *([say("held")] if receipt.held else []),
    ]  # fmt: skip
    return "\n".join(lines)


def received_table(found: Sequence[Receipt]) -> str:
    """Return a line for each version of a list that was received."""
    return table([
        ("LIST", "VERSION", "RECEIVED", "ENTRIES", "STATUS", "SUBMITTER"),
        *(
            (one.list_id, f"{one.version}", time_text(one.received_at), f"{one.entries:,}",
             one.status, one.submitter)
            for one in found
        ),
    ])  # fmt: skip
