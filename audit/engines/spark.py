"""Apache Spark: the cluster that spark-submit names, else workers on this machine."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from audit.engines import (
    Engine,
    Options,
    ResultT,
    TaskT,
    WorkerLost,
    attempt,
    result,
    shipping_name,
)
from provenance.errors import UsageRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

_PLACE = "engine spark"
_SUBMITTED = ("PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS")
_LOST = ("Python worker exited unexpectedly", "ExecutorLostFailure")
_QUIET = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.log.level": "OFF",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def run(
    work: Callable[[TaskT, dict[str, Path]], ResultT],
    tasks: Sequence[TaskT],
    files: Mapping[str, Path],
    *,
    options: Options,
) -> Iterator[ResultT]:
    """Yield the results as Spark's tasks end, one partition a task."""
    if not tasks:
        return
    with _session(options) as spark:
        shipped = _ship(spark, files)
        # collect() would hand over everything at the very end, the first refusal included, and
        # toLocalIterator() runs one task at a time. Spark applies what an action's task adds to
        # an accumulator when the task ends, and exactly once, whatever it has to run again.
        arrived: SimpleQueue[list[Any] | None] = SimpleQueue()
        delivery = spark.accumulator([], _Delivery(arrived))
        shards = spark.parallelize(tasks, len(tasks))
        group, memory = uuid4().hex, options.limits.memory

        def act() -> None:
            spark.setJobGroup(group, "provisor", interruptOnCancel=True)
            shards.foreachPartition(partial(_in_worker, work, shipped, delivery, memory))

        missing = len(tasks)
        with ThreadPoolExecutor(1) as threads:
            action = threads.submit(act)
            action.add_done_callback(lambda _: arrived.put(None))
            try:
                for outcomes in iter(arrived.get, None):
                    missing -= len(outcomes)
                    yield from map(result, outcomes)
            finally:
                if not action.done():
                    spark.cancelJobGroup(group)
        _end(action)
        if missing:  # Spark only logs that an update failed.
            message = f"Spark ended well, but {missing} results did not arrive"
            raise RuntimeError(message)


def _end(action: Future[None]) -> None:
    """Raise what ended the job before its end."""
    try:
        action.result()
    except Exception as error:
        if any(said in str(error) for said in _LOST):
            raise WorkerLost("Spark gave up a shard whose worker died each time") from error
        raise


def _in_worker(
    work: Callable[[TaskT, dict[str, Path]], ResultT],
    shipped: Mapping[str, str],
    delivery: Any,
    memory: int,
    tasks: Iterator[TaskT],
) -> None:
    """Do the tasks of one partition where Spark runs it."""
    from pyspark import SparkFiles

    def files() -> dict[str, Path]:
        return {name: Path(SparkFiles.get(sent)) for name, sent in shipped.items()}

    for task in tasks:
        delivery.add([attempt(work, task, files, memory)])


class _Delivery:
    """How an accumulator adds: in a worker to its list, at home to the queue."""

    def __init__(self, arrived: SimpleQueue[list[Any] | None] | None = None) -> None:
        self._arrived = arrived

    def __reduce__(self) -> tuple[type[_Delivery], tuple[()]]:
        return (_Delivery, ())

    def zero(self, _: list[Any]) -> list[Any]:
        return []

    def addInPlace(self, held: list[Any], more: list[Any]) -> list[Any]:  # noqa: N802 (Spark's)
        if self._arrived is None:
            return held + more
        self._arrived.put(more)
        return held


@contextmanager
def _session(options: Options) -> Iterator[Any]:
    """Yield the SparkContext that is there or configured, else one of this machine's own."""
    try:
        from pyspark import SparkConf, SparkContext
    except ModuleNotFoundError as error:
        raise UsageRefused(
            _PLACE, "pyspark is not installed", "pip install 'provisor[spark]'"
        ) from error
    if active := SparkContext._active_spark_context:  # noqa: SLF001 (the one way not to start one)
        yield active
        return
    if any(name in os.environ for name in _SUBMITTED):
        spark = SparkContext.getOrCreate()
    else:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        conf = SparkConf().setAppName("provisor").setAll(list(_QUIET.items()))
        # The second number is how many failures of one task end the job.
        conf.setMaster(f"local[{options.workers},{options.retries + 1}]")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # The pandas that Ray brings is too new.
            spark = SparkContext(conf=conf, gateway=_gateway())
    try:
        yield spark
    finally:
        spark.stop()


@cache
def _gateway() -> Any:
    """Start Java once a process, and keep what it says to the terminal for when it fails."""
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway

    home = os.environ.get("JAVA_HOME")
    if not shutil.which(f"{home}/bin/java" if home else "java"):
        raise UsageRefused(
            _PLACE, "Spark needs Java 17 or later, and there is none", "install a Java runtime"
        )
    with tempfile.TemporaryFile() as said:
        try:
            return launch_gateway(popen_kwargs={"stderr": said, "stdout": said})
        except PySparkRuntimeError as error:
            said.seek(0)
            lines = said.read().decode(errors="replace").splitlines()
            why = next(
                (line for line in lines if not line.startswith("WARNING")), "it said nothing"
            )
            raise UsageRefused(
                _PLACE, f"Spark did not start ({why[:200]})", "it needs Java 17 or later"
            ) from error


def _ship(spark: Any, files: Mapping[str, Path]) -> dict[str, str]:
    """Have Spark bring the files to its workers and return the names they go by there."""
    shipped = {}
    for name, file in files.items():
        link = _links() / shipping_name(file)
        if not link.exists():
            link.symlink_to(file.resolve())
        spark.addFile(link.as_uri())  # A bare path would go by the name of the link's target.
        shipped[name] = link.name
    return shipped


@cache
def _links() -> Path:
    """Return a folder that lasts as long as this process: Spark sends to late workers as well."""
    folder = tempfile.mkdtemp(prefix="provisor-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


ENGINE = Engine("spark", run)
