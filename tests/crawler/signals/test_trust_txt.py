"""trust.txt: one of its names speaks of training."""

from __future__ import annotations

import pytest

from crawler.pages import page_signals
from provenance.records import Probe, Signal, Strength, Value
from tests.crawler.signals.cases import capture


def served(
    body: bytes, path: str = "/trust.txt", kind: str = "text/plain", status: int = 200
) -> tuple[Signal, ...]:
    return page_signals(
        capture(f"https://site.example{path}", body, probe=Probe.FILE, kind=kind, status=status)
    )


@pytest.mark.parametrize("body", [b"", b"# datatrainingallowed=no\n", b"member=https://a.example/"])
def test_a_file_that_does_not_speak_of_training_says_nothing(body: bytes) -> None:
    assert served(body) == ()


@pytest.mark.parametrize(
    ("body", "kind", "finding"),
    [
        (b"<html>404</html>", "text/html", "soft-404"),
        (b"not found", "text/html; charset=utf-8", "soft-404"),
        (b"\xef\xbb\xbf\n <!doctype html>", "text/plain", "soft-404"),
        (b"datatrainingallowed=no\xff", "text/plain", "undecodable"),
        (b"datatrainingallowed=no\x00", "text/plain", "undecodable"),
        (b"datatrainingallowed=maybe", "text/plain", "invalid-value"),
    ],
)
def test_what_is_no_trust_txt_is_told(body: bytes, kind: str, finding: str) -> None:
    (signal,) = served(body, kind=kind)

    assert (signal.value, signal.finding) == (Value.UNSPECIFIED, finding)


def test_an_error_page_and_another_path_are_no_trust_txt() -> None:
    assert served(b"datatrainingallowed=no", status=404) == ()
    assert served(b"datatrainingallowed=no", path="/a/trust.txt") == ()


def test_it_denies_training_for_the_site() -> None:
    assert served(b"DataTrainingAllowed = No # since 2024\r\n", "/.well-known/trust.txt") == (
        Signal(
            kind="trust-txt", scope="site", usage="train", value=Value.DENY,
            strength=Strength.CONVENTION, specific=True,
            quote="DataTrainingAllowed = No # since 2024",
        ),
    )  # fmt: skip


def test_a_file_that_says_both_is_kept_with_both() -> None:
    both = served(b"datatrainingallowed=yes\ndatatrainingallowed=no\n")

    assert [one.value for one in both] == [Value.ALLOW, Value.DENY]
