"""What is taken in: once, by whom it may, and with what came of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from blocklists.deciding import Decision, decide
from blocklists.doubts import Watched
from blocklists.life import Cause, Step
from blocklists.sealing import Terms, seal
from blocklists.submit import submit
from portal.accounts import Account, Kind, add_account
from portal.allowed import NotAllowed, case_code
from portal.deciding import decide_entries, decide_message
from portal.desk import ask_about_site, dispute, withdraw
from portal.messages import MessageKind, keep
from portal.reaching import reach_of
from portal.shelf import answer_of, case, list_of, lists_of, receipt, review
from provenance.errors import InputRefused
from provenance.store import writing

if TYPE_CHECKING:
    from pathlib import Path

    from tests.portal.conftest import World


def states(world: World) -> dict[str, str]:
    found = list_of(world.folder, world.account("press"), "press/comics")
    return {one["target"]: one["state"] for one in found["entries"]}


def accepted(world: World) -> None:
    message = world.hand_in()
    world.ingest()
    decide_message(
        world.folder, world.account("ito"), message.id, outcome="accepted", note="looked at",
        now=world.tick(),
    )  # fmt: skip
    world.ingest()


def test_a_list_waits_for_review_and_then_counts_from_its_receipt(world: World) -> None:
    message = world.hand_in()
    first = receipt(world.folder, world.account("press"), message.id).state
    world.ingest()
    taken = receipt(world.folder, world.account("press"), message.id)
    (waiting,) = review(world.folder, world.account("ito"))["lists"]
    decide_message(
        world.folder, world.account("ito"), message.id, outcome="accepted", note="looked at",
        now=world.tick(),
    )  # fmt: skip
    world.ingest()
    decided = receipt(world.folder, world.account("press"), message.id)

    assert (first, taken.state, decided.state) == ("waiting", "received", "accepted")
    assert waiting["id"] == message.id
    assert waiting["lines"] == ["value", "manga.example", "https://blog.example/a/"]
    assert states(world) == {"https://blog.example/a/": "accepted", "manga.example": "accepted"}
    assert review(world.folder, world.account("ito"))["lists"] == []
    assert world.rows("SELECT DISTINCT received_at FROM submission") == [
        (message.received_at.replace(tzinfo=None),)
    ]


def test_a_receipt_names_the_leaf_of_the_message_in_the_ledger(world: World) -> None:
    message = world.hand_in()
    world.ingest()

    came = receipt(world.folder, world.account("press"), message.id).outcome

    assert came is not None
    ((leaf,),) = world.rows("SELECT seq FROM ledger WHERE kind = 'handed_in'")
    ((size, root),) = world.rows("SELECT size, lower(hex(root)) FROM checkpoint")
    assert (came["leaf"], came["ledger"]["size"], came["ledger"]["root"]) == (leaf, size, root)


def test_each_message_is_taken_in_once_however_often_it_is_tried(world: World) -> None:
    message = world.hand_in()

    assert (world.ingest(), world.ingest()) == ({"taken": 1}, {})
    before = (world.folder.outcomes / f"{message.id}.json").read_bytes()
    # As after a kill between the transaction and what is published of it.
    (world.folder.outcomes / f"{message.id}.json").unlink()
    world.ingest()

    assert (world.folder.outcomes / f"{message.id}.json").read_bytes() == before
    assert world.rows("SELECT count(*) FROM handed_in") == [(1,)]
    assert world.rows("SELECT count(*) FROM submission") == [(1,)]


def test_a_list_that_is_rejected_never_counts_and_its_holder_reads_why(world: World) -> None:
    message = world.hand_in()
    world.ingest()
    decide_message(
        world.folder, world.account("ito"), message.id, outcome="rejected",
        note="these are your own sites", now=world.tick(),
    )  # fmt: skip
    world.ingest()

    found = receipt(world.folder, world.account("press"), message.id)

    assert found.state == "rejected"
    assert found.decision is not None
    assert found.decision["note"] == "these are your own sites"
    assert set(states(world).values()) == {"rejected"}


def test_a_holder_withdraws_and_the_list_of_another_stays(world: World) -> None:
    accepted(world)
    other = world.hand_in("manga.example\n", by="studio", slug="films")
    world.ingest()
    message = withdraw(
        world.folder, world.account("press"), "press/comics", ["manga.example"], cause="settled",
        note="licensed", now=world.tick(),
    )  # fmt: skip
    world.ingest()

    assert receipt(world.folder, world.account("press"), message.id).state == "withdrawn"
    assert states(world)["manga.example"] == "withdrawn"
    assert receipt(world.folder, world.account("studio"), other.id).state == "received"


@pytest.mark.parametrize("name", ["Shop", "Ito"])  # the second is what the operator is called
def test_a_dispute_touches_nothing_until_it_is_admitted(world: World, name: str) -> None:
    accepted(world)
    message = dispute(
        world.folder, site="manga.example", reason="authorised", name=name, note="we hold a licence",
        contact="shop@shop.example", now=world.tick(),
    )  # fmt: skip
    world.ingest()
    before = states(world)["manga.example"]
    (waits,) = review(world.folder, world.account("ito"))["disputes"]
    decide_message(
        world.folder, world.account("ito"), message.id, outcome="admitted", note="plausible",
        now=world.tick(),
    )  # fmt: skip
    world.ingest()
    marked = states(world)["manga.example"]
    (entry,) = review(world.folder, world.account("ito"))["entries"]
    decide_entries(
        world.folder, world.account("ito"), "press/comics", [entry["entry_id"]],
        outcome="withdrawn", cause="error", note="licence seen", now=world.tick(),
    )  # fmt: skip
    world.ingest()

    code = case_code(world.folder, message.id)
    assert (before, marked, states(world)["manga.example"]) == ("accepted", "disputed", "withdrawn")
    assert waits["contact"] == "shop@shop.example"
    assert case(world.folder, message.id, code).state == "admitted"
    with pytest.raises(NotAllowed):
        case(world.folder, message.id, "0" * 24)


def test_what_was_rejected_and_comes_again_waits_again(world: World) -> None:
    def decided(message: Any, outcome: str) -> None:
        world.ingest()
        decide_message(
            world.folder, world.account("ito"), message.id, outcome=outcome, note="x",
            now=world.tick(),
        )  # fmt: skip
        world.ingest()

    decided(world.hand_in(), "rejected")
    second, third = world.hand_in(), world.hand_in()
    world.ingest()
    waits = [one["id"] for one in review(world.folder, world.account("ito"))["lists"]]
    decided(third, "accepted")

    assert waits == [third.id]
    queue = review(world.folder, world.account("ito"))
    assert queue["lists"] == []
    # Each entry was rejected before: that is for a second person to settle.
    assert {one["reason"] for one in queue["entries"]} == {"rejected-before"}
    assert receipt(world.folder, world.account("press"), second.id).state == "accepted"


def test_contact_data_stays_out_of_the_store(world: World) -> None:
    dispute(
        world.folder, site="manga.example", reason="owner", name="Shop", note="mine",
        contact="shop@shop.example", now=world.tick(),
    )  # fmt: skip
    world.ingest()

    assert b"shop@shop.example" not in world.store.read_bytes()


def test_what_the_web_process_should_not_have_let_through_is_refused_here(world: World) -> None:
    accepted(world)
    before = states(world)
    # Taken out of accounts.json by hand, as no command does.
    left = keep(world.folder, MessageKind.LIST, {}, account="gone", now=world.tick())
    world.ingest()
    of_press = {"list_id": "press/comics", "entries": ["manga.example"], "note": "x"}
    cases: list[tuple[MessageKind, str, dict[str, Any], str]] = [
        (MessageKind.WITHDRAWAL, "studio", of_press | {"cause": "error"},
         "press/comics is no list of studio"),
        (MessageKind.WITHDRAWAL, "press", of_press | {"entries": [], "cause": "error"},
         "no entry is named"),
        (MessageKind.DECISION, "studio", of_press | {"outcome": "upheld", "cause": ""},
         "it came from no account of the kind operator"),
        (MessageKind.DECISION, "ito", {"about": "0" * 32, "outcome": "accepted", "note": "x"},
         "what it decides on is not there"),
        (MessageKind.DECISION, "ito", {"about": left.id, "outcome": "accepted", "note": "x"},
         "it came from no account of the kind holder"),
        (MessageKind.LIST, "nobody", {}, "there is no account nobody"),
        (MessageKind.LIST, "studio", {"list_id": "press/comics", "text": "a.example\n",
         "format": "plain", "file_name": ""}, "press/comics is no list of studio"),
    ]  # fmt: skip
    messages = [
        keep(world.folder, kind, said, account=account, now=world.tick())
        for kind, account, said, _ in cases
    ]

    assert world.ingest() == {"refused": 7}

    for message, (*_, fact) in zip(messages, cases, strict=True):
        came = json.loads((world.folder.outcomes / f"{message.id}.json").read_bytes())
        assert fact in came["detail"]["said"]
    assert states(world) == before


def test_a_list_of_an_operators_own_import_is_shown_to_nobody_of_another_name(world: World) -> None:
    world.hand_in("manga.example\n", by="studio", slug="films")
    world.ingest()
    # The same list id under the name of somebody else, as a command can receive it.
    from blocklists.submit import submit

    path = world.store.parent / "list.txt"
    path.write_text("secret.example\n")
    submit(world.store, path, list_id="press/other", submitter="Somebody else")
    world.ingest()

    assert lists_of(world.folder, world.account("press")) == []
    with pytest.raises(NotAllowed):
        list_of(world.folder, world.account("press"), "press/other")


def test_a_question_is_answered_and_leaves_nothing_in_the_store(world: World) -> None:
    asked = ask_about_site(world.folder, "news.example", now=world.tick())
    other = ask_about_site(world.folder, "gone.example", now=world.tick())

    def answerer(site: str) -> dict[str, Any]:
        if site == "gone.example":
            raise InputRefused("/srv/store.duckdb", "no robots.txt was captured")
        return {"lines": {"en": [site], "ja": [site]}, "told": {}}

    world.ingest(answerers={"inspection": answerer})

    found = answer_of(world.folder, asked.id, None).outcome
    refused = answer_of(world.folder, other.id, None).outcome
    assert found is not None
    assert refused is not None
    assert found["lines"]["ja"] == ["news.example"]
    assert refused["refused"] == "no robots.txt was captured"
    assert not world.store.exists()


def test_a_reviewer_is_shown_what_a_list_would_name(world: World, tmp_path: Path) -> None:
    manifest = tmp_path / "rows.csv"
    manifest.write_text(
        "url\nhttps://manga.example/1\nhttps://manga.example/2\nhttps://c.example/\n"
    )
    world.hand_in()

    world.ingest(manifests=(manifest,))

    (waiting,) = review(world.folder, world.account("ito"))["lists"]
    (reach,) = waiting["reach"]
    assert (reach["manifest"], reach["named"], reach["rows"]) == ("rows.csv", 2, 3)
    assert [(one["target"], one["rows"], one["wide"]) for one in reach["widest"]] == [
        ("manga.example", 2, True)
    ]


def test_a_list_that_cannot_be_read_again_is_not_shown_as_naming_nothing(
    world: World, tmp_path: Path
) -> None:
    said = {"text": "\0", "format": "plain", "list_id": "press/comics"}
    message = keep(world.folder, MessageKind.LIST, said, account="press", now=world.tick())

    reach_of(world.folder, message, [tmp_path / "rows.csv"])

    told = json.loads((world.folder.lists / f"reach-{message.id}.json").read_bytes())
    assert told == {"manifests": [
        {"manifest": "rows.csv",
         "refused": "F_BINARY: this is a binary file, not a text file",
         "refused_ja": "F_BINARY: this is a binary file, not a text file"},
    ]}  # fmt: skip


def test_a_reviewer_is_told_of_earlier_errors_however_the_name_was_written(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "old.txt").write_text("a.example\n")
    submit(world.store, tmp_path / "old.txt", list_id="press/archive", submitter="PRESS  kk")
    with writing(world.store) as connection:
        struck = Decision(Step.WITHDRAWN, "Press KK", Cause.ERROR)
        decide(connection, "press/archive", ["a.example"], struck, now=datetime.now(UTC))
    world.hand_in("value\nz.example\n")

    world.ingest()

    (waiting,) = review(world.folder, world.account("ito"))["lists"]
    assert waiting["error_share"] == 0.5


def test_a_popular_name_waits_for_a_person_even_where_its_holder_is_verified(world: World) -> None:
    add_account(world.folder, Account(
        "known", "Known KK", Kind.HOLDER, "right_holder", "right_holder_notice", verified=True,
    ))  # fmt: skip
    world.hand_in("value\nmanga.example\nvisited.example\n", by="known")

    world.ingest(watched=Watched(popular=frozenset({"visited.example"})))

    found = list_of(world.folder, world.account("known"), "known/comics")
    assert {one["target"]: (one["state"], one["reason"]) for one in found["entries"]} == {
        "manga.example": ("accepted", ""),
        "visited.example": ("quarantined", "popular"),
    }


def test_digests_that_have_to_be_sealed_are_not_even_kept(world: World) -> None:
    digests = f"algo,hash\nsha256,{'5d' * 31}ab\n"
    add_account(
        world.folder, Account("line", "Hotline", Kind.HOLDER, "hotline", "hotline", verified=True)
    )

    with pytest.raises(InputRefused, match="F_SEALED"):
        world.hand_in(digests, by="line")

    assert list(world.folder.inbox.glob("*/*.json")) == []
    assert world.hand_in(digests, by="press").account == "press"


def test_half_a_character_stops_nobody_elses_message(world: World) -> None:
    dispute(
        world.folder, site="a\ud800.example", reason="owner", name="A", contact="c", note="n",
        now=world.tick(),
    )  # fmt: skip
    message = world.hand_in()

    world.ingest()

    assert receipt(world.folder, world.account("press"), message.id).state == "received"


def test_a_reviewer_is_shown_no_address_that_is_sealed(world: World, tmp_path: Path) -> None:
    manifest, listed = tmp_path / "rows.csv", tmp_path / "sealed.txt"
    manifest.write_text("url\nhttps://manga.example/kept\nhttps://manga.example/ok\n")
    listed.write_text("https://manga.example/kept\n")
    seal(world.store, listed, Terms("hotline/pages", "csam", "Hotline", "hotline", "agreement"))
    world.hand_in()

    world.ingest(manifests=(manifest,))

    (waiting,) = review(world.folder, world.account("ito"))["lists"]
    assert [one["samples"] for one in waiting["reach"][0]["widest"]] == [
        ["https://manga.example/ok"]
    ]


def test_answers_are_forgotten_after_a_day_and_receipts_are_not(world: World) -> None:
    from portal.intake import Intake, ingest

    world.hand_in()
    ask_about_site(world.folder, "news.example", now=world.tick())
    world.ingest()
    ingest(world.folder, Intake(world.store), now=datetime.now(UTC) + timedelta(days=2))

    assert len(list(world.folder.inbox.glob("*/*.json"))) == 1
    assert len(list(world.folder.outcomes.iterdir())) == 1
