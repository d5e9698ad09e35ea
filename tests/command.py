"""The command as its user starts it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import GUARD, ROOT

if TYPE_CHECKING:
    from pathlib import Path


def provisor(*words: str, cwd: Path, **environment: str) -> tuple[int, str, str]:
    """Run `provisor WORDS` in *cwd* and return its exit code, output and errors."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "cli", *words],
        cwd=cwd,
        env=os.environ
        | {"PYTHONPATH": f"{ROOT}{os.pathsep}{GUARD}", "COLUMNS": "100"}
        | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr
