"""The look-up and the judgement of each act by itself come to the same, row by row."""

from __future__ import annotations

import random
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from audit.declaration import Act, ActKind, Declaration, Purpose
from audit.kernel import Shard, judged
from audit.rules import rules
from audit.settings import Question
from audit.snapshot import bring_up_to_date
from audit.verdicts import verdicts_of
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.errors import StoreError, UsageRefused
from provenance.intake.manifest import open_manifest
from provenance.recording import record_readings
from provenance.records import Capture, Gate, Probe, Reading, Signal, Value
from provenance.store import writing
from tests.thoroughness import times

if TYPE_CHECKING:
    from pathlib import Path

HOSTS = [f"h{number}.example" for number in range(24)] + [
    "www.h1.example", "h2.example:8443", "sub.h3.example", "192.0.2.7", "xn--r8jz45g.example",
]  # fmt: skip
UNKNOWN = ["never.example", "below.h5.example", "H4.EXAMPLE", "h6.example.", "u@h7.example"]
STARTS = [
    "/",
    "/a",
    "/ab",
    "/abc",
    "/abcd",
    "/private/",
    "/img/x",
    "/%E3%83%9E",
    "/p",
    "//",
    "/./a",
]
ENDS = [
    "",
    "x",
    ".pdf",
    ".PDF",
    "?q=1",
    "?",
    "#top",
    "/large/2",
    "?a&b=~c",
    "%7Ex",
    " ",
    "é",
    "[1]",
    "\tz",
]
PATTERNS = [
    "/", "/$", "/a", "/abcd", "/private/", "/*.pdf$", "/*.pdf", "/*?q=", "/*/large/", "//", "/p/",
    "*", "/*", "/%E3%83%9E", "/*é", "/*%7E", "/ab*x$", "/*[1]", "/img/*&b", "/*//", "",
]  # fmt: skip


def body(rnd: random.Random) -> bytes:
    """Return a robots.txt with a few groups of a few rules."""
    lines: list[str] = []
    names = ["*", "GPTBot", "CCBot", "ClaudeBot", "Bytespider", "Amazonbot", "anthropic-ai"]
    for agent in rnd.sample(names, rnd.randint(1, 7)):
        lines.append(f"User-agent: {agent}")
        lines += [
            f"{rnd.choice(['Disallow', 'Disallow', 'Allow'])}: {pattern}"
            for pattern in rnd.sample(PATTERNS, rnd.randint(0, 4))
        ]
    return "\n".join(lines).encode()


def moment(rnd: random.Random) -> datetime:
    return datetime(2024, 1, 1, tzinfo=UTC) + timedelta(
        days=rnd.randint(0, 400), seconds=rnd.choice([0, 0, 7200, 86399, rnd.randint(0, 86399)])
    )


def made_store(path: Path, rnd: random.Random) -> None:
    """Record robots answers, pages and lists of many kinds at many moments."""
    bodies = [body(rnd) for _ in range(12)]
    readings = []
    for host in HOSTS:
        for _ in range(rnd.choice([0, 1, 2, 3, 5, 12, 30])):
            status = rnd.choice([200, 200, 200, 200, 404, 503])
            readings.append(reading(host, "/robots.txt", moment(rnd), status, rnd.choice(bodies)))
        for _ in range(rnd.choice([0, 0, 1, 3])):
            signals = rnd.choice([(), (gate(),), (opt_out(),), (gate(Gate.METERED),)])
            at = rnd.choice(["/", "/", "/abcd", "/private/x", "/a"])
            readings.append(reading(host, at, moment(rnd), 200, b"page", signals))
        for _ in range(rnd.choice([0, 0, 0, 2, 4])):
            signals = rnd.choice([(), (), (opt_out(),), (opt_out("/private/"),)])
            at, status = rnd.choice(["/ai.txt", "/trust.txt"]), rnd.choice([200, 200, 404, 503])
            readings.append(reading(host, at, moment(rnd), status, b"file", signals))
    # More moments than a row of look-ups holds, and more than its leaves hold.
    for number, host in ((20, HOSTS[0]), (250, HOSTS[1])):
        for nth in range(number):
            when = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC) + timedelta(hours=37 * nth)
            readings.append(reading(host, "/robots.txt", when, 200, bodies[nth % 3]))
    with writing(path) as connection:
        record_readings(connection, "test", readings, compile_robots=read_robots)
        for octets in bodies[:2]:
            connection.execute(
                "INSERT INTO robots_signal VALUES (sha256(?), FALSE, 'aipref', 'agent:*', ?,"
                " 'train-genai', 'deny', 'none', 'normative', TRUE, '', '', '', '')",
                [octets, rnd.choice(["", "/private/"])],
            )
        for number in range(4):
            connection.execute(
                "INSERT INTO submission VALUES (?, ?, 1, ?, NULL, ?, 'H', 'right_holder',"
                " 'right_holder_notice', 'plain', 'f', ?, 'p', ?)",
                [number, f"holder/{number}", naive(moment(rnd)), rnd.choice([None, naive(moment(rnd))]),
                 str(number), rnd.choice(["accepted", "accepted", "received"])],
            )  # fmt: skip
            for nth in range(6):
                scope = rnd.choice(["host", "domain", "subdomains", "url", "url_prefix"])
                host, _, port = rnd.choice(HOSTS).partition(":")
                path_ = (
                    rnd.choice(["/", "/a", "/abcd", "/private/", "/img/x"])
                    if "url" in scope
                    else ""
                )
                connection.execute(
                    "INSERT INTO entry VALUES (?, ?, ?, '', ?, ?, ?, ?, '', '', '', NULL, [])",
                    [number, f"{scope} {host} {path_}", nth, scope, host, port, path_],
                )
            octets = bytes([number]) * 20
            connection.execute(
                "INSERT INTO digest_entry VALUES (?, ?, 1, 'sha1', ?, ?, NULL, '', '', '', NULL, [])",
                [number, f"digest {number}", octets, b32encode(octets).decode()],
            )


