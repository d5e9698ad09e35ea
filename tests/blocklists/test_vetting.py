from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from blocklists.formats import Candidate
from blocklists.refusals import Refusal
from blocklists.vetting import DigestEntry, Entry, vet

NOW = datetime(2026, 2, 3, 12, tzinfo=UTC)


def vetted(**columns: str) -> Entry | DigestEntry | Refusal:
    return vet(Candidate(5, "a.example", **columns), now=NOW)


@pytest.mark.parametrize(
    "text",
    [
        "03/02/2026",
        "令和8年2月3日",
        "2026-02-30",
        "20260203",
        "2026-W05-1",
        "1998-10-28",
        "2026-01-01T00:00:00",
        "2026-01-01 soon",
        "２０２６-01-01",
    ],
)
def test_refuses_a_date_that_can_be_read_in_two_ways(text: str) -> None:
    assert vetted(notice_date=text) == Refusal("E_DATE_FORMAT", text, 5, "a.example")
    assert vetted(expires_on=text) == Refusal("E_DATE_FORMAT", text, 5, "a.example")


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"notice_date": "2026-02-05"}, "E_DATE_FUTURE"),
        ({"notice_date": "2026-01-15", "expires_on": "2026-01-14"}, "E_DATE_ORDER"),
        ({"category": "piracy"}, "E_CATEGORY"),
        ({"work": "a" * 501}, "E_TEXT_TOO_LONG"),
        ({"right_holder": "a" * 501}, "E_TEXT_TOO_LONG"),
        ({"scope": "site"}, "E_SCOPE_INVALID"),
    ],
)
def test_refuses_what_a_column_cannot_hold(columns: dict[str, str], code: str) -> None:
    found = vetted(**columns)

    assert isinstance(found, Refusal)
    assert (found.code, found.line, found.text) == (code, 5, "a.example")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("1998-10-29", date(1998, 10, 29)),
        ("2026-02-04", date(2026, 2, 4)),
        ("2026-01-15T23:30:00+09:00", date(2026, 1, 15)),
    ],
)
def test_keeps_the_day_the_submitter_claims(text: str, day: date | None) -> None:
    found = vetted(notice_date=text)

    assert isinstance(found, Entry)
    assert found.notice_date == day


def test_writes_free_text_in_one_form_and_keeps_the_last_day() -> None:
    found = vetted(work="か\u3099", expires_on="2027-01-15", category="mirror_or_proxy")

    assert isinstance(found, Entry)
    assert (found.work, found.category) == ("が", "mirror_or_proxy")
    assert found.expires_on == date(2027, 1, 15)


def test_keeps_a_digest_with_what_is_known_of_it() -> None:
    candidate = Candidate(
        7, "ab" * 15 + "cd", scope="hash", algorithm="MD5", work="か\u3099", expires_on="2027-01-01"
    )

    found = vet(candidate, now=NOW)

    assert isinstance(found, DigestEntry)
    assert (found.digest.algorithm, found.work, found.raw) == ("md5", "が", "")
    assert found.expires_on is not None
    assert found.expires_on.year == 2027
