"""A peer in an environment of its own: installed there, and asked through a pipe."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORKER = Path(__file__).with_name("worker.py")
_LAST_WORDS = 400
DONE = "installed"


class PeerFailed(Exception):
    """A peer cannot be installed or asked; says why in its own words."""


def installed(folder: Path, requirements: Sequence[str]) -> Path:
    """Return the Python of an environment in *folder* that has *requirements*.

    Raises:
        PeerFailed: pip, or the making of the environment, ended with an error.
    """
    python, done = folder / "bin" / "python", folder / DONE
    wanted = "\n".join(requirements)
    if done.exists() and done.read_text("utf-8") == wanted:
        return python
    _run(sys.executable, "-m", "venv", "--clear", str(folder))
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _run(str(python), *pip, *requirements)
    done.write_text(wanted, "utf-8")
    return python


def _run(*command: str) -> None:
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise PeerFailed(_last_words(ended.stderr or ended.stdout))


def _last_words(text: str) -> str:
    """Return the lines that say what went wrong, or else the end."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()]
    return " / ".join(errors or lines[-3:])[-_LAST_WORDS:]


class Peer:
    """A running worker."""

    def __init__(self, python: Path, part: str, folder: Path) -> None:
        self._folder, self._part = folder, part
        self._errors = folder / f"{part}.log"
        self._command = [str(python), "-P", str(_WORKER), part]

    def __enter__(self) -> Peer:
        with self._errors.open("w", encoding="utf-8") as errors:
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, text=True, stderr=errors,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def load(self, given: dict[str, Any]) -> None:
        """Make the peer ready for the rows of *given*, with all it has to know of them."""
        file = self._folder / f"{self._part}-given.json"
        file.write_text(json.dumps(given), "utf-8")
        self._say(f"load {file}")

    def verdicts(self) -> list[bool]:
        """Return for each row that was loaded whether the peer refuses it."""
        file = self._folder / f"{self._part}-verdicts.json"
        self._say(f"verdicts {file}")
        found: list[bool] = json.loads(file.read_text("utf-8"))
        return found

    def seconds(self) -> float:
        """Return how long the peer takes for the rows that were loaded."""
        return self._say("time")

    def _say(self, command: str) -> float:
        try:
            _pipe(self._process.stdin).write(f"{command}\n")
            _pipe(self._process.stdin).flush()
            answer = _pipe(self._process.stdout).readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise PeerFailed(_last_words(self._errors.read_text("utf-8", "replace")))
        return float(answer)


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
