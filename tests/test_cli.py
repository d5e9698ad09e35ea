"""The command as a whole: help, the demo, and what each way to end is called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from resource import RUSAGE_CHILDREN, getrusage
from typing import TYPE_CHECKING

import click
import pytest

import cli
from provenance.errors import Incomplete, InputRefused, StoreError, UsageRefused
from tests.command import called, provisor
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = cli.main.get_command(click.Context(cli.main), name)
    assert command is not None
    members = command.commands.values() if isinstance(command, click.Group) else [command]

    for member in members:
        assert member.help, member.name
        told = " ".join(member.help.split())
        assert "Example" in told or member.name == "list", member.name


def test_help_is_there_before_the_heavy_libraries() -> None:
    heavy = "{'scrapy', 'duckdb', 'tldextract', 'rich', 'jinja2'}"
    code = f"import sys, cli; cli.main(['--help'], standalone_mode=False); print({heavy} & set(sys.modules))"

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (UsageRefused("a", "b"), 2),
        (click.UsageError("no"), 2),
        (InputRefused("a", "b"), 3),
        (StoreError("a", "b"), 4),
        (OSError(28, "No space left on device"), 4),
        (Incomplete("a", "b"), 6),
        (ZeroDivisionError(), 70),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_way_to_end_has_its_code(
    raised: BaseException, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise raised

    monkeypatch.setattr(cli, "main", fail)

    with pytest.raises(SystemExit) as ended:
        cli.run()

    assert ended.value.code == code


def test_a_reader_who_goes_away_is_no_finding() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "cli", "agents", "--json"]

    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    os.close(writing)

    assert (done.returncode, done.stderr) == (141, b"")


def test_the_demo_replaces_no_files_of_others(tmp_path: Path) -> None:
    (tmp_path / "hosts.txt").write_text("mine.example\n")

    code, out, err = called("demo", "--out", ".", cwd=tmp_path)

    assert (code, out) == (2, "")
    assert err == (
        "provisor: error: .: a folder with files that are not of a demo;"
        " name another with --out, or remove it\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["hosts.txt"]


def test_the_demo_runs_the_whole_loop_within_a_minute_of_work(tmp_path: Path) -> None:
    before = getrusage(RUSAGE_CHILDREN)

    code, out, _ = provisor("demo", "--out", "d", cwd=tmp_path)

    after = getrusage(RUSAGE_CHILDREN)
    assert code == 0
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 60
    summary = json.loads((tmp_path / "d" / "report" / "summary.json").read_text("utf-8"))
    assert sum(summary["levels"].values()) == summary["rows"] == 42
    fired = {one["rule"]["id"] for one in summary["findings"] if one["rows"]}
    assert fired == {"ENJ-01", "LIC-03", "PIR-01", "PRV-01", "PRV-03", "PRV-07", "PRV-08", "PRV-11"}
    assert out.rstrip().endswith("report.html")
    page = (tmp_path / "d" / "report" / "report.html").read_text("utf-8")
    assert "pirate.example" in page
