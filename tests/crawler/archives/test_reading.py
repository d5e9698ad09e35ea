"""Archives are read by a process apart: one that does harm is given up, what came before is kept."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crawler.archives import reading
from crawler.archives.alike import Plain
from crawler.archives.imported import Importing, State
from crawler.archives.importing import import_captures
from crawler.archives.index import import_index
from crawler.archives.index_rows import index_rows
from crawler.archives.interpreting import Workers, _within_bounds
from crawler.archives.jsonl import read_captures
from crawler.archives.reading import captures_of, content_of, read_warc, rows_of
from crawler.archives.warc import import_warc
from provenance.apart.limits import Limits
from provenance.apart.worker import aside
from provenance.errors import InputRefused
from tests.crawler.archives.warcs import RULES, record, robots, warc
from tests.provenance.apart import tasks
from tests.provenance.stores import rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ONE = '{"url": "https://h.example/robots.txt", "captured_at": "2025-01-01T00:00:00Z", "body": ""}\n'


def imported(store: Path, file: Path) -> Any:
    with Workers(0) as workers:
        return import_warc(file, Importing(store), workers)


def read_and_die(tell: Callable[[Any], None], *arguments: Any) -> None:
    reading._read_warc(tell, *arguments)
    tasks.crashes()


def read_and_hang(tell: Callable[[Any], None], *arguments: Any) -> None:
    reading._read_warc(tell, *arguments)
    tasks.runs_on()


@pytest.mark.parametrize(
    ("task", "why"),
    [
        (read_and_die, "what reads it crashed (SIGSEGV); 3 new captures kept"),
        (read_and_hang, "it took more than 1 s of CPU; 3 new captures kept"),
        (tasks.eats, "it took more than 1,000 MB of memory"),
        (tasks.acts, "what reads it handed back what is no answer"),
    ],
)
def test_c40_an_archive_that_does_harm_is_given_up_and_what_came_before_is_kept(
    tmp_path: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch, task: Any, why: str
) -> None:
    file = warc(tmp_path / "a.warc", (robots(f"h{n}.example") for n in range(3)))
    with monkeypatch.context() as patched:
        patched.setattr(reading, "_read_warc", task)
        patched.setattr(reading, "_CPU_S", 1)
        with pytest.raises(InputRefused) as refused:
            imported(store_path, file)

    assert str(refused.value) == (
        f"{file}: reading it was given up: {why}; get the file again, or import it on a machine with"
        " more room"
    )
    again = imported(store_path, file)
    assert (again.new + again.known, again.before) == (3, False)
    assert rows(store_path, "SELECT count(*) FROM capture") == [(3,)]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.jsonl.gz", "a.cdxj.gz"])
def test_c40_a_packed_archive_is_given_up_after_its_time(
    tmp_path: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(reading, "_CPU_S", 0)
    monkeypatch.setattr(reading, "_OCTETS_A_SECOND", 10**12)
    file = tmp_path / name
    much = b"\n" * 50_000_000  # blank lines, or the block of a record of another kind
    much = record("resource", much, url="https://h.example/") if "warc" in name else much
    file.write_bytes(gzip.compress(much, 1) * 200)
    read: dict[str, Callable[[], object]] = {
        "a.warc.gz": lambda: imported(store_path, file),
        "a.jsonl.gz": lambda: import_captures(store_path, file),
        "a.cdxj.gz": lambda: import_index(file, store_path),
    }

    with pytest.raises(InputRefused, match=r"reading it was given up: it took more than \d+ s of"):
        read[name]()


def test_c51_a_file_that_was_replaced_before_it_was_opened_is_refused(tmp_path: Path) -> None:
    file = warc(tmp_path / "a.warc", [robots("h.example")])
    before = State.of(file)
    warc(tmp_path / "b.warc", [robots("h.example")]).replace(file)

    with pytest.raises(InputRefused, match="it was replaced; import the finished file again"):
        list(read_warc(file, (0, before.octets), before, robots_only=False))


def test_what_is_read_apart_is_what_stands_there(tmp_path: Path) -> None:
    lines, index, table = (tmp_path / name for name in ("a.jsonl", "a.cdxj", "[a].parquet"))
    lines.write_text(ONE * 3)
    index.write_text('example,h)/ 20250101000000 {"url": "https://h.example/", "status": "403"}\n')
    columns = {
        "url": ["https://h.example/"],
        "fetch_time": ["20250101000000"],
        "fetch_status": [403],
    }
    pq.write_table(pa.table(columns), table)
    pq.write_table(pa.table(columns | {"fetch_status": [404]}), tmp_path / "a.parquet")
    records = [robots(f"h{n}.example", RULES + b"#%d" % n) for n in range(250)]
    file = warc(tmp_path / "a.warc.gz", [*records, b"torn"])
    (window,) = content_of(file).windows

    found = list(read_warc(file, window, State.of(file), robots_only=False))

    assert list(captures_of(lines)) == list(read_captures(lines))
    assert list(rows_of(index)) == list(index_rows(index))
    assert [row.status for row in rows_of(table)] == [403]
    hosts = [
        one.host
        for part in found
        for one in (
            *part.exchanges,
            *(Plain(*one).exchange for one in zip(*part.plain, strict=True)),
        )
    ]
    assert hosts == [f"h{n}.example" for n in range(250)]
    assert sum(part.octets for part in found) == window[1]
    assert sum(part.damaged for part in found) == len(found[-1].damage) == 1


def test_who_reads_bodies_takes_no_more_memory_than_a_reader_may() -> None:
    limits = Limits(8_000_000_000, 60)

    assert aside(takes_too_much, limits=limits) == "MemoryError"


def takes_too_much() -> str:
    _within_bounds()
    try:
        tasks.takes(3_000_000_000)
    except MemoryError as error:
        return type(error).__name__
    return "taken"
