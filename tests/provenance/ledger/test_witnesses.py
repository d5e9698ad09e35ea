"""Checkpoints that were kept outside a store are read from files of their own and from reports."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from provenance.errors import InputRefused
from provenance.ledger import witnesses
from provenance.ledger.checkpoint import Checkpoint
from provenance.ledger.verifying import Witness
from provenance.ledger.witnesses import witness_of, witnesses_of

if TYPE_CHECKING:
    from pathlib import Path

HEAD = Checkpoint("provisor/0123456789abcdef", 17, bytes(range(32)))
EARLIER = Checkpoint("provisor/0123456789abcdef", 9, bytes(32))
NAME_IT = "name a checkpoint or a report"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def refused(file: Path) -> tuple[str, str, str]:
    with pytest.raises(InputRefused) as caught:
        witnesses_of(file)
    return caught.value.place, caught.value.fact, caught.value.remedy


def test_a_file_of_its_own_is_a_checkpoint_to_the_octet(file: Path) -> None:
    file.write_text(str(HEAD), "utf-8")
    assert witness_of(file) == Witness(str(file), HEAD, str(HEAD))

    file.write_text(f"\n{HEAD}", "utf-8")
    with pytest.raises(InputRefused, match="not a valid checkpoint") as caught:
        witness_of(file)
    assert caught.value.place == str(file)


@pytest.mark.parametrize(
    "octets",
    [
        f"<pre>漫画 {HEAD}</pre> {EARLIER} and again {HEAD}".encode(),
        json.dumps({"checkpoint": str(HEAD), "before": str(EARLIER)}).encode(),
        b"PAR1\xff\xfe" + f"{HEAD}{EARLIER}".encode() + b"PAR1",
    ],
)
def test_a_report_bears_each_checkpoint_in_it_once_the_earliest_first(
    file: Path, octets: bytes
) -> None:
    file.write_bytes(octets)

    assert witnesses_of(file) == (Witness(str(file), EARLIER), Witness(str(file), HEAD))


@pytest.mark.parametrize(
    "text",
    [
        "", "PAR2", str(HEAD).replace("\n", " "), str(HEAD).replace("17", "017"),
        str(HEAD).replace("0123", "012"), str(HEAD).replace("abcdef", "ABCDEF"),
        str(HEAD)[:-1], str(HEAD).replace("=", ""), str(HEAD).replace("17", "1" * 19),
        str(HEAD).replace("AAEC", "A-EC"),
    ],
)  # fmt: skip
def test_a_report_that_bears_none_is_refused(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")

    assert refused(file) == (str(file), "no checkpoint in it", "name a report of an audit")


def test_what_is_no_text_and_no_report_is_refused(file: Path) -> None:
    file.write_bytes(b"\xff" + str(HEAD).encode())

    assert refused(file) == (str(file), "not UTF-8 text", NAME_IT)


def test_what_is_no_file_is_not_opened(file: Path) -> None:
    assert refused(file) == (str(file), "not a file", NAME_IT)

    os.mkfifo(file)
    assert refused(file) == (str(file), "not a file", NAME_IT)


@pytest.mark.parametrize(
    ("error", "fact"),
    [
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (OSError(), "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_cause(
    file: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, fact: str
) -> None:
    def refusing(*_: object) -> None:
        raise error

    file.touch()
    monkeypatch.setattr(type(file), "open", refusing)

    assert refused(file) == (str(file), fact, "name a file")


def test_a_file_that_is_too_large_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert witnesses._LARGEST == 67_108_864
    file.write_text(str(HEAD), "utf-8")
    monkeypatch.setattr(witnesses, "_LARGEST", len(str(HEAD)))
    assert witnesses_of(file) == (Witness(str(file), HEAD),)

    monkeypatch.setattr(witnesses, "_LARGEST", len(str(HEAD)) - 1)
    assert refused(file) == (str(file), "over 64 MiB", NAME_IT)
