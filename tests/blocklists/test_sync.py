"""Published lists are looked at again; each look is recorded, whatever came of it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from blocklists.sources import Source, read_sources
from blocklists.sync import Look, sync
from crawler.downloading import Download, download
from provenance.errors import InputRefused
from provenance.store import reading
from tests.blocklists.lists import at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAYS = {"allow_http": True, "allow_loopback": True}


class Site:
    """A server of one list."""

    def __init__(self) -> None:
        self.body = b"a.example\nb.example\n"
        self.status = 200
        self.etag = '"1"'
        self.cut = 0
        self.asked: list[dict[str, str]] = []
        self.url = ""


@pytest.fixture
def site() -> Iterator[Site]:
    """A list on this machine that can change and fail."""
    with _served(Site()) as served:
        yield served


@contextmanager
def _served(site: Site) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append({name.lower(): value for name, value in self.headers.items()})
            same = site.status == 200 and self.headers.get("If-None-Match") == site.etag
            self.send_response(304 if same else site.status)
            self.send_header("ETag", site.etag)
            self.send_header("Location", "https://elsewhere.example/")
            self.send_header("Content-Length", str(0 if same else len(site.body) + site.cut))
            self.end_headers()
            if not same:
                self.wfile.write(site.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}/list.txt"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def look(folder: Path, day: str, source: Source, **ways: Any) -> Look:
    (found,) = sync(
        folder / "store.duckdb", [source], folder=folder, keep=folder / "kept",
        fetch=partial(download, **(WAYS | ways)), clock=lambda: at(day),
    )  # fmt: skip
    return found


def entries(folder: Path) -> list[tuple[str, int]]:
    with reading(folder / "store.duckdb") as connection:
        return connection.execute(
            "SELECT host, version FROM entry JOIN submission USING (submission_id) ORDER BY ALL"
        ).fetchall()


def test_a_list_is_found_unchanged_and_changed(tmp_path: Path, site: Site) -> None:
    source = Source("press/comics", "Press KK", url=site.url)

    looks = [look(tmp_path, "2026-01-01", source), look(tmp_path, "2026-01-02", source)]
    site.body, site.etag = b"b.example\nc.example\nco.jp\n", '"2"'
    looks.append(look(tmp_path, "2026-01-03", source))
    site.etag = '"3"'  # the same octets under another name
    looks.append(look(tmp_path, "2026-01-04", source))

    assert [(one.outcome, one.detail) for one in looks] == [
        ("found", "version 1, 2 entries"),
        ("unchanged", ""),
        ("changed", "version 2, 2 entries, 1 line left out"),
        ("unchanged", ""),
    ]
    assert "if-none-match" not in site.asked[0]
    assert [asked["if-none-match"] for asked in site.asked[1:]] == ['"1"', '"1"', '"2"']
    assert entries(tmp_path) == [
        ("a.example", 1), ("b.example", 1), ("b.example", 2), ("c.example", 2),
    ]  # fmt: skip
    with reading(tmp_path / "store.duckdb") as connection:
        kept = connection.execute(
            "SELECT fetched_at, outcome, length(file_sha256) FROM list_fetch ORDER BY fetched_at"
        ).fetchall()
    assert [(f"{when:%d}", outcome, length) for when, outcome, length in kept] == [
        ("01", "found", 64), ("02", "unchanged", 64), ("03", "changed", 64), ("04", "unchanged", 64),
    ]  # fmt: skip
    assert (
        sorted(path.stat().st_mode & 0o777 for path in (tmp_path / "kept").iterdir()) == [0o600] * 2
    )


def test_what_a_server_says_of_its_state_steers_no_terminal(tmp_path: Path) -> None:
    source = Source("press/comics", "Press KK", url="https://a.example/list.txt")
    answers = iter((Download(200, b"a.example\n", "1"), Download(304, b"", "\x1b[2J")))

    looks = [
        sync(
            tmp_path / "store.duckdb", [source], folder=tmp_path, keep=tmp_path / "kept",
            fetch=lambda *_, **__: next(answers), clock=lambda: at("2026-01-01"),
        )[0]
        for _ in range(2)
    ]  # fmt: skip

    assert [(one.outcome, one.etag) for one in looks] == [
        ("found", "1"), ("unchanged", "\\u{1b}[2J"),
    ]  # fmt: skip


NO_FORMAT = "F_FORMAT: its format is not clear: no format fits 95% of the first lines"


@pytest.mark.parametrize(
    ("status", "body", "cut", "ways", "why"),
    [
        (404, b"", 0, {}, "status 404"),
        (301, b"", 0, {}, "status 301"),
        (304, b"", 0, {}, "status 304"),
        (200, b"a.example\n", 5, {}, "broken off"),
        (200, b"a.example\n" * 7_000_000, 0, {}, "larger than 67,108,864 octets"),
        (200, b"", 0, {}, "F_EMPTY: holds no entry"),
        (
            200,
            b"<html><body>moved</body></html>",
            0,
            {},
            f"{NO_FORMAT} (none): it looks like a web page, which cannot be read",
        ),
        (200, b"a.example\n", 0, {"allow_loopback": False}, "refused address"),
        (200, b"a.example\n", 0, {"allow_http": False}, "not https"),
    ],
)
def test_a_look_that_fails_is_recorded_and_the_next_is_not_kept_from_it(
    tmp_path: Path, site: Site, status: int, body: bytes, cut: int, ways: dict[str, bool], why: str
) -> None:
    source = Source("press/comics", "Press KK", url=site.url)
    site.status, good, site.body, site.cut = status, site.body, body, cut

    failed = look(tmp_path, "2026-01-01", source, **ways)
    site.status, site.body, site.cut = 200, good, 0
    found = look(tmp_path, "2026-01-02", source)

    assert (failed.outcome, failed.detail, failed.file_sha256) == ("failed", why, "")
    assert found.outcome == "found"


def test_an_address_that_nobody_answers_fails(tmp_path: Path, site: Site) -> None:
    port = site.url.split(":")[2].partition("/")[0]
    closed = Source("press/comics", "Press KK", url=f"https://127.0.0.1:{port}/")

    assert look(tmp_path, "2026-01-01", closed).detail == "SSLError"
    assert download("ftp://a.example/", limit=9).error == "not a web address"


def test_files_are_looked_at_as_well_and_a_wrong_file_waits(tmp_path: Path) -> None:
    source = Source("press/comics", "Press KK", path="list.txt")
    path = tmp_path / "list.txt"
    path.write_text("".join(f"s{n}.example\n" for n in range(200)), "utf-8")
    first = look(tmp_path, "2026-01-01", source)
    path.write_text("".join(f"t{n}.example\n" for n in range(200)), "utf-8")
    wrong = look(tmp_path, "2026-01-02", source)
    path.unlink()
    gone = look(tmp_path, "2026-01-03", source)

    assert (first.outcome, wrong.outcome, gone.outcome) == ("found", "changed", "failed")
    assert wrong.detail == ("version 2, 200 entries: waits to be confirmed (+200 -200, 0 kept)")
    assert wrong.fetched_at - first.fetched_at == timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "scope"), [("urls", "url_prefix"), ("others", "url"), ("urls.txt", "url")]
)
def test_a_list_is_read_as_its_name_says_where_it_is_followed_too(
    tmp_path: Path, name: str, scope: str
) -> None:
    (tmp_path / name).write_text("a.example/comics\n", "utf-8")

    look(tmp_path, "2026-01-01", Source("press/comics", "Press KK", path=name))

    with reading(tmp_path / "store.duckdb") as connection:
        assert connection.execute("SELECT scope FROM entry").fetchall() == [(scope,)]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("[[source]", "Expected ']]'"),
        ("a = 1", "it names no source"),
        ('[[source]]\nlist_id = "a/b"', "list_id or submitter is missing"),
        ('[[source]]\nlist_id = "ab"\nsubmitter = "A"\npath = "x"', "'ab' is no list id"),
        ('[[source]]\nlist_id = "a/b"\nsubmitter = "A"', "it has not one place"),
        ('[[source]]\nlist_id = "a/b"\nsubmitter = "A"\npath = "x"\nurl = "y"', "it has not one place"),
        ('[[source]]\nlist_id = "a/b"\nsubmitter = "A"\nfile = "x"', "there is no key file"),
        ('[[source]]\nlist_id = "a/b"\nsubmitter = "A"\npath = 3', "holds more than texts"),
        ('[[source]]\nlist_id = "a/b"\nsubmitter = "A"\npath = "x"\n' * 2, "it names a/b twice"),
        ('[[source]]\nlist_id = "a/b"\nsubmitter = "A"\npath = "x"\nrole = "king"', "there is no role king"),
    ],
)  # fmt: skip
def test_a_file_of_sources_that_cannot_be_followed_is_refused(
    tmp_path: Path, text: str, fact: str
) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(InputRefused) as caught:
        read_sources(path)

    assert caught.value.fact.startswith(fact)
