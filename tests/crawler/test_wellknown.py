"""The files in which a site speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.pages import page_of, page_signals, readers
from crawler.signals import Page
from crawler.wellknown import (
    WELL_KNOWN,
    file_text,
    is_file_of,
    licences_named,
    policies_named,
)
from provenance.records import Probe, Value
from tests.crawler.signals.cases import capture
from tests.crawler.signals.pages import page


def test_each_file_is_a_path_of_its_own_and_small_enough_to_be_read_whole() -> None:
    paths = [file.path for file in WELL_KNOWN]

    assert len(set(paths)) == len(paths)
    assert all(path.startswith("/") and path.count("//") == 0 for path in paths)
    assert all(file.probe is Probe.FILE and file.limit <= 1024 * 1024 for file in WELL_KNOWN)


def test_each_reader_that_reads_a_file_is_one() -> None:
    known = {*readers(), "security-txt"}

    assert {kind for file in WELL_KNOWN for kind in file.kinds} <= known


@pytest.mark.parametrize(
    ("url", "status", "probe"),
    [
        ("https://site.example/AI.txt", 200, Probe.FILE),
        ("https://site.example/x/ai.txt", 200, Probe.FILE),
        ("https://site.example/ai.txt", 404, Probe.FILE),
        ("https://site.example/ai.txt", 206, Probe.FILE),
        ("https://site.example/ai.txt", 200, Probe.PAGE),
        ("https://[/ai.txt", 200, Probe.FILE),
    ],
)
def test_this_is_no_answer_to_a_request_for_the_file(url: str, status: int, probe: Probe) -> None:
    assert not is_file_of("ai-txt", Page(url, status, probe=probe))


def test_a_file_counts_for_the_host_that_was_asked_wherever_it_leads() -> None:
    asked = capture(
        "https://site.example/trust.txt", b"datatrainingallowed=no", probe=Probe.FILE,
        hops=("https://cdn.example/files/7",),
    )  # fmt: skip
    led_to = page_of(asked)

    assert led_to is not None
    assert (led_to.url, led_to.asked) == ("https://cdn.example/files/7", asked.url)
    assert [one.value for one in page_signals(asked)] == [Value.DENY]


@pytest.mark.parametrize(
    ("body", "kind", "finding"),
    [
        (b"", "text/plain", ""),
        (b"a < b", "text/plain", ""),
        (b"\xef\xbb\xbf<html>", "", "soft-404"),
        (b" \r\n<!DOCTYPE html>", "text/plain", "soft-404"),
        (b"plain", "text/html", ""),
        (b"Sorry, <b>nothing</b> here", "text/html", "soft-404"),
        (b"Sorry<!-- 404 -->", "application/xhtml+xml", "soft-404"),
        (b"\xff\xfea", "text/plain", "undecodable"),
        (b"a\x00b", "text/plain", "undecodable"),
        (b"a" * (1024 * 1024 + 1), "text/plain", "over-limit"),
    ],
)
def test_a_status_of_200_is_no_presence(body: bytes, kind: str, finding: str) -> None:
    text, found = file_text(Page("https://site.example/ai.txt", body=body, media_type=kind))

    assert found == finding
    assert text == ("" if finding else body.decode())


def test_licences_and_policies_that_are_named_are_to_be_asked_for_once() -> None:
    link = '; rel="license"; type="application/rsl+xml"'
    signals = page_signals(
        page(
            None,
            ("Link", f"<https://a.example/1>{link}, <https://a.example/1>{link}, </x>{link}"),
            ("tdm-reservation", "1"),
            ("tdm-policy", "/p.json"),
        )
    )

    assert licences_named(signals) == ("https://a.example/1",)
    assert policies_named(signals) == ("https://site.example/p.json",)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/trust.txt", b"datatrainingallowed=yes\n"),
        ("/ai.txt", b"User-agent: *\nAllow: /\n"),
        ("/.well-known/ai.txt", b"Training: allow\n"),
        ("/.well-known/tdmrep.json", b'[{"location": "/", "tdm-reservation": 0}]'),
    ],
)
def test_of_a_file_that_was_cut_nothing_is_permitted(path: str, body: bytes) -> None:
    whole = capture(f"https://site.example{path}", body, probe=Probe.FILE)
    cut = replace(whole, truncated=True)

    assert [one.value for one in page_signals(whole)] == [Value.ALLOW]
    assert [(one.value, one.finding) for one in page_signals(cut)] == [
        (Value.UNSPECIFIED, "over-limit")
    ]


def test_a_long_page_in_the_place_of_a_file_is_no_file_all_the_same() -> None:
    long = capture("https://site.example/trust.txt", b"<html>" + b" " * 9000, probe=Probe.FILE)

    (signal,) = page_signals(replace(long, truncated=True))

    assert signal.finding == "soft-404"
