"""Cleaning a manifest by its audit: which rows go where, and what is left of each file."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit.cleaning.counting import counts_of
from audit.cleaning.policy import Fate, Policy
from audit.cleaning.removal import Asked
from audit.cleaning.run import clean
from audit.cleaning.suppressing import digest_of, read_suppressed
from audit.inputs import open_manifests
from audit.run import run
from provenance.errors import InputRefused, StoreError, UsageRefused
from provenance.ledger.verifying import verify
from provenance.ledger.witnesses import witnesses_of
from provenance.store import reading
from tests.audit.corpus import LINES, PARTS, QUESTION, as_parquet, make_corpus, told

if TYPE_CHECKING:
    from pathlib import Path

FATES = {"critical": "drop", "high": "drop", "medium": "review", "unknown": "review"}
FOLDERS = ("keep", "review", "drop")
ROWS = PARTS * (LINES + 1)
DEFAULT = Policy()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store, the manifest `rows` and its audit `o`, made once."""
    place = tmp_path_factory.mktemp("cleaning")
    make_corpus(place)
    audited(place, place / "rows")
    return place


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(made, tmp_path, dirs_exist_ok=True)


def audited(folder: Path, *manifests: Path, out: str = "o") -> None:
    run(open_manifests(manifests), QUESTION, folder / "store.duckdb", folder / out)


def cleaned(
    folder: Path,
    *manifests: Path,
    policy: Policy = DEFAULT,
    out: str = "o",
    to: str = "c",
    **more: Any,
) -> dict[str, Any]:
    return clean(
        open_manifests(manifests or [folder / "rows"]),
        folder / out, policy, folder / "store.duckdb", folder / to, **more,
    )  # fmt: skip


def rows_of(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def expected(folder: Path, fate: str, part: int) -> list[list[str]]:
    """Return the rows of a file that a reader of the verdicts would give that fate."""
    verdicts = told(folder / "o")[part * (LINES + 1) : (part + 1) * (LINES + 1)]
    head, *rows = rows_of(folder / "rows" / f"part-{part}.csv")
    chosen = [
        row for row, said in zip(rows, verdicts, strict=True) if FATES.get(said[1], "keep") == fate
    ]
    return [head, *chosen]


def test_each_row_goes_where_its_level_says_in_the_order_of_its_file(folder: Path) -> None:
    removal = cleaned(folder)

    for fate in FOLDERS:
        for part in range(PARTS):
            assert rows_of(folder / "c" / fate / f"part-{part}.csv") == expected(folder, fate, part)
    assert removal["rows"] == {"in": 124, "keep": 17, "review": 55, "drop": 52, "sealed": 0}
    assert ROWS == 124


def test_every_row_that_is_not_kept_has_its_reason(folder: Path) -> None:
    removal = cleaned(folder)

    head, *reasons = rows_of(folder / "c" / "reasons.csv")
    assert head == ["file", "row_in_file", "fate", "level", "rules"]
    for fate in ("review", "drop"):
        for part in range(PARTS):
            lines = rows_of(folder / "rows" / f"part-{part}.csv")[1:]
            said = [one for one in reasons if one[0] == f"part-{part}.csv" and one[2] == fate]
            assert [lines[int(one[1])] for one in said] == expected(folder, fate, part)[1:]
    assert all(one[4] for one in reasons)
    assert removal["why"]["drop"] == {
        "levels": {"high": 52},
        "rules": {"PIR-01": 31, "PRV-01": 21},
    }


def test_the_record_says_what_was_done_and_is_sealed_in_the_store(folder: Path) -> None:
    summary = json.loads((folder / "o" / "summary.json").read_text("utf-8"))
    removal = cleaned(folder, asked=Asked(("provisor", "clean"), "A. Mori", "request of Kestrel"))

    assert json.loads((folder / "c" / "removal.json").read_text("utf-8")) == removal
    assert {name: removal[name] for name in ("format", "by", "reason", "command")} == {
        "format": "provisor-removal/1",
        "by": "A. Mori",
        "reason": "request of Kestrel",
        "command": ["provisor", "clean"],
    }
    assert removal["audit"]["checkpoint"] == summary["snapshot"]["checkpoint"]
    assert removal["audit"]["snapshot_sha256"] == summary["snapshot"]["sha256"]
    first = removal["files"][0]
    assert first["before"]["file"] == "part-0.csv"
    assert first["before"]["rows"] == sum(one["rows"] for one in first["after"].values())
    for one in first["after"].values():
        octets = (folder / "c" / one["file"]).read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(octets), sha256(octets))
    with reading(folder / "store.duckdb") as connection:
        runs = connection.execute("SELECT settings FROM run WHERE kind = 'clean'").fetchall()
        sealed = connection.execute("SELECT count(*) FROM ledger WHERE kind = 'run'").fetchall()
        every = connection.execute("SELECT count(*) FROM run").fetchall()
    assert [json.loads(settings) for (settings,) in runs] == [removal]
    assert sealed == every


