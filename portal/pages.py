"""Pages: how one is made, how a form is read, and whom both need to know."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache, partial
from http import HTTPStatus
from importlib import resources
from secrets import token_hex, token_urlsafe
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Path, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from python_multipart.multipart import parse_options_header
from starlette.exceptions import HTTPException

from portal.accounts import Account, Kind
from portal.calls import client_of, portal_of, slow_down
from portal.words import LANGUAGES, WORDS, word

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.datastructures import FormData
    from starlette.responses import Response

    from portal.handing_over import Portal

Language = Annotated[str, Path(pattern="^(en|ja)$")]

_FORM_KINDS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_MOST_FIELDS = 1000
_FIELD_OCTETS = 3 * 1024**2
_PUBLIC = (("/", "home"), ("/dispute", "dispute"), ("/site", "site_page"))
_MENU = {
    "": (*_PUBLIC, ("/sign-in", "sign_in")),
    Kind.HOLDER: (
        ("/", "home"), ("/lists", "lists"), ("/hand-in", "hand_in"), ("/works", "works_page"),
        ("/site", "site_page"),
    ),
    Kind.OPERATOR: (*_PUBLIC, ("/review", "review")),
}  # fmt: skip


class FormRefused(HTTPException):
    """A form that did not come from our own page."""

    def __init__(self) -> None:
        super().__init__(403, "form_old")


def page(
    request: Request,
    template: str,
    heading: str,
    *,
    status: int = 200,
    failure: str = "",
    **said: Any,
) -> HTMLResponse:
    """Return a page in the language of the address.

    Args:
        request: what it answers.
        template: `templates/<template>.html`.
        heading: a key of `words.WORDS`, or the heading itself.
        status: of HTTP.
        failure: what has to be mended.
        said: what the template shows.
    """
    portal, lang = portal_of(request), language_of(request)
    cookie = request.cookies.get(cookie_name(portal), "")
    fresh = "" if cookie else token_urlsafe(32)
    account = account_of(request)
    t = partial(word, lang)
    shown = {
        "t": t, "why": partial(_why, lang), "lang": lang,
        "other": next(one for one in LANGUAGES if one != lang),
        "heading": _words(lang, heading), "failure": _words(lang, failure),
        "here": request.url.path.removeprefix(f"/{lang}") or "/", "account": account,
        "menu": _MENU[account.kind if account else ""],
        "form_token": portal.sessions.form_token(cookie or fresh), "key": token_hex(16),
    }  # fmt: skip
    text = templates().get_template(f"{template}.html").render(**shown, **said)
    response = HTMLResponse(text, status, {"Content-Language": lang, "Vary": "Cookie"})
    if fresh:
        give_cookie(response, portal, fresh)
    return response


def error_page(request: Request, status: int, detail: str) -> Response:
    """Return the page for what went wrong; a stranger to sign-in is shown the way there."""
    if status == HTTPStatus.NOT_FOUND and detail == "Not Found":
        detail = "not_found"
    heading = "error" if status != HTTPStatus.UNAUTHORIZED else "sign_in"
    return page(request, "error", heading, status=status, failure=detail or str(status))


def language_of(request: Request) -> str:
    """Return the language of the address, else the one the browser asks for."""
    first = request.url.path.split("/")[1]
    if first in LANGUAGES:
        return first
    asked = request.headers.get("accept-language", "").lower()
    return "ja" if asked.startswith("ja") else "en"


def account_of(request: Request) -> Account | None:
    """Return who is signed in by this browser."""
    portal = portal_of(request)
    cookie = request.cookies.get(cookie_name(portal), "")
    return portal.sessions.account(cookie, now=portal.clock()) if cookie else None


def holder(request: Request) -> Account:
    """Return the holder who is signed in, or refuse."""
    return _signed_in(request, Kind.HOLDER)


def operator(request: Request) -> Account:
    """Return the operator who is signed in, or refuse."""
    return _signed_in(request, Kind.OPERATOR)


async def read_form(request: Request) -> AsyncIterator[FormData]:
    """Yield the fields of a form of ours; a file that came with it is gone afterwards.

    Raises:
        FormRefused: another site sent it, or it lacks the token that our page gave.
    """
    portal = portal_of(request)
    if not _is_form(request):
        raise HTTPException(415, "not a form")
    if not _is_own(request):
        raise FormRefused
    async with request.form(
        max_files=1, max_fields=_MOST_FIELDS, max_part_size=_FIELD_OCTETS
    ) as form:
        cookie = request.cookies.get(cookie_name(portal), "")
        if not portal.sessions.is_form_token(cookie, str(form.get("form_token", ""))):
            raise FormRefused
        account = account_of(request)
        if account:
            slow_down(portal, "handing-in", account.id)
        yield form


Form = Annotated[Any, Depends(read_form)]
HolderHere = Annotated[Account, Depends(holder)]
OperatorHere = Annotated[Account, Depends(operator)]


def open_form(request: Request) -> None:
    """Count a form that needs no signing in."""
    slow_down(portal_of(request), "open-form", client_of(request))


def cookie_name(portal: Portal) -> str:
    """Return the cookie's name; by its prefix a browser takes it over https alone."""
    return "__Host-provisor" if portal.secure else "provisor"


def give_cookie(response: Response, portal: Portal, cookie: str) -> None:
    """Let the browser bring *cookie* along, to this site and from it alone."""
    response.set_cookie(
        cookie_name(portal), cookie, path="/", secure=portal.secure, httponly=True,
        samesite="strict",
    )  # fmt: skip


@cache
def templates() -> Environment:
    """Return the templates: what is written into them is escaped, what is missing is an error."""
    found = Environment(
        loader=PackageLoader("portal"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    found.filters["moment"] = _moment
    return found


@cache
def style() -> bytes:
    """Return the style sheet."""
    return (resources.files("portal") / "static" / "portal.css").read_bytes()


def _moment(said: str) -> str:
    return datetime.fromisoformat(said).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def _why(language: str, reason: str) -> str:
    """Return why an entry is in its state; a code that has no words is shown as it is."""
    return word(language, f"why_{reason}") if f"why_{reason}" in WORDS else reason


def _words(language: str, code: str) -> str:
    return word(language, code) if code in WORDS else code


def _signed_in(request: Request, kind: Kind) -> Account:
    account = account_of(request)
    if account is None:
        raise HTTPException(401, "sign_in_first")
    if account.kind is not kind:
        raise HTTPException(404, "not_found")
    return account


def _is_form(request: Request) -> bool:
    """Whether a form comes in UTF-8, as browsers send ours.

    Whoever named the encoding could choose one that takes minutes to read (`punycode`), or one that
    gives halves of characters (`unicode_escape`), which nothing behind it can write.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    charset = options.get(b"charset", b"utf-8").lower()
    return kind.decode("latin-1").lower() in _FORM_KINDS and charset == b"utf-8"


def _is_own(request: Request) -> bool:
    """Whether a browser says that the form came from this site; an old one may say nothing."""
    told = request.headers.get("sec-fetch-site")
    if told is not None and told not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.headers.get("host")
    except ValueError:  # no address at all
        return False
