"""An audit that is brought up to date comes to what a new one comes to, and judges little."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from audit import again, shards, work
from audit.declaration import Act, ActKind, Declaration, Purpose
from audit.inputs import open_manifests
from audit.kernel import judge
from audit.rules import rules
from audit.run import run
from audit.settings import Question
from audit.snapshot import bring_up_to_date
from audit.verdicts import open_verdicts
from crawler.robots.reading import read_robots
from provenance.errors import Incomplete, UsageRefused
from provenance.recording import record_readings
from provenance.store import writing
from tests.audit.corpus import LINES, QUESTION, as_parquet, counted, make_corpus, tables
from tests.audit.test_kernel import HOSTS, body, gate, made_manifest, made_store, moment, reading
from tests.audit.world import REFUSE_AI, World
from tests.command import called as provisor
from tests.thoroughness import times

if TYPE_CHECKING:
    from pathlib import Path

    from audit.summary import Summary

PARTS = 3
ACTS = (
    Act(ActKind.CRAWL, datetime(2024, 3, 1), datetime(2024, 5, 1)),  # noqa: DTZ001 (UTC without a zone)
    Act(ActKind.TRAINING, datetime(2024, 9, 1), datetime(2024, 9, 1)),  # noqa: DTZ001
)


def audited(folder: Path, out: str, question: Question = QUESTION, **options: Any) -> Summary:
    parts = open_manifests([folder / "rows"])
    return run(parts, question, folder / "store.duckdb", folder / out, **options)


def every_column(out: Path) -> list[tuple[Any, ...]]:
    """Return the verdict and the facts of every row, without numbers that only one audit has."""
    with open_verdicts(out) as connection:
        return connection.execute(
            "SELECT verdict.* EXCLUDE (shard, fact, state),"
            " facts.* EXCLUDE (shard, fact_id, row_count, first_rows)"
            " FROM verdict JOIN shard_facts AS facts"
            " ON facts.shard = verdict.shard AND facts.fact_id = verdict.fact ORDER BY row"
        ).fetchall()


def refuse_unlike(folder: Path, updated: Summary, fresh: Summary, out: str, new: str) -> None:
    pairs = zip(every_column(folder / out), every_column(folder / new), strict=True)
    assert [pair for pair in pairs if pair[0] != pair[1]][:2] == []
    assert counted(updated) == counted(fresh)


def learn(store: Path, rnd: random.Random) -> None:
    """Record new answers, pages and list entries, of hosts known and unknown."""
    unlike = ["never.example", "below.h5.example", "new.example"]
    readings = [
        reading(host, "/robots.txt", moment(rnd), rnd.choice([200, 200, 404, 503]), body(rnd))
        for host in rnd.sample([*HOSTS, *unlike], 3)
    ]
    readings.append(reading(rnd.choice(HOSTS), "/abcd", moment(rnd), 200, b"page", (gate(),)))
    named = [
        ("host", rnd.choice(HOSTS), ""),
        ("domain", rnd.choice(["h5.example", "never.example", "h3.example"]), ""),
        ("subdomains", rnd.choice(["h5.example", "h3.example"]), ""),
        (rnd.choice(["url", "url_prefix"]), rnd.choice([*HOSTS, "www.never.example"]), "/a"),
        ("url", "www.h1.example", "/abcd"),
    ]
    with writing(store) as connection:
        record_readings(connection, "test", readings, compile_robots=read_robots)
        ((number,),) = connection.execute(
            "SELECT max(submission_id) + 1 FROM submission"
        ).fetchall()
        received = moment(rnd).replace(tzinfo=None)
        connection.execute(
            "INSERT INTO submission VALUES (?, ?, 1, ?, NULL, ?, 'H', 'right_holder',"
            " 'right_holder_notice', 'plain', 'f', ?, 'p', ?)",
            [number, f"holder/{number}", received, None, f"{number}", rnd.choice(["accepted", "received"])],
        )  # fmt: skip
        for nth, (scope, place, path) in enumerate(rnd.sample(named, 3)):
            host, _, port = place.partition(":")
            connection.execute(
                "INSERT INTO entry VALUES (?, ?, ?, '', ?, ?, ?, ?, '', '', '', NULL, [])",
                [number, f"{scope} {host} {path}", nth, scope, host, port, path],
            )


@pytest.mark.parametrize("seed", range(times(2)))
def test_updates_come_to_what_new_audits_come_to(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.run.plan", lambda parts: shards.plan(parts, 1))
    rnd = random.Random(seed)  # noqa: S311 (no secret)
    store = tmp_path / "store.duckdb"
    made_store(store, rnd)
    (tmp_path / "rows").mkdir()
    for number in range(PARTS):
        made_manifest(tmp_path / "rows" / f"part-{number}.parquet", rnd, 500)
    declared = Declaration(
        purpose=Purpose.PRETRAINING, agent=rnd.choice(["", "CCBot"]), acts=ACTS[seed % 2 :]
    )
    question = Question(declared, rules())
    audited(tmp_path, "o", question)

    for nth in range(2):
        learn(store, rnd)
        updated = audited(tmp_path, "o", question, update=True)
        fresh = audited(tmp_path, f"fresh{nth}", question)
        assert updated.shards == PARTS
        refuse_unlike(tmp_path, updated, fresh, "o", f"fresh{nth}")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world's folder, with an audit `o` of its four files."""
    folder = tmp_path_factory.mktemp("finished")
    make_corpus(folder)
    audited(folder, "o")
    return folder


