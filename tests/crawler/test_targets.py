"""Which hosts and pages a list, a command line and a manifest name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import duckdb
import pytest

from crawler.manifests import targets_of_manifest
from crawler.targets import Target, limited, targets_of_file, targets_of_lines
from provenance.errors import InputRefused

if TYPE_CHECKING:
    from pathlib import Path

BOTH = ("https", "http")


def test_a_list_names_each_host_once_with_its_pages() -> None:
    lines = [
        "# ours", "", "Example.com.", "https://b.example/x?q=1#part", "http://b.example/y",
        "c.example:8080  # a port", "例え.テスト", "example.com",
    ]  # fmt: skip

    assert targets_of_lines(lines, "hosts.txt") == (
        Target("example.com", BOTH),
        Target("b.example", ("https",), ("/", "/x?q=1", "/y")),
        Target("c.example:8080", BOTH),
        Target("xn--r8jz45g.xn--zckzah", BOTH),
    )


def test_bad_lines_are_all_named_and_nothing_is_visited() -> None:
    lines = ["a.example", "ftp://b.example/", "c.example/page", "d..example", "e f", "x\u202ey"]

    with pytest.raises(InputRefused) as refused:
        targets_of_lines(lines, "hosts.txt")

    assert refused.value.fact.split("; ") == [
        "line 2: ftp://b.example/: not an http or https address",
        "line 3: c.example/page: a path without https:// before its host",
        "line 4: d..example: label '' is not a host name's",
        "line 5: e f: the host name cannot be read",
        "line 6: x\\u{202e}y: character U+202E at 9",
    ]


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputRefused, match="not a file"):
        targets_of_file(tmp_path / name)


def test_a_list_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hosts.txt"
    path.write_bytes("a.example".encode("utf-16"))

    with pytest.raises(InputRefused, match="not UTF-8 text"):
        targets_of_file(path)


def test_the_number_of_pages_counts_beside_the_front_page() -> None:
    target = Target("a.example", BOTH, ("/", "/1", "/2", "/3"))

    assert [one.paths for one in limited([target], 2)] == [("/", "/1", "/2")]
    assert [one.paths for one in limited([target], 0)] == [("/",)]


URLS = [
    "https://a.example/3", "https://a.example/1", "https://A.example:443/2", "http://a.example/0",
    "http://b.example:8080/x", "http://good.example\\@evil.example/", "no address", "", None,
    "ftp://c.example/", "https://d..example/",
]  # fmt: skip
FOUND = {
    "a.example": (("https",), ("/", "/1", "/3", "/2")),
    "b.example:8080": (("http",), ("/", "/x")),
    "good.example": (("http",), ("/", "/@evil.example/")),
}


@pytest.mark.parametrize("name", ["m.parquet", "m.csv", "m.jsonl", "[m]*.csv"])
def test_a_manifest_names_its_hosts_with_a_few_pages_each(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    written(path, URLS)

    found = targets_of_manifest(path, column=None, pages=3)

    assert {one.host: (one.schemes, one.paths) for one in found} == FOUND


def test_only_so_many_pages_are_taken_of_a_host_and_always_the_same(tmp_path: Path) -> None:
    path = tmp_path / "m.parquet"
    written(path, [f"https://a.example/{i:04}" for i in range(5000)])

    (found,) = targets_of_manifest(path, column="url", pages=2)

    assert found.paths == ("/", "/0000", "/0001")


def test_a_manifest_without_the_column_names_those_it_has(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("page,text\nhttps://a.example/,x\n")

    with pytest.raises(InputRefused) as refused:
        targets_of_manifest(path, column=None, pages=3)

    assert str(refused.value) == (
        f"{path}: no column is called url (columns: 'page', 'text'); name it with --url-column"
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.parquet", b"PAR1 not really"),
        ("m.csv", b'url\n"https://a.example/\n'),
        ("m.jsonl", b'{"url": "https://a.example/"}\nnot json\n'),
        ("m.txt", b"https://a.example/\n"),
    ],
)
def test_a_damaged_manifest_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(InputRefused):
        targets_of_manifest(path, column=None, pages=3)


def test_a_manifest_is_not_fetched_from_the_network(tmp_path: Path) -> None:
    from pathlib import Path as AnyPath

    with pytest.raises(InputRefused, match="remote paths are not read"):
        targets_of_manifest(AnyPath("https://a.example/m.parquet"), column=None, pages=3)


def written(path: Path, urls: list[str | None]) -> None:
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps({"url": url}) + "\n" for url in urls))
        return
    kind = "PARQUET" if path.suffix == ".parquet" else "CSV"
    plain = path.with_name("plain")
    duckdb.execute(
        f"COPY (SELECT unnest(?::VARCHAR[]) AS url) TO '{plain}' (FORMAT {kind})", [urls]
    )
    plain.rename(path)
