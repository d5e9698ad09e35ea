"""`provisor rules`: what an audit asks, and where each question comes from."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.laws import chosen_rules, pack_options
from provenance.errors import UsageRefused
from provenance.options import json_option
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.rules import Rule

_MARKS = {"fires": "ok", "silent": "FAILS", "not shown": "not tried"}
"""What `provisor doctor` calls them; each line says how often the rule fires."""


@click.group("rules", invoke_without_command=True)
@pack_options
@json_option
@click.pass_context
def show_rules(
    context: click.Context, *, laws: str, folders: tuple[Path, ...], as_json: bool
) -> None:
    """List the rules that an audit asks, with level and grade of the source.

    \b
    Examples:
      provisor rules
      provisor rules --law jp,eu
      provisor rules show PRV-01
      provisor rules check house-rules
    """
    if context.invoked_subcommand is None:
        click.echo(_listed(chosen_rules(laws, folders), as_json=as_json))


@show_rules.command("show")
@click.argument("rule_id", metavar="ID")
@click.option(
    "--rules",
    "folders",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="A folder of rules of your own to look in as well; may be said several times.",
)
@json_option
def show_rule(rule_id: str, *, folders: tuple[Path, ...], as_json: bool) -> None:
    """Show all of one rule, of whichever pack: its source, its grade and its expression.

    \b
    Example:
      provisor rules show PRV-01
    """
    from audit.rule_files import read_pack
    from audit.rules import every_rule

    every = [*every_rule(), *(rule for folder in folders for rule in read_pack(folder))]
    found = [rule for rule in every if rule.id == rule_id.upper()]
    if not found:
        known = ", ".join(rule.id for rule in every)
        raise UsageRefused("rules", f"there is no rule {rule_id!r}", f"known are {known}")
    if as_json:
        click.echo(_listed(found, as_json=True))
    else:
        click.echo("\n".join(f"{name:<11} {value}" for name, value in asdict(found[0]).items()))


@show_rules.command("check")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@json_option
def check_rules(folder: Path, *, as_json: bool) -> int:
    """Read the rules in DIR as an audit would, and try each: can facts make it fire, and not fire?

    \b
    Exit code:
      0  all of them are rules, and none is past its review
      1  a rule is silent whatever the facts, fires on everything, or is past its review
      3  something in DIR is no rule

    \b
    Example:
      provisor rules check house-rules
    """
    from audit.checking import tried
    from audit.rule_files import read_pack
    from audit.rules import overdue
    from provenance.checks import State

    found = read_pack(folder)
    checks = tried(found)
    late = overdue(found)
    if as_json:
        said = [asdict(one) | {"overdue": one.name in late} for one in checks]
        click.echo(json_text(said))
    else:
        for one in checks:
            more = "; past its review date" if one.name in late else ""
            click.echo(f"{one.name}  {_MARKS[one.state]}: {one.said}{more}")
    return int(bool(late) or any(one.state is State.SILENT for one in checks))


def _listed(rules: Sequence[Rule], *, as_json: bool) -> str:
    if as_json:
        said = [asdict(rule) for rule in rules]
        return json_text(said, default=str)
    lines = []
    for rule in rules:
        level = rule.level if " " not in rule.level else "by facts"
        lines.append(f"{rule.id:<9}  {level:<8}  {rule.grade}  {rule.title}")
    return "\n".join(lines)