@pytest.fixture
def corpus(finished: Path, tmp_path: Path) -> World:
    """A copy of it, to go on with."""
    shutil.copytree(finished, tmp_path, dirs_exist_ok=True)
    return World(tmp_path)


def test_several_updates_of_the_snapshot_are_made_up_for_at_once(corpus: World) -> None:
    folder, known = corpus.folder, corpus.folder / "o" / "knowledge.duckdb"
    for day in ("2024-02-05", "2024-02-06"):
        corpus.robots(day, REFUSE_AI, host="paths.example")
        bring_up_to_date(QUESTION, corpus.store, known)  # as another audit would
    corpus.listed("2024-01-03", host="new1.example")

    updated = audited(folder, "o", update=True)

    refuse_unlike(folder, updated, audited(folder, "fresh"), "o", "fresh")


def test_shards_without_a_changed_host_are_left_as_they_are(corpus: World) -> None:
    folder = corpus.folder
    extra = folder / "rows" / "part-4.csv"
    extra.write_text("url,collected_at\nhttps://apart.example/,2024-02-10\n", "utf-8")
    audited(folder, "o")
    before = tables(folder / "o")
    stamps = {name: (folder / "o" / name).stat().st_mtime_ns for name in before}
    corpus.robots("2024-02-09", REFUSE_AI, host="apart.example")

    updated = audited(folder, "o", update=True)

    touched = {name for name in before if (folder / "o" / name).stat().st_mtime_ns != stamps[name]}
    assert touched
    assert {name.partition("/")[2] for name in touched} == {"00004.parquet"}
    assert {name: before[name] for name in before.keys() - touched} == {
        name: octets for name, octets in tables(folder / "o").items() if name not in touched
    }
    refuse_unlike(folder, updated, audited(folder, "fresh"), "o", "fresh")


