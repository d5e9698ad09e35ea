"""`provisor audit` as its user calls it: what it prints, writes and returns."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.audit.world import ALLOW, REFUSE_AI, World
from tests.command import called as provisor

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "url,collected_at\n"
ROW = "https://site.example/a,2024-02-10T12:00:00Z\n"
DECLARED = '[dataset]\npurpose = "pretraining"\nagent = "GPTBot"\n'


@pytest.fixture
def folder(world: World) -> Path:
    """A folder with a store, a manifest and a declaration."""
    world.robots("2024-02-10", ALLOW)
    (world.folder / "rows.csv").write_text(HEAD + ROW, "utf-8")
    (world.folder / "dataset.toml").write_text(DECLARED, "utf-8")
    return world.folder


def audit(folder: Path, manifest: str, *options: str) -> tuple[int, str, str]:
    return provisor("audit", manifest, "--store", "store.duckdb", *options, cwd=folder)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("none.parquet", None, "none.parquet: there is no such file; check the name"),
        ("folder.csv", ..., "folder.csv: a folder without a file of a form we read; name a file, or look deeper"),
        (
            "other.csv",
            b"title,date\nx,2024\n",
            "other.csv: no column is called url (columns: 'title', 'date'); name it with --url-column",
        ),
        ("two.csv", b"url,URL\na,b\n", "two.csv: columns ['url', 'URL'] could all be meant; choose by --url-column"),
        ("twice.csv", b"url,url\na,b\n", "twice.csv: two columns are called 'url'; rename one"),
        (
            "text.parquet",
            b"url\nhttps://site.example/\n",
            "text.parquet: not a Parquet file; name a .parquet, .csv or .jsonl file",
        ),
        ("empty.parquet", b"", "empty.parquet: not a Parquet file; name a .parquet, .csv or .jsonl file"),
        ("page.csv", b"PAR1xxxx", "page.csv: a Parquet file under another name; rename it to .parquet"),
        ("wide.csv", "url\n".encode("utf-16"), "wide.csv: not UTF-8 text; save it as CSV in UTF-8"),
        ("notes.txt", b"url\n", ("notes.txt: its ending names no form we read; known are ")),
        ("deep.jsonl", b"[" * 200_000, ("deep.jsonl, line 1: not JSON (maximum recursion depth exceeded "
         "while decoding a JSON array from a unicode string); write one object a line")),
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_be_used_gets_one_clear_sentence(
    folder: Path, name: str, content: Any, sentence: str
) -> None:
    path = folder / name
    if content is ...:
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    before = digest(folder / "store.duckdb")

    code, out, err = audit(folder, name)

    assert (code, out) == (3, "")
    assert err.startswith(f"provisor: error: {sentence}")
    assert len(err.splitlines()) == 1
    assert digest(folder / "store.duckdb") == before


@pytest.mark.parametrize("share", [0.5, 0.99])
def test_a_parquet_file_cut_short_is_refused(folder: Path, share: float) -> None:
    whole = folder / "whole.parquet"
    pq.write_table(pa.table({"url": ["https://site.example/"] * 1000}), whole)
    content = whole.read_bytes()
    (folder / "half.parquet").write_bytes(content[: int(len(content) * share)])

    code, out, err = audit(folder, "half.parquet")

    assert (code, out) == (3, "")
    assert (
        err == "provisor: error: half.parquet: a Parquet file that was cut short; copy it again\n"
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (pa.int64(), "column 'url' is BIGINT, not text"),
        (pa.list_(pa.string()), "column 'url' is VARCHAR[], not text"),
        (pa.binary(), "column 'url' is BLOB, not text"),
    ],
)
def test_a_url_column_of_another_type_is_refused(
    folder: Path, kind: pa.DataType, said: str
) -> None:
    pq.write_table(pa.table({"url": pa.array([], kind)}), folder / "typed.parquet")

    code, _, err = audit(folder, "typed.parquet")

    assert code == 3
    assert said in err


def test_a_parquet_file_under_brotli_is_refused(folder: Path) -> None:
    pq.write_table(pa.table({"url": ["x"]}), folder / "b.parquet", compression="brotli")

    code, _, err = audit(folder, "b.parquet")

    assert code == 3
    assert "CVE-2026-111497" in err


def test_a_parquet_file_that_unpacks_to_a_terabyte_ends_as_an_error_of_ours(folder: Path) -> None:
    address = "https://site.example/" + "a" * 1_000_000
    rows = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int32()), [address])
    pq.write_table(pa.table({"url": rows}), folder / "bomb.parquet", write_statistics=False)
    assert (folder / "bomb.parquet").stat().st_size < 200_000
    before = digest(folder / "store.duckdb")

    code, out, err = audit(folder, "bomb.parquet", "--memory", "100MB")

    assert (code, out) == (4, "")
    assert err.splitlines()[-1].startswith(
        "provisor: error: bomb.parquet: judging its rows takes more memory than there is"
    )
    assert digest(folder / "store.duckdb") == before
    assert not (folder / "bomb-audit" / "summary.json").exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("open.csv", HEAD + '"https://site.example/a,2024-02-10\n' + ROW),
        ("ragged.csv", HEAD + "https://site.example/a,2024-02-10,more\n"),
        ("broken.jsonl", '{"url": "https://site.example/"}\n' * 1200 + '{"url": \n'),
    ],
)
def test_a_row_that_cannot_be_read_refuses_the_whole(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")

    code, out, err = audit(folder, name)

    assert (code, out) == (3, "")
    assert "a row cannot be read" in err
    assert "no audit was made" in err
    left = folder / f"{name.partition('.')[0]}-audit"
    assert list(left.glob("*/*.parquet")) == []
    assert not (left / "summary.json").exists()


@pytest.mark.parametrize("name", ["cut.csv.gz", "cut.jsonl.gz"])
def test_a_compressed_file_cut_short_is_refused(folder: Path, name: str) -> None:
    line = b'{"url": "https://site.example/"}\n' if "json" in name else b"url\n" + b"x" * 40 + b"\n"
    whole = gzip.compress(line + os.urandom(200_000).hex().encode() * 5)
    (folder / name).write_bytes(whole[: len(whole) // 2])

    code, out, _ = audit(folder, name)

    assert (code, out) == (3, "")


def test_a_header_with_an_open_quote_is_refused(folder: Path) -> None:
    (folder / "open.csv").write_text('"url,date\nx,y\n', "utf-8")

    code, _, err = audit(folder, "open.csv")

    assert code == 3
    assert "open.csv" in err


def test_octets_that_are_not_utf_8_refuse_the_whole(folder: Path) -> None:
    (folder / "latin.csv").write_bytes(HEAD.encode() + b"https://site.example/caf\xe9,2024-02-10\n")

    code, _, err = audit(folder, "latin.csv")

    assert code == 3
    assert "utf-8" in err.lower()


@pytest.mark.parametrize("text", ["", HEAD])
def test_no_rows_are_no_finding_and_no_good_news(folder: Path, text: str) -> None:
    (folder / "none.csv").write_text(text, "utf-8")

    before = digest(folder / "store.duckdb")

    code, out, err = audit(folder, "none.csv")

    assert code == 0
    assert digest(folder / "store.duckdb") == before
    assert "none.csv: 0 rows" in out
    assert "0 rows: nothing was judged, and that is no finding" in err


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (None, ("there is no store here; make one with `provisor crawl`, `provisor import` or "
         "`provisor blocklist import`")),
        (b"a text file\n" * 500, "not a DuckDB file; name another file, or delete this one"),
        (b"", "not a DuckDB file; name another file, or delete this one"),
        (..., "a folder, not a store; name a file"),
    ],
)  # fmt: skip
def test_a_store_that_cannot_be_used_gets_one_clear_sentence(
    folder: Path, make: Any, sentence: str
) -> None:
    store = folder / "wrong.duckdb"
    if make is ...:
        store.mkdir()
    elif make is not None:
        store.write_bytes(make)

    code, out, err = provisor("audit", "rows.csv", "--store", "wrong.duckdb", cwd=folder)

    assert (code, out) == (4, "")
    assert err.splitlines()[-1] == f"provisor: error: wrong.duckdb: {sentence}"
    assert not store.is_file() or store.read_bytes() == make


@pytest.mark.parametrize(
    ("body", "gate", "code"),
    [
        (ALLOW, "low", 0),
        (REFUSE_AI, "high", 1),
        (REFUSE_AI, "critical", 0),
        (REFUSE_AI, "never", 0),
    ],
)
def test_the_gate_decides_the_exit_code(world: World, body: str, gate: str, code: int) -> None:
    world.robots("2024-02-10", body)
    (world.folder / "rows.csv").write_text(HEAD + ROW, "utf-8")
    (world.folder / "dataset.toml").write_text(DECLARED, "utf-8")

    found, _, _ = audit(
        world.folder, "rows.csv", "--declaration", "dataset.toml", "--fail-on", gate
    )

    assert found == code


def test_unknown_gates_as_medium_does(folder: Path) -> None:
    (folder / "rows.csv").write_text(HEAD + "https://never.example/,2024-02-10\n", "utf-8")

    codes = [
        audit(folder, "rows.csv", "--declaration", "dataset.toml", "--fail-on", gate)[0]
        for gate in ("high", "medium", "low")
    ]

    assert codes == [0, 1, 1]


def test_the_folder_holds_a_verdict_for_every_row_and_what_its_numbers_mean(folder: Path) -> None:
    code, out, _ = audit(
        folder, "rows.csv", "--declaration", "dataset.toml", "--json", "--out", "o"
    )

    assert code == 0
    assert sorted(str(file.relative_to(folder / "o")) for file in (folder / "o").rglob("*.*")) == [
        "audit.json", "facts/00000.parquet", "fired/00000.parquet", "knowledge.duckdb",
        "lists/00000.parquet", "report.html", "shards/00000.json", "states/00000.parquet",
        "summary.json", "tally/00000.parquet", "verdicts/00000.parquet",
    ]  # fmt: skip
    assert json.loads(out) == json.loads((folder / "o" / "summary.json").read_text("utf-8"))
    provisor("verdicts", "o", "--out", "v.parquet", "--details", cwd=folder)
    (row,) = duckdb.execute(f"FROM '{folder}/v.parquet'").fetchall()
    assert row[:13] == (
        0, "rows.csv", 0, "info", "contemporaneous", ["ENJ-01"], [], ["LIC-03", "PRV-03", "PRV-07"],
        "not_refused", "contemporaneous", "site.example", [], None,
    )  # fmt: skip
    (capture,), entries = row[13:]
    assert entries == []
    assert list(capture.values())[:5] == [
        "robots_before",
        1,
        "site.example",
        "robots",
        "/robots.txt",
    ]


def test_every_capture_and_entry_of_a_verdict_can_be_looked_up(world: World) -> None:
    world.robots("2024-02-09", ALLOW)
    world.robots("2024-02-10 10:00", REFUSE_AI)
    world.robots("2024-02-12", status=503)
    world.page("2024-02-11", "/a")
    world.listed("2024-01-01")
    (world.folder / "rows.csv").write_text(HEAD + "https://site.example/a,2024-02\n", "utf-8")

    audit(world.folder, "rows.csv", "--out", "o")

    for name, options in (("plain", []), ("told", ["--details"])):
        provisor("verdicts", "o", "--out", f"{name}.parquet", *options, cwd=world.folder)
    plain, told = (world.folder / f"{name}.parquet" for name in ("plain", "told"))
    unknown = duckdb.execute(
        f"SELECT unnest(captures).id FROM '{plain}' EXCEPT"
        f" SELECT one.id FROM (SELECT unnest(captures) AS one FROM '{told}') WHERE one.seen_at < now()"
    ).fetchall()
    roles = duckdb.execute(
        f"SELECT DISTINCT unnest(captures).role FROM '{told}' ORDER BY ALL"
    ).fetchall()
    lists = duckdb.execute(
        f"SELECT one.list_id, one.submitter FROM (SELECT unnest(entries) AS one FROM '{told}')"
        f" WHERE one.entry_id IN (SELECT unnest(entries) FROM '{plain}')"
    ).fetchall()
    assert unknown == []
    assert roles == [("page_during",), ("robots_during",), ("robots_unreachable",)]
    assert lists == [("holder/list", "Holder")]


def test_a_folder_with_another_manifests_audit_is_left_alone(folder: Path) -> None:
    audit(folder, "rows.csv", "--out", "o")
    (folder / "other.csv").write_text(HEAD + ROW, "utf-8")

    again, _, _ = audit(folder, "rows.csv", "--out", "o", "--fail-on", "never")
    code, _, err = audit(folder, "other.csv", "--out", "o")

    assert again == 0
    assert code == 2
    assert "it holds the audit of rows.csv; choose another --out, or remove it" in err


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_row_without_an_address_is_a_row(folder: Path, kind: str) -> None:
    if kind == "csv":
        (folder / "gap.csv").write_text("url,x\nhttps://site.example/a,1\n,2\n", "utf-8")
    else:
        pq.write_table(pa.table({"url": ["https://site.example/a", None]}), folder / "gap.parquet")

    code, out, _ = audit(folder, f"gap.{kind}", "--json")

    assert code == 0
    assert json.loads(out)["coverage"]["unreadable_urls"] == 1
    assert json.loads(out)["rows"] == 2


def test_an_agent_that_no_list_knows_is_pointed_out(folder: Path) -> None:
    (folder / "dataset.toml").write_text('[dataset]\nagent = "ccbott"\n', "utf-8")

    _, _, err = audit(folder, "rows.csv", "--declaration", "dataset.toml")

    assert "agent 'ccbott' is in no agent list; is it spelt right?" in err


def test_the_audit_itself_is_recorded(folder: Path) -> None:
    audit(folder, "rows.csv")

    with duckdb.connect(str(folder / "store.duckdb"), read_only=True) as store:
        ((settings,),) = store.execute("SELECT settings FROM run WHERE kind = 'audit'").fetchall()
    assert json.loads(settings)["manifest"]["sha256"] == digest(folder / "rows.csv")
    assert json.loads(settings)["levels"]["unknown"] == 1


def test_a_name_that_looks_like_a_pattern_is_that_file_and_no_other(folder: Path) -> None:
    (folder / "[a].csv").write_text(HEAD + ROW * 2, "utf-8")
    (folder / "a.csv").write_text(HEAD + ROW * 5, "utf-8")

    _, out, _ = audit(folder, "[a].csv", "--json")

    assert json.loads(out)["rows"] == 2


def test_a_column_called_like_sql_is_a_name(folder: Path) -> None:
    name = 'x"); DROP TABLE manifest; --'
    pq.write_table(pa.table({name: ["https://site.example/a"]}), folder / "odd.parquet")

    code, out, _ = audit(folder, "odd.parquet", "--url-column", name, "--json")

    assert code == 0
    assert json.loads(out)["manifest"]["url_column"] == name


def test_an_output_never_lies_over_an_input(folder: Path) -> None:
    (folder / "verdicts").mkdir()
    pq.write_table(
        pa.table({"url": ["https://site.example/a"]}), folder / "verdicts" / "00000.parquet"
    )
    (folder / "summary.json").write_text('{"url": "https://site.example/a"}\n', "utf-8")
    for name in ("verdicts/00000.parquet", "summary.json"):
        before = digest(folder / name)

        code, _, err = audit(folder, name, "--out", ".")

        assert code == 2
        assert "an output would lie over an input" in err
        assert digest(folder / name) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("purpose =", "not a TOML file"),
        pytest.param("a = " + "1" * 5000, "not a TOML file", id="a number without end"),
        pytest.param("a = " + "[" * 5000, "not a TOML file", id="lists without end"),
        ('[dataset]\npurpos = "analysis"', "[dataset] has 'purpos'"),
        ('[dataset]\npurpose = "fun"', "purpose 'fun' is none of pretraining"),
        ('[dataset]\ntimezone = "Mars/One"', "is not a zone such as Asia/Tokyo"),
        ("dataset = 1", "[dataset] is not a table"),
        ("act = [1]", "[[act]] is not a table"),
        ("[dataset]\ncopies = 1", "copies is neither true nor false"),
        ("[dataset]\nname = 3", "name is not text"),
        ('[dataset]\npurpose = [["x"]]', "is none of pretraining"),
        ('[dataset]\nagent = ["CCBot"]', "agent is not one robots.txt token"),
        ('[dataset]\nagent = "CCBot/2.0 (x)"', 'is not a robots.txt token; write "CCBot" alone'),
        ('[[act]]\nkind = "crawl"', "the act 'crawl' has no `from`"),
        ('[[act]]\nkind = "crawl"\nfrom = "2024-02-31"', "is not a date such as"),
        ('[[act]]\nkind = "crawl"\nfrom = 2024-02-10\nto = 2024-02-01', "ends before it begins"),
    ],
)
def test_a_declaration_that_is_wrong_is_refused(folder: Path, text: str, said: str) -> None:
    (folder / "wrong.toml").write_text(text, "utf-8")

    code, out, err = audit(folder, "rows.csv", "--declaration", "wrong.toml")

    assert (code, out) == (3, "")
    assert said in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rows.csv", "--memory", "much"), "'much' is no size such as 1500MB or 20GB"),
        (("rows.csv", "--spill-limit", "20"), "'20' is no size such as 1500MB or 20GB"),
        (("rows.csv", "more.csv"), "--out: several manifests name no folder; name one"),
        (("rows.csv", "--glob", "*"), "--glob: rows.csv is no folder; name the folder to look in"),
        (("rows.csv", "--engine", "slurm"), "'slurm' is not one of"),
        (("rows.csv", "--snapshot", "store.duckdb"), "an output would lie over an input"),
    ],
)
def test_options_that_cannot_be_carried_out_are_refused(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    (folder / "more.csv").write_text(HEAD + ROW, "utf-8")
    before = digest(folder / "store.duckdb")

    code, out, err = audit(folder, words[0], *words[1:])

    assert (code, out) == (2, "")
    assert said in err
    assert digest(folder / "store.duckdb") == before


def test_several_files_and_their_folder_are_the_same_manifest(folder: Path) -> None:
    (folder / "rows").mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / "rows" / name).write_text(HEAD + ROW, "utf-8")
    (folder / "rows" / "c.jsonl").touch()

    _, named, err = audit(folder, "rows/a.csv", "rows/b.csv", "--out", "o", "--json")
    _, found, _ = audit(folder, "rows", "--glob", "*.csv", "--json", "--memory", "1GB")

    assert json.loads(named)["rows"] == 2
    assert json.loads(named)["manifest"] == json.loads(found)["manifest"]
    assert "and 1 more read alike" in err
    assert (folder / "rows-audit" / "report.html").exists()
