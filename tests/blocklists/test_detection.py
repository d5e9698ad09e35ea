from __future__ import annotations

import pytest

from blocklists.detection import detect
from blocklists.documents import Document
from blocklists.refusals import ListRefused
from provenance.errors import UsageRefused


def document(*lines: str, place: str = "list.txt") -> Document:
    return Document(place, "", lines)


@pytest.mark.parametrize(
    ("lines", "shares", "likely"),
    [
        (("Dear Sir or Madam,", "please remove"), "none", "it looks like no list"),
        (
            ("Some Ltd:192.0.2.1-192.0.2.9",),
            "none",
            "it looks like PeerGuardian ranges of addresses, which cannot be read",
        ),
        (
            ('<?xml version="1.0"?>', "<content/>"),
            "none",
            "it looks like XML, which cannot be read",
        ),
        (
            ('"type": "bundle",', '"id": "bundle--1",'),
            "none",
            "it looks like STIX or MISP, which cannot be read",
        ),
        (
            ("^(www|m).*one two", ".*two ^three"),
            "none",
            "it looks like regular expressions, which cannot be read",
        ),
        ((*["0.0.0.0 a.example"] * 9, "b.example"), "hosts 90%, plain 10%", "most look like hosts"),
    ],
)
def test_says_what_a_file_looks_like_that_fits_no_format(
    lines: tuple[str, ...], shares: str, likely: str
) -> None:
    with pytest.raises(ListRefused) as caught:
        detect(document(*lines))

    assert str(caught.value) == (
        "list.txt: F_FORMAT: its format is not clear: no format fits 95% of the first lines "
        f"({shares}): {likely}; mend the lines, or name the format with --format"
    )


def test_a_named_format_has_to_fit_half_of_the_lines() -> None:
    hosts = document("0.0.0.0 a.example", "0.0.0.0 b.example")

    with pytest.raises(ListRefused) as caught:
        detect(hosts, format_name="dnsmasq")

    assert str(caught.value) == (
        "list.txt: F_FORMAT: its format is not clear: only 0% of the first lines look like "
        "dnsmasq: most look like hosts; mend the lines, or name the format with --format"
    )


def test_tells_how_much_of_the_sample_looks_like_each_format() -> None:
    found = detect(document("*.a.example", "*.b.example", "*.c.example"))

    assert found.format.name == "wildcard"
    assert found.shares[:3] == (("wildcard", 1.0), ("plain", 1.0), ("hashes", 0.0))


def test_there_is_no_other_format() -> None:
    with pytest.raises(UsageRefused) as caught:
        detect(document("a.example"), format_name="xml")

    assert str(caught.value) == (
        "xml: not a list format; one of: adblock, csv, dnsmasq, hashes, hosts, jsonl, plain, rpz, "
        "squidguard, unbound, wildcard"
    )


@pytest.mark.parametrize(
    ("lines", "place", "name", "share"),
    [
        (("# c", "", "a.example", "https://b.example/x"), "list.txt", "plain", 1),
        (("0.0.0.0 a.example",), "list.txt", "hosts", 1),
        (("value", "0.0.0.0 a.example"), "list.txt", "csv", 1),
        (("a.example",), "LIST.CSV", "csv", 0),
        (("sep=;", "note;value", "n;a.example"), "list.txt", "csv", 1),
        (("note\tvalue", "n\ta.example"), "list.tsv", "csv", 1),
        (("algo,hash", "md5,x"), "list.csv", "hashes", 1),
        (('{"value": "a.example"}',), "list.txt", "jsonl", 1),
        (("||a.example^", "! c", "@@||b.example^"), "list.txt", "adblock", 1),
        (("address=/a.example/#",), "list.txt", "dnsmasq", 1),
        (("server:", 'local-zone: "a.example." static'), "list.txt", "unbound", 1),
        (("$TTL 300", "a.example 300 IN CNAME ."), "list.txt", "rpz", 1),
        (("*.a.example", "*.b.example"), "list.txt", "wildcard", 1),
        (("*.a.example", "b.example"), "list.txt", "plain", 1),
        # What a path covers is told by squidGuard's own file name; elsewhere it is one page.
        (("a.example/dir",), "list.txt", "plain", 1),
        (("a.example/dir",), "ut1/urls", "squidguard", 1),
        ((), "list.txt", "plain", 0),
        ((*["a.example"] * 190, *["two words"] * 10), "list.txt", "plain", 0.95),
        ((*["a.example"] * 200, *["two words"] * 900), "list.txt", "plain", 1),
    ],
)
def test_takes_the_format_that_the_first_lines_look_like(
    lines: tuple[str, ...], place: str, name: str, share: float
) -> None:
    found = detect(document(*lines, place=place))

    assert (found.format.name, found.share) == (name, share)


def test_a_name_outweighs_the_shape() -> None:
    assert detect(document("value", "a.example"), format_name="plain").format.name == "plain"
