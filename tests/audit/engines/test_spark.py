from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, ClassVar

import pytest

from audit.engines import Engine, spark
from provenance.errors import UsageRefused
from tests.audit.engines import jobs
from tests.audit.engines.audits import AuditContract
from tests.audit.engines.contract import WORKERS, EngineContract
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyspark import SparkContext


@pytest.fixture(scope="module")
def session() -> Iterator[SparkContext]:
    with spark._session(WORKERS) as started:
        yield started


@pytest.mark.usefixtures("session")
class TestSpark(EngineContract, AuditContract):
    engine: ClassVar[Engine] = spark.ENGINE


def test_it_listens_to_this_machine_only_and_shows_no_page(session: SparkContext) -> None:
    assert session.getConf().get("spark.driver.host") == "127.0.0.1"
    assert session.getConf().get("spark.driver.bindAddress") == "127.0.0.1"
    assert session.uiWebUrl is None


def test_without_pyspark_the_user_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)

    with pytest.raises(UsageRefused) as caught:
        list(spark.ENGINE.run(jobs.digests, jobs.shards(tmp_path), {}, options=WORKERS))

    assert str(caught.value) == (
        "engine spark: pyspark is not installed; pip install 'provisor[spark]'"
    )


@pytest.mark.parametrize("home", [None, "/nowhere"])
def test_without_java_the_user_is_told_so(
    home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    if home:
        monkeypatch.setenv("JAVA_HOME", home)

    with pytest.raises(UsageRefused) as caught:
        spark._gateway.__wrapped__()

    assert str(caught.value) == (
        "engine spark: Spark needs Java 17 or later, and there is none; install a Java runtime"
    )


def test_a_java_that_is_too_old_is_quoted(tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'this is Java 8' >&2\nexit 1\n")
    java.chmod(0o755)
    # In a process of its own: pyspark leaves a pipe to the Java that failed.
    command = [sys.executable, "-c", "from audit.engines import spark; spark._gateway()"]

    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"JAVA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr.splitlines()[-1] == (
        "provenance.errors.UsageRefused: "
        "engine spark: Spark did not start (this is Java 8); it needs Java 17 or later"
    )