def reading(
    host: str, path: str, when: datetime, status: int, octets: bytes, signals: Any = ()
) -> Reading:
    probe = {"/robots.txt": Probe.ROBOTS}.get(path, Probe.FILE if ".txt" in path else Probe.PAGE)
    capture = Capture(
        url=f"https://{host}{path}", host=host, path=path, probe=probe, captured_at=when,
        method="crawl", status=status, body=octets,
    )  # fmt: skip
    if probe is not Probe.ROBOTS:
        return Reading(capture, signals=signals)
    return Reading(capture, *classify(capture))


def gate(kind: Gate = Gate.LOGIN) -> Signal:
    return Signal(
        kind="access_gate", scope="page", usage="all", value=Value.UNSPECIFIED, gate=kind,
        quote="login",
    )  # fmt: skip


def opt_out(path: str = "") -> Signal:
    return Signal(kind="tdmrep", scope="page", usage="mine", value=Value.DENY, quote="1", path=path)


def naive(when: datetime) -> datetime:
    return when.replace(tzinfo=None)


def made_manifest(path: Path, rnd: random.Random, rows: int) -> None:
    """Write rows whose dates are moments, days, months, missing and wrong, on the moments too."""
    table = duckdb.connect()
    table.execute("CREATE TABLE t (url VARCHAR, collected_at VARCHAR, content_digest VARCHAR)")
    for _ in range(rows):
        host = rnd.choice(HOSTS * 3 + UNKNOWN)
        url = f"{rnd.choice(['https', 'https', 'http'])}://{host}" + rnd.choice(
            ["", "/robots.txt", *[rnd.choice(STARTS) + rnd.choice(ENDS) for _ in range(8)]]
        )
        if rnd.random() < 0.1:
            url = rnd.choice(
                [f"https://web.archive.org/web/2020/{url}", f"https://archive.ph/2020/{url}",
                 "https://archive.ph/AbC12", "https://web.archive.org/about"]
            )  # fmt: skip
        digest = b32encode(bytes([rnd.randint(0, 5)]) * 20).decode()
        when = moment(rnd)
        date = rnd.choice(
            [
                when.isoformat(),
                when.isoformat(),
                when.date().isoformat(),
                f"{when:%Y-%m}",
                None,
                "soon",
            ]
        )
        table.execute(
            "INSERT INTO t VALUES (?, ?, ?)",
            [rnd.choice([url] * 60 + ["nothing", ""]), date, rnd.choice([digest, None, None])],
        )
    table.execute(f"COPY t TO '{path}' (FORMAT parquet)")


def answers(
    manifest: Path, store: Path, snapshot: Path, question: Question, *, by_act: bool
) -> Any:
    bring_up_to_date(question, store, snapshot)
    shard = Shard(0, (open_manifest(manifest, digests=()),))
    with judged(shard, question, snapshot, by_act=by_act) as connection:
        verdicts_of(connection)
        return connection.execute(
            "SELECT verdict.* EXCLUDE (fact, state), facts.* EXCLUDE (fact_id), manifest.url, manifest.lo"
            " FROM verdict JOIN facts ON facts.fact_id = verdict.fact"
            " JOIN manifest ON manifest.row = verdict.row ORDER BY verdict.row"
        ).fetchall()


