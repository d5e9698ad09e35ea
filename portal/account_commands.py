"""`provisor portal`: accounts, tokens, and the sets that the operator has opened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blocklists.packages import BASES, ROLES
from provenance.options import json_option, say
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Sequence

# The operator has an account of another kind.
_ROLES = tuple(role for role in ROLES if role != "operator")

folder_option = click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("provisor-portal"),
    show_default=True,
    envvar="PROVISOR_PORTAL",
    help="The portal's folder: its inbox, its accounts, and what it shows.",
)


@click.command("account")
@click.argument("account_id", metavar="ID")
@click.option("--name", required=True, help="As receipts and decisions name them.")
@click.option("--kind", type=click.Choice(["holder", "operator"]), default="holder",
              show_default=True)  # fmt: skip
@click.option("--role", type=click.Choice(_ROLES), default="right_holder", show_default=True)
@click.option("--basis", type=click.Choice(BASES), default="right_holder_notice",
              show_default=True)  # fmt: skip
@click.option("--verified", is_flag=True, help="Their lists count without a look at each.")
@folder_option
def make_account(
    account_id: str, name: str, kind: str, role: str, basis: str, folder: Path, *, verified: bool
) -> None:
    """Add an account: a right holder, whose lists are called ID/…, or an operator.

    \b
    Examples:
      provisor portal account example-publisher --name "Example Publisher KK"
      provisor portal account ito --name "Ito" --kind operator
    """
    from portal.accounts import Account, Kind, add_account
    from portal.folder import make_folder

    holder = kind == "holder"
    add_account(make_folder(folder), Account(
        account_id, name.strip(), Kind(kind), role if holder else "", basis if holder else "",
        verified and holder,
    ))  # fmt: skip
    click.echo(f"{account_id}: added; give them a token with `provisor portal token {account_id}`")


@click.command("accounts")
@folder_option
@json_option
def show_accounts(folder: Path, *, as_json: bool) -> None:
    """Show accounts and their tokens; of a token its id and how long it lasts, no more.

    \b
    Example:
      provisor portal accounts
    """
    from blocklists.printing import as_json as json_of
    from blocklists.printing import table, time_text
    from portal.accounts import read_accounts
    from portal.folder import open_folder

    found = read_accounts(open_folder(folder))
    if as_json:
        click.echo(json_of({
            "accounts": [_account_told(one) for one in found.accounts.values()],
            "tokens": [
                {"id": one.id, "account": one.account, "made_at": one.made_at,
                 "expires_at": one.expires_at, "revoked_at": one.revoked_at}
                for one in found.tokens
            ],
        }))  # fmt: skip
        return
    rows = [
        (one.id, one.name, one.kind, token.id if token else "-",
         time_text(token.expires_at) if token else "-",
         "revoked" if token and token.revoked_at else "")
        for one in found.accounts.values()
        for token in _tokens_of(found, one.id)
    ]  # fmt: skip
    click.echo(table([("ACCOUNT", "NAME", "KIND", "TOKEN", "EXPIRES", ""), *rows]))


@click.command("token")
@click.argument("account_id", metavar="ID")
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True)
@folder_option
def give_token(account_id: str, days: int, folder: Path) -> None:
    """Make a token for an account and print it, once: only its digest is kept.

    \b
    Example:
      provisor portal token example-publisher --days 30
    """
    from portal.accounts import make_token
    from portal.folder import open_folder

    opened, now = open_folder(folder), datetime.now(UTC)
    secret, token = make_token(opened, account_id, lasts=timedelta(days=days), now=now)
    say(f"token {token.id} of {account_id}, until {token.expires_at:%Y-%m-%d}; it is shown once:")
    click.echo(secret)


@click.command("revoke")
@click.argument("token_id", metavar="TOKEN-ID")
@folder_option
def end_token(token_id: str, folder: Path) -> None:
    """End a token now; whoever is signed in by it is signed out.

    \b
    Example:
      provisor portal revoke 1a2b3c4d
    """
    from portal.accounts import revoke_token
    from portal.folder import open_folder

    token = revoke_token(open_folder(folder), token_id, now=datetime.now(UTC))
    click.echo(f"token {token.id} of {token.account}: revoked")


@click.command("open")
@click.argument("name")
@click.argument("place", type=click.Path(exists=True, path_type=Path))
@click.option("--title", required=True, help="What the set is, as holders read it.")
@folder_option
def open_set(name: str, place: Path, title: str, folder: Path) -> None:
    """Let holders ask whether their works are in PLACE, the folder of an audit or a manifest.

    \b
    Example:
      provisor portal open images-2026 results/images --title "Images for model A, version 2026-10"
    """
    from portal.folder import make_folder
    from portal.sets import change_sets

    change_sets(make_folder(folder), name, {"path": str(place.absolute()), "title": title.strip()})
    click.echo(f"{show(name)}: open")


@click.command("close")
@click.argument("name")
@folder_option
def close_set(name: str, folder: Path) -> None:
    """Let holders no longer ask about a set.

    \b
    Example:
      provisor portal close images-2026
    """
    from portal.folder import open_folder
    from portal.sets import change_sets

    change_sets(open_folder(folder), name, None)
    click.echo(f"{show(name)}: closed")


def _tokens_of(found: Any, account_id: str) -> Sequence[Any]:
    return [one for one in found.tokens if one.account == account_id] or [None]


def _account_told(one: Any) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "kind": str(one.kind), "role": one.role,
            "basis": one.basis, "verified": one.verified}  # fmt: skip
