"""Which rules are asked: the packs of some laws, and folders of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.errors import UsageRefused
from provenance.options import CommandT, with_options
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.rules import Rule
    from provenance.sealed import Sealed

_PACKS = (
    click.option(
        "--law",
        "laws",
        default="jp",
        show_default=True,
        metavar="PACKS",
        help="Whose rules are asked: jp, eu, us, us-ca, uk; several with commas between.",
    ),
    click.option(
        "--rules",
        "folders",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="DIR",
        help="A folder of rules of your own, asked besides; may be said several times.",
    ),
)


def pack_options(command: CommandT) -> CommandT:
    """Add --law and --rules."""
    return with_options(command, *_PACKS)


def chosen_rules(laws: str, folders: Sequence[Path] = ()) -> tuple[Rule, ...]:
    """Return the rules of the packs that *laws* names with commas, and of *folders*.

    Raises:
        InputRefused: a folder holds something that is no rule.
        UsageRefused: a pack is not known, or named twice.
    """
    from audit.rule_files import read_pack
    from audit.rules import LAWS, rules

    named = [law.strip().lower() for law in laws.split(",")]
    for law in named:
        if law not in LAWS or named.count(law) > 1:
            fact = f"there is no pack {show(law, 40)!r}" if law not in LAWS else f"{law} twice"
            raise UsageRefused("--law", fact, f"choose from {', '.join(LAWS)}")
    found = rules(*named)
    for folder in folders:
        added = read_pack(folder)
        if twice := {rule.id for rule in added} & {rule.id for rule in found}:
            fact = f"the id {min(twice)} stands in two folders"
            raise UsageRefused(show(str(folder)), fact, "give one of them another")
        found += added
    return found


def heeding(asked: Sequence[Rule], sealed: Sealed | None) -> tuple[Rule, ...]:
    """Return *asked* with the rules by which sealed lists are heeded, whatever packs were named.

    Without them a row that such a list names would be nothing but a row of an unknown host.
    """
    from audit.rules import rules

    known = {rule.id for rule in asked}
    more = (rule for rule in rules() if "sealed" in rule.facts and rule.id not in known)
    return (*asked, *(more if sealed else ()))
