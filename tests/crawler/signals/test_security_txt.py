"""Contacts in security.txt, and what is no such file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.pages import page_signals
from provenance.records import Probe, Signal
from tests.crawler.signals.files import served

EXPIRES = "Expires: 2030-01-01T00:00:00Z\n"
WELL_KNOWN = "https://site.example/.well-known/security.txt"


def read(
    text: str, *, url: str = WELL_KNOWN, status: int = 200, kind: str = "text/plain"
) -> list[Signal]:
    capture = served(text.encode(), kind, url=url, status=status)
    found = page_signals(replace(capture, probe=Probe.FILE))
    return [signal for signal in found if signal.kind == "security-txt"]


def test_a_page_that_reads_so_is_no_such_file() -> None:
    capture = served(b"Contact: mailto:a@site.example", "text/plain", url=WELL_KNOWN)

    assert page_signals(capture) == ()
    assert read("Contact: mailto:a@site.example", url="https://site.example/contact.txt") == []
    assert read("Contact: mailto:a@site.example", status=404) == []


def test_each_contact_is_a_pointer_in_the_order_of_preference() -> None:
    text = f"# Contact: mailto:x@site.example\r\nContact: https://site.example/c\r\n{EXPIRES}CONTACT:mailto:a@site.example"

    first, second = read(text)

    assert first == Signal(
        kind="security-txt",
        scope="site",
        usage="any",
        offer="https://site.example/c",
        quote="Contact: https://site.example/c",
        conditions="expires=2030-01-01T00:00:00Z",
    )
    assert second.offer == "mailto:a@site.example"


def test_the_text_of_a_signed_file_is_read_and_its_signature_is_not() -> None:
    text = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nContact: tel:+1-201-555-0123\n"
        f"{EXPIRES}-----BEGIN PGP SIGNATURE-----\nContact: mailto:x@site.example\n"
    )

    assert [signal.offer for signal in read(text)] == ["tel:+1-201-555-0123"]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("<html><body>not here", "soft-404"),
        ("Policy: https://site.example/p\n" + EXPIRES, "no-contact"),
        ("", "no-contact"),
        ("-----BEGIN PGP SIGNED MESSAGE-----", "no-contact"),
        (EXPIRES + "Contact: a@site.example", "contact-without-scheme"),
        ("Contact: mailto:a@site.example", "expires-missing"),
        (EXPIRES * 2 + "Contact: mailto:a@site.example", "expires-repeated"),
    ],
)
def test_what_its_author_should_know_is_a_finding(text: str, finding: str) -> None:
    assert [signal.finding for signal in read(text)] == [finding]


def test_a_page_of_html_in_its_place_is_no_such_file() -> None:
    assert [signal.finding for signal in read("<p>Contact: x:y", kind="text/html")] == ["soft-404"]
