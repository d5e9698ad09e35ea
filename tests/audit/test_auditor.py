"""The verdicts of a pipeline are those of the command, whatever shape its batches have."""

from __future__ import annotations

import pickle
import random
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from audit.auditor import Auditor, schema
from provenance.errors import InputRefused, UsageRefused
from tests.audit.world import ALLOW, BY_CCBOT, BY_GPTBOT, REFUSE_AI, at

if TYPE_CHECKING:
    from tests.audit.world import World

URL = "https://site.example/a"
DAY = "2024-02-10"
PATHS = (
    "", "/", "/a", "/private/x", "/private/../a", "/p?q=1", "/p?", "/%70rivate/x", "/日本", "/a#b",
    "/robots.txt", "/list/one.jpg", "/" + "x" * 300,
)  # fmt: skip
DATES = (
    None, "", "no date", "2024", "2024-02", DAY, "2023-12-31", "20240210120000",
    "2024-02-10T12:00:00", "2024-02-10T12:00:00+09:00", "2024/02/10", "2031-01-01", "infinity",
)  # fmt: skip
ODD = (
    None, "", " ", "no address", "ftp://site.example/a", "HTTPS://SITE.example:443/a",
    "https://user@site.example/", "http://[::1]/", "https://ドメイン.example/a", "https://192.0.2.1/",
)  # fmt: skip


@pytest.fixture
def auditor(world: World) -> Auditor:
    """One that knows a site which refused AI agents from February on."""
    world.robots("2024-01-01", ALLOW)
    world.robots("2024-02-01", REFUSE_AI)
    world.robots("2024-02-20", REFUSE_AI)
    return Auditor.of(world.store, world.folder / "knowledge.duckdb", BY_CCBOT)


def table(url: Any = URL, collected_at: Any = DAY, kind: pa.DataType | None = None) -> pa.Table:
    return pa.table({"url": [url], "collected_at": pa.array([collected_at], kind)})


def basis(auditor: Auditor, rows: pa.Table) -> list[str]:
    found: list[str] = auditor.judge(rows).column("basis").to_pylist()
    return found


def test_verdicts_are_those_of_the_command(world: World) -> None:
    chance = random.Random(4)  # noqa: S311 (the same rows each time)
    hosts = [f"h{number}.example" for number in range(12)]
    bodies = (ALLOW, REFUSE_AI, "User-agent: *\nDisallow: /private/\nDisallow: /*?q=\n")
    for host in hosts[:9]:
        for month in (1, 2, 3):
            world.robots(f"2024-0{month}-05", chance.choice(bodies), host=host)
    world.listed("2024-01-15", host=hosts[1])
    world.listed("2024-03-15", scope="url", host=hosts[9], path="/list/one.jpg")
    world.page("2024-02-01", "/a", status=403)
    hosts.append("site.example")
    rows = [
        (chance.choice(ODD) if chance.random() < 0.1 else
         f"https://{chance.choice(hosts)}{chance.choice(PATHS)}", chance.choice(DATES))
        for _ in range(3000)
    ]  # fmt: skip

    expected = world.audit(*rows)

    auditor = Auditor.of(world.store, world.folder / "knowledge.duckdb", BY_CCBOT)
    urls, dates = zip(*rows, strict=True)
    # A CSV cannot tell an empty text from none.
    verdicts = auditor.judge(pa.table({"url": [url or None for url in urls],
                                       "collected_at": [day or None for day in dates]})).to_pylist()  # fmt: skip
    names = [name for name in schema().names if name != "refused_before"]
    assert [{name: row[name] for name in names} for row in verdicts] == [
        {name: row[name] for name in names} for row in expected
    ]
    assert [row["refused_before"] for row in verdicts] == [
        row["agents_before"] or [] for row in expected
    ]
    assert len({row["basis"] for row in verdicts}) > 5


def test_a_verdict_names_its_reasons_and_its_evidence(auditor: Auditor) -> None:
    (row,) = auditor.judge(table()).to_pylist()

    assert row == {
        "level": "low",
        "confidence": "bracketed",
        "rules": ["PRV-02"],
        "untold": [],
        "robots": "refused",
        "basis": "bracketed",
        "host": "site.example",
        "refused_before": ["GPTBot"],
        "captures": [{"role": "robots_before", "id": 2}, {"role": "robots_after", "id": 3}],
        "entries": [],
    }


def test_a_pickled_auditor_judges_alike_and_a_batch_as_a_table(auditor: Auditor) -> None:
    sent = pickle.loads(pickle.dumps(auditor))  # noqa: S301

    (batch,) = table().to_batches()

    assert sent.judge(batch).equals(auditor.judge(table()))


