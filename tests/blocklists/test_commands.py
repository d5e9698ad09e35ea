from __future__ import annotations

import json
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from blocklists.commands import blocklist
from provenance.errors import ProvisorError

ROOT = Path(__file__).parents[2]
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(blocklist, [str(word) for word in words])


def code(result: Result) -> int:
    """Return the exit code, as the command `provisor` gives it."""
    failure = result.exception
    return failure.exit_code if isinstance(failure, ProvisorError) else result.exit_code


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    path = tmp_path / "sites.csv"
    path.write_text("value,scope\nwww.example.com,\nhttps://a.example/x/,\n", "utf-8")
    return path


@pytest.fixture
def flawed(tmp_path: Path) -> Path:
    path = tmp_path / "flawed.txt"
    path.write_text("a.example\n# c\nco.jp\nexam\u202eple.com\n", "utf-8")
    return path


def test_check_shows_what_a_list_gives(sites: Path) -> None:
    result = run("check", sites)

    assert result.output == (
        f"{sites}: read as csv\n"
        "  entries 2, different targets 2, refused 0\n"
        "  passed over: 1 header\n"
        "  W_WWW 1: www. in front of a site's own name: read as the whole site\n"
    )
    assert code(result) == 0


def test_check_shows_every_refused_line_and_fails(flawed: Path) -> None:
    result = run("check", flawed)

    assert result.output == (
        f"{flawed}: read as plain\n"
        "  entries 1, different targets 1, refused 2\n"
        "  passed over: 1 comment\n"
        "line 3: co.jp: E_PUBLIC_SUFFIX: co.jp is a registry's suffix: "
        "it would cover every site below it; name the site\n"
        "line 4: exam\\u{202e}ple.com: E_CTRL_CHAR: holds an invisible character "
        "(U+202E at position 5); type the name again instead of copying it\n"
    )
    assert code(result) == 3


