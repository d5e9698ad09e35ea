from __future__ import annotations

import pytest

from blocklists.formats import Candidate, Skip
from blocklists.formats.table import fits, parse
from blocklists.refusals import Refusal


def read(*lines: str) -> list[Candidate | Skip | Refusal]:
    return list(parse(enumerate(lines, 1)))


@pytest.mark.parametrize(
    ("header", "fact"),
    [
        ("domain", "found the columns domain, but no column `value`"),
        (
            "domain name;since",
            ("found the columns domain name;since, but no column `value`"),
        ),
        ("<!DOCTYPE html>", "this is a web page, with no column `value`"),
        ("value,scop", "the column 'scop' is not known"),
        ("value,note,note", "the column 'note' stands twice"),
    ],
)
def test_refuses_a_header_that_could_be_misread(header: str, fact: str) -> None:
    assert read(header, "a.example") == [Refusal("F_HEADER", fact, 1, header)]


def test_full_width_letters_name_a_column_as_well() -> None:
    assert read("ｖａｌｕｅ", "a.example")[1] == Candidate(2, "a.example")


def test_one_column_is_enough() -> None:
    assert read("Value", "a.example") == [Skip(1, "header"), Candidate(2, "a.example")]


def test_keeps_what_is_known_of_an_entry() -> None:
    found = read(
        "ref,value,scope,category,work,right_holder,notice_date,expires_on,note",
        'R1, https://a.example/x ,url,infringing_page,"A, B",Example KK,2026-01-15,2027-01-15,n',
    )

    assert found[1] == Candidate(
        2,
        "https://a.example/x",
        scope="url",
        category="infringing_page",
        work="A, B",
        right_holder="Example KK",
        notice_date="2026-01-15",
        expires_on="2027-01-15",
    )


def test_counts_lines_and_not_rows() -> None:
    found = read(
        "value,note", 'a.example,"over', 'two lines"', "", "# c", ",", "\x0b,\u3000", "b.example,"
    )

    assert found == [
        Skip(1, "header"),
        Candidate(2, "a.example"),
        Skip(4, "blank"),
        Skip(5, "comment"),
        Skip(6, "blank"),
        Skip(7, "blank"),
        Candidate(8, "b.example"),
    ]


def test_names_the_line_on_which_a_quote_was_opened() -> None:
    found = read("value,note", "a.example,x", 'b.example,"open', "c.example,y")

    assert found[2:] == [Refusal("F_CSV_SYNTAX", "unexpected end of data in the row of line 3", 3)]


def test_refuses_cells_beyond_the_header_but_not_empty_ones() -> None:
    found = read("value,note,,", "a.example,n,,", "b.example,n,x")

    assert found[1:] == [Candidate(2, "a.example"), Refusal("E_COLUMNS", "", 3, "b.example")]


def test_tells_what_is_to_be_done_with_an_entry() -> None:
    found = read("action,value", "drop,a.example", "Add,b.example", ",c.example", "withdraw,d.e")

    assert found[1:] == [
        Refusal("E_ACTION", "drop", 2, "a.example"),
        Candidate(3, "b.example", action="add"),
        Candidate(4, "c.example"),
        Candidate(5, "d.e", action="withdraw"),
    ]


@pytest.mark.parametrize("sign", [";", "\t", ","])
def test_reads_what_spreadsheets_export(sign: str) -> None:
    found = read("sep=;", "", f'"Note"{sign}"VALUE"{sign}', f'"a, b; c"{sign}"a.example"{sign}')

    assert found == [
        Skip(1, "comment"),
        Skip(2, "blank"),
        Skip(3, "header"),
        Candidate(4, "a.example"),
    ]


def test_a_formula_is_text() -> None:
    found = read("value", '"=HYPERLINK(""https://a.example/"")"')

    assert found[1] == Candidate(2, '=HYPERLINK("https://a.example/")')


def test_a_digest_does_not_stand_among_names() -> None:
    assert read("value,scope", "ab,hash")[1] == Refusal("E_SCOPE_INVALID", "hash", 2, "ab")


@pytest.mark.parametrize(
    ("lines", "share"),
    [([], 0), (["a.example"], 0), (['"value'], 0), (["value"], 1), (["scope,VALUE"], 1)],
)
def test_is_known_by_its_header(lines: list[str], share: float) -> None:
    assert fits(lines) == share
