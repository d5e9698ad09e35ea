"""Who signed a checkpoint: the key that was named, another, or somebody who only says so."""

from __future__ import annotations

import base64

import pytest

from provenance.errors import InputRefused, UsageRefused
from provenance.ledger.checkpoint import Checkpoint, parse_checkpoint
from provenance.ledger.keys import SigningKey, new_key
from provenance.ledger.notes import signed, signers
from provenance.ledger.verifying import Witness

STORE = "provisor/0123456789abcdef"
HEAD = Checkpoint(STORE, 17, bytes(range(32)))
KEY, OTHER = new_key(STORE), new_key(STORE)


def witness(note: str) -> Witness:
    return Witness("kept.txt", parse_checkpoint(note, "kept.txt")[0], note)


def line(key: SigningKey, text: str) -> str:
    said = base64.b64encode(key.checking.id + key.sign(text.encode())).decode()
    return f"\u2014 {key.checking.name} {said}\n"


def facts(note: str, *keys: SigningKey) -> list[str]:
    who, findings = signers(witness(note), [key.checking for key in keys])
    assert bool(who) is not bool(findings)
    assert {one.place for one in findings} <= {"kept.txt"}
    return [one.fact for one in findings]


def test_a_signed_checkpoint_is_a_note_of_its_three_lines() -> None:
    note = signed(HEAD, KEY)

    assert note == f"{HEAD}\n{line(KEY, str(HEAD))}"
    assert signers(witness(note), [KEY.checking]) == ((KEY.checking,), ())


def test_signatures_of_others_are_passed_over() -> None:
    note = signed(HEAD, OTHER) + line(KEY, str(HEAD))

    assert facts(note, KEY) == []


def test_one_key_of_several_is_enough() -> None:
    assert facts(signed(HEAD, KEY), OTHER, KEY) == []


def test_a_checkpoint_without_a_signature_is_told() -> None:
    assert facts(str(HEAD), KEY) == [f"it bears no signature of key {KEY.checking.known_as}"]


def test_a_key_that_nobody_named_says_nothing() -> None:
    assert facts(signed(HEAD, OTHER), KEY) == [
        f"it bears no signature of key {KEY.checking.known_as}"
    ]


@pytest.mark.parametrize(
    "text", [str(Checkpoint(STORE, 18, HEAD.root)), str(Checkpoint(STORE, 17, bytes(32)))]
)
def test_a_signature_of_another_checkpoint_does_not_match(text: str) -> None:
    assert facts(f"{text}\n{line(KEY, str(HEAD))}", KEY) == [
        f"the signature does not match key {KEY.checking.known_as}"
    ]


def test_a_false_signature_of_a_known_key_spoils_a_true_one() -> None:
    note = signed(HEAD, KEY) + line(KEY, "another text\n")

    assert facts(note, KEY) == [f"the signature does not match key {KEY.checking.known_as}"]


def test_a_key_signs_for_its_own_store_alone() -> None:
    with pytest.raises(UsageRefused) as caught:
        signed(HEAD, new_key("provisor/ffff"))

    assert str(caught.value) == (
        f"store checkpoint: it is the key of provisor/ffff, and this store is {STORE};"
        " name the key of this store"
    )


def test_a_key_of_another_store_does_not_stand_by_this_one() -> None:
    foreign = new_key("provisor/fedcba9876543210")
    note = f"{HEAD}\n{line(foreign, str(HEAD))}"

    assert facts(note, KEY, foreign) == [
        f"it bears no signature of key {KEY.checking.known_as} or {foreign.checking.known_as}"
    ]


@pytest.mark.parametrize("last", ["", "!!!!", "AAAA", "AAAAAA==", "AAAAA", " AAAAAAAA"])
def test_a_line_that_is_no_signature_makes_it_no_checkpoint(last: str) -> None:
    with pytest.raises(InputRefused) as caught:
        facts(f"{HEAD}\n\u2014 {STORE} {last}\n", KEY)

    assert str(caught.value) == (
        "kept.txt: not a valid checkpoint: a line is no signature;"
        " name the file as it was handed out"
    )


def test_a_note_that_is_no_checkpoint_is_refused_by_its_place() -> None:
    with pytest.raises(InputRefused) as caught:
        signers(Witness("kept.txt", HEAD, "no checkpoint"), [KEY.checking])

    assert caught.value.place == "kept.txt"