def test_it_is_told_where_in_the_ledger_the_record_stands(folder: Path) -> None:
    cleaned(folder)

    said = json.loads((folder / "c" / "sealed.json").read_text("utf-8"))
    assert said["removal_sha256"] == sha256((folder / "c" / "removal.json").read_bytes())
    with reading(folder / "store.duckdb") as connection:
        ((kind, leaf),) = connection.execute(
            "SELECT kind, lower(hex(leaf)) FROM ledger WHERE seq = ?", [said["leaf"]]
        ).fetchall()
        assert (kind, leaf) == ("run", said["leaf_sha256"])
        found = verify(connection, witnesses_of(folder / "c" / "sealed.json"))
    assert found.findings == ()


def sha256(octets: bytes) -> str:
    import hashlib

    return hashlib.sha256(octets).hexdigest()


def test_a_rule_that_is_to_keep_rows_leaves_them_what_other_rules_make_of_them(
    folder: Path,
) -> None:
    removal = cleaned(folder, policy=Policy(rules={"PIR-01": Fate.KEEP}))

    assert removal["why"]["drop"]["rules"] == {"PRV-01": 21}
    assert removal["rows"]["in"] == ROWS
    assert removal["policy"]["rules"] == {"PIR-01": "keep"}


def test_a_rule_that_is_to_drop_rows_drops_those_it_fires_on_and_not_those_it_cannot_tell(
    folder: Path,
) -> None:
    summary = json.loads((folder / "o" / "summary.json").read_text("utf-8"))
    (found,) = [one for one in summary["findings"] if one["rule"]["id"] == "PRV-01"]
    removal = cleaned(folder, policy=Policy("never", "never", {"PRV-01": Fate.DROP}))

    assert removal["rows"]["drop"] == removal["why"]["drop"]["rules"]["PRV-01"] == found["rows"]
    assert found["untold"] > 0


def test_what_could_not_be_told_is_kept_only_where_it_was_asked_for(folder: Path) -> None:
    assert cleaned(folder)["why"]["keep"]["levels"] == {"info": 5, "low": 12}
    kept = cleaned(folder, policy=Policy(review_from="never"), to="d")["why"]["keep"]["levels"]

    assert kept["unknown"] == 54


def test_what_was_removed_before_does_not_come_back(folder: Path) -> None:
    cleaned(folder)
    before = read_suppressed(folder / "c" / "suppress.txt")
    manifest = folder / "again.csv"
    manifest.write_text(
        "url,collected_at\n"
        "http://www.listed.example/%612,2030-01-01\n"
        "https://listed.example/other,\n"
        "no address,\n", "utf-8"
    )  # fmt: skip
    audited(folder, manifest, out="p")

    removal = cleaned(
        folder, manifest, out="p", to="d", policy=Policy("never", "never"), suppress=[before]
    )

    assert digest_of("https://listed.example/a2") in before.digests
    assert removal["why"]["drop"] == {"levels": {}, "rules": {"REM-03": 1}}
    assert rows_of(folder / "d" / "drop" / "again.csv")[1:] == [
        ["http://www.listed.example/%612", "2030-01-01"]
    ]
    assert removal["rows"] == {"in": 3, "keep": 2, "review": 0, "drop": 1, "sealed": 0}
    assert read_suppressed(folder / "d" / "suppress.txt").digests == before.digests


