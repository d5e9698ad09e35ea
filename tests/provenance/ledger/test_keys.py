"""Keys are one line each, and what is not exactly one is refused with what helps."""

from __future__ import annotations

import base64
import os
import stat
from typing import TYPE_CHECKING

import pytest

from provenance.errors import InputRefused
from provenance.ledger.keys import (
    CheckingKey,
    holds,
    new_key,
    read_checking_key,
    read_signing_key,
    written,
)
from provenance.whole_files import write_new

if TYPE_CHECKING:
    from pathlib import Path

NAME = "provisor/0123456789abcdef"
# The example of golang.org/x/mod/sumdb/note: a key, and its signature of one line.
EXAMPLE = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAID = (
    b"If you think cryptography is the answer to your problem,\n"
    b"then you don't know what your problem is.\n"
)
SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)


def test_the_example_of_the_form_is_read_as_it_is_meant(tmp_path: Path) -> None:
    file = tmp_path / "key.pub"
    file.write_text(f"{EXAMPLE}\n", encoding="utf-8")

    key = read_checking_key(file)

    assert (key.name, key.id.hex(), str(key)) == ("PeterNeumann", "c74f20a3", EXAMPLE)
    octets = base64.b64decode(SIGNATURE)
    assert octets[:4] == key.id
    assert holds(key, octets[4:], SAID)
    assert not holds(key, octets[4:], SAID + b"\n")


def test_a_key_that_is_written_is_read_again_and_is_its_owners_alone(tmp_path: Path) -> None:
    key = new_key(NAME)
    os.umask(os.umask(0))  # whatever it is, nobody else may read the file
    write_new(tmp_path / "s.key", written(key).encode(), mode=0o600)
    (tmp_path / "s.pub").write_text(str(key.checking), encoding="utf-8")

    assert read_signing_key(tmp_path / "s.key") == key
    assert read_checking_key(tmp_path / "s.pub") == key.checking
    assert stat.S_IMODE((tmp_path / "s.key").stat().st_mode) == 0o600
    assert holds(key.checking, key.sign(b"text"), b"text")


def test_a_key_is_not_shown_where_something_is_printed() -> None:
    key = new_key(NAME)

    assert repr(key) == f"SigningKey({key.checking.known_as})"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o622])
def test_a_key_that_others_can_reach_is_not_used(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "s.key"
    file.write_text(written(new_key(NAME)), encoding="utf-8")
    file.chmod(mode)

    with pytest.raises(InputRefused, match="others than its owner may read this key; chmod 600"):
        read_signing_key(file)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PRIVATE+KEY+",
        EXAMPLE,
        f"PRIVATE+KEY+{EXAMPLE}\n\n",
        f"PRIVATE+KEY+{EXAMPLE[:-1]}\n",
        f"PRIVATE+KEY+Peter Neumann{EXAMPLE[12:]}\n",
        f"PRIVATE+KEY+{EXAMPLE.replace('+AR', '+Ah')}\n",  # another kind of key
        "-----BEGIN PRIVATE KEY-----\n",
    ],
)
def test_what_is_no_key_that_signs_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "s.key"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)

    with pytest.raises(InputRefused, match="no key that signs"):
        read_signing_key(file)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (EXAMPLE.replace("c74f", "c74e"), "the key is not the one that its line names"),
        (EXAMPLE.replace("Peter", "Pieter"), "the key is not the one that its line names"),
        (EXAMPLE.replace("+AR", "+Ah"), "no key that checks"),
        (EXAMPLE + "\n\n", "no key that checks"),
        (f"PRIVATE+KEY+{EXAMPLE}", "a key that signs, and not the one that checks"),
        ("", "no key that checks"),
    ],
)
def test_what_is_no_key_that_checks_is_refused(tmp_path: Path, text: str, fact: str) -> None:
    (tmp_path / "s.pub").write_text(text, encoding="utf-8")

    with pytest.raises(InputRefused, match=fact):
        read_checking_key(tmp_path / "s.pub")


def test_a_folder_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="not a file"):
        read_checking_key(tmp_path)


def test_a_signature_of_no_length_holds_of_nothing() -> None:
    assert not holds(CheckingKey(NAME, bytes(32)), b"", b"text")
