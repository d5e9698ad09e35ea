"""The verdicts of a pipeline are those of the command, whatever shape its batches have."""

from __future__ import annotations

import base64
import hashlib
import pickle
import random
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from audit.auditor import Auditor, schema
from blocklists.sealing import Terms, seal
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


BODY = b"a file that somebody listed"
SHA256, SHA1 = hashlib.sha256(BODY).digest(), hashlib.sha1(BODY, usedforsecurity=False).digest()
PDQ = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"
NEAR, FAR = (f"{int(PDQ, 16) ^ ((1 << bits) - 1):064x}" for bits in (31, 32))
BASE32 = base64.b32encode(SHA1).decode()
OTHER = hashlib.sha256(b"another").hexdigest()
CONTENTS = (
    (URL, DAY, OTHER, BASE32[::-1], FAR),
    (URL, DAY, SHA256.hex().upper(), BASE32[::-1], FAR),
    (URL, None, OTHER, BASE32, FAR),
    (URL, DAY, OTHER, f"sha1:{BASE32.lower()}", NEAR),
    ("https://unheard.example/", DAY, f"sha256:{SHA256.hex()}", None, None),
    ("no address", DAY, None, BASE32, None),
    ("https://unheard.example/x", DAY, OTHER, None, PDQ),
    (URL, DAY, hashlib.sha256(b"sealed").hexdigest(), None, None),
)  # fmt: skip
NAMES = ("url", "collected_at", "sha256", "content_digest", "phash")


@pytest.fixture
def listed(world: World) -> World:
    """One in which digests are listed and others are sealed."""
    world.robots("2024-01-01", ALLOW)
    world.robots("2024-03-01", ALLOW)
    world.listed("2024-01-05", scope="url", path="/a")
    world.digests("2024-01-15", ("sha256", SHA256), ("pdq", bytes.fromhex(PDQ)))
    world.digests("2024-02-15", ("sha1", SHA1), list_id="holder/other")
    named = world.folder / "hashes.csv"
    named.write_text(f"algo,hash\nsha256,{hashlib.sha256(b'sealed').hexdigest()}\n")
    seal(world.store, named, Terms("hotline/files", "csam", "Hotline", "hotline", "agreement"))
    return world


def batch(*, kinds: tuple[pa.DataType, ...] = (pa.string(),) * 5) -> pa.Table:
    columns = [pa.array(values, pa.string()) for values in zip(*CONTENTS, strict=True)]
    return pa.table([one.cast(kind) for one, kind in zip(columns, kinds, strict=True)], names=NAMES)


def test_digests_are_judged_as_the_command_judges_them(listed: World) -> None:
    expected = listed.audit(*CONTENTS, columns=NAMES, pdq_column="phash")

    auditor = Auditor.of(listed.store, listed.folder / "knowledge.duckdb", BY_CCBOT, pdq="phash")
    found = auditor.judge(batch()).to_pylist()

    names = [name for name in schema().names if name != "refused_before"]
    assert [{name: row[name] for name in names} for row in found] == [
        {name: row[name] for name in names} for row in expected
    ]
    assert [len(row["entries"]) for row in found] == [1, 2, 2, 3, 1, 1, 1, 0]
    assert (found[-1]["level"], found[-1]["host"], found[-1]["rules"]) == (
        "critical", None, ["ILL-01"],
    )  # fmt: skip
    parts = [auditor.judge(one) for one in batch().to_batches(max_chunksize=3)]
    assert pa.concat_tables(parts).to_pylist() == found


def test_digests_of_any_type_are_read_and_named_ones_alone(listed: World) -> None:
    auditor = Auditor.of(listed.store, listed.folder / "knowledge.duckdb", BY_CCBOT)
    plain = auditor.judge(batch()).column("entries").to_pylist()
    kinds = (pa.string(), pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string()))
    octets = pa.array([None, SHA256, *[None] * 6], pa.binary(32))

    assert auditor.judge(batch(kinds=(*kinds, pa.string()))).column("entries").to_pylist() == plain
    named = replace(auditor, digests=("mine:sha256",))
    rows = batch().append_column("mine", octets)
    assert [len(one) for one in named.judge(rows).column("entries").to_pylist()] == [
        1, 2, 1, 1, 0, 0, 0, 1,
    ]  # fmt: skip
    unasked = replace(auditor, digests=("none",)).judge(batch())
    assert [len(one) for one in unasked.column("entries").to_pylist()] == [1] * 4 + [0] * 3 + [1]


@pytest.mark.parametrize(
    ("digests", "rows", "message"),
    [
        (("gone:sha256",), batch(), "--digest-column: the batch has no column 'gone'; check the spelling"),
        (("hash",), batch().append_column("hash", pa.array(range(8))),
         "the batch: column 'hash' is BIGINT: a hash of address and caption that the maker"),
        (("x",), batch().append_column("x", pa.nulls(8)),
         "--digest-column: the first values of column 'x' do not tell which algorithm made them"),
        ((), batch().append_column("sha256", pa.nulls(8)),
         "the batch: 2 columns are called 'sha256'; name another as digests, or 'none'"),
    ],
)  # fmt: skip
def test_columns_of_digests_that_do_not_serve_are_refused(
    listed: World, digests: tuple[str, ...], rows: pa.Table, message: str
) -> None:
    auditor = Auditor.of(
        listed.store, listed.folder / "knowledge.duckdb", BY_CCBOT, digests=digests
    )

    with pytest.raises((InputRefused, UsageRefused)) as caught:
        auditor.judge(rows)

    assert str(caught.value).startswith(message)
