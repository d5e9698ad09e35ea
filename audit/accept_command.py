"""`provisor accept`: what is accepted of an audit, written into a baseline with reason and day."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from audit.choices import GATES
from provenance.options import say


@click.command("accept")
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path("baseline.json"),
    show_default=True,
    help="The baseline; what it holds already stays, but for the same rule at the same place.",
)
@click.option("--reason", required=True, metavar="TEXT", help="Why it is accepted.")
@click.option(
    "--until",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    required=True,
    metavar="DATE",
    help="The last day on which it holds, as 2027-01-31.",
)
@click.option("--by", default="", metavar="NAME", help="Who accepts it.")
@click.option(
    "--from",
    "gate",
    type=click.Choice([level for level in GATES if level != "never"]),
    default="high",
    show_default=True,
    help="What stands at this level or above; unknown counts as medium.",
)
@click.option(
    "--rule",
    "chosen",
    multiple=True,
    metavar="ID",
    help="Only this rule; may be said several times.",
)
@click.option(
    "--site",
    "sites",
    multiple=True,
    metavar="SITE",
    help="Only this site; may be said several times.",
)
@click.option("--everywhere", is_flag=True, help="Accept the rule at all places, not site by site.")
@click.option(
    "--any-number",
    is_flag=True,
    help="Accept further rows as well.  [default: as many as there are]",
)
def accept_findings(
    folder: Path,
    *,
    into: Path,
    reason: str,
    until: datetime,
    by: str,
    gate: str,
    chosen: tuple[str, ...],
    sites: tuple[str, ...],
    everywhere: bool,
    any_number: bool,
) -> None:
    """Accept what stands in the audit in the folder OUT, for a reason and until a day.

    Each rule is accepted at each site for as many rows and up to the level that it has there now:
    what is new, more, or higher later on is not. Findings of illegal content cannot be accepted.

    \b
    Examples:
      provisor accept rows-audit --reason 'licence 2026-14' --until 2027-03-31 --site press.example
      provisor accept rows-audit --rule PRV-06 --from medium --everywhere --reason 'agent lost' \\
        --until 2026-12-31 --by 'A. Mori'
    """
    from audit.gating.accepting import acceptances
    from audit.gating.baseline import baseline_text, merged, read_baseline, refuse_unaccountable
    from provenance.many import many
    from provenance.whole_files import write_whole

    today = datetime.now(UTC).date()
    refuse_unaccountable(reason, until.date(), today)
    held = read_baseline(into) if into.exists() else ()
    found = acceptances(
        folder, gate=gate, reason=reason, until=until.date(), today=today, by=by,
        chosen=chosen, sites=sites, everywhere=everywhere, any_number=any_number,
    )  # fmt: skip
    write_whole(into, baseline_text(merged(held, found)).encode())
    rows = sum(one.rows or 0 for one in found)
    most = "any number of rows" if any_number else f"{many(rows, 'row')}, counted for each rule"
    say(f"{into}: {many(len(found), 'acceptance')} until {until.date()}, {most}")
