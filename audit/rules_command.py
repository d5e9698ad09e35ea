"""`provisor rules`: what an audit asks, and where each question comes from."""

from __future__ import annotations

from dataclasses import asdict

import click

from provenance.errors import UsageRefused
from provenance.options import json_option
from provenance.strict_json import json_text


@click.command("rules")
@click.argument("rule_id", required=False, metavar="[ID]")
@json_option
def show_rules(rule_id: str | None, *, as_json: bool) -> None:
    """List the rules of the profile `jp`, or show all of one: its source, grade and expression.

    \b
    Examples:
      provisor rules
      provisor rules PRV-01
    """
    from audit.rules import rules

    found = [rule for rule in rules() if rule_id in (None, rule.id)]
    if not found:
        known = ", ".join(rule.id for rule in rules())
        raise UsageRefused("rules", f"there is no rule {rule_id!r}", f"known are {known}")
    if as_json:
        click.echo(json_text([asdict(rule) for rule in found], default=str))
    elif rule_id:
        click.echo("\n".join(f"{name:<11} {value}" for name, value in asdict(found[0]).items()))
    else:
        for rule in found:
            level = rule.level if " " not in rule.level else "by facts"
            click.echo(f"{rule.id}  {level:<8}  {rule.grade}  {rule.title}")
