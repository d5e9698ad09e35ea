"""`provisor show`: one capture, as it was recorded."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import click

from provenance.errors import InputRefused, UsageRefused
from provenance.options import say, store_options
from provenance.show import show

if TYPE_CHECKING:
    from pathlib import Path

_LINE_END = re.compile(r"\r\n|\r|\n")
_LINES = 200
_COLUMNS = 400
_SAID = (
    ("url", "address"), ("captured_at", "captured at (UTC)"), ("captured_at_basis", "time is"),
    ("method", "method"), ("run_id", "run"), ("source", "source"), ("status", "status"),
    ("status_basis", "status is"), ("error", "error"), ("hops", "redirects"),
    ("outcome", "outcome"), ("reason", "because"), ("body_sha256", "body SHA-256"),
)  # fmt: skip


@click.command("show")
@click.argument("capture_id", metavar="CAPTURE", type=click.IntRange(min=1))
@click.option("--raw", is_flag=True, help="Write the body's exact octets to standard output.")
@click.option("--wire", is_flag=True, help="Write all octets that passed over the wire instead.")
@store_options
def show_capture(capture_id: int, *, raw: bool, wire: bool, store: Path, wait_s: float) -> None:
    """Show what is recorded of CAPTURE, the number that a verdict or a report gives.

    Printed are its address, time, status and headers, what was read from it, and its body, in which
    control characters are spelt out. --raw writes the body's octets; --wire writes each request and
    each answer as it passed, one after the other. What comes from a file of evidence is checked
    against the digest that was recorded of it; if it differs, the command ends with code 5.

    \b
    Examples:
      provisor show 17
      provisor show 17 --raw > robots.txt
      provisor show 17 --wire > exchange.http
    """
    if (raw or wire) and sys.stdout.isatty():
        option = "--raw" if raw else "--wire"
        raise UsageRefused(option, "a terminal obeys octets", "send the output to a file")
    found = _capture(capture_id, store, wait_s)
    passed = _passed(found, store)
    if wire and not passed:
        fact = f"no octets of capture {capture_id} were kept: it is an import's word"
        raise InputRefused(str(store), fact, "use --raw")
    body = _body(found, passed)
    if raw or wire:
        sys.stdout.buffer.write(b"".join(passed.values()) if wire else body or b"")
        return
    click.echo("\n".join(_told(found, body)))


def _passed(found: dict[str, Any], store: Path) -> dict[tuple[int, str], bytes]:
    """Return the octets of each request and answer as they passed, their digests checked."""
    from provenance.evidence import read_record
    from provenance.records import Evidence

    records = [Evidence(**one) for one in found["evidence"] or []]
    records.sort(key=lambda one: (one.hop, one.kind != "request"))
    return {(one.hop, one.kind): read_record(store, one)[1] for one in records}


def _body(found: dict[str, Any], passed: dict[tuple[int, str], bytes]) -> bytes | None:
    """Return the body: kept by itself, or found again in the octets of the last answer."""
    if found["body"] is not None or found["body_sha256"] is None:
        body: bytes | None = found["body"]
        return body
    from crawler.messages import body_of
    from crawler.settings import PAGE_BYTES

    answers = [octets for (_, kind), octets in passed.items() if kind == "response"]
    return body_of(answers[-1], limit=PAGE_BYTES) if answers else None


def _capture(capture_id: int, store: Path, wait_s: float) -> dict[str, Any]:
    from provenance.statements import statement
    from provenance.store import reading

    with reading(store, wait_s=wait_s, say=say) as connection:
        result = connection.execute(statement("crawler", "one_capture"), {"capture_id": capture_id})
        names = [column[0] for column in result.description or []]
        rows = result.fetchall()
    if not rows:
        raise InputRefused(str(store), f"it holds no capture {capture_id}", "check the number")
    return dict(zip(names, rows[0], strict=True))


def _told(found: dict[str, Any], body: bytes | None) -> list[str]:
    lines = [f"capture {found['capture_id']}: {found['probe']} of {show(found['host'])}"]
    for name, words in _SAID:
        value = found[name]
        if value not in (None, "", []):
            text = ", ".join(value) if isinstance(value, list) else str(value)
            lines.append(f"  {words:<18} {show(text, _COLUMNS)}")
    flags = [flag for flag in ("lowercased", "truncated") if found[flag]]
    lines += [f"  {'body is':<18} {flag}" for flag in flags]
    lines += [
        f"  {'header':<18} {show(name)}: {show(value, _COLUMNS)}"
        for name, value in json.loads(found["headers"])
    ]
    for signal in found["signals"] or []:
        said = ", ".join(f"{name} {value}" for name, value in signal.items() if value)
        lines.append(f"  {'read from it':<18} {show(said, _COLUMNS)}")
    lines += [
        f"  {'octets kept':<18} {one['kind']} {one['hop']}: {show(one['file'], _COLUMNS)},"
        f" {one['length']:,} from {one['offset']:,}"
        for one in found["evidence"] or []
    ]
    return lines + _body_lines(body)


def _body_lines(body: bytes | None) -> list[str]:
    if body is None:
        return ["", "no body was seen"]
    text = _LINE_END.split(body.decode("utf-8", "replace"))
    lines = [f"{number:>5}  {show(line, _COLUMNS)}" for number, line in enumerate(text[:_LINES], 1)]
    rest = len(text) - _LINES
    more = [f"and {rest:,} more lines"] if rest > 0 else []
    return ["", f"{len(body):,} octets:", *lines, *more]
