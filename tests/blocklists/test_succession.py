"""Versions of a list follow one another: what ends, what comes again, what waits."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from blocklists.life import Cause, Step
from blocklists.versions import difference_of_versions
from provenance.store import reading
from tests.blocklists.lists import PRESS, Lists

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path)


def test_what_a_later_version_leaves_out_stops_counting_from_then_on(lists: Lists) -> None:
    lists.hand_in("2026-01-01", "a.example", "b.example")
    lists.hand_in("2026-02-01", "b.example", "c.example")

    assert lists.periods() == [
        ("a.example", "yes", "superseded", "2026-01-01", "2026-02-01"),
        ("b.example", "yes", "accepted", "2026-01-01", None),
        ("c.example", "yes", "accepted", "2026-02-01", None),
    ]


def test_what_is_listed_again_is_known_anew_from_that_receipt(lists: Lists) -> None:
    lists.hand_in("2026-01-01", "a.example", "b.example")
    lists.hand_in("2026-02-01", "b.example")
    lists.hand_in("2026-03-01", "a.example", "b.example", "c.example")

    assert lists.periods()[:2] == [
        ("a.example", "yes", "accepted", "2026-03-01", None),
        ("a.example", "yes", "superseded", "2026-01-01", "2026-02-01"),
    ]


def test_the_file_of_an_earlier_version_is_a_version_again(lists: Lists) -> None:
    lists.hand_in("2026-01-01", "a.example", "b.example")
    lists.hand_in("2026-02-01", "b.example")
    back = lists.hand_in("2026-03-01", "a.example", "b.example")
    again = lists.hand_in("2026-04-01", "a.example", "b.example")

    assert (back.version, back.already, again.already) == (3, False, True)
    assert lists.states() == {"a.example": "accepted", "b.example": "accepted"}


def test_what_was_withdrawn_as_an_error_waits_when_it_is_listed_again(lists: Lists) -> None:
    lists.hand_in("2026-01-01", "a.example", "b.example")
    lists.withdraw("2026-02-01", "a.example", cause=Cause.ERROR)
    lists.withdraw("2026-02-01", "b.example", cause=Cause.CURED)
    lists.hand_in("2026-03-01", "a.example", "b.example", "c.example")

    assert lists.states() == {
        "a.example": "quarantined", "b.example": "accepted", "c.example": "accepted",
    }  # fmt: skip
    lists.decide("2026-03-05", Step.ACCEPTED, "a.example", by="B. Ito")
    assert lists.periods()[:2] == [
        ("a.example", "no", "withdrawn as an error", "2026-01-01", "2026-02-01"),
        ("a.example", "yes", "accepted", "2026-03-01", None),
    ]


def test_a_dispute_outlives_the_next_version(lists: Lists) -> None:
    lists.hand_in("2026-01-01", "a.example", "b.example")
    lists.decide("2026-01-05", Step.DISPUTED, "a.example", by="Shop KK")
    lists.hand_in("2026-02-01", "a.example", "c.example")

    assert lists.states()["a.example"] == "disputed"


def test_an_entry_ends_after_the_day_it_names(lists: Lists) -> None:
    lists.hand_in(
        "2026-01-01", "value,expires_on", "a.example,2026-01-31", "b.example,2999-12-31",
        "c.example,2025-12-31", "d.example,", name="list.csv",
    )  # fmt: skip

    assert lists.periods() == [
        ("a.example", "yes", "expired", "2026-01-01", "2026-02-01"),
        ("b.example", "yes", "accepted", "2026-01-01", None),
        ("c.example", "no", "expired", "2026-01-01", "2026-01-01"),
        ("d.example", "yes", "accepted", "2026-01-01", None),
    ]
    assert lists.states("2026-01-31")["a.example"] == "accepted"
    assert lists.states("2026-02-01")["a.example"] == "expired"


@pytest.mark.parametrize(
    ("line", "ends"), [("a.example,2026-06-30", "2026-07-01"), ("a.example,", None)]
)
def test_a_version_that_names_another_end_renews_it(
    lists: Lists, line: str, ends: str | None
) -> None:
    lists.hand_in("2026-01-01", "value,expires_on", "a.example,2026-03-31", name="list.csv")
    lists.decide("2026-01-05", Step.DISPUTED, "a.example", by="Shop KK")
    lists.hand_in("2026-02-01", "value,expires_on", line, "b.example,", name="list.csv")

    assert lists.states("2026-04-02")["a.example"] == "disputed"
    assert lists.periods()[0][3:] == ("2026-01-01", ends)


def test_an_old_version_that_is_verified_late_names_nothing_any_more(lists: Lists) -> None:
    lists.hand_in("2026-01-01", "a.example", "b.example", status="received")
    lists.hand_in("2026-02-01", "b.example")
    lists.hand_in("2026-03-01", "a.example", "b.example")

    assert lists.states() == {"a.example": "superseded", "b.example": "accepted"}


def test_an_unverified_version_ends_nothing(lists: Lists) -> None:
    lists.hand_in("2026-01-01", "a.example")
    lists.hand_in("2026-02-01", "b.example", status="received")

    assert lists.states() == {"a.example": "accepted", "b.example": "received"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("wordpress.com", "platform"),
        ("www.github.com", "platform"),
        ("city.kawasaki.jp", ""),
        ("library.go.jp", "official"),
        ("diva.sfsu.edu", "official"),
        ("animehub.ac", ""),
        ("some.wordpress.com", ""),
        ("https://github.com/user/", ""),
        ("busy.example", "popular"),
        ("www.busy.example", "popular"),
        ("not.busy.example", ""),
        ("press.example", "own-name"),
    ],
)
def test_what_is_shared_popular_or_official_waits_for_a_second_person(
    lists: Lists, line: str, reason: str
) -> None:
    from blocklists.doubts import Watched, sites_of

    watched = Watched(
        popular=frozenset({"busy.example"}),
        own=sites_of("rights@press.example", "https://www.press.example/about", "not one"),
    )
    lists.hand_in("2026-01-01", line, watched=watched)

    (one,) = lists.standings()
    assert (one.state, one.reason) == (("quarantined", reason) if reason else ("accepted", ""))


def test_a_popularity_list_is_read_as_it_is_published(tmp_path: Path) -> None:
    from blocklists.doubts import read_popular
    from provenance.errors import InputRefused

    path = tmp_path / "popular.csv"
    path.write_text("1,Google.com\n2,com\n# note\n\nplain.example\n", "utf-8")
    bad = tmp_path / "bad.csv"
    bad.write_text("1,google.com\n2,a b\n", "utf-8")
    ranked = tmp_path / "ranked.csv"
    ranked.write_text("top10,a.example\n", "utf-8")

    assert read_popular(path) == {"google.com", "com", "plain.example"}
    for wrong in (bad, ranked, tmp_path / "none", tmp_path):
        with pytest.raises(InputRefused):
            read_popular(wrong)


def digests(*lines: str) -> tuple[str, ...]:
    return ("algo,hash", *lines)


ONE, TWO, THREE = (f"sha256,{hashlib.sha256(body).hexdigest()}" for body in (b"1a", b"2b", b"3c"))


def test_digests_live_as_addresses_do(lists: Lists) -> None:
    lists.hand_in("2026-01-01", *digests(ONE, TWO), name="one.csv", format_name="hashes")
    lists.hand_in("2026-02-01", *digests(TWO, THREE), name="two.csv", format_name="hashes")
    (gone,) = lists.decide("2026-02-05", Step.DISPUTED, THREE.replace(",", ":"), by="Shop KK")
    lists.withdraw("2026-03-01", TWO.replace(",", ":"), cause=Cause.ERROR)

    states = {one.entry_id: (one.scope, one.path, one.state) for one in lists.standings()}
    assert sorted(states.values()) == [
        ("hash", "sha256", "disputed"), ("hash", "sha256", "superseded"),
        ("hash", "sha256", "withdrawn"),
    ]  # fmt: skip
    assert states[gone.entry_id][2] == "disputed"
    assert all(TWO[7:19] not in one.target for one in lists.standings())


def test_a_digest_ends_after_the_day_it_names(lists: Lists) -> None:
    lists.hand_in(
        "2026-01-01", "algo,hash,expires_on", f"{ONE},2026-01-31", f"{TWO},", format_name="hashes"
    )

    assert set(lists.states("2026-01-31").values()) == {"accepted"}
    assert sorted(lists.states("2026-02-02").values()) == ["accepted", "expired"]


def test_versions_of_a_list_of_digests_are_told_apart(lists: Lists) -> None:
    lists.hand_in("2026-01-01", *digests(ONE, TWO), name="one.csv", format_name="hashes")
    lists.hand_in("2026-02-01", *digests(TWO, THREE), name="two.csv", format_name="hashes")

    with reading(lists.store) as connection:
        found, names = difference_of_versions(connection, PRESS, 1, 2)

    assert (len(found.added), len(found.removed), len(found.kept)) == (1, 1, 1)
    assert sorted(names.values()) == sorted(f"sha256 digest {one[:12]}" for one in names)