@pytest.mark.parametrize("seed", range(times(4)))
def test_the_look_up_finds_what_each_act_judged_by_itself_finds(tmp_path: Path, seed: int) -> None:
    rnd = random.Random(seed)  # noqa: S311 (no secret)
    store, manifest = tmp_path / "store.duckdb", tmp_path / "rows.parquet"
    made_store(store, rnd)
    made_manifest(manifest, rnd, 1500)
    acts = (
        Act(ActKind.CRAWL, datetime(2024, 3, 1), datetime(2024, 5, 1)),  # noqa: DTZ001 (UTC without a zone)
        Act(ActKind.TRAINING, datetime(2024, 9, 1), datetime(2024, 9, 1)),  # noqa: DTZ001
    )
    agent = rnd.choice(["", "CCBot", "GPTBot"])
    declared = Declaration(purpose=Purpose.PRETRAINING, agent=agent, acts=acts[seed % 2 :])
    question = Question(declared, rules())

    quick = answers(manifest, store, tmp_path / "known.duckdb", question, by_act=False)
    slow = answers(manifest, store, tmp_path / "known.duckdb", question, by_act=True)

    assert len(quick) == 1500
    entries = {
        one for row in quick for told in row if isinstance(told, list) for one in told
        if isinstance(one, str)
    }  # fmt: skip
    assert {"digest 0", "digest 1"} <= entries
    assert any(one.startswith("archive:") for one in entries)
    assert [one for one in zip(quick, slow, strict=True) if one[0] != one[1]][:2] == []


@pytest.mark.parametrize("name", ["duckdb", "agents", "form"])
def test_a_snapshot_that_was_made_otherwise_is_refused_by_whoever_judges(
    tmp_path: Path, name: str
) -> None:
    rnd = random.Random(0)  # noqa: S311 (no secret)
    store, manifest, known = tmp_path / "s.duckdb", tmp_path / "r.parquet", tmp_path / "k.duckdb"
    made_store(store, rnd)
    made_manifest(manifest, rnd, 10)
    question = Question(Declaration(), rules())
    bring_up_to_date(question, store, known)
    with duckdb.connect(str(known)) as connection:
        connection.execute(
            "UPDATE about SET said = json_merge_patch(said::JSON, ?::JSON) WHERE name = 'question'",
            [f'{{"{name}": "another"}}'],
        )

    shard = Shard(0, (open_manifest(manifest),))
    with (
        pytest.raises(UsageRefused, match=rf"made for another question \({name}\)"),
        judged(shard, question, known),
    ):
        pass


def test_a_snapshot_that_another_audit_replaced_meanwhile_is_refused(tmp_path: Path) -> None:
    rnd = random.Random(0)  # noqa: S311 (no secret)
    store, manifest, known = tmp_path / "s.duckdb", tmp_path / "r.parquet", tmp_path / "k.duckdb"
    made_store(store, rnd)
    made_manifest(manifest, rnd, 10)
    question = Question(Declaration(), rules())
    begun = bring_up_to_date(question, store, known)
    with writing(store) as connection:
        late = [reading("late.example", "/robots.txt", moment(rnd), 200, b"User-agent: *\n")]
        record_readings(connection, "late", late, compile_robots=read_robots)
    bring_up_to_date(question, store, known)

    shard = Shard(0, (open_manifest(manifest),))
    with (
        pytest.raises(StoreError, match="brought up to date by another audit meanwhile"),
        judged(shard, question, known, digest=begun.digest),
    ):
        pass


@pytest.mark.parametrize("octets", [None, b"", b"torn" * 5000])
def test_a_snapshot_that_cannot_be_read_is_not_taken_for_rows_that_cannot(
    tmp_path: Path, octets: bytes | None
) -> None:
    rnd = random.Random(0)  # noqa: S311 (no secret)
    manifest, known = tmp_path / "r.parquet", tmp_path / "k.duckdb"
    made_manifest(manifest, rnd, 10)
    if octets is not None:
        known.write_bytes(octets)

    shard = Shard(0, (open_manifest(manifest),))
    with (
        pytest.raises(StoreError, match="what is known of the hosts cannot be read") as refused,
        judged(shard, Question(Declaration(), rules()), known),
    ):
        pass

    assert str(refused.value).startswith(f"{known}: ")
    assert str(refused.value).endswith("; remove it and audit again, which makes it anew")


def test_a_snapshot_that_finds_no_room_names_itself_and_the_remedy(tmp_path: Path) -> None:
    rnd = random.Random(0)  # noqa: S311 (no secret)
    made_store(tmp_path / "s.duckdb", rnd)
    question = Question(Declaration(), rules(), memory="12MB")

    with pytest.raises(StoreError, match=r"--memory|Out of Memory"):
        bring_up_to_date(question, tmp_path / "s.duckdb", tmp_path / "k.duckdb")

    assert [file.name for file in tmp_path.iterdir()] == ["s.duckdb"]
