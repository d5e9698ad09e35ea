"""Run every mutant of a subject; end with 1 where one survives that nobody explained."""

from __future__ import annotations

import sys
import time

from tests.mutants.asking import asked
from tests.mutants.reporting import explained, judged
from tests.mutants.subjects import SUBJECTS

_SIGNS = {"killed": ".", "time": "t", "survived": "S"}

name, *files = [*sys.argv[1:], ""]
if name not in SUBJECTS:
    sys.exit(f"no subject {name!r}: name one of {', '.join(SUBJECTS)}, and files of it, or none")
parts = [part for part in SUBJECTS[name] if part.file in files or not any(files)]
since = time.monotonic()

run = asked(parts, lambda one: sys.stdout.write(_SIGNS[one.end]) and sys.stdout.flush())
if run.failed:
    sys.exit("what fails without any change:\n" + "\n".join(run.failed))
lines, well = judged(run.outcomes, explained(), {part.file for part in parts})
sys.stdout.write("\n".join(["", f"{name}:", *lines, f"{time.monotonic() - since:,.0f} s", ""]))
sys.exit(0 if well else 1)
