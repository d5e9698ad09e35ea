"""An audit in shards: however it is cut, ordered, interrupted and gone on with, one result."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from audit import shards, work
from audit.engines import Engine
from audit.inputs import open_manifests
from audit.run import run
from provenance.errors import InputRefused, UsageRefused
from provenance.registry import collect
from tests.audit.corpus import (
    LINES,
    PARTS,
    QUESTION,
    as_parquet,
    counted,
    done,
    make_corpus,
    tables,
    told,
)
from tests.command import provisor
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from audit.summary import Summary

AUDIT = (
    "audit", "rows", "--declaration", "dataset.toml", "--store", "store.duckdb",
    "--fail-on", "never",
)  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus, and `whole`: what an audit of it leaves that nobody disturbs."""
    folder = tmp_path_factory.mktemp("corpus")
    make_corpus(folder)
    audited(folder, "rows", "whole")
    return folder


def audited(folder: Path, manifest: str, out: str, **options: Any) -> Summary:
    parts = open_manifests([folder / manifest])
    return run(parts, QUESTION, folder / "store.duckdb", folder / out, **options)


@pytest.fixture
def cut_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards of a row group each."""
    monkeypatch.setattr("audit.run.plan", lambda parts: shards.plan(parts, 1))


def test_one_shard_or_many_come_to_the_same(corpus: Path) -> None:
    as_parquet(corpus)
    many = audited(corpus, "rows", "many")
    one = audited(corpus, "all.parquet", "one")

    assert (one.shards, many.shards) == (1, PARTS)
    assert one.rows == PARTS * (LINES + 1)
    assert counted(one) == counted(many)
    assert one.coverage["odd_urls"] > 3
    assert len({sample.url for sample in one.samples}) > 10
    assert told(corpus / "one") == told(corpus / "many")


@pytest.mark.usefixtures("cut_small")
def test_row_ranges_of_one_file_come_to_what_the_whole_comes_to(tmp_path: Path) -> None:
    make_corpus(tmp_path, parts=2, lines=3000)
    as_parquet(tmp_path, group=2048)

    whole = audited(tmp_path, "rows", "whole")
    cut = audited(tmp_path, "all.parquet", "cut")

    assert cut.shards == 3
    assert counted(cut) == counted(whole)
    assert told(tmp_path / "cut") == told(tmp_path / "whole")


def test_the_order_in_which_shards_are_judged_changes_nothing(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def backwards(work: Any, tasks: Any, files: Any, *, options: Any) -> Any:
        return (work(task, files) for task in reversed(tasks))

    monkeypatch.setattr("audit.run.collect", _with(Engine("local", backwards)))
    summary = audited(corpus, "rows", "backwards")

    assert tables(corpus / "backwards") == tables(corpus / "whole")
    assert summary.levels == json.loads((corpus / "whole" / "summary.json").read_text())["levels"]


def _with(engine: Any) -> Any:
    def found(package: Any, kind: Any) -> Any:
        return {"local": engine} if kind is type(engine) else collect(package, kind)

    return found


def test_killed_midway_and_gone_on_with_it_leaves_the_same_bytes(corpus: Path) -> None:
    out = corpus / "killed"
    process = start(corpus, "killed")
    wait_for(out / "shards" / "00001.json")
    process.kill()
    process.communicate()
    before = done(out)
    times = {number: (out / "shards" / f"{number:05}.json").stat().st_mtime_ns for number in before}

    code, text, _ = provisor(*AUDIT, "--out", "killed", "--resume", "--json", cwd=corpus)

    assert code == 0
    assert 2 <= len(before) < PARTS
    assert tables(out) == tables(corpus / "whole")
    assert (
        json.loads(text)["levels"]
        == json.loads((corpus / "whole/summary.json").read_text())["levels"]
    )
    kept = {number: (out / "shards" / f"{number:05}.json").stat().st_mtime_ns for number in before}
    assert kept == times


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_says_how_far_it_came_and_how_to_go_on(
    corpus: Path, number: signal.Signals
) -> None:
    name = number.name.lower()
    process = start(corpus, name)
    wait_for(corpus / name / "shards" / "00000.json")
    process.send_signal(number)
    _, err = process.communicate(timeout=60)

    count = len(done(corpus / name))
    assert process.returncode == 6
    assert err.splitlines()[-1] == (
        f"provisor: error: {name}: stopped with {count} of {PARTS} shards done; "
        "the same command with --resume goes on"
    )
    assert count < PARTS
    assert not (corpus / name / "summary.json").exists()
    assert [path.name for path in (corpus / name).rglob(".*")] == []


def test_what_was_learnt_since_is_left_for_the_next_audit(tmp_path: Path) -> None:
    world = make_corpus(tmp_path)
    first = audited(tmp_path, "rows", "o")
    (tmp_path / "o" / "shards" / "00002.json").unlink()
    world.robots("2024-02-08", "User-agent: *\nDisallow: /\n", host="new1.example")

    resumed = audited(tmp_path, "rows", "o", resume=True)
    anew = audited(tmp_path, "rows", "o")

    assert counted(resumed) == counted(first)
    assert counted(anew) != counted(first)


def test_a_shard_is_judged_again_where_its_file_changed_or_another_thing_is_asked(
    tmp_path: Path, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_corpus(tmp_path)
    audited(tmp_path, "rows", "o")
    judged: list[int] = []

    def counting(task: work.Task, files: Any) -> Any:
        judged.append(task.planned.shard.number)
        return work.judge_shard(task, files)

    monkeypatch.setattr("audit.run.judge_shard", counting)
    audited(tmp_path, "rows", "o", resume=True)
    assert judged == []

    with (tmp_path / "rows" / "part-1.csv").open("a") as file:
        file.write("https://site.example/more,2024-02-10\n")
    audited(tmp_path, "rows", "o", resume=True)
    assert judged == [1]

    parts = open_manifests([tmp_path / "rows"], date_column="none")
    run(parts, QUESTION, tmp_path / "store.duckdb", tmp_path / "o", resume=True)
    assert judged == [1, 0, 1, 2, 3]


def test_a_file_that_changes_while_it_is_judged_is_refused(
    tmp_path: Path, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_corpus(tmp_path, parts=2, lines=2000)
    as_parquet(tmp_path)

    def meddling(task: work.Task, files: Any) -> Any:
        found = work.judge_shard(task, files)
        if task.planned.shard.number == 1:
            with task.planned.shard.parts[0].path.open("ab") as file:
                file.write(b"more")
        return found

    monkeypatch.setattr("audit.run.plan", lambda parts: shards.plan(parts, 2000))
    monkeypatch.setattr("audit.run.judge_shard", meddling)
    with pytest.raises(InputRefused, match="it changed while it was read"):
        audited(tmp_path, "all.parquet", "o")

    assert not (tmp_path / "o" / "summary.json").exists()
    assert done(tmp_path / "o") == []


def test_a_file_of_what_is_known_is_never_laid_over_another_file(corpus: Path) -> None:
    other = corpus / "other.bin"
    other.write_bytes(b"mine")

    for path in (other, corpus / "store.duckdb", corpus / "rows" / "part-0.csv"):
        before = path.read_bytes()
        with pytest.raises(UsageRefused):
            audited(corpus, "rows", "o", snapshot=path)
        assert path.read_bytes() == before


def test_a_folder_with_files_that_no_audit_left_is_left_alone(corpus: Path) -> None:
    (corpus / "mine" / "facts").mkdir(parents=True)

    with pytest.raises(UsageRefused, match="'facts', which no audit left there"):
        audited(corpus, "rows", "mine")


def test_a_task_travels_as_it_is(corpus: Path, tmp_path: Path) -> None:
    (planned,) = shards.plan(open_manifests([as_parquet(corpus)]))
    question = work.with_threads(QUESTION, 1)
    task = work.Task(planned, ("all.parquet",), question, tmp_path, "key", "digest")

    assert pickle.loads(pickle.dumps(task)) == task  # noqa: S301 (our own)


def test_memory_and_threads_are_no_part_of_what_is_asked() -> None:
    more = work.with_threads(replace(QUESTION, memory="3GB"), 1)
    other = replace(QUESTION, rules=QUESTION.rules[1:])

    assert work.question_digest(more) == work.question_digest(QUESTION)
    assert work.question_digest(other) != work.question_digest(QUESTION)


def test_several_files_have_one_digest_and_a_folder_their_name(corpus: Path) -> None:
    said = json.loads((corpus / "whole" / "summary.json").read_text())

    assert said["manifest"]["file"] == "rows"
    assert said["manifest"]["files"] == PARTS
    assert said["shards"] == PARTS
    assert said["snapshot"]["file"] == "knowledge.duckdb"


def start(folder: Path, out: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "cli", *AUDIT, "--out", out],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(path: Path) -> None:
    for _ in range(1200):
        if path.exists():
            return
        time.sleep(0.02)
    pytest.fail(f"{path} never came")
