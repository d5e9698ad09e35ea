"""`provisor serve`, and `provisor portal`: accounts, tokens, open sets, and taking in."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.errors import StoreError, UsageRefused
from provenance.options import json_option, say, store_options
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_ROLES = ("right_holder", "agent", "association", "authority", "hotline", "list_maintainer")
_BASES = ("right_holder_notice", "court_order", "administrative_order", "association_list",
          "hotline", "third_party_list")  # fmt: skip

_folder_option = click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("provisor-portal"),
    show_default=True,
    envvar="PROVISOR_PORTAL",
    help="The portal's folder: its inbox, its accounts, and what it shows.",
)


@click.command("serve")
@_folder_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=8471, show_default=True)
@click.option("--behind", default="", metavar="ADDRESS", help="The proxy that speaks TLS for it.")
@click.option("--tls-cert", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tls-key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def serve_portal(
    context: click.Context,
    folder: Path,
    host: str,
    port: int,
    behind: str,
    tls_cert: Path | None,
    tls_key: Path | None,
) -> None:
    """Serve the pages and the API for right holders, owners of sites and the operator.

    It never opens the store: what is handed in is kept in FOLDER, and `provisor portal ingest`
    takes it in. Without TLS it listens on this machine alone. The log has no address, no query and
    no token in it.

    \b
    Examples:
      provisor serve
      provisor serve --host 0.0.0.0 --tls-cert chain.pem --tls-key key.pem
      provisor serve --behind 127.0.0.1
    """
    import logging

    from portal.app import application
    from portal.folder import make_folder
    from portal.handing_over import Portal
    from portal.serving import serve
    from portal.sessions import Sessions

    _refuse_open(host, behind=behind, tls=tls_cert is not None)
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    opened = make_folder(folder)
    portal = Portal(
        opened,
        Sessions(opened),
        read_robots=_handed(context).get("robots_at_hand"),
        secure=bool(behind or tls_cert),
    )
    serve(application(portal), host=host, port=port, behind=behind, certificate=tls_cert,
          key=tls_key, ready=lambda address: say(f"listening on {address}"))  # fmt: skip


@click.group("portal")
def portal_group() -> None:
    """Accounts and tokens of the portal, open sets, and taking in what was handed in."""


@portal_group.command("account")
@click.argument("account_id", metavar="ID")
@click.option("--name", required=True, help="As receipts and decisions name them.")
@click.option("--kind", type=click.Choice(["holder", "operator"]), default="holder",
              show_default=True)  # fmt: skip
@click.option("--role", type=click.Choice(_ROLES), default="right_holder", show_default=True)
@click.option("--basis", type=click.Choice(_BASES), default="right_holder_notice",
              show_default=True)  # fmt: skip
@click.option("--verified", is_flag=True, help="Their lists count without a look at each.")
@_folder_option
def add_account_(
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


@portal_group.command("accounts")
@_folder_option
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


@portal_group.command("token")
@click.argument("account_id", metavar="ID")
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True)
@_folder_option
def make_token_(account_id: str, days: int, folder: Path) -> None:
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


@portal_group.command("revoke")
@click.argument("token_id", metavar="TOKEN-ID")
@_folder_option
def revoke_token_(token_id: str, folder: Path) -> None:
    """End a token now; whoever is signed in by it is signed out.

    \b
    Example:
      provisor portal revoke 1a2b3c4d
    """
    from portal.accounts import revoke_token
    from portal.folder import open_folder

    token = revoke_token(open_folder(folder), token_id, now=datetime.now(UTC))
    click.echo(f"token {token.id} of {token.account}: revoked")


@portal_group.command("open")
@click.argument("name")
@click.argument("place", type=click.Path(exists=True, path_type=Path))
@click.option("--title", required=True, help="What the set is, as holders read it.")
@_folder_option
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


@portal_group.command("close")
@click.argument("name")
@_folder_option
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


@portal_group.command("ingest")
@_folder_option
@store_options
@click.option("--every", type=click.FloatRange(min=0.2), metavar="SECONDS",
              help="Go on, and look again so often.  [default: once]")  # fmt: skip
@click.option("--manifest", "manifests", multiple=True, metavar="FILE",
              type=click.Path(exists=True, path_type=Path),
              help="A data set to show a reviewer what a list names; several times.")  # fmt: skip
@click.option("--popular", type=click.Path(path_type=Path), metavar="FILE",
              help="Names so visited that entries for them are held back.")  # fmt: skip
@json_option
@click.pass_context
def ingest_messages(
    context: click.Context,
    folder: Path,
    store: Path,
    wait_s: float,
    every: float | None,
    manifests: tuple[Path, ...],
    popular: Path | None,
    *,
    as_json: bool,
) -> None:
    """Take in what was handed in at the portal: each message once, whatever happens meanwhile.

    Answers questions as well, and publishes receipts, lists and what waits for review into FOLDER.
    The store is held for a moment for each message. Stop it whenever you like.

    \b
    Examples:
      provisor portal ingest
      provisor portal ingest --every 5 --manifest dataset.parquet
    """
    from blocklists.doubts import Watched, read_popular
    from portal.folder import open_folder
    from portal.intake import Intake, ingest

    handed = _handed(context)
    plan = Intake(
        store,
        Watched(popular=read_popular(popular) if popular else frozenset()),
        manifests,
        {
            "inspection": partial(handed["inspect_stored"], store),
            "trace": handed["trace_in"],
        } if handed else {},
        wait_s,
        say,
    )  # fmt: skip
    opened = open_folder(folder)
    if every is None:
        _tell(ingest(opened, plan), as_json=as_json)
        return
    _ingest_for_ever(opened, plan, every, as_json=as_json)


def _ingest_for_ever(opened: Any, plan: Any, every: float, *, as_json: bool) -> None:
    from portal.intake import ingest
    from portal.messages import waiting_ids

    seen: object = None
    while True:
        state = plan.store.stat().st_mtime_ns if plan.store.exists() else None
        try:
            if waiting_ids(opened) or state != seen:
                counts = ingest(opened, plan)
                # What was just written by us is no news.
                seen = plan.store.stat().st_mtime_ns if plan.store.exists() else None
                if counts:
                    _tell(counts, as_json=as_json)
        except StoreError as error:
            say(f"provisor: {error}; will look again")
        time.sleep(every)


def _tell(counts: Mapping[str, int], *, as_json: bool) -> None:
    from blocklists.printing import as_json as json_of

    if as_json:
        click.echo(json_of({name: counts[name] for name in ("taken", "refused", "answered")}))
        return
    said = ", ".join(f"{counts[name]:,} {name}" for name in ("taken", "refused", "answered"))
    click.echo(said)


def _handed(context: click.Context) -> dict[str, Callable[..., Any]]:
    """Return what the whole command knows beside the portal; by itself it can answer nothing."""
    return context.find_root().obj or {}


def _tokens_of(found: Any, account_id: str) -> Sequence[Any]:
    return [one for one in found.tokens if one.account == account_id] or [None]


def _account_told(one: Any) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "kind": str(one.kind), "role": one.role,
            "basis": one.basis, "verified": one.verified}  # fmt: skip


def _refuse_open(host: str, *, behind: str, tls: bool) -> None:
    """Refuse to send tokens over a network that anybody can read."""
    try:
        loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback and not tls and not behind:
        fact = f"{show(host)} is reached from other machines, and tokens would be sent in the open"
        raise UsageRefused("--host", fact, "add --tls-cert and --tls-key, or --behind a proxy")
