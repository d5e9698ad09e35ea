"""Croissant (JSON-LD): the records that stand in the file, else each file of its distribution.

Specification: docs.mlcommons.org/croissant, sections "RecordSets" and "FileObject". Records are
taken from the one record set with inline data that has a field of type sc:URL; enumerations
(splits, labels) are no content. A file inside another (`containedIn`) came with it and is no row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from provenance.errors import InputRefused
from provenance.intake.json_files import kind_of, read_document
from provenance.intake.rewriting import as_json_lines
from provenance.manifests import Form
from provenance.manifests import jsonl as lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LARGEST = 16 * 1024 * 1024
_ENUMERATIONS = frozenset({"sc:Enumeration", "cr:Split", "cr:Label"})
_URLS = frozenset({"sc:URL", "schema:URL", "https://schema.org/URL"})


def _rows(path: Path) -> Iterator[dict[str, object]]:
    document = read_document(path, _LARGEST)
    inline = [item for item in _objects(path, document.get("recordSet")) if _holds_urls(path, item)]
    if len(inline) > 1:
        names = [str(item.get("name") or item.get("@id"))[:40] for item in inline]
        raise InputRefused(
            path.name, f"record sets {names} all hold addresses", "leave one of them in the file"
        )
    if inline:
        yield from _records(path, inline[0])
    else:
        yield from _files(path, document)


def _holds_urls(path: Path, records: dict[str, object]) -> bool:
    if not records.get("data") or not _ENUMERATIONS.isdisjoint(_names(records.get("dataType"))):
        return False
    return any(
        not _URLS.isdisjoint(_names(field.get("dataType")))
        for field in _objects(path, records.get("field"))
    )


def _records(path: Path, records: dict[str, object]) -> Iterator[dict[str, object]]:
    """Yield the records with the names of their fields, which may begin with the record set's."""
    own = {f"{records.get(key)}/" for key in ("@id", "name")}
    for record in _objects(path, records.get("data")):
        yield {
            next((name.removeprefix(head) for head in own if name.startswith(head)), name): value
            for name, value in record.items()
        }


def _files(path: Path, document: dict[str, object]) -> Iterator[dict[str, object]]:
    files = [
        item
        for item in _objects(path, document.get("distribution"))
        if "contentUrl" in item and "containedIn" not in item
    ]
    if not files:
        raise InputRefused(
            path.name,
            "no records with addresses inside, and no file with a contentUrl",
            "name the manifest that it describes",
        )
    for item in files:
        if not isinstance(item["contentUrl"], str):
            place = f"{path.name}, {str(item.get('name') or item.get('@id'))[:40]}"
            raise InputRefused(place, "its contentUrl is no text", "name one address for each file")
        yield {name: item.get(name) for name in ("contentUrl", "name", "sha256", "md5")}


def _objects(path: Path, value: object) -> list[dict[str, object]]:
    listed = value if isinstance(value, list) else [] if value is None else [value]
    if any(not isinstance(item, dict) for item in listed):
        raise InputRefused(path.name, "a list where Croissant has objects holds something else")
    return cast("list[dict[str, object]]", listed)


def _names(value: object) -> frozenset[str]:
    return frozenset(map(str, value if isinstance(value, list) else [value]))


FORM = Form(
    "croissant",
    (".json", ".jsonld"),
    lines.jsonl_columns,
    lines.jsonl_relation,
    rewrite=as_json_lines(_rows),
    claims=lambda path: kind_of(path) == "croissant",
)