def test_no_rows_have_no_verdicts(auditor: Auditor) -> None:
    verdicts = auditor.judge(table().slice(0, 0))

    assert verdicts.num_rows == 0
    assert verdicts.schema == schema()


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        (at("2024-02-10T12:00"), pa.timestamp("s", "UTC")),
        (at("2024-02-10T12:00"), pa.timestamp("ns", "Asia/Tokyo")),
        (datetime(2024, 2, 10, 12, tzinfo=UTC).replace(tzinfo=None), pa.timestamp("ms")),
        (date(2024, 2, 10), pa.date32()),
        (date(2024, 2, 10), pa.date64()),
        ("2024-02-10", pa.large_string()),
        ("2024-02-10", pa.string_view()),
        ("2024-02-10", pa.dictionary(pa.int8(), pa.string())),
    ],
)
def test_a_date_of_any_type_counts(auditor: Auditor, moment: object, kind: pa.DataType) -> None:
    assert basis(auditor, table(collected_at=moment, kind=kind)) == ["bracketed"]


def test_chunks_and_dictionaries_are_read_as_they_stand(auditor: Auditor) -> None:
    chunks = [[URL, None], [], ["https://other.example/", URL]]
    urls = pa.chunked_array([pa.array(chunk, pa.string()).dictionary_encode() for chunk in chunks])
    rows = pa.table({"url": urls, "collected_at": pa.array([DAY, DAY, DAY, None])})

    verdicts = auditor.judge(rows).to_pydict()

    assert verdicts["host"] == ["site.example", None, "other.example", "site.example"]
    assert verdicts["basis"] == [
        "bracketed",
        "never_observed",
        "never_observed",
        "no_collection_date",
    ]


@pytest.mark.parametrize("rows", [
    table(collected_at=None),
    table(collected_at=None, kind=pa.timestamp("us")),
    table(collected_at="yesterday"),
])  # fmt: skip
def test_a_row_without_a_date_is_no_row_of_some_day(auditor: Auditor, rows: pa.Table) -> None:
    assert basis(auditor, rows) == ["no_collection_date"]


def test_addresses_that_are_all_missing_are_unknown(auditor: Auditor) -> None:
    rows = pa.table({"url": pa.nulls(2), "collected_at": pa.nulls(2)})

    assert auditor.judge(rows).column("level").to_pylist() == ["unknown", "unknown"]


def test_columns_are_taken_by_the_names_that_are_given(auditor: Auditor) -> None:
    rows = pa.table({"page": [URL], "when": [DAY], "url": [7]})

    assert basis(replace(auditor, url="page", date="when"), rows) == ["bracketed"]
    assert basis(replace(auditor, url="page", date=None), rows) == ["no_collection_date"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (table(url=7), "column 'url' is BIGINT, not text; convert it, or name another"),
        (table(url=b"x"), "column 'url' is BLOB, not text; convert it, or name another"),
        (table(collected_at=1.5), "column 'collected_at' is DOUBLE, not a date; convert it, or name another"),
        (table(collected_at=["x"]), "column 'collected_at' is VARCHAR[], not a date; convert it, or name another"),
        (table().select(["url"]), "no columns are called 'collected_at' (columns: 'url'); name another as url or date"),
        (pa.table([["x"], ["y"]], names=["url", "url"]),
         "2 columns are called 'url' (columns: 'url', 'url'); name another as url or date"),
    ],
)  # fmt: skip
def test_columns_that_do_not_serve_are_refused(
    auditor: Auditor, rows: pa.Table, message: str
) -> None:
    with pytest.raises(InputRefused) as caught:
        auditor.judge(rows)

    assert str(caught.value) == f"the batch: {message}"


def test_text_that_is_none_is_refused(auditor: Auditor) -> None:
    broken = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.array([0, 2], pa.int32()).buffers()[1], pa.py_buffer(b"\xff\xfe")]
    )

    with pytest.raises(InputRefused, match="the batch: a row cannot be read"):
        auditor.judge(pa.table({"url": broken, "collected_at": [DAY]}))


def test_a_snapshot_for_another_question_is_refused(auditor: Auditor) -> None:
    other = replace(auditor, question=replace(auditor.question, declaration=BY_GPTBOT))

    with pytest.raises(UsageRefused, match=r"another question \(agent\); bring it up to date"):
        other.judge(table())


def test_without_pyarrow_the_user_is_told_what_to_install(
    auditor: Auditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = table()
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(UsageRefused, match=r"pip install 'provisor\[arrow\]'"):
        auditor.judge(rows)
