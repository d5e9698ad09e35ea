"""The canaries of manifests and lists of agents: each form must read a file made for it."""

from __future__ import annotations

import io
import json
import tarfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from provenance import manifests
from provenance.agent_lists import NotAList, list_forms, read_list
from provenance.checks import Check, State, check
from provenance.errors import ProvisorError
from provenance.intake.manifest import open_manifest
from provenance.manifests import Form
from provenance.registry import collect
from provenance.workplace import workplace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_URL = "https://canary.example/"
_ROW = json.dumps({"url": _URL})
_CROISSANT = {
    "@context": {"sc": "https://schema.org/"},
    "@type": "sc:Dataset",
    "distribution": [{"name": "canary", "contentUrl": _URL}],
}


def checks() -> Iterator[Check]:
    """Try every form of manifest and of lists of agents."""
    for name in sorted(collect(manifests, Form)):
        yield _manifest(name)
    for name, form in sorted(list_forms().items()):
        try:
            found, listed = read_list(form.canary, checked=date(2026, 1, 1))
        except NotAList as error:
            yield check("agent lists", name, fires=False, said=str(error))
            continue
        said = ", ".join(agent.token for agent in listed.agents)
        yield check("agent lists", name, fires=found is form and said == "CanaryBot", said=said)


def _manifest(name: str) -> Check:
    if name not in _PLANTED:
        return Check("manifests", name, State.NOT_SHOWN, "nothing is planted for this form")
    ending, plant = _PLANTED[name]
    with TemporaryDirectory(prefix="provisor-") as folder:
        file = Path(folder) / f"canary{ending}"
        try:
            plant(file)
        except ModuleNotFoundError as error:
            return Check("manifests", name, State.NOT_SHOWN, f"needs {error.name}")
        try:
            found = open_manifest(file)
        except ProvisorError as error:
            return check("manifests", name, fires=False, said=str(error))
    fires = found.form.name == name and bool(found.url_column)
    return check("manifests", name, fires=fires, said=f"URL from {found.url_column!r}")


def _text(content: str) -> Callable[[Path], None]:
    def plant(file: Path) -> None:
        file.write_text(content, "utf-8")

    return plant


def _parquet(file: Path) -> None:
    with workplace() as connection:
        connection.execute(f"COPY (SELECT '{_URL}' AS url) TO '{file}' (FORMAT parquet)")


def _tar(file: Path) -> None:
    with tarfile.open(file, "w") as tar:
        member = tarfile.TarInfo("canary.json")
        member.size = len(_ROW)
        tar.addfile(member, io.BytesIO(_ROW.encode()))


def _arrow(file: Path) -> None:
    import pyarrow as arrow

    table = arrow.table({"url": [_URL]})
    with arrow.ipc.new_stream(str(file), table.schema) as stream:
        stream.write_table(table)


_PLANTED: dict[str, tuple[str, Callable[[Path], None]]] = {
    "csv": (".csv", _text(f"url\n{_URL}\n")),
    "jsonl": (".jsonl", _text(f"{_ROW}\n")),
    "cdxj": (".cdxj", _text(f"example,canary)/ 20260101000000 {_ROW}\n")),
    "coco": (".json", _text(json.dumps({"images": [{"coco_url": _URL}]}))),
    "croissant": (".json", _text(json.dumps(_CROISSANT))),
    "parquet": (".parquet", _parquet),
    "webdataset": (".tar", _tar),
    "arrow": (".arrow", _arrow),
}
"""What is planted for each form: the ending of the file, and how it is written."""
