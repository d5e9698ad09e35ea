"""The portal for programs: JSON over HTTP, with an OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request

from portal import forms
from portal.allowed import case_code
from portal.calls import Holder, Key, body, client_of, portal_of, slow_down, takes
from portal.deciding import decide_entries, decide_message
from portal.desk import (
    Statements,
    ask_about_site,
    ask_about_works,
    dispute,
    hand_in,
    withdraw,
)
from portal.looking import look
from portal.problems import Refused
from portal.receipt_forms import answer_form, receipt_form
from portal.shelf import answer_of, case, list_of, lists_of, receipt, receipts_of, review

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"model": forms.Problem, "description": said}
    for code, said in {
        400: "It is no JSON object with one meaning.",
        409: "Another message was sent under this idempotency key.",
        413: "It is too large.",
        415: "It is not application/json.",
        422: "It is not as described, or lines of the list have to be mended.",
        429: "Too often: see Retry-After.",
        503: "It could not be kept; nothing was.",
    }.items()
}
_SIGNED: dict[int | str, dict[str, Any]] = {
    401: {"model": forms.Problem, "description": "No valid token."},
    404: {"model": forms.Problem, "description": "Nothing of yours is called that."},
    429: _PROBLEMS[429],
}
_Id = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
_Part = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9._-]{0,39}$")]
_ASKS = {200: {"description": "What was asked for."}}

api = APIRouter(prefix="/api/v1", responses={422: _PROBLEMS[422]})


@api.post("/checks", responses=_PROBLEMS | _SIGNED, openapi_extra=takes(forms.ListToCheck))
def check_list(
    request: Request,
    account: Holder,
    asked: Annotated[forms.ListToCheck, Depends(body(forms.ListToCheck))],
) -> forms.Checked:
    """Look at a list: what it would give, and each line that has to be mended. Nothing is kept."""
    portal = portal_of(request)
    found = portal.work(
        lambda: look(
            asked.text.encode(), file_name=asked.file_name, format_name=asked.format,
            encoding="utf-8", language=asked.language, basis=account.basis, now=portal.clock(),
        )
    )  # fmt: skip
    return forms.Checked(
        format=found.format, sha256=found.sha256, entries=found.entries, targets=found.targets,
        can_be_taken=found.can_be_taken,
        refused=[_refused(one) for one in found.refused],
        refused_count=found.refused_count,
        noted={code: count for code, count, _ in found.noted},
    )  # fmt: skip


@api.post(
    "/submissions", status_code=201, responses=_PROBLEMS | _SIGNED,
    openapi_extra=takes(forms.ListToHandIn),
)  # fmt: skip
def hand_in_list(
    request: Request,
    account: Holder,
    asked: Annotated[forms.ListToHandIn, Depends(body(forms.ListToHandIn))],
    key: Key = "",
) -> forms.Receipt:
    """Hand in a list, whole or not at all. It is kept when this answers, and taken in later."""
    portal = portal_of(request)
    message, _ = portal.work(
        lambda: hand_in(
            portal.folder, account, asked.list, asked.text.encode(),
            statements=Statements(
                asked.signed_by, asked.good_faith, asked.accurate, asked.authorised
            ),
            file_name=asked.file_name, format_name=asked.format, encoding="utf-8",
            language=asked.language, key=key, now=portal.clock(),
        )
    )  # fmt: skip
    return receipt_form(receipt(portal.folder, account, message.id))


@api.get("/receipts", responses=_SIGNED)
def show_receipts(request: Request, account: Holder) -> list[forms.Receipt]:
    """Show your last hundred receipts, the newest first."""
    return [receipt_form(one) for one in receipts_of(portal_of(request).folder, account)]


@api.get("/receipts/{message_id}", responses=_SIGNED)
def show_receipt(request: Request, account: Holder, message_id: _Id) -> forms.Receipt:
    """Show what became of one message of yours."""
    return receipt_form(receipt(portal_of(request).folder, account, message_id))


@api.get("/lists", responses=_SIGNED)
def show_lists(request: Request, account: Holder) -> list[dict[str, Any]]:
    """Show your lists as they stand, without their entries."""
    return lists_of(portal_of(request).folder, account)


@api.get("/lists/{owner}/{slug}", responses=_SIGNED)
def show_list(request: Request, account: Holder, owner: _Part, slug: _Part) -> dict[str, Any]:
    """Show one list of yours: its versions, and each entry with its state."""
    return list_of(portal_of(request).folder, account, f"{owner}/{slug}")


@api.post(
    "/lists/{owner}/{slug}/withdrawals", status_code=201, responses=_PROBLEMS | _SIGNED,
    openapi_extra=takes(forms.Withdrawal),
)  # fmt: skip
def withdraw_entries(
    request: Request,
    account: Holder,
    owner: _Part,
    slug: _Part,
    asked: Annotated[forms.Withdrawal, Depends(body(forms.Withdrawal))],
    key: Key = "",
) -> forms.Receipt:
    """Withdraw entries of one list of yours."""
    portal = portal_of(request)
    message = withdraw(
        portal.folder, account, f"{owner}/{slug}", asked.entries, cause=asked.cause,
        note=asked.note, key=key, now=portal.clock(),
    )  # fmt: skip
    return receipt_form(receipt(portal.folder, account, message.id))


@api.post("/disputes", status_code=201, responses=_PROBLEMS, openapi_extra=takes(forms.Dispute))
def dispute_site(
    request: Request,
    asked: Annotated[forms.Dispute, Depends(body(forms.Dispute))],
    key: Key = "",
) -> forms.Receipt:
    """Dispute that a site is listed, as its owner for instance; no token is needed."""
    portal = portal_of(request)
    slow_down(portal, "open-form", client_of(request))
    message = dispute(
        portal.folder, **asked.model_dump(), sender=client_of(request), key=key, now=portal.clock()
    )
    code = case_code(portal.folder, message.id)
    return receipt_form(case(portal.folder, message.id, code), code=code)


@api.post("/site-questions", responses=_PROBLEMS, openapi_extra=takes(forms.SiteQuestion))
def ask_what_crawlers_see(
    request: Request,
    asked: Annotated[forms.SiteQuestion, Depends(body(forms.SiteQuestion))],
) -> forms.Answer:
    """Ask what crawlers see on a site; no request leaves this machine, and no token is needed."""
    portal = portal_of(request)
    slow_down(portal, "open-form", client_of(request))
    if asked.robots_txt:
        if portal.read_robots is None:
            raise Refused(422, "cannot be done", "robots.txt is not read here")
        text, site, read = asked.robots_txt.encode(), asked.site, portal.read_robots
        said = portal.work(lambda: read(text, site))
        return forms.Answer(state="answered", lines=said["lines"]["en"], told=said["told"])
    message = ask_about_site(
        portal.folder, asked.site, sender=client_of(request), now=portal.clock()
    )
    return forms.Answer(id=message.id, state="waiting")


@api.get("/site-questions/{message_id}", responses={404: _SIGNED[404], 429: _PROBLEMS[429]})
def show_what_crawlers_see(request: Request, message_id: _Id) -> forms.Answer:
    """Show the answer to a question about a site; it is kept for a day."""
    return answer_form(answer_of(portal_of(request).folder, message_id, None))


@api.post(
    "/works-questions", status_code=201, responses=_PROBLEMS | _SIGNED,
    openapi_extra=takes(forms.WorksQuestion),
)  # fmt: skip
def ask_about_my_works(
    request: Request,
    account: Holder,
    asked: Annotated[forms.WorksQuestion, Depends(body(forms.WorksQuestion))],
    key: Key = "",
) -> forms.Answer:
    """Ask whether works are in a set that the operator has opened."""
    portal = portal_of(request)
    message = ask_about_works(
        portal.folder, account, asked.set, asked.works, key=key, now=portal.clock()
    )
    return answer_form(answer_of(portal.folder, message.id, account))


@api.get("/works-questions/{message_id}", responses=_SIGNED)
def show_about_my_works(request: Request, account: Holder, message_id: _Id) -> forms.Answer:
    """Show the answer to a question about works; it is kept for a day."""
    return answer_form(answer_of(portal_of(request).folder, message_id, account))


@api.get("/review", responses=_SIGNED)
def show_what_waits(request: Request, account: Holder) -> dict[str, Any]:
    """Show what waits for an operator."""
    return review(portal_of(request).folder, account)


@api.post(
    "/decisions", status_code=201, responses=_PROBLEMS | _SIGNED,
    openapi_extra=takes(forms.Decision),
)  # fmt: skip
def decide(
    request: Request,
    account: Holder,
    asked: Annotated[forms.Decision, Depends(body(forms.Decision))],
    key: Key = "",
) -> forms.Receipt:
    """Decide as an operator: on a list or a dispute (`about`), or on entries of a list."""
    portal = portal_of(request)
    said = {"outcome": asked.outcome, "note": asked.note, "key": key}
    if asked.about:
        message = decide_message(portal.folder, account, asked.about, now=portal.clock(), **said)
    else:
        message = decide_entries(
            portal.folder, account, asked.list_id, asked.entries, cause=asked.cause,
            now=portal.clock(), **said,
        )  # fmt: skip
    return receipt_form(receipt(portal.folder, account, message.id))


def _refused(one: Any) -> forms.RefusedLine:
    return forms.RefusedLine(
        line=one.line, text=one.text, code=one.code, cause=one.cause, remedy=one.remedy
    )
