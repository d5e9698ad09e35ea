"""`provisor store key`, `checkpoint --key`, `timestamp`, and what `verify` says of them."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import duckdb
import pytest
from click.testing import CliRunner

from cli import main
from provenance.errors import EvidenceError, ProvisorError
from provenance.ledger.verify_proof import check
from tests.provenance.stamping.local_authority import Authority, made, serving
from tests.provenance.stores import recorded

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a store stands with its key, a signed checkpoint, and the key that checks."""
    monkeypatch.chdir(tmp_path)
    recorded(tmp_path / "provisor.duckdb", "one.example")
    (tmp_path / "s.pub").write_text(ran("store", "key", "s.key"), encoding="utf-8")
    (tmp_path / "kept.txt").write_text(ran("store", "checkpoint", "--key", "s.key"), "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return made(tmp_path_factory.mktemp("tsa") / "good", "Kestrel Time")


def ran(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, words)
    if isinstance(done.exception, ProvisorError):
        raise done.exception
    assert done.exit_code == code, done.output
    return done.output


def known_as(file: Path) -> str:
    """Return name and identifier of the key in *file*."""
    return "+".join(file.read_text("utf-8").split("+")[:2])


VERIFY = ("verify", "--checkpoint", "kept.txt")


def test_a_key_is_made_once_and_for_its_owner_alone(folder: Path) -> None:
    assert stat.S_IMODE((folder / "s.key").stat().st_mode) == 0o600
    before = (folder / "s.key").read_bytes()

    with pytest.raises(ProvisorError, match=r"s\.key: there is something already"):
        ran("store", "key", "s.key")

    assert (folder / "s.key").read_bytes() == before


def test_a_signed_checkpoint_is_checked_by_the_key_that_was_handed_out(folder: Path) -> None:
    said = ran(*VERIFY, "--key", "s.pub").splitlines()

    assert said[-3:] == [
        f"Signed: kept.txt, by {known_as(folder / 's.pub')}.",
        "Found: all is as it was recorded.",
        "Compared with 1 checkpoint from outside.",
    ]


def test_a_checkpoint_by_another_key_ends_with_5(folder: Path) -> None:
    (folder / "t.pub").write_text(ran("store", "key", "t.key"), encoding="utf-8")

    said = json.loads(ran(*VERIFY, "--key", "t.pub", "--json", code=5))

    other = known_as(folder / "t.pub")
    assert said["findings"] == [
        {"place": "kept.txt", "fact": f"it bears no signature of key {other}"}
    ]
    assert said["signed"] == []


def test_an_altered_checkpoint_does_not_match_its_signature(folder: Path) -> None:
    recorded(folder / "provisor.duckdb", "two.example", run="run-2")
    _, _, signature = (folder / "kept.txt").read_text("utf-8").partition("\n\n")
    head = ran("store", "checkpoint")
    (folder / "kept.txt").write_text(f"{head}\n{signature}", encoding="utf-8")

    said = ran(*VERIFY, "--key", "s.pub", code=5)

    assert "kept.txt: the signature does not match key provisor/" in said


def test_an_altered_store_is_not_signed(folder: Path) -> None:
    with duckdb.connect(str(folder / "provisor.duckdb")) as connection:
        connection.execute("UPDATE capture SET status = 404 WHERE capture_id = 1")

    with pytest.raises(EvidenceError, match="it was not signed; run `provisor verify`"):
        ran("store", "checkpoint", "--key", "s.key")


def test_a_key_without_a_checkpoint_has_nothing_to_say(folder: Path) -> None:
    with pytest.raises(ProvisorError, match="speak of a --checkpoint, and none is named"):
        ran("verify", "--key", "s.pub")


def test_a_store_without_records_has_no_name_to_sign_by(folder: Path) -> None:
    ran("store", "merge", "none.duckdb", "provisor.duckdb")
    with duckdb.connect("none.duckdb") as connection:
        connection.execute("DELETE FROM checkpoint")

    with pytest.raises(ProvisorError, match="nothing is recorded in it"):
        ran("store", "key", "t.key", "--store", "none.duckdb")


def stamped(authority: Authority, *, answer: bytes | None = None) -> str:
    with serving(lambda query: answer or authority.answer(query)) as address:
        root = ("--root", str(authority.root))
        return ran("store", "timestamp", "kept.txt", "--authority", address, *root)


def test_a_stamp_stands_beside_its_checkpoint_and_is_checked_without_network(
    folder: Path, authority: Authority
) -> None:
    said = stamped(authority)
    assert said.startswith("kept.txt.tsr: ")
    assert said.endswith("Z, by CN=Kestrel Time\n")

    told = ran(*VERIFY, "--timestamp-root", str(authority.root))

    assert told.splitlines()[1].startswith("Stamped: kept.txt, ")
    assert told.splitlines()[1].endswith("Z, by CN=Kestrel Time.")


def test_what_is_no_stamp_is_not_kept(folder: Path, authority: Authority) -> None:
    with pytest.raises(EvidenceError, match=r"a page \(HTML\), and no time stamp"):
        stamped(authority, answer=b"<html>log in</html>")

    assert not (folder / "kept.txt.tsr").exists()


def test_an_answer_to_another_request_is_not_kept(folder: Path, authority: Authority) -> None:
    stamped(authority)
    old = (folder / "kept.txt.tsr").read_bytes()
    (folder / "kept.txt.tsr").unlink()

    with pytest.raises(EvidenceError, match=r"it answers another request \(nonce\)"):
        stamped(authority, answer=old)

    assert not (folder / "kept.txt.tsr").exists()


def test_a_stamp_is_not_written_over(folder: Path, authority: Authority) -> None:
    stamped(authority)

    with pytest.raises(ProvisorError, match="there is a time stamp already"):
        stamped(authority)


def test_a_checkpoint_without_its_stamp_ends_with_5(folder: Path, authority: Authority) -> None:
    root = ("--timestamp-root", str(authority.root))

    assert "kept.txt.tsr: there is no time stamp\n" in ran(*VERIFY, *root, code=5)

    stamped(authority)
    (folder / "kept.txt").write_text(ran("store", "checkpoint"), encoding="utf-8")
    assert "kept.txt.tsr: it is for other octets than those of the file (imprint)\n" in ran(
        *VERIFY, *root, code=5
    )


def test_a_proof_keeps_the_signature_of_the_checkpoint_it_is_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran("prove", "capture", "1", "--out", "proof", "--checkpoint", "kept.txt")

    wrong = check(folder / "proof", folder / "kept.txt")

    assert (wrong, capsys.readouterr().out.startswith("Leaf ")) == ("", True)
    assert (folder / "proof" / "checkpoint.txt").read_bytes() == (folder / "kept.txt").read_bytes()
