"""What a list would name in a dataset: counted by rows and hosts, with nothing stored."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from blocklists.matching import matches
from blocklists.preview import Reach, preview
from blocklists.refusals import Refusal
from blocklists.targets import Target, target
from provenance.errors import InputRefused

if TYPE_CHECKING:
    from pathlib import Path


def targets(*texts: str) -> list[Target]:
    found = [target(text) for text in texts]
    assert not any(isinstance(one, Refusal) for one in found)
    return [one for one in found if isinstance(one, Target)]


def manifest(folder: Path, *urls: str) -> Path:
    path = folder / "rows.csv"
    path.write_text("url\n" + "".join(f'"{url}"\n' for url in urls), "utf-8")
    return path


def test_counts_rows_hosts_and_pages_of_each_entry(tmp_path: Path) -> None:
    rows = manifest(
        tmp_path,
        "https://a.blog.example/1", "https://a.blog.example/1", "HTTP://B.Blog.Example:80/2",
        "https://blog.example.evil.example/", "https://notblog.example/",
        "https://www.press.example/manga/1", "https://press.example:8443/manga/1",
        "https://press.example/mangas", "https://x@a.blog.example/3", "not an address",
    )  # fmt: skip

    found = preview(targets("blog.example", "https://press.example/manga/", "no.example"), rows)

    assert (found.rows, found.named, found.unreadable) == (10, 5, 1)
    assert [(one.target, one.rows, one.hosts, one.samples) for one in found.reaches] == [
        ("blog.example", 4, 2, ("HTTP://B.Blog.Example:80/2", "https://a.blog.example/1",
                                "https://x@a.blog.example/3")),
        ("https://press.example/manga/", 1, 1, ("https://www.press.example/manga/1",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "hosts", "wide"),
    [(100, 1000, False), (101, 1, True), (1, 1001, True), (100, 1001, True)],
)
def test_an_entry_is_wide_above_a_thousandth_of_rows_or_a_thousand_hosts(
    rows: int, hosts: int, *, wide: bool
) -> None:
    assert Reach("id", "a.example", rows, hosts, ()).is_wide(100_000) is wide


def test_every_match_vector_comes_out_as_the_definition_says(
    tmp_path: Path, shared_data: Path
) -> None:
    lines = (shared_data / "12-blocklists" / "vectors_match.jsonl").read_text("utf-8").splitlines()
    vectors = [json.loads(line) for line in lines]
    wrong = []
    for vector in vectors:
        entry = Target(
            **{name: vector["entry"][name] for name in ("scope", "host", "port", "path")}
        )
        path = tmp_path / "one.jsonl"
        path.write_text(json.dumps({"url": vector["url"]}), "utf-8")

        found = preview([entry], path)

        if bool(found.named) is not bool(matches(entry, vector["url"])):
            wrong.append(vector["id"])
    assert wrong == []


def test_a_manifest_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(b"PAR1 but no more")

    with pytest.raises(InputRefused):
        preview(targets("a.example"), path)
