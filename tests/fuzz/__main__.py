"""Fuzz one target with atheris; what follows its name is for libFuzzer."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["blocklists", "crawler", "provenance"]):
    from tests.fuzz.targets import TARGETS

name, *options = sys.argv[1:]
target, seeds = TARGETS[name]
with tempfile.TemporaryDirectory() as corpus:
    for number, seed in enumerate(seeds):
        (Path(corpus) / str(number)).write_bytes(seed)
    atheris.Setup([name, corpus, "-timeout=10", *options], target)
    atheris.Fuzz()
