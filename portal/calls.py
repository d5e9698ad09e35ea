"""What every call of the API brings along: a token in its header, and JSON that means one thing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ValidationError

from portal.accounts import Account, read_accounts
from portal.limits import counted_as
from portal.problems import Refused
from provenance.show import show
from provenance.strict_json import NotStrictJson, parse_object

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from portal.handing_over import Portal

ModelT = TypeVar("ModelT", bound=BaseModel)

_BEARER = HTTPBearer(auto_error=False, description="A token of `provisor portal token`.")
_MOST_DETAILS = 20


def portal_of(request: Request) -> Portal:
    """Return what the application was made with."""
    portal: Portal = request.app.state.portal
    return portal


def client_of(request: Request) -> str:
    """Return by which address whoever asks is counted."""
    return counted_as(request.client.host if request.client else "")


def signed_in(
    request: Request,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
) -> Account:
    """Return whose token came with the call; one answer for all that are none."""
    portal, client = portal_of(request), client_of(request)
    if wait := portal.limiter.wait("wrong-token", client, cost=0):
        raise TooOften(wait)
    found = read_accounts(portal.folder).bearer(
        given.credentials if given else "", now=portal.clock()
    )
    if found is None:
        portal.limiter.wait("wrong-token", client)
        raise Refused(401, "sign in", "a valid token is needed in the header Authorization",
                      WWW_Authenticate="Bearer")  # fmt: skip
    account, _ = found
    if request.method == "POST":
        slow_down(portal, "handing-in", account.id)
    return account


class TooOften(Exception):
    """Whoever asks has to wait."""

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.seconds = str(math.ceil(wait))


def slow_down(portal: Portal, what: str, who: str) -> None:
    """Count one more of *what*.

    Raises:
        TooOften: there were too many.
    """
    if wait := portal.limiter.wait(what, who):
        raise TooOften(wait)


Holder = Annotated[Account, Depends(signed_in)]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="The same message under the same key is kept once, however often it is sent.",
    ),
]


def body(model: type[ModelT]) -> Callable[[Request], Awaitable[ModelT]]:
    """Return what reads a body as *model*: JSON in UTF-8, of the right type, with each key once."""

    async def read(request: Request) -> ModelT:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            # A form of another site can send text/plain, never this.
            raise Refused(415, "not JSON", "send Content-Type: application/json")
        try:
            said = parse_object(await request.body())
        except NotStrictJson as error:
            raise Refused(400, "not JSON", str(error)) from error
        # Before the model is asked: it would say so of each of a million that there may be.
        if strange := next((name for name in said if name not in model.model_fields), ""):
            raise Refused(422, "not as described", f"{show(strange, 40)}: there is no such member")
        try:
            return model.model_validate(said)
        except ValidationError as error:
            found = [
                f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
                for one in error.errors(include_url=False, include_input=False)
            ]
            raise Refused(422, "not as described", "; ".join(found[:_MOST_DETAILS])) from error

    return read


def takes(model: type[BaseModel]) -> dict[str, Any]:
    """Return what the OpenAPI document says of a body that `body` reads."""
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": model.model_json_schema()}},
        }
    }
