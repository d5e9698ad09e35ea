"""Pages of a right holder who is signed in: handing in, receipts, lists, works."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from blocklists.documents import ENCODINGS
from blocklists.formats import formats
from blocklists.life import STANDING, WAITING, Cause
from portal.calls import portal_of
from portal.desk import (
    STATEMENTS,
    MendFirst,
    Statements,
    ask_about_works,
    hand_in,
    withdraw,
)
from portal.looking import Looked, look
from portal.mending import Brought, brought, lines_at
from portal.messages import MessageKind
from portal.pages import Form, HolderHere, Language, page
from portal.receipt_forms import receipt_told
from portal.refusing import refused_in
from portal.shelf import list_of, lists_of, opened_sets, receipt, receipts_of
from portal.words import word
from provenance.errors import ProvisorError, UsageRefused

pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_MOST_FIXES = 50
"""Lines that are mended on one page."""
_MOST_SHOWN = 200
_ALIVE = frozenset(map(str, STANDING | WAITING))


@pages.get("/{lang}/hand-in")
def show_hand_in(request: Request, lang: Language, account: HolderHere) -> Response:  # noqa: ARG001
    """Ask for a list."""
    return _ask(request, lang, {"list": "", "text": "", "format": "", "encoding": ""})


@pages.post("/{lang}/hand-in")
async def check_or_hand_in(
    request: Request, lang: Language, account: HolderHere, form: Form
) -> Response:
    """Check a list, or hand it in once nothing has to be mended and it is stated to be right."""
    said = {name: str(form.get(name, "")) for name in ("list", "format", "encoding", "file_name")}
    said["text"] = ""
    try:
        came = await brought(form)
        if not came.octets:
            raise UsageRefused(word(lang, "file"), word(lang, "choose_one"))
        step = _hand_in if form.get("step") == "hand-in" else _check
        return await run_in_threadpool(step, request, lang, account, dict(form), said, came)
    except UsageRefused as refused:
        return _ask(request, lang, said, refused_in(lang, refused))


def _check(
    request: Request, lang: str, account: Any, form: dict[str, Any], said: dict[str, str],
    came: Brought,
) -> Response:  # fmt: skip
    portal = portal_of(request)
    looked = portal.work(
        lambda: look(
            came.octets, file_name=came.file_name, format_name=str(form.get("format", "")),
            encoding=came.encoding, language=lang, basis=account.basis, now=portal.clock(),
        )
    )  # fmt: skip
    return _checked(request, account, said | {"file_name": came.file_name}, looked)


def _hand_in(
    request: Request, lang: str, account: Any, form: dict[str, Any], said: dict[str, str],
    came: Brought,
) -> Response:  # fmt: skip
    portal = portal_of(request)
    stated = {name: form.get(name) == "yes" for name in STATEMENTS}
    try:
        message, _ = portal.work(
            lambda: hand_in(
                portal.folder, account, said["list"].strip(), came.octets,
                statements=Statements(str(form.get("signed_by", "")), **stated),
                file_name=came.file_name, format_name=said["format"], encoding="utf-8",
                language=lang, key=str(form.get("key", "")), now=portal.clock(),
            )
        )  # fmt: skip
    except MendFirst as refused:
        return _checked(request, account, said, refused.looked)
    return RedirectResponse(f"/{lang}/receipts/{message.id}", 303)


@pages.get("/{lang}/receipts/{message_id}.txt")
def save_text(request: Request, lang: Language, account: HolderHere, message_id: str) -> Response:
    """Show a receipt as text, to keep."""
    told = receipt_told(receipt(portal_of(request).folder, account, message_id))
    names = {"id": "id", "received_at": "received_at", "list_id": "list", "version": "version",
             "entries": "entries", "file_sha256": "file_sha256", "sha256": "sha256"}  # fmt: skip
    lines = [word(lang, "receipt"), ""]
    lines += [f"{word(lang, code)}: {told[name]}" for name, code in names.items() if told[name]]
    lines.append(f"{word(lang, 'state')}: {word(lang, told['state'])}")
    said = told["said_ja" if lang == "ja" else "said"]
    lines += [f"{word(lang, 'reason_given')}: {said}"] if said else []
    lines += [word(lang, "already_means")] if told["already"] else []
    lines += [word(lang, "held_means", change=told["change"])] if told["held"] else []
    if told["quarantined"]:
        lines.append(word(lang, "quarantined_means", count=told["quarantined"]))
    if told["ledger"]:
        lines.append(f"{word(lang, 'ledger')}: {word(lang, 'ledger_at', **told['ledger'])}")
    text = "\n".join([*lines, "", word(lang, "no_law"), word(lang, "times"), ""])
    return _file(text.encode(), f"receipt-{message_id}.txt", "text/plain; charset=utf-8")


@pages.get("/{lang}/receipts/{message_id}.json")
def save_json(
    request: Request, lang: Language, account: HolderHere, message_id: str  # noqa: ARG001
) -> Response:  # fmt: skip
    """Show a receipt as JSON, to keep."""
    told = receipt_told(receipt(portal_of(request).folder, account, message_id))
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    return _file(text.encode(), f"receipt-{message_id}.json", "application/json")


@pages.get("/{lang}/receipts/{message_id}/list")
def save_list(
    request: Request, lang: Language, account: HolderHere, message_id: str  # noqa: ARG001
) -> Response:  # fmt: skip
    """Show a list as it was handed in: its SHA-256 is that of the receipt."""
    found = receipt(portal_of(request).folder, account, message_id).message
    if found.kind is not MessageKind.LIST:
        raise UsageRefused("receipt", "it is of no list", "")
    return _file(found.said["text"].encode(), f"list-{message_id}.txt", "text/plain; charset=utf-8")


@pages.get("/{lang}/receipts/{message_id}")
def show_receipt(
    request: Request, lang: Language, account: HolderHere, message_id: str  # noqa: ARG001
) -> Response:  # fmt: skip
    """Show a receipt, and what became of it so far."""
    told = receipt_told(receipt(portal_of(request).folder, account, message_id))
    return page(request, "receipt", "receipt", one=told, mine=True)


@pages.get("/{lang}/lists")
def show_lists(request: Request, lang: Language, account: HolderHere) -> Response:  # noqa: ARG001
    """Show the holder's lists and receipts."""
    folder = portal_of(request).folder
    told = [receipt_told(one) for one in receipts_of(folder, account)]
    return page(request, "lists", "lists", lists=lists_of(folder, account), receipts=told)


