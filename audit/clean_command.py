"""`provisor clean`: from an audit to the manifest without the rows that are left out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audit.choices import GATES
from provenance.many import many
from provenance.options import json_option, say, store_options
from provenance.show import show

if TYPE_CHECKING:
    from provenance.intake.manifest import Manifest


@click.command("clean")
@click.argument(
    "manifests", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="MANIFEST..."
)
@click.option("--glob", "pattern", default="", metavar="PATTERN",
              help="Which files beneath the folder MANIFEST, as for `provisor audit`.")  # fmt: skip
@click.option("--audit", "audited", type=click.Path(path_type=Path), required=True, metavar="OUT",
              help="The folder of the audit of exactly these files.")  # fmt: skip
@click.option("--to", type=click.Path(path_type=Path), required=True, metavar="FOLDER",
              help="A new folder for what is kept, looked at and left out.")  # fmt: skip
@click.option("--drop-from", type=click.Choice(GATES), default="high", show_default=True,
              help="Leave out rows at this level or above.")  # fmt: skip
@click.option("--review-from", type=click.Choice(GATES), default="medium", show_default=True,
              help="Set rows aside to be looked at from this level on.")  # fmt: skip
@click.option("--rule", "choices", multiple=True, metavar="ID=FATE",
              help="What a rule alone leads to: keep, review or drop.")  # fmt: skip
@click.option("--suppress", type=click.Path(path_type=Path), multiple=True, metavar="FILE",
              help="The suppress.txt of an earlier removal: its rows are left out.")  # fmt: skip
@click.option("--by", default="", metavar="NAME", help="Who decided it, for the removal record.")
@click.option("--reason", default="", metavar="TEXT", help="Why, for the removal record.")
@store_options
@json_option
def clean_manifest(
    manifests: tuple[Path, ...],
    *,
    pattern: str,
    audited: Path,
    to: Path,
    drop_from: str,
    review_from: str,
    choices: tuple[str, ...],
    suppress: tuple[Path, ...],
    by: str,
    reason: str,
    store: Path,
    wait_s: float,
    as_json: bool,
) -> None:
    """Write the rows of MANIFEST that are kept, those to be looked at, and those that are left out.

    Each keeps the columns and the order of MANIFEST. Beside them stand why (reasons), what is to
    stay out from now on (suppress.txt) and the record of the removal (removal.json), which goes
    into the store as well.

    \b
    Examples:
      provisor clean rows.parquet --audit rows-audit --to rows-clean --by 'A. Mori'
      provisor clean new.parquet --audit new-audit --to new-clean --suppress rows-clean/suppress.txt
      provisor clean rows.csv --audit rows-audit --to strict --drop-from medium --rule PRV-07=keep
    """
    from audit.cleaning.placing import read_summary
    from audit.cleaning.policy import Policy, read_rules
    from audit.cleaning.removal import Asked, removal_text
    from audit.cleaning.run import clean
    from audit.cleaning.suppressing import read_suppressed

    summary = read_summary(audited)
    rules = read_rules(choices, [rule["id"] for rule in summary["rules"]])
    parts = _opened(manifests, pattern, summary["manifest"])
    policy = Policy(drop_from, review_from, rules)
    removal = clean(
        parts, audited, policy, store, to,
        suppress=[read_suppressed(file) for file in suppress],
        asked=Asked(("provisor", *sys.argv[1:]), by, reason), wait_s=wait_s, say=say,
    )  # fmt: skip
    click.echo(removal_text(removal) if as_json else _told(removal, to), nl=False)


def _opened(
    manifests: tuple[Path, ...], pattern: str, read: dict[str, Any]
) -> tuple[Manifest, ...]:
    """Return the files, with the columns that the audit chose."""
    from audit.inputs import open_manifests

    return open_manifests(
        manifests, pattern=pattern, url_column=read["url_column"], date_column="none", say=say
    )


def _told(removal: dict[str, Any], to: Path) -> str:
    """Return the counts as text: rows in are kept, looked at or left out."""
    from audit.rules import LEVELS

    rows = removal["rows"]
    width = len(f"{rows['in']:,}")
    lines = [f"rows in  {rows['in']:>{width},}"]
    for name in ("keep", "review", "drop"):
        why = removal["why"][name]
        counts = {level: why["levels"].get(level, 0) for level in reversed(LEVELS)}
        parts = [f"{level} {count:,}" for level, count in counts.items() if count]
        if again := why["rules"].get("REM-03", 0):
            parts.append(f"removed before {again:,}")
        lines.append(f"{name:<7}  {rows[name]:>{width},}  {', '.join(parts)}".rstrip())
    lines.append(f"{rows['in']:,} = {rows['keep']:,} + {rows['review']:,} + {rows['drop']:,}")
    if rows["sealed"]:
        lines.append(f"of those left out, {rows['sealed']:,} are written nowhere")
    if unsure := removal["not_compared"]:
        what = f"could not be compared with what was removed before: {many(unsure, 'row')}"
        lines.append(f"{what} without a readable address")
    kept = removal["why"]["keep"]["levels"]
    if open_ := sum(kept.get(level, 0) for level in ("unknown", "medium", "high", "critical")):
        lines.append(f"kept by choice, at unknown or above: {open_:,}")
    lines.append(f"written to {show(str(to))}; record: {show(str(to / 'removal.json'))}")
    return "\n".join(lines) + "\n"
