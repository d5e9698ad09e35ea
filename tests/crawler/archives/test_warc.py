"""Bringing WARC files into the store."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from crawler.archives import batching
from crawler.archives.imported import ImportedWarc, Importing
from crawler.archives.importing import import_captures
from crawler.archives.interpreting import Workers
from crawler.archives.warc import import_warc
from provenance.errors import Incomplete, InputRefused, StoreError
from provenance.merging import merge
from tests.conftest import ROOT
from tests.crawler.archives.warcs import RULES, answer, record, robots, warc
from tests.provenance.stores import rows

INFO = record("warcinfo", b"software: test\r\n")
PAGE = b"<html><head><meta name='robots' content='noai'></head><body>x</body></html>"


def imported(store: Path, file: Path, **how: Any) -> ImportedWarc:
    with Workers(0) as workers:
        return import_warc(file, Importing(store, **how), workers)


def page(url: str, body: bytes = PAGE, *, status: str = "200 OK", kind: str = "text/html") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode()
    return record("response", head + body, url=url)


def moved(url: str, to: str, at: str = "2025-02-01T00:00:00Z") -> bytes:
    block = answer(b"", status="301 Moved", headers=f"Location: {to}\r\n")
    return record("response", block, url=url, at=at)


def outcomes(store: Path) -> list[tuple[Any, ...]]:
    return rows(
        store,
        "SELECT host, status, outcome, reason, hops FROM capture WHERE probe = 'robots'"
        " ORDER BY capture_id",
    )


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_each_capture_points_at_the_octets_it_rests_on(
    tmp_path: Path, store_path: Path, name: str
) -> None:
    file = warc(tmp_path / name, [INFO, robots("a.example"), page("https://a.example/")])

    done = imported(store_path, file)

    assert (done.records, done.captures, done.new, done.skipped) == (3, 2, 2, {"warcinfo": 1})
    evidence = rows(
        store_path, "SELECT file, record_offset, record_length, sha256, hop, kind FROM evidence"
    )
    assert len(evidence) == 2
    for place, offset, length, digest, hop, kind in evidence:
        octets = Path(place).read_bytes()[offset : offset + length]
        assert (sha256(octets).hexdigest(), hop, kind) == (digest, 0, "response")


def test_bodies_of_pages_stay_in_the_file_and_those_for_machines_are_kept(
    tmp_path: Path, store_path: Path
) -> None:
    rules, policy = RULES, b'[{"location": "/*", "tdm-reservation": 1}]'
    file = warc(
        tmp_path / "a.warc",
        [
            robots("a.example", rules),
            page("https://a.example/.well-known/tdmrep.json", policy, kind="application/json"),
            page("https://a.example/"),
        ],
    )

    imported(store_path, file)

    kept = {sha for (sha,) in rows(store_path, "SELECT sha256 FROM body")}
    assert kept == {sha256(rules).hexdigest(), sha256(policy).hexdigest()}
    assert rows(store_path, "SELECT probe, body_sha256 FROM capture ORDER BY capture_id") == [
        ("robots", sha256(rules).hexdigest()),
        ("file", sha256(policy).hexdigest()),
        ("page", sha256(PAGE).hexdigest()),
    ]


def test_signals_of_a_page_are_read_and_of_other_media_those_of_the_header(
    tmp_path: Path, store_path: Path
) -> None:
    reserved = "application/pdf\r\nX-Robots-Tag: noai"
    file = warc(
        tmp_path / "a.warc",
        [
            page("https://a.example/"),
            page("https://a.example/a.pdf", b"<meta name='robots' content='noai'>", kind=reserved),
            page("https://a.example/b.bin", PAGE, kind="application/octet-stream"),
            page("https://a.example/c", b"", status="401 Unauthorized"),
        ],
    )

    imported(store_path, file)

    assert rows(
        store_path,
        "SELECT DISTINCT capture.path, kind FROM capture JOIN signal USING (capture_id) ORDER BY ALL",
    ) == [("/", "robots-meta"), ("/a.pdf", "robots-meta"), ("/c", "access-gate")]


def test_pages_can_be_passed_over(tmp_path: Path, store_path: Path) -> None:
    file = warc(tmp_path / "a.warc", [robots("a.example"), page("https://a.example/")])

    done = imported(store_path, file, robots_only=True)

    assert (done.records, done.captures, done.skipped) == (2, 1, {"page": 1})
    again = imported(store_path, file)
    assert (again.before, again.new, again.known) == (False, 1, 1)


@pytest.mark.parametrize(
    ("block", "outcome"),
    [
        (answer(RULES), ("parsed", "")),
        (answer(b""), ("parsed", "")),
        (answer(b"", status="404 Not Found"), ("unavailable", "status 404")),
        (answer(RULES, status="403 Forbidden"), ("unavailable", "status 403")),
        (answer(RULES, status="429 Slow"), ("unreachable", "status 429")),
        (answer(RULES, status="503 Busy"), ("unreachable", "status 503")),
        (answer(RULES, status="301 Moved"), ("unreadable", "status 301")),
        (answer(b"<html></html>"), ("unreadable", "html")),
        (answer(b"U\x00s\x00"), ("unreadable", "undecodable")),
        (answer(RULES, headers="Content-Length: 500\r\n"), ("unreachable", "protocol")),
        (answer(RULES, headers="Content-Encoding: br\r\n"), ("unreachable", "protocol")),
        (b"no answer at all", ("unreachable", "protocol")),
    ],
)
def test_an_archived_robots_txt_amounts_to_what_a_crawled_one_would(
    tmp_path: Path, store_path: Path, block: bytes, outcome: tuple[str, str]
) -> None:
    one = record("response", block, url="https://a.example/robots.txt")

    imported(store_path, warc(tmp_path / "a.warc", [one]))

    ((_, _, *found, _),) = outcomes(store_path)
    assert tuple(found) == outcome


def test_a_redirect_whose_target_stands_in_the_file_has_its_rules(
    tmp_path: Path, store_path: Path
) -> None:
    file = warc(
        tmp_path / "a.warc.gz",
        [
            moved("http://a.example/robots.txt", "https://a.example/robots.txt"),
            moved("https://a.example/robots.txt", "//www.a.example/robots.txt"),
            robots("www.a.example"),
        ],
    )

    done = imported(store_path, file)

    assert done.captures == 3
    assert sorted(outcomes(store_path)) == sorted([
        ("a.example", 200, "parsed", "", ["https://a.example/robots.txt", "https://www.a.example/robots.txt"]),
        ("a.example", 200, "parsed", "", ["https://www.a.example/robots.txt"]),
        ("www.a.example", 200, "parsed", "", []),
    ])  # fmt: skip
    assert rows(store_path, "SELECT hop, count(*) FROM evidence GROUP BY hop ORDER BY hop") == [
        (0, 3),
        (1, 2),
        (2, 1),
    ]


def test_a_redirect_to_a_page_is_read_as_what_it_is(tmp_path: Path, store_path: Path) -> None:
    file = warc(
        tmp_path / "a.warc.gz",
        [moved("https://a.example/robots.txt", "/"), page("https://a.example/")],
    )

    imported(store_path, file)

    assert outcomes(store_path) == [
        ("a.example", 200, "unreadable", "html", ["https://a.example/"])
    ]


@pytest.mark.parametrize("after", ["2025-02-01T00:00:00Z", "2025-03-01T00:00:00Z"])
def test_a_redirect_that_leads_to_nothing_near_tells_no_rules(
    tmp_path: Path, store_path: Path, after: str
) -> None:
    there = [robots("b.example", at=after)] if "03" in after else []
    first = moved("https://a.example/robots.txt", "https://b.example/robots.txt")

    imported(store_path, warc(tmp_path / "a.warc", [first, *there]))

    (of_a,) = [one for one in outcomes(store_path) if one[0] == "a.example"]
    assert of_a == (
        "a.example", 301, "unreadable", "status 301", ["https://b.example/robots.txt"],
    )  # fmt: skip


def test_redirects_in_a_circle_end(tmp_path: Path, store_path: Path) -> None:
    file = warc(
        tmp_path / "a.warc",
        [
            moved("https://a.example/robots.txt", "https://b.example/robots.txt"),
            moved("https://b.example/robots.txt", "https://a.example/robots.txt"),
        ],
    )

    imported(store_path, file)

    assert {one[2:4] for one in outcomes(store_path)} == {
        ("unavailable", "more than five redirects")
    }


def test_a_revisit_has_the_body_of_the_record_it_refers_to(
    tmp_path: Path, store_path: Path
) -> None:
    again = record(
        "revisit",
        answer(b"", headers="X: y\r\n"),
        url="https://a.example/robots.txt",
        at="2025-03-01T00:00:00Z",
        WARC_Refers_To_Target_URI="https://a.example/robots.txt",
        WARC_Refers_To_Date="2025-02-01T00:00:00Z",
    )
    nowhere = again.replace(b"Date: 2025-02", b"Date: 2024-02").replace(b"a.ex", b"b.ex")

    imported(store_path, warc(tmp_path / "a.warc.gz", [robots("a.example"), again, nowhere]))

    assert outcomes(store_path) == [
        ("a.example", 200, "parsed", "", []),
        ("a.example", 200, "parsed", "", []),
        ("b.example", 200, "unreadable", "its body is not here", []),
    ]
    assert rows(store_path, "SELECT kind, count(*) FROM evidence GROUP BY kind ORDER BY kind") == [
        ("response", 2), ("revisit", 2),
    ]  # fmt: skip


def test_a_revisit_is_not_cut_short_for_leaving_its_body_out(
    tmp_path: Path, store_path: Path
) -> None:
    body = b"datatrainingallowed=no\n"
    block = answer(body, headers=f"Content-Length: {len(body)}\r\n")
    url, again = "https://a.example/trust.txt", "2025-03-01T00:00:00Z"
    first = record("response", block, url=url)
    second = record(
        "revisit", block.removesuffix(body), url=url, at=again,
        WARC_Refers_To_Target_URI=url, WARC_Refers_To_Date="2025-02-01T00:00:00Z",
    )  # fmt: skip

    imported(store_path, warc(tmp_path / "a.warc.gz", [first, second]))

    assert rows(
        store_path,
        "SELECT truncated, value FROM capture JOIN signal USING (capture_id) ORDER BY captured_at",
    ) == [(False, "deny"), (False, "deny")]


def test_a_revisit_of_a_record_that_is_no_longer_what_it_was_has_no_body(
    tmp_path: Path, store_path: Path
) -> None:
    first = warc(tmp_path / "a.warc", [robots("a.example")])
    imported(store_path, first)
    first.write_bytes(first.read_bytes().replace(b"GPTBot", b"gptbot"))
    again = record(
        "revisit", answer(b""), url="https://a.example/robots.txt", at="2025-03-01T00:00:00Z",
        WARC_Refers_To_Date="2025-02-01T00:00:00Z",
    )  # fmt: skip

    imported(store_path, warc(tmp_path / "b.warc", [again]))

    assert outcomes(store_path)[1][2:4] == ("unreadable", "its body is not here")


def test_a_file_imported_twice_counts_once_and_is_not_read_again(
    tmp_path: Path, store_path: Path
) -> None:
    file = warc(tmp_path / "a.warc.gz", [INFO, robots("a.example")])

    first, second = imported(store_path, file), imported(store_path, file)
    copy = imported(store_path, Path(shutil.copy(file, tmp_path / "copy.warc.gz")))

    assert (first.before, first.new, first.known) == (False, 1, 0)
    assert (second.before, second.records, second.new, second.known) == (True, 2, 0, 1)
    assert (copy.before, copy.new) == (True, 0)
    assert rows(store_path, "SELECT count(*) FROM capture") == [(1,)]


def test_a_file_that_was_cut_goes_on_when_it_is_whole(tmp_path: Path, store_path: Path) -> None:
    records = [robots(f"h{n}.example", RULES + b"# %d\n" % n) for n in range(5)]
    file = warc(tmp_path / "a.warc.gz", records)
    data = file.read_bytes()
    file.write_bytes(data[:-20])
    short = imported(store_path, file)
    file.write_bytes(data)

    long = imported(store_path, file)

    assert (short.captures, short.damaged, long.damaged) == (4, 1, 0)
    assert short.damage[0].cause.startswith("the file ends ")
    assert (long.captures, long.new, long.known) == (5, 1, 4)


def test_a_file_cut_at_any_octet_imports_its_whole_records(tmp_path: Path) -> None:
    file = warc(tmp_path / "a.warc.gz", [robots("a.example"), robots("b.example", b"x: y\n")])
    data = file.read_bytes()
    border = len(gzip.compress(robots("a.example"), mtime=0))
    for size in range(1, len(data), 7):
        store = tmp_path / f"{size}.duckdb"
        file.write_bytes(data[:size])
        try:
            done = imported(store, file)
        except InputRefused:
            assert size < 3
            continue
        assert (done.captures, done.damaged) == (int(size >= border), int(size != border)), size
        store.unlink(missing_ok=True)


def test_rows_in_are_rows_out(tmp_path: Path, store_path: Path) -> None:
    file = warc(
        tmp_path / "a.warc.gz",
        [INFO, robots("a.example"), robots("a.example"), record("request", b"GET"),
         record("response", b"1.2.3.4", url="dns:a.example"), page("https://a.example/")],
    )  # fmt: skip

    done = imported(store_path, file)

    assert done.records == 6 == done.new + done.known + sum(done.skipped.values())
    assert (done.new, done.known) == (2, 1)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, store_path: Path) -> None:
    file = warc(tmp_path / "a.warc", [robots("a.example")])

    def meddle(*_: object) -> bool:
        with file.open("ab") as opened:
            opened.write(robots("b.example"))
        return False

    with pytest.raises(InputRefused, match="it changed while it was read; 1 new capture kept"):
        imported(store_path, file, stop=meddle)


@pytest.mark.parametrize(
    ("kind", "block", "fact"),
    [
        ("conversion", b"text", "text taken out of pages (WET)"),
        ("metadata", b'{"Container":{}}', "facts taken out of pages (WAT)"),
    ],
)
def test_what_was_taken_out_of_archives_is_refused(
    tmp_path: Path, store_path: Path, kind: str, block: bytes, fact: str
) -> None:
    file = warc(tmp_path / "a.warc.wet.gz", [INFO, record(kind, block, url="https://a.example/")])

    with pytest.raises(InputRefused) as refused:
        imported(store_path, file)

    assert refused.value.fact.startswith(fact)
    assert not store_path.exists()


@pytest.mark.parametrize(
    ("content", "fact"),
    [
        (None, "there is no such file"),
        (b"", "the file is empty"),
        (b"url,time\n", "it does not begin like a WARC file"),
        (gzip.compress(INFO + INFO, mtime=0), "compressed as a whole and not record by record"),
        (b"PK\x03\x04nonsense", "cannot be read as a zip"),
    ],
)
def test_what_is_no_warc_is_refused(
    tmp_path: Path, store_path: Path, content: bytes | None, fact: str
) -> None:
    file = tmp_path / "a.warc.gz"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(InputRefused) as refused:
        imported(store_path, file)

    assert refused.value.fact.startswith(fact)


def test_records_read_at_a_glance_tell_what_those_read_with_care_do(tmp_path: Path) -> None:
    answers = {
        "a": answer(), "b": answer(headers='ETag: "x\\"\r\nX: a: b\r\n'), "c": answer(b""),
        "d": answer(b"<html>"), "e": answer(status="404 Not Found"),
        "f": answer(status="503 Busy"), "g": answer(status="206 Partial Content"),
        "h": answer(headers="Location: https://a.example/robots.txt\r\n", status="301 Moved"),
        "i": answer(b"User-agent: *\nDisallow: /i\n"), "j": answer(status="204 No Content"),
    }  # fmt: skip
    records = [
        record("response", block, url=f"https://{name}.example/robots.txt")
        for name, block in answers.items()
    ]
    told = "SELECT * EXCLUDE (capture_id, run_id, fingerprint, source) FROM capture ORDER BY host"

    stores = tmp_path / "glance.duckdb", tmp_path / "care.duckdb"
    for store, name in zip(stores, ("a.warc.gz", "a.warc"), strict=True):
        done = imported(store, warc(tmp_path / name, records))
        assert (done.captures, done.new) == (10, 10)

    assert rows(stores[0], told) == rows(stores[1], told)
    for table in ("body", "robots_body", "robots_group", "robots_rule", "robots_signal"):
        assert rows(stores[0], f"FROM {table} ORDER BY ALL") == rows(
            stores[1], f"FROM {table} ORDER BY ALL"
        )


def test_what_was_learnt_of_bodies_may_be_forgotten_at_any_time(
    tmp_path: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "MOST", 2)
    monkeypatch.setattr(batching, "_MOST_KNOWN", 1)
    bodies = [b"User-agent: *\nDisallow: /%d\n" % number for number in (1, 1, 2, 3, 1, 1, 4, 2)]
    file = warc(
        tmp_path / "a.warc", [robots(f"h{n}.example", body) for n, body in enumerate(bodies)]
    )

    done = imported(store_path, file)

    assert (done.new, done.outcomes["parsed"]) == (8, 8)
    assert rows(store_path, "SELECT count(*), count(DISTINCT body_sha256) FROM capture") == [(8, 4)]
    assert rows(store_path, "SELECT count(*) FROM body") == [(4,)]
    assert rows(store_path, "SELECT count(*) FROM robots_body") == [(4,)]


def test_many_bodies_are_read_in_processes_of_their_own_and_come_to_the_same(
    tmp_path: Path,
) -> None:
    records = [robots(f"h{n}.example", RULES + b"Allow: /%d\n" % (n % 700)) for n in range(900)]
    file = warc(tmp_path / "a.warc", records)
    here, beside = tmp_path / "here.duckdb", tmp_path / "beside.duckdb"

    alone = imported(here, file)
    with Workers(2) as workers:
        helped = import_warc(file, Importing(beside), workers)

    assert replace(alone, reading_cpu_s=0) == replace(helped, reading_cpu_s=0)
    for table in ("body", "robots_body", "robots_group", "robots_rule"):
        assert rows(here, f"FROM {table} ORDER BY ALL") == rows(
            beside, f"FROM {table} ORDER BY ALL"
        )


def test_it_stops_when_asked_to_and_goes_on(
    tmp_path: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.archives.batching.MOST", 10)
    file = warc(tmp_path / "a.warc", [robots(f"h{n}.example") for n in range(35)])

    with pytest.raises(Incomplete, match="stopped as asked; 10 captures kept"):
        imported(store_path, file, stop=lambda: True)
    done = imported(store_path, file)

    assert (done.captures, done.new, done.known) == (35, 25, 10)


def test_a_killed_import_loses_nothing_it_wrote_and_goes_on(tmp_path: Path) -> None:
    records = (robots(f"h{n}.example", RULES + b"# %d\n" % (n % 50)) for n in range(20_000))
    file, store = warc(tmp_path / "a.warc", records), tmp_path / "s.duckdb"
    script = (
        "import crawler.archives.batching as b; b.MOST = 500\n"
        "import sys; from pathlib import Path; from crawler.archives.warc import *\n"
        "from crawler.archives.imported import Importing\n"
        "from crawler.archives.interpreting import Workers\n"
        "how = Importing(Path(sys.argv[2]), say=print)\n"
        "import_warc(Path(sys.argv[1]), how, Workers(0))\n"
    )
    for seconds in (0.2, 0.5, 1.0):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(file), str(store)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        ) as child:
            _wait_for(store)
            time.sleep(seconds)
            child.send_signal(signal.SIGKILL)
        counts = rows(
            store,
            "SELECT (SELECT count(*) FROM capture), (SELECT count(*) FROM evidence),"
            " (SELECT count(*) FROM capture WHERE body_sha256 NOT IN (SELECT sha256 FROM body))",
        )[0]
        assert counts[0] == counts[1]
        assert counts[0] % 500 == 0 == counts[2]

    done = imported(store, file)

    assert (done.captures, done.new + done.known, done.known >= counts[0]) == (20_000, 20_000, True)
    assert rows(store, "SELECT count(DISTINCT fingerprint), count(*) FROM capture") == [
        (20_000, 20_000)
    ]


def _wait_for(store: Path) -> None:
    """Wait until the import has written its first batch."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(StoreError):  # it is being made
            if store.exists() and rows(store, "SELECT 1 FROM capture LIMIT 1"):
                return
        time.sleep(0.05)


