"""One capture in words, and as JSON: what is recorded of it, what was read, and its body."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any

from crawler.pages import charset
from provenance.many import many
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from crawler.one_capture import Body, Kept

_LINE_END = re.compile(r"\r\n|\r|\n")
_LINES = 200
_COLUMNS = 400
_GROUPS = 40
_LOOKED_AT = 8192
_BINARY = 256
_ROW = 16
_SAID = (
    ("url", "address"), ("captured_at", "captured at (UTC)"), ("captured_at_basis", "time is"),
    ("method", "method"), ("run_id", "run"), ("source", "source"), ("status", "status"),
    ("status_basis", "status is"), ("error", "error"), ("hops", "redirects"),
    ("outcome", "outcome"), ("reason", "because"), ("body_sha256", "body SHA-256"),
)  # fmt: skip
_FLAGS = {
    "lowercased": "in lower case, as its source keeps it",
    "truncated": "truncated: there was more than is kept",
}


def told(found: dict[str, Any], passed: Sequence[Kept], body: Body) -> Iterator[str]:
    """Yield the lines of the capture *found*; nothing in them steers a terminal."""
    yield f"capture {found['capture_id']}: {found['probe']} of {show(found['host'])}"
    for name, words in _SAID:
        value = found[name]
        if value not in (None, "", []):
            text = ", ".join(value) if isinstance(value, list) else str(value)
            yield _line(words, show(text, _COLUMNS))
    yield from (_line("body is", words) for flag, words in _FLAGS.items() if found[flag])
    for name, value in json.loads(found["headers"]):
        yield _line("header", f"{show(name)}: {show(value, _COLUMNS)}")
    yield from _read(found)
    for one in passed:
        record = one.record
        fault = f": {show(one.fault.fact)}" if one.fault else ""
        yield _line(
            "octets kept",
            f"{record.kind} {record.hop}: {many(record.length, 'octet')} at offset"
            f" {record.offset:,} of {show(record.file, _COLUMNS)}{fault}",
        )
    yield ""
    yield from _body(found, body)


def as_json(found: dict[str, Any], passed: Sequence[Kept], body: Body) -> dict[str, Any]:
    """Return the capture *found* for programs: its members are the columns of the store."""
    members = {name: value for name, value in found.items() if name not in {"body", "evidence"}}
    moment: datetime = found["captured_at"]
    records = [
        {"hop": one.record.hop, "kind": one.record.kind, "file": one.record.file,
         "offset": one.record.offset, "length": one.record.length, "sha256": one.record.sha256,
         "fault": one.fault.fact if one.fault else ""}
        for one in passed
    ]  # fmt: skip
    octets = body.octets
    return members | {
        "captured_at": f"{moment.isoformat()}Z",
        "headers": json.loads(found["headers"]),
        "groups": found["groups"] or [],
        "findings": found["findings"] or [],
        "signals": found["signals"] or [],
        "evidence": records,
        "body_octets": None if octets is None else len(octets),
        "body_base64": None if octets is None else base64.b64encode(octets).decode("ascii"),
        "no_body": body.why,
    }


def _line(words: str, said: str) -> str:
    return f"  {words:<18} {said}"


def _read(found: dict[str, Any]) -> Iterator[str]:
    groups = [f"{show(one['token'], 60)} {one['class']}" for one in found["groups"] or []]
    if groups:
        more = [f"… and {len(groups) - _GROUPS:,} more"] if len(groups) > _GROUPS else []
        yield _line("groups", ", ".join([*groups[:_GROUPS], *more]))
    yield from (_line("finding", show(one, _COLUMNS)) for one in found["findings"] or [])
    for signal in found["signals"] or []:
        said = ", ".join(
            name if value is True else f"{name} {value}"
            for name, value in signal.items()
            if value and (name, value) != ("gate", "none")
        )
        yield _line("read from it", show(said, _COLUMNS))


def _body(found: dict[str, Any], body: Body) -> Iterator[str]:
    if body.octets is None:
        yield f"no body: {show(body.why)}"
        return
    yield f"{many(len(body.octets), 'octet')}{':' if body.octets else ''}"
    if found["probe"] == "page" and b"\0" in body.octets[:_LOOKED_AT]:
        yield from _rows(body.octets)
        return
    kind = next((v for n, v in json.loads(found["headers"]) if n.lower() == "content-type"), "")
    text = body.octets.decode(charset(body.octets, kind.lower()), "backslashreplace")
    lines = _LINE_END.split(text)
    if not lines[-1]:  # nothing stands behind the last line end
        lines.pop()
    for number, line in enumerate(lines[:_LINES], 1):
        yield f"{number:>5}  {show(line, _COLUMNS)}"
    if len(lines) > _LINES:
        yield f"and {many(len(lines) - _LINES, 'more line')}; --raw writes them all"


def _rows(octets: bytes) -> Iterator[str]:
    """Yield the first octets of what is no text, sixteen a row."""
    for at in range(0, min(len(octets), _BINARY), _ROW):
        row = octets[at : at + _ROW]
        seen = "".join(chr(one) if 0x20 <= one < 0x7F else "." for one in row)
        yield f"{at:>5}  {row.hex(' '):<47}  {seen}"
    if len(octets) > _BINARY:
        yield f"and {many(len(octets) - _BINARY, 'more octet')}; --raw writes them all"
