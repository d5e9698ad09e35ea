"""An authority is asked once, at the address that was named, and its answer has a limit."""

from __future__ import annotations

import pytest

from provenance.errors import Incomplete, UsageRefused
from provenance.stamping.authority import ask
from tests.provenance.stamping.local_authority import serving


def test_the_answer_comes_back_as_it_is() -> None:
    with serving(lambda query: query[::-1]) as address:
        assert ask(address, b"abc") == b"cba"


@pytest.mark.parametrize("status", [302, 404, 500])
def test_another_answer_is_told_and_no_redirect_is_followed(status: int) -> None:
    with serving(lambda _: b"<html>", status) as address, pytest.raises(Incomplete) as told:
        ask(address, b"abc")

    assert told.value.fact == f"it answered with status {status}"


def test_an_answer_without_end_is_cut() -> None:
    with (
        serving(lambda _: bytes(1_000_000)) as address,
        pytest.raises(Incomplete, match="its answer is over 262,144 octets"),
    ):
        ask(address, b"abc")


def test_nobody_there_is_told_and_no_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda _: b"never") as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        with pytest.raises(Incomplete, match=r"no answer \(Connection refused\)"):
            ask("http://127.0.0.1:9/", b"abc")


@pytest.mark.parametrize(
    "address",
    ["", "file:///etc/passwd", "ftp://h/", "http://", "http://u:p@127.0.0.1/", "http://h:x/"],
)
def test_what_is_no_address_is_a_wrong_call(address: str) -> None:
    with pytest.raises(UsageRefused, match="no address of a time-stamping authority"):
        ask(address, b"abc")
