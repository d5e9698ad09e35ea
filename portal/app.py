"""The application: pages and API behind one guard. It never opens the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from portal import pages_holder, pages_open, pages_review
from portal.api import api
from portal.calls import TooOften
from portal.guard import Guard
from portal.pages import error_page, language_of
from portal.problems import Refused, problem, problem_of, status_of
from portal.refusing import refused_in
from provenance.defaults import VERSION
from provenance.errors import ProvisorError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from portal.handing_over import Portal

MOST_BODY = 13 * 1024**2
"""Octets of one request: a list of 2 MiB, each octet written as six by JSON."""


def application(portal: Portal) -> FastAPI:
    """Return the application for *portal*."""
    app = FastAPI(
        title="provisor portal",
        version=VERSION,
        summary="For right holders, owners of sites, and the operator of a store.",
        openapi_url="/api/v1/openapi.json",
        # Their pages would load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.portal = portal
    for router in (api, pages_open.pages, pages_holder.pages, pages_review.pages):
        app.include_router(router)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=MOST_BODY)
    app.add_middleware(Guard, secure=portal.secure)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(TooOften, _too_often)
    app.add_exception_handler(ProvisorError, _explained)
    app.add_exception_handler(RequestValidationError, _not_as_described)
    app.add_exception_handler(HTTPException, _plain)
    app.openapi = _document(app)  # type: ignore[method-assign]
    return app


def _refused(_: Request, error: Exception) -> Response:
    response: Response = error.response  # type: ignore[attr-defined]
    return response


def _too_often(request: Request, error: Exception) -> Response:
    seconds = error.seconds if isinstance(error, TooOften) else "60"
    answer = (
        problem(429, "too often") if _is_call(request) else error_page(request, 429, "too_often")
    )
    answer.headers["Retry-After"] = seconds
    return answer


def _document(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Return what makes the OpenAPI document: as FastAPI does, with the type that problems have."""

    def made() -> dict[str, Any]:
        if not app.openapi_schema:
            found = get_openapi(
                title=app.title, version=app.version, summary=app.summary, routes=app.routes
            )
            for path in found["paths"].values():
                for operation in path.values():
                    for code, response in operation["responses"].items():
                        if code >= "400" and "content" in response:
                            said = response["content"].pop("application/json")
                            response["content"]["application/problem+json"] = said
            app.openapi_schema = found
        return app.openapi_schema

    return made


def _explained(request: Request, error: Exception) -> Response:
    if not isinstance(error, ProvisorError):  # pragma: no cover
        raise error
    if _is_call(request):
        return problem_of(error, language_of(request))
    return error_page(request, status_of(error)[0], refused_in(language_of(request), error))


def _not_as_described(request: Request, error: Exception) -> Response:
    if not _is_call(request):
        return error_page(request, 404, "not_found")
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    said = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in found[:20])
    return problem(422, "not as described", said)


def _plain(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = str(error.detail) if isinstance(error, HTTPException) else ""
    if _is_call(request):
        return problem(status, detail.lower())
    return error_page(request, status, detail)


def _is_call(request: Request) -> bool:
    return request.url.path.startswith("/api/")