def test_check_tells_what_the_list_could_be_as_well(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("*.a.example\n*.b.example\n", "utf-8")

    assert run("check", path).output == (
        f"{path}: read as wildcard\n"
        "  100% of the first lines look so; others: plain 100%\n"
        "  entries 2, different targets 2, refused 0\n"
        "  W_WILDCARD_APEX 2: *. in front of a name: the name itself is included\n"
    )


def test_check_counts_exceptions(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("||a.example^\n@@||b.a.example^\n", "utf-8")

    assert run("check", path).output == (
        f"{path}: read as adblock\n"
        "  entries 1, different targets 1, refused 1\n"
        "  exceptions 1: without them the list covers more than its author meant\n"
        "line 2: @@||b.a.example^: E_EXCEPTION: an exception: leaving it out makes the list cover "
        "more than its author meant; take out the line that it is an exception to, and hand the "
        "list in without both\n"
    )


def test_check_speaks_japanese(flawed: Path) -> None:
    result = run("check", flawed, "--lang", "ja")

    assert result.output == (
        f"{flawed}: plain として読みました\n"
        "  項目 1、異なる対象 1、受け付けない行 2\n"
        "  対象のない行: 1 comment\n"
        "3 行目: co.jp: E_PUBLIC_SUFFIX: co.jp はレジストリの接尾辞で、"
        "その下のすべてのサイトが対象になってしまいます; サイトの名前を書いてください\n"
        "4 行目: exam\\u{202e}ple.com: E_CTRL_CHAR: 目に見えない文字が含まれています "
        "(5 文字目の U+202E); コピーせずに、名前を入力し直してください\n"
    )
    assert code(result) == 3


def test_import_refuses_in_japanese(flawed: Path, store_path: Path) -> None:
    result = run(
        "import", flawed, "--list-id", "a/b", "--submitter", "E", "--store", store_path,
        "--lang", "ja",
    )  # fmt: skip

    assert str(result.exception).splitlines()[0] == (
        f"{flawed}: F_LINES: 受け付けられない行があるため (3 行のうち 2 行)、何も保存していません; "
        "該当する行を直すか、--skip-refused で除いてください"
    )
    assert "U+202E" in str(result.exception).splitlines()[2]


def test_check_tells_programs_the_same(flawed: Path) -> None:
    result = run("check", flawed, "--json")

    assert "\u202e" not in result.output
    assert json.loads(result.output) == {
        "file": str(flawed),
        "sha256": sha256(flawed.read_bytes()).hexdigest(),
        "format": "plain",
        "share": 1.0,
        "shares": {"plain": 1.0},
        "targets": 1,
        "skipped": {"comment": 1},
        "entries": [
            {
                "line": 1,
                "raw": "a.example",
                "entry_id": sha256(b"v1|domain|a.example||").hexdigest(),
                "scope": "domain",
                "host": "a.example",
                "port": "",
                "path": "",
                "notice_date": None,
                "warnings": [],
            }
        ],
        "digests": [],
        "withdrawn": [],
        "refused": [
            {
                "file": str(flawed),
                "line": 3,
                "text": "co.jp",
                "code": "E_PUBLIC_SUFFIX",
                "cause": "co.jp is a registry's suffix: it would cover every site below it",
                "remedy": "name the site",
            },
            {
                "file": str(flawed),
                "line": 4,
                "text": "exam\u202eple.com",
                "code": "E_CTRL_CHAR",
                "cause": "holds an invisible character (U+202E at position 5)",
                "remedy": "type the name again instead of copying it",
            },
        ],
    }
    assert code(result) == 3


def test_import_gives_a_receipt_and_list_shows_it(sites: Path, store_path: Path) -> None:
    words = ("import", sites, "--list-id", "example/sites", "--submitter", "Ex\u202eample")

    received = run(*words, "--store", store_path)
    again = run(*words, "--store", store_path)
    listed = run("list", "--store", store_path)

    receipt = (
        "list       example/sites version 1\n"
        "received   TIME, from Ex\\u{202e}ample\n"
        "entries    2\n"
        "status     accepted\n"
        f"file       sha256 {sha256(sites.read_bytes()).hexdigest()}\n"
    )
    assert TIME.sub("TIME", received.output) == receipt
    assert TIME.sub("TIME", again.output) == f"received before; nothing was added\n{receipt}"
    assert TIME.findall(again.output) == TIME.findall(received.output)
    assert TIME.sub("____________________", listed.output) == (
        "LIST           VERSION  RECEIVED              ENTRIES  STATUS    SUBMITTER\n"
        "example/sites  1        ____________________  2        accepted  Ex\\u{202e}ample\n"
    )
    assert [code(result) for result in (received, again, listed)] == [0, 0, 0]


def test_import_and_list_tell_programs_the_same(flawed: Path, store_path: Path) -> None:
    received = run(
        "import", flawed, "--list-id", "example/sites", "--submitter", "Example", "--role", "agent",
        "--basis", "court_order", "--published", "2025-06-01", "--unverified", "--skip-refused",
        "--format", "plain", "--encoding", "utf-8", "--store", store_path, "--json",
    )  # fmt: skip
    listed = run("list", "--store", store_path, "--json")

    receipt = json.loads(received.output)
    assert TIME.fullmatch(receipt.pop("received_at"))
    assert len(receipt.pop("file_sha256")) == 64
    assert receipt == {
        "submission_id": 1,
        "list_id": "example/sites",
        "version": 1,
        "submitter": "Example",
        "role": "agent",
        "basis": "court_order",
        "format": "plain",
        "file_name": "flawed.txt",
        "status": "received",
        "entries": 1,
        "refused": 2,
        "already": False,
        "quarantined": 0,
        "held": False,
        "change": "",
    }
    assert json.loads(listed.output)[0]["list_id"] == "example/sites"


def test_import_refuses_a_flawed_list_whole(flawed: Path, store_path: Path) -> None:
    result = run(
        "import", flawed, "--list-id", "example/sites", "--submitter", "E", "--store", store_path
    )

    assert str(result.exception) == (
        f"{flawed}: F_LINES: lines are refused (2 of 3), so nothing was stored; "
        "mend these lines, or leave them out with --skip-refused\n"
        "line 3: co.jp: E_PUBLIC_SUFFIX: co.jp is a registry's suffix: "
        "it would cover every site below it; name the site\n"
        "line 4: exam\\u{202e}ple.com: E_CTRL_CHAR: holds an invisible character "
        "(U+202E at position 5); type the name again instead of copying it"
    )
    assert code(result) == 3
    assert not store_path.exists()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("import", "SITES", "--list-id", "Sites", "--submitter", "E"), 2),
        (("import", "SITES", "--list-id", "a/b", "--submitter", "E", "--role", "fan"), 2),
        (("import", "SITES", "--list-id", "a/b"), 2),
        (("check", "SITES", "--format", "xml"), 2),
        (("check", "NONE"), 3),
        (("list",), 4),
    ],
)
def test_exit_codes_tell_a_wrong_call_from_a_wrong_file(
    sites: Path, tmp_path: Path, words: tuple[str, ...], expected: int
) -> None:
    files = {"SITES": str(sites), "NONE": str(tmp_path / "none")}
    store = () if words[0] == "check" else ("--store", str(tmp_path / "store.duckdb"))

    result = run(*(files.get(word, word) for word in words), *store)

    assert code(result) == expected


@pytest.mark.parametrize("command", ["check", "import", "list"])
def test_help_ends_with_an_example(command: str) -> None:
    result = run(command, "--help")

    assert f"  Example:\n    provisor blocklist {command}" in result.output


def test_help_loads_nothing_that_reads_or_matches() -> None:
    program = (
        "import sys, blocklists.commands;"
        "print([name for name in ('tldextract', 'ada_url', 'scrapy') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=ROOT, text=True)

    assert done.stdout == "[]\n", done.stderr
