"""A checkpoint is a checkpoint to the octet, or it is none."""

from __future__ import annotations

import base64

import pytest

from provenance.errors import InputRefused
from provenance.ledger.checkpoint import Checkpoint, parse_checkpoint

ROOT = bytes(range(32))
B64 = base64.b64encode(ROOT).decode()
TEXT = f"provisor/0123456789abcdef\n17\n{B64}\n"
LONGEST = "x" * (99_999 - len(TEXT[25:]))
SIGNATURE = "\u2014 provisor/0123456789abcdef AAAA\n"


def test_what_is_printed_is_read_again() -> None:
    checkpoint = Checkpoint("provisor/0123456789abcdef", 17, ROOT)

    assert str(checkpoint) == TEXT
    assert parse_checkpoint(TEXT, "f") == (checkpoint, ())


def test_signatures_stand_after_an_empty_line() -> None:
    _, signatures = parse_checkpoint(f"{TEXT}\n{SIGNATURE}", "f")

    assert signatures == (SIGNATURE.rstrip("\n"),)
    _, signatures = parse_checkpoint(f"{TEXT}\n{SIGNATURE}{SIGNATURE}", "f")
    assert signatures == (SIGNATURE.rstrip("\n"),) * 2


def refused(text: str) -> str:
    with pytest.raises(InputRefused) as caught:
        parse_checkpoint(text, "kept.txt")

    remedy = "name the file of `provisor store checkpoint`, or a report"
    assert (caught.value.place, caught.value.remedy) == ("kept.txt", remedy)
    return caught.value.fact


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT[:-1],
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("17", "017"),
        TEXT.replace("17", "-17"),
        TEXT.replace("17", "+17"),
        TEXT.replace("17", "1e3"),
        TEXT.replace("17", "１７"),
        TEXT.replace("17", "9" * 19),
        TEXT.replace(B64, f" {B64}"),
        TEXT + "one more line\n",
        f" {TEXT}",
        f"\n{TEXT}",
        TEXT.replace("provisor/", "pro\tvisor/"),
        f"{LONGEST}x{TEXT[25:]}",
    ],
)
def test_what_is_not_of_three_lines_is_none(text: str) -> None:
    assert refused(text) == "not a valid checkpoint"


def test_a_checkpoint_may_be_long_but_not_endless() -> None:
    long = f"{LONGEST}{TEXT[25:]}"

    assert len(long) == 99_999
    assert parse_checkpoint(long, "f")[0].size == 17


@pytest.mark.parametrize("root", [B64[:-4], B64[:-1], B64[:-2] + "9=", "AAAA", f"={B64[1:]}"])
def test_a_root_is_that_of_sha_256(root: str) -> None:
    fact = "not a valid checkpoint: its root is no SHA-256"

    assert refused(TEXT.replace(B64, root)) == fact


@pytest.mark.parametrize(
    ("more", "fact"),
    [
        ("\n", "no signature follows"),
        (f"\n{SIGNATURE[:-1]}", "no signature follows"),
        (f"\n{SIGNATURE}{SIGNATURE[:-1]}", "no signature follows"),
        ("\nno signature\n", "a line is no signature"),
        (f"\n{SIGNATURE}no signature\n", "a line is no signature"),
    ],
)
def test_what_follows_an_empty_line_are_signatures(more: str, fact: str) -> None:
    assert refused(f"{TEXT}{more}") == f"not a valid checkpoint: {fact}"
