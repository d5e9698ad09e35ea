"""Lists are read by a process apart: what comes of it is what the reading itself gives."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from blocklists import reading
from blocklists.check import check
from blocklists.codes import speaking
from blocklists.reading import read_list, read_secret
from blocklists.refusals import ListRefused
from provenance.apart.worker import _WAITING
from provenance.errors import UsageRefused
from tests.blocklists.test_packages import package
from tests.command import called
from tests.provenance.apart import tasks

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 2, 3, 12, tzinfo=UTC)
FORMS = {
    "list.txt": "a.example\nwww.b.example\nsub.a.example\ncom\n\n# said\nhttps://c.example/x#y\n",
    "table.csv": "value,category,work,right_holder,notice_date,expires_on\n"
    "a.example,piracy_site,Work,Holder,2025-01-02,2027-01-02\nb.example,,,,,\nx y,,,,,\n",
    "files.csv": f"algo,hash,quality\nsha256,{'ab' * 32},\npdq,{'1f' * 32},90\nmd5,zz,\n",
    "list.jsonl": '{"value": "a.example", "scope": "host"}\n',
}


@pytest.mark.parametrize("name", FORMS)
def test_a_list_read_apart_gives_what_it_gives_here(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(FORMS[name], "utf-8")

    assert read_list(path, now=NOW) == check(path, now=NOW)


def test_a_package_read_apart_gives_what_it_gives_here(tmp_path: Path) -> None:
    changes = b"value,action\na.example,withdraw\nb.example,add\n"
    said = {"path": "entries.csv", "kind": "entries", "sha256": sha256(changes).hexdigest()}
    folder = package(tmp_path / "p", mode="delta", previous_sha256="ab" * 32, files=[said])
    (folder / "entries.csv").write_bytes(changes)

    found = read_list(folder, now=NOW)

    assert found == check(folder, now=NOW)
    assert [one.entry_id for one in found.withdrawn]


def test_more_entries_than_go_into_one_message_keep_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_AT_ONCE", 2)
    path = tmp_path / "list.txt"
    path.write_text("".join(f"site{number}.example\n" for number in range(7)))
    told: list[Any] = []

    reading._read(told.append, path, None, "utf-8", NOW, "en")

    assert [kind for kind, _ in told] == ["lines", *["entries"] * 4, "rest"]
    assert reading._gathered(told).checked() == check(path, now=NOW)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_refused_there_is_said_here_in_the_same_words(
    tmp_path: Path, language: str
) -> None:
    path = tmp_path / "list.txt"
    path.write_text("x y\n" * 30)

    with speaking(language):
        with pytest.raises(ListRefused) as here:
            check(path, format_name="plain", now=NOW)
        with pytest.raises(ListRefused) as there:
            read_list(path, format_name="plain", now=NOW)

    assert str(there.value) == str(here.value)
    assert (there.value.code, there.value.refusals) == (here.value.code, here.value.refusals)


def test_a_format_that_there_is_not_is_a_wrong_call(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("a.example\n")

    for read in (read_list, read_secret):
        with pytest.raises(UsageRefused, match="not a list format"):
            read(path, format_name="scroll", now=NOW)


@pytest.mark.parametrize(("task", "why"), tasks.HARM)
def test_c40_a_list_that_hangs_crashes_or_eats_memory_is_refused_and_nothing_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, task: Any, why: str
) -> None:
    for name, value in (
        ("_CPU_S", 1),
        ("_WAITING", 100),
        ("_read", task),
        ("_read_secretly", task),
    ):
        monkeypatch.setattr(reading, name, value)
    (tmp_path / "list.txt").write_text("zqplanted.example\n")
    why = why.format("3,000")

    code, out, said = called(
        "blocklist", "import", "list.txt", "--list-id", "a/b", "--submitter", "A",
        "--store", "s.duckdb", cwd=tmp_path,
    )  # fmt: skip

    assert (code, out) == (3, "")
    assert said == (
        f"provisor: error: list.txt: F_GIVEN_UP: reading it was given up: {why};"
        " check that it is the right file, and split it into several lists\n"
    )
    assert list(tmp_path.iterdir()) == [tmp_path / "list.txt"]


@pytest.mark.parametrize(("task", "why"), tasks.HARM[1:])
def test_c40_of_a_secret_list_that_crashes_or_eats_memory_only_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, task: Any, why: str
) -> None:
    monkeypatch.setattr(reading, "_read_secretly", task)
    (tmp_path / "zq.txt").write_text("zqplanted.example\n")

    code, out, said = called(
        "blocklist", "seal", "zq.txt", "--list-id", "a/b", "--kind", "csam", "--submitter", "A",
        "--role", "hotline", "--terms", "x", "--store", "s.duckdb", cwd=tmp_path,
    )  # fmt: skip

    assert (code, out) == (3, "")
    assert said == (
        f"provisor: error: the list: it cannot be read ({why.format('3,000')});"
        " see docs/blocklists.md for the code\n"
    )
    assert list(tmp_path.iterdir()) == [tmp_path / "zq.txt"]


def test_a_secret_list_is_read_as_any_other(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(FORMS["list.txt"])

    assert read_secret(path, now=NOW) == check(path, now=NOW)


def test_of_a_secret_list_that_cannot_be_read_nothing_but_a_code_is_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(*_: Any, **__: Any) -> None:
        raise AttributeError("zqplanted.example")

    path = tmp_path / "zq.txt"
    path.write_text("zqplanted example\n" * 30)
    told: list[Any] = []

    reading._read_secretly(told.append, path, "plain", "utf-8", NOW)
    monkeypatch.setattr(reading, "check", spoilt)
    reading._read_secretly(told.append, path, "plain", "utf-8", NOW)

    assert [one for one in told if one[0] == "refused"] == [
        ("refused", "F_FORMAT"), ("refused", "AttributeError"),
    ]  # fmt: skip
    assert "zqplanted" not in repr(told)


def test_who_reads_a_secret_list_reads_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_read_secretly", tasks.tells_who_it_is)
    before = len(_WAITING)

    first, second = (read_secret(tmp_path, now=NOW) for _ in range(2))

    assert first != second
    assert len(_WAITING) == before
