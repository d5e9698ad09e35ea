from __future__ import annotations

import pytest

from blocklists.detection import detect
from blocklists.documents import Document
from blocklists.refusals import ListRefused
from provenance.errors import UsageRefused


def document(*lines: str, place: str = "list.txt") -> Document:
    return Document(place, "", tuple(enumerate(lines, 1)))


@pytest.mark.parametrize(
    ("lines", "likely"),
    [
        (("||a.example^", "! c", "@@||b.example^"), "it looks like adblock, which is not read yet"),
        (("address=/a.example/#",), "it looks like dnsmasq, which is not read yet"),
        (('local-zone: "a.example." static',), "it looks like unbound, which is not read yet"),
        (("a.example 300 IN CNAME .",), "it looks like RPZ, which is not read yet"),
        (("Dear Sir or Madam,", "please remove"), "it looks like no list"),
    ],
)
def test_says_what_a_file_looks_like_that_fits_no_format(
    lines: tuple[str, ...], likely: str
) -> None:
    with pytest.raises(ListRefused) as caught:
        detect(document(*lines))

    assert str(caught.value) == (
        "list.txt: F_FORMAT: its format is not clear: no format fits 95% of the first lines "
        f"(csv 0%, hosts 0%, plain 0%): {likely}; "
        "mend the lines, or name the format with --format"
    )


def test_does_not_choose_between_two_formats() -> None:
    mixed = document(*["0.0.0.0 a.example"] * 9, "b.example")

    with pytest.raises(ListRefused) as caught:
        detect(mixed)

    assert "(csv 0%, hosts 90%, plain 10%): most look like hosts;" in str(caught.value)


def test_a_named_format_has_to_fit_half_of_the_lines() -> None:
    names = document("a.example", "b.example")

    with pytest.raises(ListRefused) as caught:
        detect(names, format_name="hosts")

    assert str(caught.value) == (
        "list.txt: F_FORMAT: its format is not clear: only 0% of the first lines look like hosts: "
        "most look like plain; mend the lines, or name the format with --format"
    )


def test_there_is_no_other_format() -> None:
    with pytest.raises(UsageRefused) as caught:
        detect(document("a.example"), format_name="xml")

    assert str(caught.value) == "xml: not a list format; one of: hosts, plain, csv"


@pytest.mark.parametrize(
    ("lines", "place", "name", "share"),
    [
        (("# c", "", "a.example", "https://b.example/x"), "list.txt", "plain", 1),
        (("0.0.0.0 a.example",), "list.txt", "hosts", 1),
        (("value", "0.0.0.0 a.example"), "list.txt", "csv", 1),
        (("a.example",), "LIST.CSV", "csv", 0),
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
