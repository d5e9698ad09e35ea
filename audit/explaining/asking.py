"""The explanation of one row of an audit, or of one address by what a store holds."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from audit.comparing.sides import read_side
from audit.declared import declaration_of
from audit.explaining.alternatives import otherwise
from audit.explaining.explanation import Asked, Explanation, Facts, Spoken
from audit.explaining.timeline import judged_moments, rows_of, timeline, with_refusals
from audit.expressions import parse, parse_choice
from audit.reading import read_rule
from audit.rules import LEVELS
from audit.settings import Limits, Question
from audit.snapshot import Snapshot, at_hand, bring_up_to_date, checkpoint_of
from audit.verdicts import open_verdicts
from provenance.errors import InputRefused, UsageRefused
from provenance.intake.manifest import exact_file, load_statements, open_manifest
from provenance.show import show
from provenance.urls import NotAnAddress, address
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audit.comparing.sides import Side
    from audit.declaration import Declaration

_LISTS = ("rules", "untold", "unobserved")
_ANSWERS = ("fires", "unknown", "unobserved")


def explain_row(folder: Path, row: int, manifest: Path | None = None) -> Explanation:
    """Return why *row* has the verdict that the audit in *folder* gave it.

    Args:
        folder: what `provisor audit` left.
        row: its number in the manifest, from 0.
        manifest: the file that holds it; None: looked for beside *folder*, by name and digest.

    Raises:
        InputRefused: there is no finished audit, or no such row; *manifest* is another file; the
            audit was made by another release.
    """
    side = read_side(folder)
    question = _asked_question(side)
    last = sum(one.row_count for one in side.shards) - 1
    if row > last:
        fact = f"its rows are 0 to {last:,}" if last >= 0 else "it has none"
        raise InputRefused(str(folder), f"it has no row {row}; {fact}", "see `provisor verdicts`")
    with open_verdicts(folder) as connection:
        (verdict,) = rows_of(connection, "SELECT * FROM exported WHERE row = $row", row=row)
        (told,) = rows_of(
            connection,
            "SELECT facts.* FROM shard_facts AS facts JOIN verdict ON verdict.shard = facts.shard"
            " AND verdict.fact = facts.fact_id WHERE verdict.row = $row",
            row=row,
        )
        fired = rows_of(
            connection,
            "SELECT fired.rule_id, fired.level, fired.confidence FROM shard_fired AS fired"
            " JOIN verdict ON verdict.shard = fired.shard AND verdict.fact = fired.fact_id"
            " WHERE verdict.row = $row",
            row=row,
        )
    if told["sealed"] == "no":
        asked, notes = _asked_row(side, verdict, manifest, question)
    else:  # the manifest is not looked into: what stands there is shown to nobody
        placed = {name: verdict[name] for name in ("row", "file", "row_in_file")}
        asked, notes = Asked("", "", None, None, **placed), ("sealed",)
    known = Snapshot(side.snapshot, str(side.said["snapshot"]["sha256"]))
    return _explained(asked, verdict, told, fired, question, known, notes)


def explain_address(
    text: str,
    question: Question,
    store: Path,
    *,
    at: str = "",
    snapshot: Path | None = None,
    wait_s: float = 0,
    say: Callable[[str], None] = lambda _: None,
) -> Explanation:
    """Return what an audit would say of the address *text*, collected *at* that date.

    Args:
        text: a URL, or a host, whose front page is meant then.
        question: what is declared, and the rules.
        store: what is known.
        at: a date as manifests write it; empty: the declared collection, or none.
        snapshot: a file to keep what is known in; None: it is made for this once.
        wait_s: how long to wait for the store, in seconds.
        say: told what is waited for.

    Raises:
        StoreError: the store cannot be read.
        UsageRefused: *text* is no address, or *at* no date.
    """
    url = text if "://" in text else f"https://{text}/"
    try:
        place = address(url)
    except NotAnAddress as error:
        fact = f"{show(text)!r} is no address ({error})"
        raise UsageRefused("explain", fact, "name a URL, a host, or a row with --audit") from None
    with TemporaryDirectory(prefix="provisor-") as folder:
        file = snapshot or Path(folder) / "knowledge.duckdb"
        known = bring_up_to_date(question, store, file, wait_s=wait_s, say=say)
        with judged_moments(question, known.path, [(url, at)]) as connection:
            (verdict,) = rows_of(connection, "SELECT * FROM verdict")
            (told,) = rows_of(
                connection,
                "SELECT * FROM facts WHERE fact_id = $fact",
                fact=verdict["fact"],
            )
            fired = rows_of(
                connection,
                "SELECT rule_id, level, confidence FROM fired WHERE fact_id = $fact",
                fact=verdict["fact"],
            )
            ((lo, hi),) = connection.execute("SELECT lo, hi FROM own_access").fetchall()
        if at and lo is None:
            fact = f"{show(at)!r} is no date"
            raise UsageRefused("--at", fact, "write 2024-02-10, or 2024-02-10T12:00:00Z")
        asked = Asked(place.url, place.authority, lo, hi)
        notes = () if "://" in text else ("front_page",)
        if told["sealed"] != "no":
            asked, notes = Asked("", "", None, None), ("sealed",)
        return _explained(asked, verdict, told, fired, question, known, notes)


def _explained(
    asked: Asked,
    verdict: dict[str, Any],
    told: dict[str, Any],
    fired: Sequence[dict[str, Any]],
    question: Question,
    known: Snapshot,
    notes: tuple[str, ...],
) -> Explanation:
    facts = _facts(told)
    now, changes, by_rule = otherwise(question, facts)
    same = (now.level, now.rules) == (verdict["level"], tuple(verdict["rules"]))
    path = address(asked.url, hidden=True).path if asked.url else ""
    declared = _declared(question.declaration)
    with workplace(question.memory) as connection, at_hand(connection, known.path):
        events = timeline(connection, asked, path, verdict, declared)
        checkpoint = checkpoint_of(connection)
    if asked.url:
        events = with_refusals(events, asked.url, question, known.path)
    return Explanation(
        asked=asked,
        level=verdict["level"],
        confidence=verdict["confidence"],
        robots=verdict["robots"],
        basis=verdict["basis"],
        facts=facts,
        rules=_spoken(verdict, fired, by_rule if same else {}),
        otherwise=changes if same else None,
        timeline=tuple(events),
        declared=declared,
        snapshot=known.digest,
        checkpoint=checkpoint,
        notes=notes,
        sources=tuple(question.rules),
    )


def _spoken(
    verdict: dict[str, Any],
    fired: Sequence[dict[str, Any]],
    by_rule: dict[str, tuple[str, ...]],
) -> tuple[Spoken, ...]:
    said = {one["rule_id"]: one for one in fired}
    return tuple(
        Spoken(rule, answer, said[rule]["level"], said[rule]["confidence"], by_rule.get(rule, ()))
        for column, answer in zip(_LISTS, _ANSWERS, strict=True)
        for rule in verdict[column]
    )


def _facts(told: dict[str, Any]) -> Facts:
    beside = {"shard", "fact_id", "level", "confidence", *_LISTS, "row_count", "first_rows"}
    refused = {"refused_before", "refused_after"}
    return {name: value for name, value in told.items() if name not in beside | refused}


def _asked_question(side: Side) -> Question:
    """Return the question as the audit recorded it; its rules are read anew, word by word."""
    try:
        declaration = declaration_of(side.said["declaration"]["said"])
        hours = {name: timedelta(hours=value) for name, value in side.said["limits"].items()}
        asked = tuple(read_rule(one) for one in side.said["rules"])
        for rule in asked:
            parse(rule.expression)
            if rule.level not in LEVELS:
                parse_choice(rule.level, LEVELS)
        return Question(declaration, asked, Limits(**hours))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        fact = f"it is no audit of this release ({type(error).__name__}: {show(str(error), 100)})"
        raise InputRefused(str(side.folder), fact, "audit again") from None


def _declared(said: Declaration) -> dict[str, Any]:
    return {
        "name": said.name, "version": said.version, "purpose": str(said.purpose),
        "agent": said.agent, "copies": said.copies, "timezone": said.zone,
        "acts": [{"kind": str(act.kind), "from": act.lo, "to": act.hi} for act in said.acts],
    }  # fmt: skip


def _asked_row(
    side: Side, verdict: dict[str, Any], manifest: Path | None, question: Question
) -> tuple[Asked, tuple[str, ...]]:
    """Return the row with its address and date, which stand in the manifest only."""
    placed = {"row": verdict["row"], "file": verdict["file"], "row_in_file": verdict["row_in_file"]}
    nothing = Asked("", verdict["host"] or "", None, None, **placed)
    columns = side.said["manifest"]
    file = _file(side.folder, str(columns["file"]), verdict["file"], manifest)
    if file is None:
        return nothing, ("no_manifest",)
    part = open_manifest(
        file, url_column=columns["url_column"], date_column=columns["date_column"] or "none"
    )
    digests = {one.file: one.sha256 for done in side.shards for one in done.parts}
    if part.sha256 != digests.get(verdict["file"]):
        if manifest:
            fact = "is not the file that was audited"
            raise InputRefused(str(manifest), fact, f"name {show(verdict['file'])} as it was")
        return nothing, ("no_manifest",)
    number = verdict["row_in_file"]
    rows = (number, number + 1) if part.form.row_number else None
    with exact_file(part.path) as exact, workplace(question.memory) as reader:
        for text in load_statements(part, exact, zone=question.declaration.zone, rows=rows):
            reader.execute(text)
        ((url, has_date, lo, hi),) = reader.execute(
            "SELECT url, has_date, lo, hi FROM dated WHERE row_number = ?", [number]
        ).fetchall()
    collected = question.declaration.collection
    if not has_date and collected:
        lo, hi = collected.lo, collected.hi
    try:
        place = address(url or "", hidden=True)
    except NotAnAddress:
        return Asked("", verdict["host"] or "", lo, hi, **placed), ("no_address",)
    return Asked(place.url, place.authority, lo, hi, **placed), ()


def _file(folder: Path, name: str, label: str, manifest: Path | None) -> Path | None:
    """Return the file that holds the row: the one named, or one of its name beside the audit."""
    if manifest:
        return manifest / label if manifest.is_dir() else manifest
    beside = folder.absolute().parent
    near = (beside / label, beside / name / label)
    return next((path for path in near if path.is_file()), None)
