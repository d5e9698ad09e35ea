"""What a sealed list names is shown nowhere: by no command, in no file, and in no failure."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import stat
import sys
from contextlib import redirect_stderr, redirect_stdout
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from threading import Thread
from typing import TYPE_CHECKING

import duckdb
import pytest

from cli import run
from provenance.errors import StoreError
from provenance.sealed import folder_of, key_in, make_folder, names_beside
from tests.audit.world import ALLOW, World
from tests.command import provisor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "zqplanted.example"
PAGE = "zqpage"
ON_SHARED = f"https://shared.example/{PAGE}"
DIGEST = hashlib.sha256(b"zqfile").hexdigest()
SHA1 = hashlib.sha1(b"zqfile", usedforsecurity=False).hexdigest()
PLANTED = ("zqplanted", PAGE, DIGEST, SHA1)
NAMED = (
    f"https://{HOST}/a", f"http://www.{HOST}:8080/b", f"HTTPS://{HOST.upper()}./", ON_SHARED,
    f"https://www.shared.example/{PAGE}", f"https://web.archive.org/web/2020/https://{HOST}/z",
    f"https://archive.ph/2020/{ON_SHARED}",
)  # fmt: skip
NEAR = (
    "https://shared.example/other", "https://example/", f"https://shared.example/{PAGE[:-1]}/below",
    "https://web.archive.org/web/2020/https://ok.example/",
)  # fmt: skip


class Place:
    """A folder with a store, sealed lists beside it, and every output that was seen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inputs = folder / "inputs"
        self.inputs.mkdir()
        self.out = folder / "out"
        self.out.mkdir()
        self.world = World(self.out)
        self.store = self.world.store
        self.said = ""

    def call(self, *words: str) -> tuple[int, str]:
        """Run a command in this process; what it says, with the way it failed, is kept."""
        out, err = StringIO(), StringIO()
        with pytest.MonkeyPatch.context() as patched, redirect_stdout(out), redirect_stderr(err):
            patched.setattr(sys, "argv", ["provisor", "--debug", *words])
            patched.setenv("PROVISOR_STORE", str(self.store))
            with pytest.raises(SystemExit) as ended:
                run()
        self.said += out.getvalue() + err.getvalue()
        return int(ended.value.code or 0), out.getvalue()

    def file(self, name: str, *lines: str) -> str:
        path = self.inputs / name
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return str(path)

    def seal(self, file: str, list_id: str, kind: str, *more: str) -> tuple[int, str]:
        return self.call(
            "blocklist", "seal", file, "--list-id", list_id, "--kind", kind, "--submitter",
            "Example Hotline", "--role", "hotline", "--terms", "agreement 17", *more,
        )  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Seal two lists, then run every command that could meet what they name."""
    place = Place(tmp_path_factory.mktemp("sealed"))
    place.world.robots("2024-01-01", ALLOW, host="ok.example")
    place.seal(place.file("names.txt", HOST, ON_SHARED), "hotline/names", "csam")
    files = place.file("files.csv", "algo,hash", f"sha256,{DIGEST}", f"sha1,{SHA1}")
    place.seal(files, "hotline/files", "ncii")
    rows = [f"{url},2024-01-01," for url in (*NAMED, *NEAR)]
    rows += [f"https://ok.example/1,2024-01-01,{DIGEST.upper()}", "https://ok.example/2,,"]
    rows += [f"https://ok.example/3,,{'ab' * 32}"]
    place.file("rows.csv", "url,collected_at,sha256", *rows)
    return place


@pytest.fixture(scope="module")
def audited(place: Place) -> Path:
    audit = place.out / "audit"
    code, _ = place.call(
        "audit", str(place.inputs / "rows.csv"), "--out", str(audit), "--report", "markdown",
        "--report", "csv", "--report", "sarif", "--report", "junit", "--report", "croissant",
        "--report", "parquet", "--report", "eu-summary", "--report", "ab2013",
    )  # fmt: skip
    assert code == 1
    return audit


def test_every_row_that_is_named_is_told_by_its_number_and_rule_alone(
    place: Place, audited: Path
) -> None:
    _, told = place.call("verdicts", str(audited), "--json", "--details")
    rows = [json.loads(line) for line in told.splitlines()]

    named = [row for row in rows if row["level"] == "critical"]

    first = len(NAMED) + len(NEAR)
    assert [row["row"] for row in named] == [*range(len(NAMED)), first]
    assert [row["rules"][-1] for row in named] == ["ILL-01"] * len(NAMED) + ["ILL-02"]
    for row in named:
        assert (row["host"], row["captures"], row["entries"]) == (None, [], [])
        assert not row["refused_before"]
    assert all(row["host"] for row in rows if row not in named)


def test_they_are_heeded_whatever_laws_are_asked(place: Place) -> None:
    rows, audit, to = str(place.inputs / "rows.csv"), place.out / "eu", place.out / "eu-clean"

    place.call("audit", rows, "--out", str(audit), "--law", "eu")
    place.call("clean", rows, "--audit", str(audit), "--to", str(to))
    _, told = place.call("explain", f"https://{HOST}/a", "--law", "eu", "--format", "json")

    assert json.loads((to / "removal.json").read_text())["rows"]["sealed"] == len(NAMED) + 1
    left = "".join(path.read_text() for path in to.rglob("*.csv"))
    assert not any(word in left.lower() for word in PLANTED)
    assert "ILL-01" in told


def test_domain_names_counted_from_the_manifest_are_those_the_audit_shows(
    place: Place, audited: Path, tmp_path: Path
) -> None:
    (tmp_path / "audit").symlink_to(audited)
    shutil.copy(place.inputs / "rows.csv", tmp_path)

    code, told = place.call(
        "report", str(tmp_path / "audit"), "--format", "eu-summary", "--format", "ab2013",
        "--size-column", "sha256", "--stdout",
    )  # fmt: skip

    assert code == 0
    assert not any(word in told.lower() for word in PLANTED)
    assert "`ok.example`" in told
    assert f"rows that belong to no domain name: {len(NAMED) - 2:,}" in told


def test_a_preview_of_another_list_shows_none_of_their_addresses(place: Place) -> None:
    listed = place.file("public.txt", "shared.example", "ok.example")
    rows = str(place.inputs / "rows.csv")

    code, told = place.call("blocklist", "preview", listed, "--manifest", rows, "--json")

    assert code == 0
    assert "https://shared.example/other" in told
    assert PAGE not in told


def test_cleaning_leaves_nothing_that_could_serve_as_an_index(place: Place, audited: Path) -> None:
    to = place.out / "clean"
    place.call("clean", str(place.inputs / "rows.csv"), "--audit", str(audited), "--to", str(to))

    removal = json.loads((to / "removal.json").read_text())

    assert removal["rows"]["sealed"] == len(NAMED) + 1
    left = "".join(path.read_text() for path in to.rglob("*.csv"))
    assert not any(word in left.lower() for word in PLANTED)
    sealed = {
        hashlib.sha256(text.encode()).hexdigest()
        for text in (f"{HOST}/a", f"shared.example/{PAGE}", "ok.example/1")
    }
    assert not sealed & set((to / "suppress.txt").read_text().split())


def test_no_command_shows_what_is_sealed(place: Place, audited: Path) -> None:
    hosts = place.file("hosts.txt", HOST, f"www.{HOST}", ON_SHARED, "ok.example")
    captures = place.file(
        "past.jsonl",
        *(
            json.dumps({"url": f"https://{host}/robots.txt", "captured_at": "2024-01-01T00:00:00Z",
                        "status": 200, "body": "User-agent: *\nDisallow: /\n"})
            for host in (HOST, "past.example")
        ),
    )  # fmt: skip
    bad = place.file(
        "bad.txt", f"{HOST} {HOST}", f"http://[{HOST}/", f"ftp://{HOST}/", "ok.example"
    )
    wrong = place.file("wrong.csv", "value,scop", f"{HOST},domain")
    pdq = place.file("pdq.csv", "algo,hash", f"pdq,{DIGEST}", f"sha256,{DIGEST[:-1]}")
    package = place.inputs / "package"
    package.mkdir()
    (package / "manifest.json").write_text(f'{{"{HOST}": ')
    before = place.store.stat().st_size

    codes = [
        place.seal(bad, "hotline/bad", "csam")[0],
        place.seal(wrong, "hotline/wrong", "csam")[0],
        place.seal(pdq, "hotline/pdq", "csam")[0],
        place.seal(str(package), "hotline/package", "csam")[0],
        place.seal(str(place.inputs / "names.txt"), "no slug", "csam")[0],
    ]
    assert codes == [3, 3, 3, 3, 2]
    assert place.store.stat().st_size == before

    crawled = ("crawl", "--contact", "a@example.org", "--allow-loopback", "--delay", "0", "--hosts")
    assert place.call(*crawled, place.file("only.txt", HOST))[0] == 2
    assert place.call("inspect", f"https://{HOST}/", "--contact", "a@example.org")[0] == 2
    assert place.call("import", "captures", captures, "--json")[0] == 0
    for command in (
        ("blocklist", "sealed"), ("blocklist", "sealed", "--json"), ("blocklist", "list"),
        ("blocklist", "status", "--json"), ("blocklist", "stats"), ("blocklist", "review"),
        ("explain", "0", "--audit", str(audited)), ("explain", "0", "--audit", str(audited), "--format", "json"),
        ("explain", f"https://{HOST}/a"), ("explain", ON_SHARED, "--format", "json"),
        ("report", str(audited), "--format", "markdown"), ("rules", "ILL-01"),
        ("verdicts", str(audited), "--out", str(place.out / "verdicts.csv")),
        ("trace", str(place.inputs / "rows.csv"), "--host", "ok.example"),
        ("store", "status"), ("verify",), ("doctor", "--store", str(place.store)),
        ("audit", str(place.inputs / "rows.csv"), "--out", str(audited), "--update"),
        ("audit", str(place.inputs / "rows.csv"), "--out", str(audited), "--json"),
        ("--debug", "blocklist", "import", hosts, "--list-id", "a/b"),
    ):  # fmt: skip
        place.call(*command)

    assert [word for word in PLANTED if word in place.said.lower()] == []
    assert [
        (path.name, word)
        for path, text in texts(place.out)
        for word in PLANTED
        if word in text.lower()
    ] == []


def test_what_was_captured_before_it_was_sealed_is_shown_no_more(tmp_path: Path) -> None:
    place = Place(tmp_path)
    robots = place.world.robots("2024-01-01", ALLOW, host=HOST)
    page = place.world.page("2024-01-01", f"/{PAGE}", host="shared.example")
    near = place.world.page("2024-01-01", "/other", host="shared.example")
    place.seal(place.file("names.txt", HOST, ON_SHARED), "hotline/names", "csam")

    codes = [
        place.call(*words)[0]
        for words in (
            ("show", str(robots)), ("show", str(robots), "--json"), ("show", str(page), "--wire"),
            ("show", str(page), "--raw"), ("inspect", HOST, "--history"),
            ("inspect", f"http://{HOST}:80/x", "--recorded", "--json"),
            ("prove", "capture", str(page), "--out", str(place.out / "proof")),
            ("explain", f"https://{HOST}/a"), ("explain", ON_SHARED, "--format", "json"),
            ("show", str(near), "--json"),
        )
    ]  # fmt: skip

    assert codes == [2, 2, 2, 2, 3, 3, 2, 0, 0, 0]
    said = place.said.replace(HOST + " was captured up to", "")  # the words of who asked
    assert [word for word in PLANTED if word in said.lower()] == []
    assert not (place.out / "proof").exists()


def texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file beneath *folder* as text: those that are packed, as what they hold."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        yield path, path.read_bytes().decode("latin-1")
        if path.suffix == ".parquet":
            yield path, str(duckdb.execute("FROM read_parquet(?)", [str(path)]).fetchall())
        elif path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as known:
                tables = known.execute("SELECT table_name FROM duckdb_tables()").fetchall()
                for (table,) in tables:
                    yield path, str(known.execute(f"FROM {table}").fetchall())


def test_a_crawl_asks_nobody_for_what_is_sealed_and_keeps_no_way_there(place: Place) -> None:
    asked: list[str] = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers["Host"])
            if self.path != "/robots.txt":
                self.send_response(302)
                self.send_header("Location", f"http://{HOST}:{port}/")
            else:
                self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        port = server.server_address[1]
        Thread(target=server.serve_forever, daemon=True).start()
        hosts = place.file("web.txt", f"http://{HOST}:{port}", f"http://ok.example:{port}")
        code, out, err = provisor(
            "crawl", "--hosts", hosts, "--contact", "a@example.org", "--allow-loopback",
            "--delay", "0", cwd=place.out, PROVISOR_STORE=str(place.store),
        )  # fmt: skip
        server.shutdown()

    assert (code, set(asked)) == (0, {f"ok.example:{port}"})
    assert "left out, for sealed lists name them: 1 mentions of hosts" in err
    assert "zqplanted" not in out + err
    found = [path.name for path, text in texts(place.out) if "zqplanted" in text.lower()]
    packed = [gzip.decompress(path.read_bytes()) for path in place.out.rglob("*.warc.gz")]
    assert (found, [b"zqplanted" in one.lower() for one in packed]) == ([], [False] * len(packed))


def test_nobody_but_the_owner_can_read_it_and_loose_files_are_refused(place: Place) -> None:
    folder = folder_of(place.store)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}

    assert modes == {folder.name: 0o700, "key": 0o600, "lists.duckdb": 0o600}
    os.chmod(folder / "key", 0o640)  # noqa: PTH101
    code, said = place.call("blocklist", "sealed")
    os.chmod(folder / "key", 0o600)  # noqa: PTH101
    assert (code, said) == (4, "")
    assert "chmod 600 key" in place.said


def test_nothing_is_sealed_under_a_key_that_was_cut_short(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "s.duckdb")
    assert len(key_in(folder)) == 32
    assert [path.name for path in folder.iterdir()] == ["key"]

    (folder / "key").write_bytes(b"")

    with pytest.raises(StoreError, match="has 0 octets, not 32"):
        key_in(make_folder(tmp_path / "s.duckdb"))


def test_names_are_asked_for_as_rows_are(place: Place) -> None:
    names = names_beside(place.store)
    assert names

    assert {names.kind_of(url) for url in NAMED} == {"csam"}
    assert {names.kind_of(url) for url in NEAR} == {""}
    assert names.kind_of_host(f"a.{HOST}:8443") == "csam"
    assert names.kind_of_host("shared.example") == ""


def test_a_version_takes_the_place_of_the_one_before_and_keeps_its_date(place: Place) -> None:
    code, _ = place.seal(place.file("one.txt", "a.example", "b.example"), "hotline/more", "other")
    _, again = place.seal(place.file("two.txt", "b.example"), "hotline/more", "other", "--json")
    told = json.loads(again)

    names = names_beside(place.store)
    assert names
    assert (code, told["entries"], told["removed"]) == (0, 1, 1)
    assert (names.kind_of_host("a.example"), names.kind_of_host("b.example")) == ("", "other")
    assert place.call("blocklist", "unseal", "hotline/more")[0] == 0
    names = names_beside(place.store)
    assert names
    assert names.kind_of_host("b.example") == ""
