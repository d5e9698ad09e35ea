"""Whole files of each form, to be mutated."""

from __future__ import annotations

import gzip
import io
import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from tests.crawler.archives.warcs import RULES, robots

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 60
_URLS = [f"https://h{number % 7}.example/p/{number}?q={number * 37}" for number in range(ROWS)]
_DATES = [f"2024-02-{number % 28 + 1:02}" for number in range(ROWS)]


def _parquet(compression: str, *, dictionary: bool) -> Callable[[], bytes]:
    def made() -> bytes:
        out = io.BytesIO()
        table = pa.table({"url": _URLS, "date": _DATES, "size": list(range(ROWS))})
        pq.write_table(
            table, out, compression=compression, use_dictionary=dictionary, row_group_size=25
        )
        return out.getvalue()

    return made


def _csv() -> bytes:
    lines = (f'"{url}",{date}\n' for url, date in zip(_URLS, _DATES, strict=True))
    return ("url,date\n" + "".join(lines)).encode()


def _jsonl() -> bytes:
    pairs = zip(_URLS, _DATES, strict=True)
    return "".join(json.dumps({"url": url, "date": date}) + "\n" for url, date in pairs).encode()


def _warc() -> bytes:
    return b"".join(
        robots(f"h{number}.example", RULES + b"# %d\n" % number) for number in range(12)
    )


def _warc_gz() -> bytes:
    members = (robots(f"h{number}.example") for number in range(12))
    return b"".join(gzip.compress(one, mtime=0) for one in members)


def _plain() -> bytes:
    return "".join(f"h{number}.example\n" for number in range(40)).encode()


def _hosts() -> bytes:
    return "".join(f"0.0.0.0 h{number}.example\n" for number in range(40)).encode()


def _adblock() -> bytes:
    return ("[Adblock Plus]\n" + "".join(f"||h{n}.example^\n" for n in range(40))).encode()


def _table() -> bytes:
    rows = "".join(f"h{number}.example,domain\n" for number in range(40))
    return ("value,scope\n" + rows).encode()


def _list_jsonl() -> bytes:
    said = ({"value": f"h{number}.example", "scope": "domain"} for number in range(40))
    return "".join(json.dumps(one) + "\n" for one in said).encode()


MANIFESTS: dict[str, Callable[[], bytes]] = {
    "snappy.parquet": _parquet("snappy", dictionary=True),
    "zstd.parquet": _parquet("zstd", dictionary=False),
    "plain.parquet": _parquet("none", dictionary=False),
    "a.csv": _csv,
    "b.csv.gz": lambda: gzip.compress(_csv(), mtime=0),
    "a.jsonl": _jsonl,
    "b.jsonl.gz": lambda: gzip.compress(_jsonl(), mtime=0),
}
ARCHIVES: dict[str, Callable[[], bytes]] = {"a.warc": _warc, "b.warc.gz": _warc_gz}
LISTS: dict[str, Callable[[], bytes]] = {"plain.txt": _plain, "hosts.txt": _hosts, "adblock.txt": _adblock, "table.csv": _table,
         "list.jsonl": _list_jsonl}  # fmt: skip