FACTS = {
    "dolma-sample-0000.warc.gz": (48, 22, {"metadata": 1, "request": 22, "resource": 2, "warcinfo": 1}, 0),
    "py-wacz-example-iana.warc": (118, 58, {"request": 58, "warcinfo": 2}, 0),
    "py-wacz-example-collection.warc": (4, 1, {"request": 1, "warcinfo": 2}, 0),
    "warcio-example.warc.gz": (6, 2, {"request": 2, "warcinfo": 2}, 0),
    "warcio-TRUNCATED.warc": (3, 0, {"request": 1, "warcinfo": 2}, 1),
    "whirlwind-cc-2024.warc.gz": (4, 1, {"metadata": 1, "request": 1, "warcinfo": 1}, 0),
    "DERIVED-robots-2019.warc.gz": (81, 80, {"warcinfo": 1}, 0),
}  # fmt: skip


@pytest.mark.parametrize("name", FACTS)
def test_real_files_hold_what_is_known_of_them(
    shared_data: Path, store_path: Path, name: str
) -> None:
    done = imported(store_path, shared_data / "07-warc" / name)

    assert (done.records, done.captures, done.skipped, done.damaged) == FACTS[name]


def test_the_revisits_of_a_real_file_are_34_and_their_bodies_are_found(
    shared_data: Path, store_path: Path
) -> None:
    imported(store_path, shared_data / "07-warc" / "py-wacz-example-iana.warc")

    assert rows(
        store_path,
        "SELECT status, count(*), count(body_sha256) FROM capture JOIN evidence USING (capture_id)"
        " WHERE kind = 'revisit' GROUP BY status ORDER BY status",
    ) == [(200, 33, 33), (404, 1, 1)]


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("warcio-BAD-non-chunked.warc.gz", "compressed as a whole and not record by record"),
        ("whirlwind-cc-2024.warc.wet.gz", "text taken out of pages (WET)"),
        ("whirlwind-cc-2024.warc.wat.gz", "facts taken out of pages (WAT)"),
    ],
)
def test_real_files_without_exchanges_of_their_own_place_are_refused(
    shared_data: Path, store_path: Path, name: str, fact: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        imported(store_path, shared_data / "07-warc" / name)

    assert refused.value.fact.startswith(fact)


def test_a_warc_tells_the_same_of_the_same_robots_files_as_json_lines(
    shared_data: Path, tmp_path: Path
) -> None:
    ours, theirs = tmp_path / "warc.duckdb", tmp_path / "jsonl.duckdb"
    imported(ours, shared_data / "07-warc" / "DERIVED-robots-2019.warc.gz")
    wrapped = {digest for (digest,) in rows(ours, "SELECT body_sha256 FROM capture")}
    with gzip.open(shared_data / "02-robots-2019" / "captures.jsonl.gz") as lines:
        same = [line for line in lines if json.loads(line)["sha256"] in wrapped]
    (tmp_path / "same.jsonl").write_bytes(b"".join(same))
    import_captures(theirs, tmp_path / "same.jsonl")

    question = "SELECT DISTINCT host, body_sha256, outcome, reason FROM capture ORDER BY ALL"
    of_warc = set(rows(ours, question))
    assert of_warc <= set(rows(theirs, question))
    # A set of rules that stands in several files has the lines of the first one.
    for what in ("* FROM robots_body", "* FROM robots_group", "* EXCLUDE (line) FROM robots_rule"):
        assert rows(ours, f"SELECT {what} ORDER BY ALL") == rows(
            theirs, f"SELECT {what} ORDER BY ALL"
        )


def test_stores_of_a_file_each_come_to_the_store_of_both(tmp_path: Path) -> None:
    files = [
        warc(tmp_path / f"{name}.warc.gz", [robots(f"{name}.example"), robots("both.example")])
        for name in ("a", "b")
    ]
    stores = [tmp_path / f"{file.name}.duckdb" for file in files]
    for file, store in zip(files, stores, strict=True):
        imported(store, file)
        imported(tmp_path / "one.duckdb", file)

    merge(tmp_path / "merged.duckdb", stores)

    question = (
        "SELECT url, source, evidence.* EXCLUDE (capture_id) FROM capture"
        " JOIN evidence USING (capture_id) ORDER BY ALL"
    )
    archives = "SELECT file, sha256, octets, captures FROM archive ORDER BY ALL"
    for what in (question, archives, "FROM robots_rule ORDER BY ALL"):
        assert rows(tmp_path / "merged.duckdb", what) == rows(tmp_path / "one.duckdb", what)
    assert imported(tmp_path / "merged.duckdb", files[0]).before
