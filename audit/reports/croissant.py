"""report.croissant.json: what was measured, in the words of Croissant 1.1 with RAI 1.0 and PROV-O.

It holds recorded facts alone: licence, address, creator and date of publication, which Croissant
asks for as well, are not known here and are left to whoever publishes the dataset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from audit.headline import checkpoint_lines, footer, headline, share
from audit.reports import PLAIN, Report
from audit.terms import ACTS
from provenance.many import many
from provenance.show import show
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.reports import Asked
    from audit.summary import Summary

_CROISSANT = (
    "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field",
    "fileObject", "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset",
    "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex", "repeated",
    "replace", "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip
"""What Croissant 1.1 has names of its own for; others, as sha256, are those of schema.org."""

_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
} | {name: f"cr:{name}" for name in _CROISSANT}
_MAKING = ("crawl", "download", "api", "copy", "transform")
"""Acts by which a dataset comes to be; training comes later."""

_MEDIA_TYPES = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "jsonl": "application/jsonlines",
    "coco": "application/json",
    "croissant": "application/ld+json",
    "webdataset": "application/x-tar",
    "arrow": "application/vnd.apache.arrow.file",
}


def _render(summary: Summary, _asked: Asked = PLAIN) -> str:
    said = summary.declaration
    dataset: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": [
            "http://mlcommons.org/croissant/1.1",
            "http://mlcommons.org/croissant/RAI/1.0",
        ],
        "name": show(said["name"] or summary.manifest["file"]),
        "description": " ".join([_described(summary), *footer()]),
    }
    if said["version"]:
        dataset["version"] = show(said["version"])
    dataset |= {
        "distribution": [_file(summary)],
        "rai:dataCollection": _collection(summary),
        "rai:dataCollectionTimeframe": list(_days(summary)),
        "rai:dataUseCases": [f"declared purpose: {show(said['purpose'])}"],
        "rai:dataLimitations": list(_limitations(summary)),
        "prov:wasGeneratedBy": list(_activities(summary)),
        "subjectOf": _audit(summary),
    }
    return json_text(dataset) + "\n"


def _described(summary: Summary) -> str:
    head = headline(summary)
    levels = ", ".join(f"{level} {rows:,}" for level, rows in summary.levels.items())
    return (
        f"{many(summary.rows, 'row')}; could not be told: {head['could not be told']}. Coverage: "
        f"{head['coverage']}. Rows by level: {levels}."
    )


def _file(summary: Summary) -> dict[str, Any]:
    name = show(summary.manifest["file"])
    known = {
        "@type": "cr:FileObject",
        "@id": "manifest",
        "name": name,
        "contentUrl": quote(
            name, safe="/"
        ),  # beside this report or not: where it lies is not known
        "contentSize": f"{summary.manifest['bytes']} B",
        "encodingFormat": _MEDIA_TYPES.get(summary.manifest["form"], "text/plain"),
    }
    if summary.manifest.get("files", 1) == 1:
        return known | {"sha256": summary.manifest["sha256"]}
    del known["contentUrl"]
    count = summary.manifest["files"]
    listed = f"{many(count, 'file')}; SHA-256 of the list of theirs: {summary.manifest['sha256']}"
    return known | {"@type": "cr:FileSet", "includes": "*", "description": listed}


def _collection(summary: Summary) -> str:
    agent = show(summary.declaration["agent"]) or "not declared"
    known = summary.knowledge
    hosts, captures = many(known["hosts"], "host"), many(known["robots_captures"], "capture")
    return (
        f"Agent that collected: {agent}. Robots.txt of {known['hosts_observed']:,} of {hosts} was "
        f"observed, in {captures}; pages: {many(known['page_captures'], 'capture')}."
    )


def _days(summary: Summary) -> Iterator[str]:
    for act in summary.declaration["acts"]:
        if act["kind"] in _MAKING:
            yield f"{act['from']}/{act['to']}"


def _limitations(summary: Summary) -> Iterator[str]:
    for one in summary.findings:
        yield (
            f"{one.rule.id} {one.rule.title}: {many(one.rows, 'row')} "
            f"({share(one.rows, summary.rows)}), {one.possible:,} of them only possible; could "
            f"not be told for {one.untold:,}"
        )


def _activities(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield the declared acts by which the dataset came to be."""
    agent = show(summary.declaration["agent"])
    for act in summary.declaration["acts"]:
        if act["kind"] not in _MAKING:
            continue
        made: dict[str, Any] = {
            "@type": "prov:Activity",
            "prov:label": f"declared {ACTS[act['kind']].en}",
            "prov:startedAtTime": act["from"],
            "prov:endedAtTime": act["to"],
        }
        if agent and act["kind"] == "crawl":
            made["prov:wasAssociatedWith"] = {"@type": "prov:SoftwareAgent", "prov:label": agent}
        yield made


def _audit(summary: Summary) -> dict[str, Any]:
    """Return the audit: what it used, and when it was made."""
    snapshot = {
        "@type": "prov:Entity",
        "prov:label": "snapshot of what was known",
        "sha256": summary.snapshot.get("sha256", ""),
    }
    checkpoint = {
        "@type": "prov:Entity",
        "prov:label": "checkpoint of the store",
        "prov:value": "\n".join([*checkpoint_lines(summary), ""]),
    }
    provisor = {"@type": "prov:SoftwareAgent", "prov:label": f"provisor {show(summary.version)}"}
    return {
        "@type": "sc:CreativeWork",
        "name": "audit of the manifest by recorded facts",
        "prov:wasGeneratedBy": {
            "@type": "prov:Activity",
            "prov:label": "audit",
            "prov:endedAtTime": summary.made_at.isoformat(),
            "prov:wasAssociatedWith": provisor,
            "prov:used": [{"@id": "manifest"}, snapshot, checkpoint],
        },
    }


REPORT = Report("croissant", "report.croissant.json", _render, public=True)
