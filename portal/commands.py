"""`provisor serve`, and `provisor portal ingest`: the web process and the one writer."""

from __future__ import annotations

import time
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blocklists.list_options import popular_option, watched_of
from portal.account_commands import (
    close_set,
    end_token,
    folder_option,
    give_token,
    make_account,
    open_set,
    show_accounts,
)
from provenance.errors import StoreError, UsageRefused
from provenance.options import json_option, say, store_options
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@click.command("serve")
@folder_option
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

    try:
        from portal.app import application
        from portal.serving import serve
    except ModuleNotFoundError as error:
        fact = f"{error.name} is not installed"
        raise UsageRefused("serve", fact, "pip install 'provisor[portal]'") from error
    from portal.folder import make_folder
    from portal.handing_over import Portal
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


for _command in (make_account, show_accounts, give_token, end_token, open_set, close_set):
    portal_group.add_command(_command)


@portal_group.command("ingest")
@folder_option
@store_options
@click.option("--every", type=click.FloatRange(min=0.2), metavar="SECONDS",
              help="Go on, and look again so often.  [default: once]")  # fmt: skip
@click.option("--manifest", "manifests", multiple=True, metavar="FILE",
              type=click.Path(exists=True, path_type=Path),
              help="A data set to show a reviewer what a list names; several times.")  # fmt: skip
@popular_option
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
    from portal.folder import open_folder
    from portal.intake import Intake, ingest

    handed = _handed(context)
    plan = Intake(
        store,
        watched_of(popular, ()),
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
                # What we wrote is looked at once more: somebody else may have written after us.
                seen = state
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


def _refuse_open(host: str, *, behind: str, tls: bool) -> None:
    """Refuse to send tokens over a network that anybody can read."""
    try:
        loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback and not tls and not behind:
        fact = f"{show(host)} is reached from other machines, and tokens would be sent in the open"
        raise UsageRefused("--host", fact, "add --tls-cert and --tls-key, or --behind a proxy")
