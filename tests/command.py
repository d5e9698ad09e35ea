"""The command as its user calls it: in a process of its own, or, where nothing hangs on that, in ours."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING
from unittest.mock import patch

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


def called(*words: str, cwd: Path, **environment: str) -> tuple[int, str, str]:
    """Do as `provisor`, in this process: a tenth of a second instead of two.

    Octets of the output that are no UTF-8 are kept as `surrogateescape` does.
    """
    from cli import run

    octets, err = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(octets, encoding="utf-8", newline="", write_through=True)
    with (
        chdir(cwd),
        patch.object(sys, "argv", ["provisor", *words]),
        patch.dict(os.environ, {"COLUMNS": "100"} | environment),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            run()
        except SystemExit as ended:
            code = ended.code
    assert "Traceback" not in err.getvalue()
    assert isinstance(code, int)
    return code, octets.getvalue().decode("utf-8", "surrogateescape"), err.getvalue()
