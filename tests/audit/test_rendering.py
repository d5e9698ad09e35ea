"""What reports are given to render: those for the public get nothing that must not be published."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from audit import reports
from audit.rendering import rendered
from audit.reports import Asked, Report
from provenance.registry import collect
from tests.audit.reports.small import SEALED, SOURCES

FORMS: dict[str, Report[Any]] = collect(reports, Report)
HELD_BACK = {
    "a host that rules name": "canary-host.example",
    "a list": "canary/list",
    "who handed it in": "Canary Holder, 1-2-3 Street, canary@holder.example",
    "a row": "https://canary-row.example/page",
}
SUMMARY = replace(
    SEALED,
    sites=(replace(SEALED.sites[0], host="canary-host.example", site="canary-host.example"),),
    lists=(
        replace(
            SEALED.lists[0], list_id="canary/list", status="received",
            submitter=HELD_BACK["who handed it in"],
        ),
    ),
    samples=tuple(
        replace(one, url=HELD_BACK["a row"]) for one in SEALED.samples
    ),
)  # fmt: skip


def test_drafts_and_cards_are_for_the_public_and_findings_are_not() -> None:
    assert {name for name, form in FORMS.items() if form.public} == {
        "ab2013", "croissant", "eu-summary", "jco-checklist", "principle-code",
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", sorted(name for name, form in FORMS.items() if form.public))
def test_a_report_for_the_public_names_no_listing_nor_who_handed_it_in(
    name: str, lang: str
) -> None:
    """TRN-10."""
    said = rendered(FORMS[name], SUMMARY, Asked(lang, sources=SOURCES))

    assert [what for what, text in HELD_BACK.items() if text in said or "anary" in said] == []


def test_it_is_what_a_report_is_given_that_holds_it_back() -> None:
    """A form that printed all it is given could not print them either."""
    every = Report("all", "", lambda summary, _asked=None: repr(summary))

    assert "canary" in rendered(every, SUMMARY)
    assert "anary" not in rendered(replace(every, public=True), SUMMARY)


def test_a_report_for_the_house_has_them() -> None:
    said = json.loads(rendered(FORMS["json"], SUMMARY))

    assert [one["host"] for one in said["sites"]] == ["canary-host.example"]
