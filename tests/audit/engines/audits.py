"""What an engine makes of an audit: the same bytes as here, whoever dies on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest

from audit.engines import Engine, Options
from audit.inputs import open_manifests
from audit.run import run
from provenance.errors import Incomplete, InputRefused
from tests.audit.corpus import PARTS, QUESTION, counted, done, make_corpus, tables
from tests.audit.engines import jobs

if TYPE_CHECKING:
    from pathlib import Path

    from audit.summary import Summary


class AuditContract:
    engine: ClassVar[Engine]

    def audited(self, folder: Path, out: str, engine: str, *, resume: bool = False) -> Summary:
        return run(
            open_manifests([folder / "rows"]), QUESTION, folder / "store.duckdb", folder / out,
            engine=engine, options=Options(workers=2, retries=1), resume=resume,
        )  # fmt: skip

    def test_an_audit_leaves_the_bytes_of_the_local_engine(self, tmp_path: Path) -> None:
        make_corpus(tmp_path)
        here = self.audited(tmp_path, "here", "local")

        there = self.audited(tmp_path, "there", self.engine.name)

        assert tables(tmp_path / "there") == tables(tmp_path / "here")
        assert counted(there) == counted(here)
        assert len(tables(tmp_path / "there")) == PARTS * 6

    def test_a_worker_killed_midway_changes_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_corpus(tmp_path)
        here = self.audited(tmp_path, "here", "local")
        monkeypatch.setattr("audit.run.judge_shard", jobs.judging_dying_once)

        there = self.audited(tmp_path, "there", self.engine.name)

        assert (tmp_path / "there" / "died").exists()
        assert tables(tmp_path / "there") == tables(tmp_path / "here")
        assert counted(there) == counted(here)
        assert [path.name for path in (tmp_path / "there").rglob(".*")] == []

    def test_a_shard_that_kills_every_worker_leaves_an_audit_to_go_on_with(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_corpus(tmp_path)
        self.audited(tmp_path, "here", "local")
        with monkeypatch.context() as patched:
            patched.setattr("audit.run.judge_shard", jobs.judging_dying_always)
            with pytest.raises(Incomplete, match=r"gave up .* of 4 shards done") as caught:
                self.audited(tmp_path, "there", self.engine.name)
        assert caught.value.exit_code == 6
        assert 2 not in done(tmp_path / "there")

        self.audited(tmp_path, "there", "local", resume=True)

        assert tables(tmp_path / "there") == tables(tmp_path / "here")

    def test_a_row_that_cannot_be_read_refuses_the_manifest(self, tmp_path: Path) -> None:
        make_corpus(tmp_path)
        with (tmp_path / "rows" / "part-2.csv").open("a") as file:
            file.write("https://site.example/,2024-02-10,more\n")

        with pytest.raises(InputRefused, match=r"part-2.csv: a row cannot be read"):
            self.audited(tmp_path, "there", self.engine.name)
