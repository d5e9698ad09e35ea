"""Work that the engines' tests hand to every engine, and the tasks for it."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.work import judge_shard
from provenance.errors import InputRefused

if TYPE_CHECKING:
    from pathlib import Path

    from audit.folder import Done
    from audit.work import Task

FACT = "the third shard is torn"
REMEDY = "copy it again"


@dataclass(frozen=True, slots=True)
class Shard:
    number: int
    folder: Path
    """Where a worker leaves marks."""


def shards(folder: Path, count: int = 4) -> list[Shard]:
    return [Shard(number, folder) for number in range(count)]


def digests(shard: Shard, files: dict[str, Path]) -> tuple[int, dict[str, str]]:
    return shard.number, {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()
    }


def refusing(shard: Shard, files: dict[str, Path]) -> int:
    with (shard.folder / f"tried-{shard.number}").open("a") as tried:
        tried.write("x")
    if shard.number == 2:
        raise InputRefused("shard-2.parquet", FACT, REMEDY)
    return shard.number


def failing(shard: Shard, files: dict[str, Path]) -> int:
    message = f"no such key in {shard.number}"
    raise KeyError(message)


def dying_once(shard: Shard, files: dict[str, Path]) -> int:
    mark = shard.folder / "died"
    if shard.number == 1 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return shard.number * 10


def dying_always(shard: Shard, files: dict[str, Path]) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def where(shard: Shard, files: dict[str, Path]) -> tuple[int, str]:
    return os.getpid(), str(files["knowledge"])


def first_held(shard: Shard, files: dict[str, Path]) -> int:
    """Hold the first shard back until it may go."""
    for _ in range(600):
        if shard.number or (shard.folder / "go").exists():
            return shard.number
        time.sleep(0.1)
    message = "nobody let it go"
    raise TimeoutError(message)


def judging_dying_once(task: Task, files: dict[str, Path]) -> Done:
    """Judge a shard; one worker dies when its tables are written, but not the mark."""
    mark = task.out / "died"
    if task.planned.shard.number == 1 and not mark.exists():
        judge_shard(task, files)
        (task.out / "shards" / "00001.json").unlink()
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return judge_shard(task, files)


def judging_dying_always(task: Task, files: dict[str, Path]) -> Done:
    if task.planned.shard.number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return judge_shard(task, files)
