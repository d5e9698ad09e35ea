"""`provisor show`: one capture, as it was recorded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from provenance.errors import InputRefused, UsageRefused
from provenance.options import json_option, say, store_options
from provenance.strict_json import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crawler.one_capture import Body, Kept


@click.command("show")
@click.argument("capture_id", metavar="CAPTURE", type=click.IntRange(min=1))
@click.option("--raw", is_flag=True, help="Write the body's octets alone to standard output.")
@click.option("--wire", is_flag=True, help="Write all octets that passed over the wire instead.")
@store_options
@json_option
def show_capture(
    capture_id: int, *, raw: bool, wire: bool, store: Path, wait_s: float, as_json: bool
) -> None:
    """Show what is recorded of CAPTURE, the number that a verdict or a report gives.

    Printed are its address, time, status and headers, what was read from it, and its body, in which
    control characters are spelt out. --raw writes the body's octets, as they were read: without
    chunks and compression; --wire writes each request and each answer as it passed, one after the
    other; --json holds the body in base64. What is printed is compared with the digests that were
    recorded of it; where it differs or is missing, that is said and the command ends with code 5.

    \b
    Examples:
      provisor show 17
      provisor show 17 --raw > robots.txt
      provisor show 17 --wire > exchange.http
      provisor show 17 --json
    """
    from crawler.show_report import as_json as members
    from crawler.show_report import told

    _refuse_mixed({"--raw": raw, "--wire": wire, "--json": as_json})
    found = _capture(capture_id, store, wait_s)
    passed, body = _octets(found, store)
    if wire:
        sys.stdout.buffer.write(_all_of(passed, found, store))
        return
    if raw:
        sys.stdout.buffer.write(_whole(body, found, store))
        return
    said = (
        json_text(members(found, passed, body)) if as_json else "\n".join(told(found, passed, body))
    )
    click.echo(said)
    faults = [one.fault for one in passed if one.fault] + [body.fault] * bool(body.fault)
    if faults and faults[0]:
        raise faults[0]


def _refuse_mixed(named: dict[str, bool]) -> None:
    given = [option for option, is_given in named.items() if is_given]
    if len(given) > 1:
        raise UsageRefused(" ".join(given), "each of them is an output of its own", "give one")
    if given and given != ["--json"] and sys.stdout.isatty():
        raise UsageRefused(given[0], "a terminal obeys octets", "send the output to a file")


def _capture(capture_id: int, store: Path, wait_s: float) -> dict[str, Any]:
    """Return the columns of a capture, and what was read from it.

    Raises:
        InputRefused: there is no such capture.
        UsageRefused: a sealed list names where it was taken, or where it led.
    """
    from crawler.one_capture import one_capture
    from provenance.sealed import names_beside, unnamed
    from provenance.store import reading

    with reading(store, wait_s=wait_s, say=say) as connection:
        found = one_capture(connection, capture_id)
    if found is None:
        raise InputRefused(str(store), f"it holds no capture {capture_id}", "check the number")
    if not unnamed(names_beside(store), found["url"], *found["hops"]):
        raise UsageRefused(f"capture {capture_id}", "a sealed list names it", "it is not shown")
    return found


def _octets(found: dict[str, Any], store: Path) -> tuple[tuple[Kept, ...], Body]:
    from crawler.one_capture import kept_body, kept_octets
    from provenance.records import Evidence

    passed = kept_octets(store, [Evidence(**one) for one in found["evidence"] or []])
    return passed, kept_body(found, passed, place=str(store))


def _all_of(passed: Sequence[Kept], found: dict[str, Any], store: Path) -> bytes:
    """Return all that passed, requests before their answers.

    Raises:
        InputRefused: nothing was kept.
        EvidenceError: a part of it is missing, or not what was recorded.
    """
    for one in passed:
        if one.fault:
            raise one.fault
    if not passed:
        why = "it is an import's word" if found["method"] == "import" else found["error"]
        fact = f"no octets of capture {found['capture_id']} were kept: {why}"
        raise InputRefused(str(store), fact, "leave --wire out to see what is recorded of it")
    return b"".join(one.octets or b"" for one in passed)


def _whole(body: Body, found: dict[str, Any], store: Path) -> bytes:
    """Return the body.

    Raises:
        InputRefused: there is none, which is something else than an empty one.
        EvidenceError: it is missing, or not the one that was recorded.
    """
    if body.fault:
        raise body.fault
    if body.octets is None:
        fact = f"capture {found['capture_id']} has no body: {body.why}"
        raise InputRefused(str(store), fact, "leave --raw out to see what is recorded of it")
    return body.octets
