"""Failures as a caller of the API reads them: RFC 9457, with the lines that have to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi.responses import JSONResponse

from portal.allowed import NotAllowed
from portal.desk import MendFirst
from portal.handing_over import Busy
from portal.inbox import TooMany
from portal.messages import AnotherMessage
from portal.refusing import refused_in
from provenance.errors import InputRefused, ProvisorError, StoreError, UsageRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.looking import Line

_STATUS: tuple[tuple[type[ProvisorError], int, str], ...] = (
    (MendFirst, 422, "lines have to be mended"),
    (NotAllowed, 404, "not here"),
    (TooMany, 429, "too many wait"),
    (Busy, 429, "busy"),
    (AnotherMessage, 409, "another message"),
    (UsageRefused, 422, "cannot be done"),
    (InputRefused, 422, "cannot be used"),
    (StoreError, 503, "not kept"),
    (ProvisorError, 500, "cannot be done now"),
)


_PASSING = frozenset({429, 503})
"""What is gone if one waits."""


class Refused(Exception):
    """A call that is answered with a problem."""

    def __init__(self, status: int, title: str, detail: str = "", **headers: str) -> None:
        super().__init__(title)
        self.response = problem(status, title, detail)
        for name, value in headers.items():
            self.response.headers[name.replace("_", "-")] = value


def problem(status: int, title: str, detail: str = "", lines: Sequence[Line] = ()) -> JSONResponse:
    """Return the answer that says what is wrong."""
    content = {
        "type": "about:blank", "title": title, "status": status, "detail": detail,
        "refused": [
            {"line": one.line, "text": one.text, "code": one.code, "cause": one.cause,
             "remedy": one.remedy}
            for one in lines
        ],
    }  # fmt: skip
    return JSONResponse(content, status, media_type="application/problem+json")


def status_of(error: ProvisorError) -> tuple[int, str]:
    """Return the status code and title for *error*."""
    return next((code, title) for kind, code, title in _STATUS if isinstance(error, kind))


def problem_of(error: ProvisorError, language: str = "en") -> JSONResponse:
    """Return the answer that says what *error* says, in *language*."""
    status, title = status_of(error)
    lines = error.looked.refused if isinstance(error, MendFirst) else ()
    response = problem(status, title, refused_in(language, error), lines)
    if status in _PASSING:
        response.headers["Retry-After"] = "60"
    return response