@pages.get("/{lang}/lists/{owner}/{slug}")
def show_list(
    request: Request, lang: Language, account: HolderHere, owner: str, slug: str, find: str = ""  # noqa: ARG001
) -> Response:  # fmt: skip
    """Show the entries of one list, each with its state."""
    return _list_page(request, account, f"{owner}/{slug}", find)


@pages.post("/{lang}/lists/{owner}/{slug}/withdraw")
def withdraw_chosen(
    request: Request, lang: Language, account: HolderHere, owner: str, slug: str, form: Form
) -> Response:
    """Withdraw the entries that were chosen."""
    portal = portal_of(request)
    try:
        message = withdraw(
            portal.folder, account, f"{owner}/{slug}",
            [one for one in form.getlist("entry") if isinstance(one, str)],
            cause=str(form.get("cause", "")), note=str(form.get("note", "")),
            key=str(form.get("key", "")), now=portal.clock(),
        )  # fmt: skip
    except UsageRefused as refused:
        return _list_page(request, account, f"{owner}/{slug}", "", refused_in(lang, refused))
    return RedirectResponse(f"/{lang}/receipts/{message.id}", 303)


@pages.get("/{lang}/works")
def show_works_form(request: Request, lang: Language, account: HolderHere) -> Response:  # noqa: ARG001
    """Ask for works and a set."""
    return _works(request, "")


@pages.post("/{lang}/works")
def ask_works(request: Request, lang: Language, account: HolderHere, form: Form) -> Response:
    """Keep the question whether works are in a set."""
    portal, works = portal_of(request), str(form.get("works", ""))
    try:
        asked = ask_about_works(
            portal.folder, account, str(form.get("set", "")), works.splitlines(),
            key=str(form.get("key", "")), now=portal.clock(),
        )  # fmt: skip
    except ProvisorError as refused:
        return _works(request, works, refused_in(lang, refused))
    return RedirectResponse(f"/{lang}/answers/{asked.id}", 303)


def _ask(request: Request, lang: str, said: dict[str, str], failure: str = "") -> Response:
    found = ("", word(lang, "find_out"))
    return page(
        request, "hand_in", "hand_in", status=422 if failure else 200, failure=failure, said=said,
        formats=[found, *((name, name) for name in sorted(formats()))],
        encodings=[found, *((name, name) for name in ENCODINGS)],
    )  # fmt: skip


def _checked(request: Request, account: Any, said: dict[str, str], looked: Looked) -> Response:
    numbers = {one.line for one in looked.refused}
    return page(
        request, "checked", "hand_in", said=said, looked=looked, most=_MOST_FIXES,
        texts=lines_at(looked.text, numbers), statements=STATEMENTS,
        needed=account.basis != "third_party_list",
    )  # fmt: skip


def _list_page(
    request: Request, account: Any, list_id: str, find: str, failure: str = ""
) -> Response:
    found = list_of(portal_of(request).folder, account, list_id)
    wanted = find.strip().lower()
    entries = [one for one in found["entries"] if wanted in one["target"].lower()]
    return page(
        request, "list", list_id, status=422 if failure else 200, failure=failure, find=find,
        entries=entries[:_MOST_SHOWN], all=len(entries), alive=_ALIVE, causes=list(Cause),
    )  # fmt: skip


def _works(request: Request, works: str, failure: str = "") -> Response:
    sets = [(name, one["title"]) for name, one in opened_sets(portal_of(request).folder).items()]
    return page(request, "works", "works_page", status=422 if failure else 200, failure=failure,
                sets=sets, said={"works": works})  # fmt: skip


def _file(octets: bytes, name: str, kind: str) -> Response:
    return Response(
        octets, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
