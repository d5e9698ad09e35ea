"""Ray: the cluster that RAY_ADDRESS names, else workers on this machine."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import time
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from threading import current_thread
from typing import TYPE_CHECKING, Any, TextIO, cast

from audit.engines import (
    Engine,
    Options,
    Refusal,
    ResultT,
    TaskT,
    WorkerLost,
    attempt,
    result,
    shipping_name,
)
from provenance.errors import StoreError, UsageRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_PLACE = "engine ray"
_LISTENER = "ray_listen_error_messages"
_KEPT_S = 7 * 24 * 3600
"""How long a node keeps a file that no task asked for."""


def run(
    work: Callable[[TaskT, dict[str, Path]], ResultT],
    tasks: Sequence[TaskT],
    files: Mapping[str, Path],
    *,
    options: Options,
) -> Iterator[ResultT]:
    """Yield the results as Ray's tasks end."""
    # Tasks and not ray.data.from_items(tasks).map(…): both try again when a worker dies, but Ray
    # Data does so for ever, so a shard that kills each worker would hang the audit, and the only
    # arguments that bound it are gone with Ray 2.64.
    with _session(options) as ray:
        shipped = {name: (shipping_name(file), _put(ray, file)) for name, file in files.items()}
        remote = ray.remote(num_cpus=1, max_retries=options.retries)(_in_worker)
        waiting = [remote.remote(work, task, shipped, options.limits.memory) for task in tasks]
        try:
            while waiting:
                ended, waiting = ray.wait(waiting)
                for one in ended:
                    yield result(_fetched(ray, one))
        finally:
            for one in waiting:
                ray.cancel(one, force=True)


def _fetched(ray: Any, one: Any) -> Any:
    """Return what a task came to."""
    from ray.exceptions import LocalRayletDiedError, NodeDiedError, OutOfMemoryError
    from ray.exceptions import WorkerCrashedError as Crashed

    try:
        return ray.get(one)
    except (Crashed, OutOfMemoryError, NodeDiedError, LocalRayletDiedError) as error:
        raise WorkerLost(str(error).partition("\n")[0]) from error


def _in_worker(
    work: Callable[[TaskT, dict[str, Path]], ResultT],
    task: TaskT,
    shipped: Mapping[str, tuple[str, Any]],
    memory: int,
) -> ResultT | Refusal:
    """Do one task where Ray runs it."""

    def files() -> dict[str, Path]:
        return {name: _written(sent, octets) for name, (sent, octets) in shipped.items()}

    return attempt(work, task, files, memory)


def _put(ray: Any, file: Path) -> Any:
    """Put a file into Ray's object store, without reading it into this process."""
    from pyarrow import memory_map

    with memory_map(str(file)) as octets:
        return ray.put(octets.read_buffer())


def _written(name: str, octets: Any) -> Path:
    """Return the file of that name on this node, written from Ray's object store if need be."""
    import fcntl

    import ray

    folder = Path(tempfile.gettempdir()) / f"provisor-ray-{os.getuid()}"
    file = folder / name
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.getuid():
            raise StoreError(str(folder), "belongs to somebody else", "remove it, or set TMPDIR")
        # One worker of a node writes, and the others wait for it.
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if file.exists():
                file.touch()
                return file
            _drop_unused(folder)
            (folder / "new").write_bytes(ray.get(octets))
            (folder / "new").replace(file)
    except OSError as error:
        raise StoreError(str(file), error.strerror or str(error), "set TMPDIR") from error
    return file


def _drop_unused(folder: Path) -> None:
    """Remove what no task has asked for in a week, so that a node does not fill up."""
    for file in folder.iterdir():
        if time.time() - file.stat().st_mtime > _KEPT_S:
            file.unlink()


@contextmanager
def _session(options: Options) -> Iterator[Any]:
    """Yield Ray connected to what is there or configured, else to workers of this machine."""
    cluster = "RAY_ADDRESS" in os.environ
    os.environ.setdefault("RAY_DEDUP_LOGS", "0")  # Else it keeps some of them for later.
    if not cluster:
        _keep_to_this_machine()
    try:
        import pyarrow  # noqa: F401 (Ray carries the files in its buffers)
        import ray
    except ModuleNotFoundError as error:
        raise UsageRefused(
            _PLACE, f"{error.name} is not installed", "pip install 'provisor[ray]'"
        ) from error
    if ray.is_initialized():
        yield ray
        return
    with redirect_stdout(cast("TextIO", _WithoutRay(sys.stdout))):
        _connect(ray, options, cluster=cluster)
        try:
            yield ray
        finally:
            ray.shutdown()


def _connect(ray: Any, options: Options, *, cluster: bool) -> None:
    here = {"address": "local", "num_cpus": options.workers, "include_dashboard": False}
    try:
        ray.init(logging_level="ERROR", log_to_driver=False, **({} if cluster else here))
    except ConnectionError as error:
        raise UsageRefused(
            _PLACE,
            f"no Ray lets us in at {os.environ.get('RAY_ADDRESS', 'this machine')}",
            "see that it runs and what it says to RAY_AUTH_MODE",
        ) from error


def _keep_to_this_machine() -> None:
    """Set what Ray reads from the environment when it is imported: bind to loopback, report none.

    The token keeps other users of this machine out of a Ray that runs what it is sent.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # On Linux, too: 127.0.0.1 only.
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # Else it warns.
    os.environ.setdefault("RAY_AUTH_MODE", "token")  # Its own default, less the warning.
    os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))


class _WithoutRay:
    """Standard output without what Ray prints there of a worker that died; its logs have it."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        return len(text) if current_thread().name == _LISTENER else self._out.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)


ENGINE = Engine("ray", run)
