"""Pages that need no signing in: start, signing in, disputes, what crawlers see."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from portal.accounts import Kind, read_accounts
from portal.allowed import case_code
from portal.calls import client_of, portal_of, slow_down
from portal.desk import DISPUTE_REASONS, ask_about_site, dispute
from portal.pages import (
    Form,
    Language,
    account_of,
    cookie_name,
    give_cookie,
    language_of,
    open_form,
    page,
    style,
)
from portal.receipt_forms import receipt_told
from portal.refusing import fact_in_each, refused_in
from portal.shelf import answer_of, case
from provenance.errors import ProvisorError, UsageRefused
from provenance.show import show

pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_REFUSED = {"en": "refused", "ja": "refused_ja"}
_FIRST = {Kind.HOLDER: "lists", Kind.OPERATOR: "review"}


@pages.get("/")
def choose_language(request: Request) -> Response:
    """Lead to the start in the browser's language."""
    return RedirectResponse(f"/{language_of(request)}/", 303)


@pages.get("/static/portal.css")
def show_style() -> Response:
    """Show the style sheet, which a browser may keep for an hour."""
    return Response(style(), media_type="text/css", headers={"Cache-Control": "max-age=3600"})


@pages.get("/{lang}/")
def show_start(request: Request, lang: Language) -> Response:  # noqa: ARG001 (checks it)
    """Show what can be done here."""
    return page(request, "home", "title")


@pages.get("/{lang}/sign-in")
def show_sign_in(request: Request, lang: Language) -> Response:  # noqa: ARG001
    """Ask for the token."""
    return page(request, "sign_in", "sign_in")


@pages.post("/{lang}/sign-in")
def sign_in(request: Request, lang: Language, form: Form) -> Response:
    """Begin a session; for every token that cannot be used the answer is the same."""
    portal = portal_of(request)
    slow_down(portal, "sign-in", client_of(request))
    found = read_accounts(portal.folder).bearer(_of(form, "token").strip(), now=portal.clock())
    if found is None:
        return page(request, "sign_in", "sign_in", status=401, failure="wrong_token")
    account, token = found
    response = RedirectResponse(f"/{lang}/{_FIRST[account.kind]}", 303)
    give_cookie(response, portal, portal.sessions.begin(token, now=portal.clock()))
    return response


@pages.post("/{lang}/sign-out")
def sign_out(request: Request, lang: Language, form: Form) -> Response:  # noqa: ARG001
    """End the session."""
    portal = portal_of(request)
    portal.sessions.end(request.cookies.get(cookie_name(portal), ""))
    response = RedirectResponse(f"/{lang}/", 303)
    response.delete_cookie(cookie_name(portal), path="/", secure=portal.secure, httponly=True)
    return response


@pages.get("/{lang}/dispute")
def show_dispute_form(request: Request, lang: Language) -> Response:  # noqa: ARG001
    """Ask what is wrong with a listing."""
    said = dict.fromkeys(("site", "reason", "note", "name", "contact"), "")
    return page(request, "dispute", "dispute", said=said, reasons=DISPUTE_REASONS)


@pages.post("/{lang}/dispute", dependencies=[Depends(open_form)])
def send_dispute(request: Request, lang: Language, form: Form) -> Response:
    """Keep a dispute and show its receipt, with the code by which it is looked up."""
    portal = portal_of(request)
    said = {name: _of(form, name) for name in ("site", "reason", "note", "name", "contact")}
    try:
        message = dispute(
            portal.folder, **said, sender=client_of(request), key=_of(form, "key"),
            now=portal.clock(),
        )  # fmt: skip
    except UsageRefused as refused:
        return page(request, "dispute", "dispute", status=422, said=said,
                    failure=refused_in(lang, refused), reasons=DISPUTE_REASONS)  # fmt: skip
    code = case_code(portal.folder, message.id)
    told = receipt_told(case(portal.folder, message.id, code), code=code)
    return page(request, "receipt", "receipt", one=told, mine=False)


@pages.get("/{lang}/case")
def show_case_form(request: Request, lang: Language) -> Response:  # noqa: ARG001
    """Ask for number and code."""
    return page(request, "case", "case", said={"number": ""}, one=None)


@pages.post("/{lang}/case", dependencies=[Depends(open_form)])
def show_case(request: Request, lang: Language, form: Form) -> Response:
    """Show what became of a dispute."""
    number = _of(form, "number").strip()
    try:
        found = case(portal_of(request).folder, number, _of(form, "code"))
    except UsageRefused as refused:
        return page(request, "case", "case", status=404, failure=refused_in(lang, refused),
                    said={"number": show(number, 64)}, one=None)  # fmt: skip
    return page(request, "case", "case", said={"number": number}, one=receipt_told(found))


@pages.get("/{lang}/site")
def show_site_form(request: Request, lang: Language) -> Response:  # noqa: ARG001
    """Ask for a site."""
    return page(request, "site", "site_page", said={"site": "", "robots_txt": ""}, lines=())


@pages.post("/{lang}/site", dependencies=[Depends(open_form)])
def ask_site(request: Request, lang: Language, form: Form) -> Response:
    """Say what a robots.txt at hand says, or keep the question about a site."""
    portal = portal_of(request)
    said: dict[str, str] = {name: _of(form, name) for name in ("site", "robots_txt")}
    lines: Any = ()
    try:
        if not said["robots_txt"].strip():
            asked = ask_about_site(
                portal.folder, said["site"], sender=client_of(request), key=_of(form, "key"),
                now=portal.clock(),
            )  # fmt: skip
            return RedirectResponse(f"/{lang}/answers/{asked.id}", 303)
        if portal.read_robots is None:
            raise UsageRefused("robots.txt", "it is not read here")
        read = portal.read_robots
        found = portal.work(lambda: read(said["robots_txt"].encode(), said["site"]))
        lines = found["lines"][lang]
    except ProvisorError as refused:
        why = fact_in_each(refused.fact)[_REFUSED[lang]]
        return page(request, "site", "site_page", status=422, failure=why, said=said, lines=())
    return page(request, "site", "site_page", said=said, lines=lines)


@pages.get("/{lang}/answers/{message_id}")
def show_answer(request: Request, lang: Language, message_id: str) -> Response:
    """Show a question and its answer, as soon as there is one."""
    found = answer_of(portal_of(request).folder, message_id, account_of(request))
    came, said = found.outcome or {}, found.message.said
    asked = said.get("site") or ", ".join(said["works"])
    return page(
        request, "answer", "answer", asked=show(asked, 300), state=found.state,
        refused=came.get(_REFUSED[lang]) or came.get("refused", ""),
        lines=came.get("lines", {}).get(lang, ()),
    )  # fmt: skip


def _of(form: Any, name: str) -> str:
    """Return a field as text; a file in its place is none."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