def test_only_rows_of_changed_hosts_are_judged(
    corpus: World, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.robots("2024-02-12", REFUSE_AI, host="closed.example")
    judged: list[int] = []

    def counting(connection: Any, question: Any) -> None:
        found = connection.execute(
            "SELECT count(*), count(DISTINCT split_part(url, '/', 3)) FROM dated"
        )
        judged.extend(found.fetchall()[0])
        judge(connection, question)

    monkeypatch.setattr("audit.again.judge", counting)
    audited(corpus.folder, "o", update=True)

    assert len(judged) == 8
    assert 0 < sum(judged[::2]) < LINES
    assert max(judged[1::2]) <= 2  # as it is, and with its port


def test_broken_off_it_leaves_whole_shards_and_goes_on(
    corpus: World, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = corpus.folder
    corpus.robots("2024-02-12", REFUSE_AI, host="closed.example")

    def stopping(task: work.Task, files: Any) -> Any:
        if task.planned.shard.number == 2:
            raise KeyboardInterrupt
        return again.update_shard(task, files)

    monkeypatch.setattr("audit.run.update_shard", stopping)
    with pytest.raises(Incomplete, match="stopped with 2 of 4 shards done"):
        audited(folder, "o", update=True)
    assert not (folder / "o" / "summary.json").exists()
    (folder / "o" / "shards" / "00003.json").unlink()  # its tables were being replaced

    whole: list[int] = []

    def noting(task: work.Task, files: Any) -> Any:
        whole.append(task.planned.shard.number)
        return work.judge_shard(task, files)

    monkeypatch.setattr("audit.again.judge_shard", noting)
    monkeypatch.setattr("audit.run.update_shard", again.update_shard)
    updated = audited(folder, "o", update=True, resume=True)

    assert whole == [3]
    assert [path.name for path in (folder / "o").rglob(".*")] == []
    refuse_unlike(folder, updated, audited(folder, "fresh"), "o", "fresh")


def test_a_part_of_a_file_is_brought_up_to_date_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_corpus(tmp_path, parts=2, lines=3000)
    file = as_parquet(tmp_path, group=2048)
    monkeypatch.setattr("audit.run.plan", lambda parts: shards.plan(parts, 1))
    parts = open_manifests([file])
    assert run(parts, QUESTION, world.store, tmp_path / "o").shards == 3
    world.robots("2024-02-12", REFUSE_AI, host="closed.example")
    world.listed("2024-01-03", scope="url", host="site.example", path="/a1")

    updated = run(parts, QUESTION, world.store, tmp_path / "o", update=True)
    fresh = run(parts, QUESTION, world.store, tmp_path / "fresh")

    refuse_unlike(tmp_path, updated, fresh, "o", "fresh")


def test_another_question_manifest_or_snapshot_is_refused(corpus: World, tmp_path: Path) -> None:
    before = tables(corpus.folder / "o")
    known = (corpus.folder / "o" / "knowledge.duckdb").read_bytes()
    other = replace(QUESTION, rules=QUESTION.rules[1:])
    with pytest.raises(UsageRefused, match="its audit was asked another question"):
        audited(corpus.folder, "o", other, update=True)
    with pytest.raises(UsageRefused, match="there is no audit in it to bring up to date"):
        audited(corpus.folder, "nothing", update=True)
    with pytest.raises(UsageRefused, match="it is not the snapshot by which"):
        audited(corpus.folder, "o", update=True, snapshot=tmp_path / "elsewhere.duckdb")
    stranger = World(tmp_path / "stranger")
    stranger.folder.mkdir()
    stranger.robots("2024-02-12")
    parts = open_manifests([corpus.folder / "rows"])
    with pytest.raises(UsageRefused, match="it was made from another store"):
        run(parts, QUESTION, stranger.store, corpus.folder / "o", update=True)
    with (corpus.folder / "rows" / "part-1.csv").open("a") as file:
        file.write("https://site.example/more,2024-02-10\n")
    with pytest.raises(UsageRefused, match="its audit is of other files, or they changed"):
        audited(corpus.folder, "o", update=True)

    assert tables(corpus.folder / "o") == before
    assert (corpus.folder / "o" / "knowledge.duckdb").read_bytes() == known


def test_the_command_updates_and_refuses(corpus: World) -> None:
    corpus.robots("2024-02-12", REFUSE_AI, host="closed.example")
    asked = (
        "audit", "rows", "--declaration", "dataset.toml", "--store", "store.duckdb",
        "--fail-on", "never", "--json", "--update",
    )  # fmt: skip

    refused, _, error = provisor(*asked, "--out", "nothing", cwd=corpus.folder)
    code, text, _ = provisor(*asked, "--out", "o", cwd=corpus.folder)

    assert (refused, code) == (2, 0)
    assert error.splitlines()[-1].endswith("bring up to date; audit without --update")
    assert json.loads(text)["levels"] == audited(corpus.folder, "fresh").levels
