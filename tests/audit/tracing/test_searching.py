"""Whether a work is in: near misses are not, every spelling of it is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import duckdb
import pytest

from audit.tracing.searching import trace
from audit.tracing.works import work_of
from provenance.intake.manifest import open_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from audit.tracing.answers import Answer

DIGEST = hashlib.sha256(b"work").hexdigest()
URL = "https://site.example/a?x=1"


def answer(folder: Path, work: str, *urls: str, kind: str = "") -> Answer:
    file = folder / "rows.csv"
    file.write_text("url\n" + "".join(f'"{url}"\n' for url in urls), "utf-8")
    (found,) = trace([(open_manifest(file), "UTC")], [work_of(work, kind)]).answers
    return found


@pytest.mark.parametrize(
    "url",
    [
        "https://site.example/A?x=1", "https://site.example/a?x=2", "https://site.example/a",
        "https://site.example/a/?x=1", "https://site.example:8443/a?x=1",
        "https://sub.site.example/a?x=1", "https://www.sub.site.example/a?x=1",
        "https://mysite.example/a?x=1", "https://site.example.org/a?x=1",
        "https://other.example/?u=https://site.example/a?x=1", "https://site.example/a%3Fx=1",
        "ftp://site.example/a?x=1", "site.example/a?x=1", "https://site.example@other.example/a?x=1",
        "https://other.example/#https://site.example/a?x=1", "",
        "https://web.archive.org/web/2020/https://site.example/b",
    ],
)  # fmt: skip
def test_a_near_miss_of_an_address_is_not_it(tmp_path: Path, url: str) -> None:
    found = answer(tmp_path, URL, url, "https://other.example/")

    assert (found.answer, found.rows, found.counts) == ("not_found", 0, {})


@pytest.mark.parametrize(
    ("url", "way"),
    [
        (URL, "address"),
        ("http://site.example/a?x=1", "address"),
        ("https://site.example:443/a?x=1", "address"),
        ("HTTPS://SITE.EXAMPLE/%61?x=1#y", "address"),
        ("https://user@site.example/b/../a?x=1", "address"),
        (" https://site.example./a?x=1", "address"),
        ("https://www.site.example/a?x=1", "www"),
        ("https://web.archive.org/web/2020/https://site.example/a?x=1", "archive of address"),
        ("https://site-example.translate.goog/a?x=1&_x_tr_sl=ja", "translate of address"),
        ("https://site-example.cdn.ampproject.org/c/s/site.example/a?x=1", "amp of address"),
        (
            "https://web.archive.org/web/2020/https://site-example.cdn.ampproject.org/c/s/www.site.example/a?x=1",
            "amp of www",
        ),
    ],
)
def test_every_spelling_and_copy_of_an_address_is_it(tmp_path: Path, url: str, way: str) -> None:
    found = answer(tmp_path, URL, "https://other.example/", url)

    assert (found.answer, found.rows, found.counts) == ("found", 1, {way: 1})
    assert [(row.row, row.lo) for row in found.shown] == [(1, None)]


@pytest.mark.parametrize(
    ("work", "counts"),
    [
        ("site.example", {"host": 2, "subdomain": 2, "archive of host": 1}),
        ("www.site.example", {"host": 1}),
        ("site.example:8080", {"host": 1}),
        ("example", {}),
        ("ite.example", {}),
        ("web.archive.org", {"host": 1}),
        ("ドメイン.example", {"host": 2}),
    ],
)
def test_a_host_is_looked_for_with_all_below_it(
    tmp_path: Path, work: str, counts: dict[str, int]
) -> None:
    urls = (
        "https://site.example/", "https://site.example:8080/", "https://www.site.example/",
        "https://a.b.site.example/x", "https://notsite.example/", "https://site.example.org/",
        "https://web.archive.org/web/2020/http://site.example/", "https://ドメイン.example/",
        "https://xn--eckwd4c7c.example/",
    )  # fmt: skip
    if work == "example":
        with pytest.raises(Exception, match="no host name"):
            work_of(work)
        return

    assert answer(tmp_path, work, *urls).counts == counts


def test_a_row_that_is_met_in_several_ways_counts_once(tmp_path: Path) -> None:
    found = answer(
        tmp_path, "site.example", "https://site.example/",
        "https://web.archive.org/web/2020/https://web.archive.org/web/2019/http://site.example/",
    )  # fmt: skip

    assert (found.rows, found.counts) == (2, {"host": 1, "archive of host": 1})


@pytest.mark.parametrize(
    ("value", "rows"),
    [
        (DIGEST, 1), (DIGEST.upper(), 1), (f"sha256:{DIGEST}", 1), (f" {DIGEST} ", 1),
        (DIGEST[:-1], 0), (DIGEST + "0", 0), ("", 0), (hashlib.sha256(b"works").hexdigest(), 0),
    ],
)  # fmt: skip
def test_a_digest_is_compared_whole(tmp_path: Path, value: str, rows: int) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(f"url,sha256\nhttps://a.example/,{value}\n", "utf-8")

    said = trace([(open_manifest(file), "UTC")], [work_of(DIGEST)])

    assert said.answers[0].rows == rows
    assert said.searched[0].digest_column == "sha256"
    assert said.searched[0].no_digest == (0 if len(value.strip()) in {64, 71} else 1)


@pytest.mark.parametrize(
    ("value", "rows"),
    [
        ("Ann Maker", 1),
        ("ANN MAKER", 1),
        ("Ann", 0),
        ("Ann Maker II", 0),
        ("", 0),
        ("Ann  Maker", 0),
    ],
)
def test_a_creator_is_a_whole_name_without_case(tmp_path: Path, value: str, rows: int) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(f"url,artist\nhttps://a.example/,{value}\n", "utf-8")

    said = trace([(open_manifest(file), "UTC")], [work_of("Ann Maker", "creator")])

    assert said.answers[0].rows == rows


def test_what_no_column_holds_is_not_searched_and_never_not_found(tmp_path: Path) -> None:
    found = answer(tmp_path, DIGEST, "https://a.example/")

    assert found.answer == "not_searched"


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ("", "not_searched"),
        (hashlib.sha512(b"other").hexdigest(), "not_searched"),  # of another algorithm
        ("no digest", "not_searched"),
        (hashlib.sha256(b"other").hexdigest(), "not_found"),
        (DIGEST, "found"),
    ],
)
def test_a_digest_is_not_found_only_where_there_are_others_of_its_algorithm(
    tmp_path: Path, held: str, expected: str
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(f"url,digest\nhttps://a.example/,{held}\n", "utf-8")

    assert trace([(open_manifest(file), "UTC")], [work_of(DIGEST)]).answers[0].answer == expected


def test_a_file_that_holds_nothing_to_find_it_by_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("url\nhttps://a.example/\n", "utf-8")
    (tmp_path / "b.csv").write_text("url,artist\nhttps://a.example/,Bob\n", "utf-8")
    parts = [(open_manifest(tmp_path / name), "UTC") for name in ("a.csv", "b.csv")]

    (found,) = trace(parts, [work_of("Ann", "creator")]).answers

    assert (found.answer, found.without) == ("not_found", (0,))


def test_rows_that_could_not_be_searched_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    lines = (
        "",
        "no address",
        "https://a..example/",
        "https://archive.ph/AbCde",
        "https://a.example/",
    )
    file.write_text("url,date\n" + "".join(f'"{one}",\n' for one in lines), "utf-8")

    (one,) = trace([(open_manifest(file), "UTC")], [work_of("site.example")]).searched

    assert (one.rows, one.no_address, one.unreadable, one.untold_copies, one.undated) == (
        5,
        1,
        2,
        1,
        5,
    )


def test_rows_come_with_their_dates_over_several_files_and_forms(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("url,date\nhttps://site.example/1,2024-02-10\n", "utf-8")
    duckdb.execute(
        "COPY (SELECT 'https://other.example/' AS url UNION ALL SELECT 'https://site.example/2')"
        f" TO '{tmp_path}/b.parquet'"
    )
    parts = [(open_manifest(tmp_path / name), "UTC") for name in ("a.csv", "b.parquet")]

    (found,) = trace(parts, [work_of("site.example")], shown=9).answers

    assert [(row.file, row.row, str(row.lo)) for row in found.shown] == [
        (0, 0, "2024-02-10 00:00:00"), (1, 1, "None"),
    ]  # fmt: skip
    assert (found.rows, found.undated, str(found.last)) == (2, 1, "2024-02-11 00:00:00")