def test_a_row_of_an_illegal_content_list_is_written_nowhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # There is no such rule yet; one that fires on some rows is called so.
    for shard in (folder / "o" / "fired").glob("*.parquet"):
        duckdb.execute(
            "CREATE OR REPLACE TABLE held AS SELECT"
            f" * REPLACE (replace(rule_id, 'PIR-01', 'ILL-01') AS rule_id) FROM '{shard}'"
        )
        duckdb.execute(f"COPY held TO '{shard}'")

    removal = cleaned(folder, policy=Policy("never", "never"))

    assert removal["rows"] == {"in": 124, "keep": 93, "review": 0, "drop": 31, "sealed": 31}
    lines = {
        fate: sum(len(rows_of(file)) - 1 for file in (folder / "c" / fate).iterdir())
        for fate in FOLDERS
    }
    assert lines == {"keep": 93, "review": 0, "drop": 0}
    assert read_suppressed(folder / "c" / "suppress.txt").digests == frozenset()
    assert rows_of(folder / "c" / "reasons.csv")[1:] == []


def test_parquet_keeps_its_types_its_columns_and_what_its_maker_wrote_into_it(folder: Path) -> None:
    file = folder / "all.parquet"
    urls = pq.read_table(as_parquet(folder))
    count = urls.num_rows
    table = urls.append_column("row_fate", pa.array(range(count), pa.int16()))
    table = table.append_column("row_number", pa.array([str(n) for n in range(count)]))
    table = table.append_column("fate", pa.array([{"a": [n, None]} for n in range(count)]))
    table = table.append_column("digest", pa.array([bytes([n]) for n in range(count)]))
    pq.write_table(table.replace_schema_metadata({"huggingface": '{"it\'s": "道"}'}), file)
    file.rename(folder / "typed.parquet")
    file = folder / "typed.parquet"
    audited(folder, file, out="p")

    removal = cleaned(folder, file, out="p")

    parts = [pq.read_table(folder / "c" / name / "typed.parquet") for name in FOLDERS]
    assert [part.num_rows for part in parts] == [removal["rows"][name] for name in FOLDERS]
    assert all(part.schema.equals(table.schema) for part in parts)
    assert parts[0].schema.metadata == {b"huggingface": b'{"it\'s": "\xe9\x81\x93"}'}
    assert sorted(n for part in parts for n in part["row_fate"].to_pylist()) == list(range(count))
    whole = table.to_pylist()
    assert all(row == whole[row["row_fate"]] for part in parts for row in part.to_pylist())
    assert all(
        part["row_fate"].to_pylist() == sorted(part["row_fate"].to_pylist()) for part in parts
    )
    reasons = pq.read_table(folder / "c" / "reasons.parquet").to_pylist()
    assert [one["row_in_file"] for one in reasons if one["fate"] == "drop"] == parts[2][
        "row_fate"
    ].to_pylist()


CELLS = (
    'url,"a, ""name""",note\r\n'
    "https://closed.example/a,=1+1,\r\n"
    'https://new.example/a," x ","line\nof two"\r\n'
    'https://closed.example/b,"say ""hi""",\u202e\x1b[0m\r\n'
    "https://closed.example/c,'@x,0010\r\n"
)


@pytest.mark.parametrize("name", ["rows.csv", "rows.tsv", "rows.csv.gz"])
def test_no_cell_of_a_csv_is_altered(folder: Path, name: str) -> None:
    text = CELLS.replace(",", "\t").replace("a\t ", "a, ") if ".tsv" in name else CELLS
    octets = text.encode()
    file = folder / name
    file.write_bytes(gzip.compress(octets) if name.endswith(".gz") else octets)
    audited(folder, file, out="p")
    cleaned(folder, file, out="p", policy=Policy(drop_from="never", review_from="never"))

    found = (folder / "c" / "keep" / name).read_bytes()
    found = gzip.decompress(found) if name.endswith(".gz") else found
    mark = "\t" if ".tsv" in name else ","
    assert list(csv.reader(found.decode().splitlines(keepends=True), delimiter=mark)) == list(
        csv.reader(text.replace("\r\n", "\n").splitlines(keepends=True), delimiter=mark)
    )


