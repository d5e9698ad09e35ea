"""The API does what its OpenAPI document says, whatever is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from portal.app import application
from portal.handing_over import Portal
from portal.limits import RATES, Limiter, Rate
from portal.sessions import Sessions
from tests.portal.conftest import World, read_nothing

if TYPE_CHECKING:
    from fastapi import FastAPI

load_all_checks()
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance,
]  # fmt: skip
# The same cases every time; a few for each operation, of what is allowed and of what is not.
PROFILE = settings(
    max_examples=4,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


def portal_without_limits(world: World) -> FastAPI:
    limiter = Limiter(dict.fromkeys(RATES, Rate(1e9, 1e9)))
    return application(Portal(
        world.folder, Sessions(world.folder), limiter, read_nothing, secure=False,
        clock=lambda: world.now,
    ))  # fmt: skip


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_is_asked_is_answered_as_the_document_says(
    world: World, mode: GenerationMode
) -> None:
    world.hand_in()
    world.ingest()
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", portal_without_limits(world))
    asked: dict[str, set[int]] = {}
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]
        codes = asked.setdefault(operation.label, set())
        who = "ito" if operation.path.endswith(("/review", "/decisions")) else "press"

        @PROFILE
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case[Any]) -> None:
            case.headers.update(world.bearer(who))  # noqa: B023 (called below)
            response = case.call()
            codes.add(response.status_code)  # noqa: B023
            case.validate_response(response, checks=CHECKS)

        ask()

    assert len(asked) == 14
    assert not any(code >= 500 for codes in asked.values() for code in codes)
    if mode is GenerationMode.POSITIVE:
        assert all({200, 201, 404, 422} & codes for codes in asked.values())
