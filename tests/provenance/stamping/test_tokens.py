"""A time stamp holds of one file, by one authority, at one time; else its fault is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from provenance.errors import EvidenceError, InputRefused
from provenance.stamping.tokens import Query, checked, query_for, roots_of
from tests.provenance.stamping.local_authority import NOW, Authority, made

if TYPE_CHECKING:
    from pathlib import Path

MESSAGE = b"provisor/0123456789abcdef\n17\nAAAA\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return made(tmp_path_factory.mktemp("tsa") / "good", "Kestrel Time")


@pytest.fixture(scope="module")
def query() -> Query:
    return query_for(MESSAGE)


@pytest.fixture(scope="module")
def token(authority: Authority, query: Query) -> bytes:
    return authority.answer(query.octets)


def refused(token: bytes, root: Path, *, message: bytes = MESSAGE, nonce: int | None = None) -> str:
    with pytest.raises(EvidenceError) as error:
        checked(token, message, roots_of(root), place="kept.txt.tsr", nonce=nonce)
    assert error.value.place == "kept.txt.tsr"
    return error.value.fact


def test_a_good_token_says_when_and_by_whom(
    authority: Authority, query: Query, token: bytes
) -> None:
    found = checked(token, MESSAGE, roots_of(authority.root), place="f", nonce=query.nonce)

    assert found.authority == "CN=Kestrel Time"
    assert timedelta(0) <= datetime.now(UTC) - found.at < timedelta(hours=1)


def test_it_is_of_one_file(authority: Authority, token: bytes) -> None:
    assert refused(token, authority.root, message=MESSAGE + b"\n") == (
        "it is for other octets than those of the file (imprint)"
    )


def test_it_answers_one_request(authority: Authority, query: Query, token: bytes) -> None:
    assert refused(token, authority.root, nonce=query.nonce + 1) == (
        "it answers another request (nonce)"
    )


def test_an_authority_under_another_root_is_not_trusted(tmp_path: Path, token: bytes) -> None:
    stranger = made(tmp_path / "other", "Kestrel Time")

    assert refused(token, stranger.root) == (
        "its authority does not stand under the root that was named"
    )


def test_a_certificate_that_had_run_out_is_told(tmp_path: Path, query: Query) -> None:
    old = made(tmp_path / "old", "Old Time", until=NOW - timedelta(days=3))

    assert refused(old.answer(query.octets), old.root) == (
        f"its certificate was good from {NOW - timedelta(days=1003):%Y-%m-%d} to"
        f" {NOW - timedelta(days=3):%Y-%m-%d}, and not on {NOW:%Y-%m-%d} (expired)"
    )


@pytest.mark.parametrize(
    ("octets", "fact"),
    [
        (b"<!DOCTYPE html><title>Log in</title>", "a page (HTML), and no time stamp"),
        (b"\n <html>", "a page (HTML), and no time stamp"),
        (b"", "no time stamp (RFC 3161)"),
        (b"\x30\x03\x02\x01\x00", "no time stamp (RFC 3161)"),
        # PKIStatus 2 and no token: what an authority says that does not want to.
        (b"\x30\x05\x30\x03\x02\x01\x02", "the authority's answer is: refused"),
    ],
)
def test_what_is_no_token_is_told_as_what_it_is(
    authority: Authority, octets: bytes, fact: str
) -> None:
    assert refused(octets, authority.root) == fact


def test_no_altered_octet_changes_what_it_says(authority: Authority, token: bytes) -> None:
    roots = roots_of(authority.root)
    said = checked(token, MESSAGE, roots, place="f")
    facts = set()
    for at in range(0, len(token), 3):
        altered = bytearray(token)
        altered[at] ^= 1 << at % 8
        try:
            # A few octets carry no meaning; then all of it is as it was.
            assert checked(bytes(altered), MESSAGE, roots, place="f") == said
        except EvidenceError as error:
            facts.add(error.fact)

    assert "its signature does not hold" in facts
    assert "no time stamp (RFC 3161)" in facts


def test_a_token_cut_short_is_none(authority: Authority, token: bytes) -> None:
    for end in range(1, len(token), 50):
        assert refused(token[:end], authority.root) == "no time stamp (RFC 3161)"


@pytest.mark.parametrize("text", ["", "-----BEGIN CERTIFICATE-----\nAAAA\n", "17\n"])
def test_a_file_without_a_certificate_is_no_root(tmp_path: Path, text: str) -> None:
    (tmp_path / "root.pem").write_text(text, encoding="ascii")

    with pytest.raises(InputRefused, match="no certificate in it"):
        roots_of(tmp_path / "root.pem")
