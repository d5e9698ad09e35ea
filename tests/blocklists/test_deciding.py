"""Who may decide what on whose entries, and what it is from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blocklists.doubts import Watched
from blocklists.events import history
from blocklists.life import Cause, Step
from blocklists.standing import standings
from provenance.errors import UsageRefused
from provenance.listing import listed_hosts
from provenance.merging import merge
from provenance.store import reading
from tests.blocklists.lists import PRESS, STUDIO, Lists, at

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    """Two holders who both name one site."""
    lists = Lists(tmp_path)
    lists.hand_in("2026-01-10", "both.example", "press.example")
    lists.hand_in("2026-01-20", "both.example", "studio.example", list_id=STUDIO)
    return lists


def named(lists: Lists, host: str, day: str) -> list[str]:
    """Return which lists keep a crawl from *host* on a day."""
    with reading(lists.store) as connection:
        found = listed_hosts(connection, [host], now=at(day))
    return sorted(one.list_id for one in found.get(host, ()))


def refusal(lists: Lists, day: str, step: Step, *entries: str, **how: object) -> str:
    with pytest.raises(UsageRefused) as caught:
        lists.decide(day, step, *entries, **how)  # type: ignore[arg-type]
    return caught.value.fact


def test_one_holder_cannot_touch_the_entries_of_another(lists: Lists) -> None:
    before = lists.standings()

    for cause in Cause:
        fact = refusal(
            lists, "2026-02-01", Step.WITHDRAWN, "both.example", by="Studio Ltd", cause=cause
        )
        assert fact == "both.example is accepted and cannot be withdrawn"
    assert (
        refusal(
            lists, "2026-02-01", Step.WITHDRAWN, "studio.example", by="Press KK", cause=Cause.ERROR
        )
        == "no entry is called studio.example"
    )
    with pytest.raises(UsageRefused, match="it is the list of Press KK, not of Studio Ltd"):
        lists.hand_in("2026-02-01", "other.example", submitter="Studio Ltd")

    assert lists.standings() == before


def test_a_withdrawal_by_one_leaves_the_entry_of_the_other(lists: Lists) -> None:
    lists.withdraw("2026-02-01", "both.example")

    assert lists.states() == {"both.example": "withdrawn", "press.example": "accepted"}
    assert lists.states(list_id=STUDIO) == {
        "both.example": "accepted",
        "studio.example": "accepted",
    }
    assert named(lists, "www.both.example", "2026-01-31") == [PRESS, STUDIO]
    assert named(lists, "www.both.example", "2026-02-01") == [STUDIO]
    lists.withdraw("2026-02-02", "both.example", list_id=STUDIO)
    assert named(lists, "www.both.example", "2026-02-03") == []


@pytest.mark.parametrize(
    ("cause", "period"),
    [
        (Cause.ERROR, ("no", "withdrawn as an error", "2026-01-10", "2026-02-01")),
        (Cause.CURED, ("yes", "withdrawn", "2026-01-10", "2026-02-01")),
        (Cause.SETTLED, ("yes", "withdrawn", "2026-01-10", "2026-02-01")),
    ],
)
def test_an_error_strikes_what_other_causes_end(
    lists: Lists, cause: Cause, period: tuple[str, ...]
) -> None:
    lists.withdraw("2026-02-01", "press.example", cause=cause)

    assert lists.periods()[1] == ("press.example", *period)


def test_a_dispute_is_settled_by_somebody_who_is_no_party(lists: Lists) -> None:
    lists.decide("2026-02-01", Step.DISPUTED, "press.example", by="Shop KK")

    assert named(lists, "press.example", "2026-02-02") == [PRESS]
    for party in ("Press KK", "PRESS  kk", "Shop KK", "Ｓｈｏｐ KK"):
        assert refusal(lists, "2026-02-03", Step.UPHELD, "press.example", by=party).endswith(
            "and cannot decide on it"
        )
    lists.decide("2026-02-03", Step.UPHELD, "press.example", by="B. Ito")
    assert lists.states()["press.example"] == "upheld"
    lists.decide("2026-02-04", Step.DISPUTED, "press.example", by="Shop KK")
    lists.decide("2026-02-05", Step.WITHDRAWN, "press.example", by="B. Ito", cause=Cause.ERROR)
    assert lists.states()["press.example"] == "withdrawn"
    assert named(lists, "press.example", "2026-02-06") == []


@pytest.mark.parametrize(
    ("step", "entries", "how", "fact"),
    [
        (Step.DISPUTED, ["press.example"], {"by": "Shop", "note": " "}, "a dispute without a word"),
        (Step.DISPUTED, ["press.example"], {"by": " "}, "nobody is named"),
        (Step.UPHELD, ["press.example"], {"by": "Ito"}, "press.example is accepted and cannot be upheld"),
        (Step.ACCEPTED, ["press.example"], {"by": "Ito"}, "press.example is accepted and cannot be accepted"),
        (Step.UPHELD, [], {"by": "Ito"}, "it has no entry that can be upheld"),
        (Step.WITHDRAWN, ["press.example"], {"by": "Press KK"}, "a withdrawal has a cause, nothing else has"),
        (Step.SUPERSEDED, ["press.example"], {"by": "Press KK"}, "nobody decides this"),
        (Step.DISPUTED, ["www.nothing.example"], {"by": "Shop"}, "no entry is called www.nothing.example"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_refused_and_nothing_recorded(
    lists: Lists, step: Step, entries: list[str], how: dict[str, object], fact: str
) -> None:
    before = lists.standings()

    assert refusal(lists, "2026-02-01", step, *entries, **how) == fact
    assert lists.standings() == before


def test_nobody_decides_on_their_own_entry_among_those_of_others(tmp_path: Path) -> None:
    stores = []
    for name, host in (("Studio Ltd", "a.example"), ("Press KK", "b.example")):
        (tmp_path / name).mkdir()
        of_one = Lists(tmp_path / name)
        of_one.hand_in("2026-01-01", host, submitter=name)
        stores.append(of_one.store)
    merged = Lists(tmp_path)
    merge(merged.store, stores)
    merged.decide("2026-02-01", Step.DISPUTED, "a.example", "b.example", by="Shop KK")

    for party in ("Press KK", "Studio Ltd"):
        with pytest.raises(UsageRefused, match="handed it in and cannot decide on it"):
            merged.decide("2026-02-02", Step.UPHELD, "a.example", "b.example", by=party)
    with pytest.raises(UsageRefused, match="disputed it and cannot decide on it"):
        merged.decide("2026-02-02", Step.WITHDRAWN, "a.example", by="Shop KK", cause=Cause.ERROR)
    merged.decide("2026-02-02", Step.WITHDRAWN, "b.example", by="Press KK", cause=Cause.ERROR)
    merged.decide("2026-02-03", Step.UPHELD, "a.example", by="Press KK")

    assert merged.states() == {"a.example": "upheld", "b.example": "withdrawn"}


def test_one_entry_that_may_not_be_decided_keeps_all_as_they_are(lists: Lists) -> None:
    lists.withdraw("2026-02-01", "press.example")

    fact = refusal(
        lists, "2026-02-02", Step.WITHDRAWN, "both.example", "press.example",
        by="Press KK", cause=Cause.SETTLED,
    )  # fmt: skip

    assert fact == "press.example is withdrawn and cannot be withdrawn"
    assert lists.states()["both.example"] == "accepted"


def test_what_is_held_back_counts_from_its_receipt_once_another_accepts_it(tmp_path: Path) -> None:
    lists = Lists(tmp_path)
    receipt = lists.hand_in(
        "2026-01-10", "busy.example", "small.example",
        watched=Watched(popular=frozenset({"busy.example"})),
    )  # fmt: skip

    assert receipt.quarantined == 1
    assert lists.states() == {"busy.example": "quarantined", "small.example": "accepted"}
    assert named(lists, "busy.example", "2026-01-11") == []
    fact = refusal(lists, "2026-01-12", Step.ACCEPTED, "busy.example", by="Press KK")
    assert fact == "Press KK handed it in and cannot decide on it"
    lists.decide("2026-01-15", Step.ACCEPTED, "busy.example", by="B. Ito")

    assert lists.states("2026-01-14")["busy.example"] == "quarantined"
    assert lists.states("2026-01-16")["busy.example"] == "accepted"
    assert lists.periods()[0] == ("busy.example", "yes", "accepted", "2026-01-10", None)


def test_what_is_held_back_is_not_accepted_with_all_others(tmp_path: Path) -> None:
    lists = Lists(tmp_path)
    lists.hand_in("2026-01-10", "wikipedia.org", "small.example", "go.jp.example")
    lists.hand_in("2026-01-11", "one.example", "two.example", list_id=STUDIO, status="received")

    fact = refusal(lists, "2026-01-12", Step.ACCEPTED, by="B. Ito")
    assert fact == "entries that are held back have to be named: 1"
    fact = refusal(lists, "2026-01-12", Step.ACCEPTED, by="Press KK")
    assert fact == "Press KK handed it in and cannot decide on it"
    lists.decide("2026-01-12", Step.ACCEPTED, list_id=STUDIO, by="B. Ito")

    assert lists.states()["wikipedia.org"] == "quarantined"
    assert set(lists.states(list_id=STUDIO).values()) == {"accepted"}
    lists.decide("2026-01-13", Step.REJECTED, by="B. Ito")
    assert lists.states()["wikipedia.org"] == "rejected"


def test_what_nobody_looked_at_is_held_back_when_all_of_a_list_is_accepted(tmp_path: Path) -> None:
    lists = Lists(tmp_path)
    names = ("busy.example", "small.example", "lib.ac.jp", "https://github.com/a/", "wikipedia.org")
    lists.hand_in("2026-01-10", *names, status="received")

    events = lists.decide(
        "2026-01-12", Step.ACCEPTED, by="B. Ito",
        watched=Watched(popular=frozenset({"busy.example"})),
    )  # fmt: skip

    assert sorted((event.what, event.reason, event.actor) for event in events) == [
        ("accepted", "", "B. Ito"), ("accepted", "", "B. Ito"),
        ("quarantined", "official", "provisor"), ("quarantined", "platform", "provisor"),
        ("quarantined", "popular", "provisor"),
    ]  # fmt: skip
    assert named(lists, "wikipedia.org", "2026-01-13") == []
    lists.decide("2026-01-14", Step.ACCEPTED, "wikipedia.org", "lib.ac.jp", by="B. Ito")
    assert named(lists, "wikipedia.org", "2026-01-15") == [PRESS]
    assert {target: state for target, state in lists.states().items() if state != "accepted"} == {
        "busy.example": "quarantined"
    }
    assert ("wikipedia.org", "yes", "accepted", "2026-01-10", None) in lists.periods()


def test_a_rejected_entry_counts_never(tmp_path: Path) -> None:
    lists = Lists(tmp_path)
    lists.hand_in("2026-01-10", "wikipedia.org", "small.example")

    lists.decide("2026-01-15", Step.REJECTED, "wikipedia.org", by="B. Ito")

    assert lists.periods()[1] == ("wikipedia.org", "no", "rejected", "2026-01-10", None)
    again = lists.hand_in("2026-01-20", "wikipedia.org", "small.example", "more.example")
    assert again.quarantined == 1
    assert lists.standings(list_id=PRESS)[2].reason == "rejected-before"


def test_a_clock_that_was_set_back_does_not_put_a_step_before_the_last(lists: Lists) -> None:
    lists.decide("2026-02-01", Step.DISPUTED, "press.example", by="Shop KK")
    (event,) = lists.decide("2026-01-25", Step.UPHELD, "press.example", by="B. Ito")

    assert event.recorded_at.isoformat() == "2026-02-01T00:00:00.000001+00:00"
    assert lists.states()["press.example"] == "upheld"


def test_the_history_tells_who_decided_what_when_and_why(lists: Lists) -> None:
    lists.decide("2026-02-01", Step.DISPUTED, "press.example", by="Shop KK", note="ours")
    lists.withdraw("2026-02-03", "press.example", cause=Cause.ERROR)

    with reading(lists.store) as connection:
        entry_id = standings(connection, PRESS)[1].entry_id
        steps = history(connection, PRESS, entry_id)

    assert [
        (f"{one.recorded_at:%m-%d}", str(one.what), one.reason, one.actor, one.note)
        for one in steps
    ] == [
        ("01-10", "received", "", "Press KK", ""),
        ("01-10", "accepted", "", "Press KK", ""),
        ("02-01", "disputed", "", "Shop KK", "ours"),
        ("02-03", "withdrawn", "error", "Press KK", "said so"),
    ]
