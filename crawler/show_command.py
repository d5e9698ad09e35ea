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
@store_options
def show_capture(capture_id: int, *, raw: bool, store: Path, wait_s: float) -> None:
    """Show what is recorded of CAPTURE, the number that a verdict or a report gives.

    Printed are its address, time, status and headers, what was read from it, and its body, in which
    control characters are spelt out. --raw writes the octets as they were received.

    \b
    Examples:
      provisor show 17
      provisor show 17 --raw > robots.txt
    """
    found = _capture(capture_id, store, wait_s)
    if not raw:
        click.echo("\n".join(_told(found)))
        return
    if sys.stdout.isatty():
        raise UsageRefused("--raw", "a terminal obeys octets", "send the output to a file")
    sys.stdout.buffer.write(found["body"] or b"")


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


def _told(found: dict[str, Any]) -> list[str]:
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
    return lines + _body_lines(found["body"])


def _body_lines(body: bytes | None) -> list[str]:
    if body is None:
        return ["", "no body was seen"]
    text = _LINE_END.split(body.decode("utf-8", "replace"))
    lines = [f"{number:>5}  {show(line, _COLUMNS)}" for number, line in enumerate(text[:_LINES], 1)]
    rest = len(text) - _LINES
    more = [f"and {rest:,} more lines"] if rest > 0 else []
    return ["", f"{len(body):,} octets:", *lines, *more]
