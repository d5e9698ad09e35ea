"""Arrow: a file of a Hugging Face dataset on disk, rewritten as Parquet with what counts.

The file is read by itself: an `indices` file beside it, which selects rows, is not followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provenance.errors import InputRefused, UsageRefused
from provenance.manifests import Form
from provenance.manifests import parquet as columnar

if TYPE_CHECKING:
    from pathlib import Path

_FILE = b"ARROW1"
_STREAM_END = b"\xff\xff\xff\xff\x00\x00\x00\x00"
_PEEKED = 100


def _rewrite(file: Path, names: tuple[str, ...], limit: int | None) -> Path:
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ModuleNotFoundError as error:
        raise UsageRefused(
            file.name, "Arrow files are read by pyarrow", "install provisor[arrow]"
        ) from error
    _refuse_cut(file)
    target = file.with_name("rewritten.parquet")
    try:
        with arrow.memory_map(str(file)) as source:
            _copy(_batches(arrow, source), parquet, target, names, limit)
    except arrow.ArrowException as error:
        fact = f"cannot be read as Arrow ({str(error).partition(chr(10))[0][:200]})"
        raise InputRefused(file.name, fact, "copy it again, or write it as Parquet") from error
    return target


def _refuse_cut(file: Path) -> None:
    """Refuse a stream without its end: Arrow itself takes it for a shorter one."""
    with file.open("rb") as octets:
        head = octets.read(len(_FILE))
        size = octets.seek(0, 2)
        octets.seek(max(0, size - len(_STREAM_END)))
        tail = octets.read()
    if not tail.endswith(_FILE if head == _FILE else _STREAM_END):
        raise InputRefused(file.name, "an Arrow file that was cut short, or none", "copy it again")


def _batches(arrow: Any, source: Any) -> Any:
    """Return a reader with `schema` that yields batches, for either framing."""
    head = source.read(len(_FILE))
    source.seek(0)
    if head != _FILE:
        return arrow.ipc.open_stream(source)
    file = arrow.ipc.open_file(source)
    batches = (file.get_batch(number) for number in range(file.num_record_batches))
    return arrow.RecordBatchReader.from_batches(file.schema, batches)


def _copy(
    reader: Any, parquet: Any, target: Path, names: tuple[str, ...], limit: int | None
) -> None:
    wanted = list(names) or list(reader.schema.names)
    if len(set(reader.schema.names)) < len(reader.schema.names):
        raise InputRefused(target.name, "two columns have one name", "rename one")
    schema = reader.schema.empty_table().select(wanted).schema
    with parquet.ParquetWriter(target, schema.remove_metadata()) as out:
        for batch in reader:
            kept = batch.select(wanted)
            kept.validate(full=True)
            out.write_batch(kept.slice(0, _PEEKED) if limit else kept)
            if limit:
                return


FORM = Form(
    "arrow",
    (".arrow",),
    columnar.parquet_columns,
    columnar.parquet_relation,
    row_number="file_row_number",
    rewrite=_rewrite,
)
