"""The page of an operator who is signed in: what waits, and decisions with their reasons."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from portal.calls import portal_of
from portal.deciding import decide_entries, decide_message
from portal.pages import Form, Language, OperatorHere, page
from portal.shelf import review
from provenance.errors import UsageRefused

pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@pages.get("/{lang}/review")
def show_review(
    request: Request, lang: Language, account: OperatorHere, done: str = ""  # noqa: ARG001
) -> Response:  # fmt: skip
    """Show what waits."""
    queue = review(portal_of(request).folder, account)
    return page(request, "review", "review", queue=queue, done=done)


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
        queue = review(portal.folder, account)
        return page(request, "review", "review", status=422, failure=str(refused), queue=queue,
                    done="")  # fmt: skip
    return RedirectResponse(f"/{lang}/review?done=1", 303)
