"""A checkpoint is a checkpoint to the octet, or it is none."""

from __future__ import annotations

import base64

import pytest

from provenance.errors import InputRefused
from provenance.ledger.checkpoint import Checkpoint, parse_checkpoint

ROOT = bytes(range(32))
B64 = base64.b64encode(ROOT).decode()
TEXT = f"provisor/0123456789abcdef\n17\n{B64}\n"
SIGNATURE = "\u2014 provisor/0123456789abcdef AAAA\n"


def test_what_is_printed_is_read_again() -> None:
    checkpoint = Checkpoint("provisor/0123456789abcdef", 17, ROOT)

    assert str(checkpoint) == TEXT
    assert parse_checkpoint(TEXT, "f") == (checkpoint, ())


def test_signatures_stand_after_an_empty_line() -> None:
    _, signatures = parse_checkpoint(f"{TEXT}\n{SIGNATURE}", "f")

    assert signatures == (SIGNATURE.rstrip("\n"),)


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
        TEXT.replace(B64, B64[:-4]),
        TEXT.replace(B64, B64[:-1]),
        TEXT.replace(B64, B64[:-2] + "9="),
        TEXT.replace(B64, f" {B64}"),
        TEXT + "one more line\n",
        TEXT + "\n",
        f"{TEXT}\nno signature\n",
        f"{TEXT}\n{SIGNATURE}"[:-1],
        f" {TEXT}",
        f"\n{TEXT}",
        TEXT.replace("provisor/", "pro\tvisor/"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="not a valid checkpoint"):
        parse_checkpoint(text, "f")
