"""The page of an operator who is signed in: what waits, and decisions with their reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from portal.calls import portal_of
from portal.deciding import decide_entries, decide_message
from portal.pages import Form, Language, OperatorHere, page
from portal.receipt_forms import receipt_told
from portal.refusing import refused_in
from portal.shelf import receipts_of, review
from provenance.errors import UsageRefused

_OWN_SHOWN = 10

if TYPE_CHECKING:
    from portal.accounts import Account

pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@pages.get("/{lang}/review")
def show_review(
    request: Request, lang: Language, account: OperatorHere, done: str = ""  # noqa: ARG001
) -> Response:  # fmt: skip
    """Show what waits."""
    return _review(request, account, done=done)


@pages.post("/{lang}/review")
def decide(request: Request, lang: Language, account: OperatorHere, form: Form) -> Response:
    """Keep a decision; it is carried out when it is taken in."""
    portal = portal_of(request)
    outcome, _, cause = str(form.get("outcome", "")).partition("_")
    said = {"outcome": outcome, "note": str(form.get("note", "")), "key": str(form.get("key", ""))}
    about = str(form.get("about", ""))
    try:
        if about:
            decide_message(portal.folder, account, about, now=portal.clock(), **said)
        else:
            decide_entries(
                portal.folder, account, str(form.get("list_id", "")),
                [str(form.get("entry", ""))], cause=cause, now=portal.clock(), **said,
            )  # fmt: skip
    except UsageRefused as refused:
        return _review(request, account, failure=refused_in(lang, refused))
    return RedirectResponse(f"/{lang}/review?done=1", 303)


def _review(request: Request, account: Account, *, done: str = "", failure: str = "") -> Response:
    folder = portal_of(request).folder
    own = [receipt_told(one) for one in receipts_of(folder, account)[:_OWN_SHOWN]]
    return page(request, "review", "review", status=422 if failure else 200, failure=failure,
                queue=review(folder, account), done=done, own=own)  # fmt: skip