def test_an_empty_cell_alone_in_its_line_stays_a_row(folder: Path) -> None:
    file = folder / "one.csv"
    file.write_text('url\nhttps://new.example/a\n""\nhttps://new.example/b\n', "utf-8")
    audited(folder, file, out="p")

    removal = cleaned(folder, file, out="p", policy=Policy("never", "never"))

    assert removal["rows"]["keep"] == 3
    assert (folder / "c" / "keep" / "one.csv").read_text("utf-8") == (
        'url\nhttps://new.example/a\n""\nhttps://new.example/b\n'
    )


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.json.gz"])
def test_lines_are_copied_octet_by_octet(folder: Path, name: str) -> None:
    lines = [
        b'{"url": "https://closed.example/a", "n": 1.50, "n2": 1e400}\n',
        b'{ "url":"https://listed.example/a" , "more":{"a":[ ]}}\n',
        b"\n",
        '{"道":"\\u0000","url":"https://closed.example/b"}'.encode(),
    ]
    file = folder / name
    octets = b"".join(lines)
    file.write_bytes(gzip.compress(octets) if name.endswith(".gz") else octets)
    audited(folder, file, out="p")

    removal = cleaned(folder, file, out="p", policy=Policy("never", "low", {"PIR-01": Fate.DROP}))

    def read(fate: str) -> bytes:
        found = (folder / "c" / fate / name).read_bytes()
        return gzip.decompress(found) if name.endswith(".gz") else found

    assert removal["rows"]["in"] == 3
    assert read("review") == lines[0] + lines[3] + b"\n" or read("keep") + read("review")
    assert sorted((read("keep") + read("review") + read("drop")).splitlines()) == sorted(
        line.strip() for line in lines if line.strip()
    )


def test_files_that_were_not_audited_are_refused(folder: Path) -> None:
    with (folder / "rows" / "part-1.csv").open("a") as file:
        file.write("https://site.example/new,2024-02-01\n")

    with pytest.raises(InputRefused, match=r"part-1\.csv: is not the file that .* is the audit of"):
        cleaned(folder)
    with pytest.raises(InputRefused, match="is the audit of 4 files in their order, named are 1"):
        cleaned(folder, folder / "rows" / "part-0.csv")
    assert not (folder / "c").exists()


def test_files_in_another_order_are_refused(folder: Path) -> None:
    files = sorted((folder / "rows").iterdir(), reverse=True)

    with pytest.raises(InputRefused, match="4 files in their order"):
        cleaned(folder, *files)


def test_a_form_that_is_not_written_anew_is_refused(folder: Path) -> None:
    file = folder / "coco.json"
    file.write_text('{"images": [{"coco_url": "https://site.example/a"}]}', "utf-8")
    audited(folder, file, out="p")

    with pytest.raises(InputRefused, match="form coco is not written anew"):
        cleaned(folder, file, out="p")


def test_nothing_is_written_over(folder: Path) -> None:
    (folder / "c").mkdir()
    cleaned(folder)

    for name in ("c", "rows", "o"):
        with pytest.raises(UsageRefused):
            cleaned(folder, to=name)


def test_a_removal_that_cannot_be_recorded_leaves_nothing(folder: Path) -> None:
    with duckdb.connect(str(folder / "store.duckdb")) as held:
        held.execute("DROP TABLE migration")

    with pytest.raises(StoreError):
        cleaned(folder)

    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == ["o", "rows"]


def test_a_file_that_changes_meanwhile_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
        with (folder / "rows" / "part-0.csv").open("a") as file:
            file.write("https://site.example/late,\n")
        return counts_of(connection)

    monkeypatch.setattr("audit.cleaning.run.counts_of", change)

    with pytest.raises(InputRefused, match="changed while it was read"):
        cleaned(folder)

    assert not (folder / "c").exists()
