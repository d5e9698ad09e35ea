"""What stands in the fences of a page: files to write, and commands with what they print.

A fence with a `title` is a file. A `console` fence holds commands after `$ ` and, below each, what it
prints on both streams; `…` alone on a line stands for any lines, within one for any text.
"""

from __future__ import annotations

import re
import runpy
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner

import cli
from provenance.errors import ProvisorError

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = re.compile(
    r"^```(?P<kind>\w*)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced block."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A command and what it prints."""

    command: str
    printed: str


def fences(page: str) -> Iterator[Fence]:
    """Yield the fences of *page* in their order."""
    for found in _FENCE.finditer(page):
        yield Fence(found["kind"], found["title"] or "", found["text"])


def steps(console: str) -> list[Step]:
    """Return the commands of a console with what they print."""
    parts = re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]
    return [Step(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


def matches(printed: str, found: str) -> bool:
    """Whether *found* is what *printed* stands for."""
    pattern = "".join(
        "(?:.*\n)*?" if line == "…\n" else re.escape(line).replace("…", ".*")
        for line in printed.splitlines(keepends=True)
    )
    return re.fullmatch(pattern, found) is not None


class Shell:
    """Runs commands in this process, in the folder that is current."""

    def __init__(self) -> None:
        self._code = 0

    def run(self, command: str) -> str:
        """Return what *command* prints: provisor, python FILE, or `echo $?`."""
        name, *words = shlex.split(command)
        if (name, words) == ("echo", ["$?"]):
            return f"{self._code}\n"
        if name == "python":
            runpy.run_path(words[0])
            return ""
        assert name == "provisor", command
        done = CliRunner().invoke(cli.main, words, standalone_mode=False)
        match done.exception:
            case None:
                self._code = done.return_value or 0
            case click.exceptions.Exit() as ended:
                self._code = ended.exit_code
            case ProvisorError() as error:
                self._code = error.exit_code
                return f"{done.output}provisor: error: {error}\n"
            case other:
                raise other
        return done.output
