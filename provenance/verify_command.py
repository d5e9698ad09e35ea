"""`provisor verify`: whether anything that was recorded has been changed since."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.errors import UsageRefused
from provenance.options import json_option, say, store_options
from provenance.show import show
from provenance.strict_json import json_text

if TYPE_CHECKING:
    import duckdb

    from provenance.ledger.octets import EvidenceCheck
    from provenance.ledger.verifying import Finding, Verification, Witness
    from provenance.vouching import Vouchers

ALTERED = 5
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_MEMORY = "300MB"
_ALONE = (
    "No checkpoint from outside was compared: whoever holds the store could have written its"
    " ledger anew. Name one with --checkpoint, or a report handed out with --report."
)


@click.command("verify")
@click.option(
    "--checkpoint", "checkpoints", multiple=True, type=_FILE,
    help="A checkpoint that was kept elsewhere (`provisor store checkpoint`); several times.",
)  # fmt: skip
@click.option(
    "--report", "reports", multiple=True, type=_FILE,
    help="A report of an audit, whose checkpoint is taken; several times.",
)  # fmt: skip
@click.option(
    "--key", "keys", multiple=True, type=_FILE,
    help="The key of the store's owner: each --checkpoint must be signed by one of these.",
)  # fmt: skip
@click.option(
    "--timestamp-root", "roots", multiple=True, type=_FILE,
    help="The root certificate (PEM) of a time-stamping authority: beside each --checkpoint must"
    " stand its time stamp, FILE.tsr.",
)  # fmt: skip
@click.option("--evidence", is_flag=True, help="Hash the octets of all evidence files, too.")
@store_options
@json_option
@click.pass_context
def verify_store(
    context: click.Context,
    checkpoints: tuple[Path, ...],
    reports: tuple[Path, ...],
    keys: tuple[Path, ...],
    roots: tuple[Path, ...],
    *,
    evidence: bool,
    store: Path,
    wait_s: float,
    as_json: bool,
) -> None:
    """Show whether a record of the store was changed, removed or added past its ledger.

    Every record is hashed anew and compared with its leaf, every checkpoint is computed anew. What
    nobody outside holds a checkpoint of can be rewritten as a whole; so keep one elsewhere, or hand
    out a report. Exit code 5: something was found.

    \b
    Examples:
      provisor verify --checkpoint monday.txt --evidence
      provisor verify --report report/report.html
      provisor verify --checkpoint monday.txt --key press.pub --timestamp-root authority.pem
    """
    from provenance.ledger.witnesses import witness_of, witnesses_of
    from provenance.vouching import vouched

    if (keys or roots) and not checkpoints:
        fact = "--key and --timestamp-root speak of a --checkpoint, and none is named"
        raise UsageRefused("verify", fact, "name the file")
    alone = [witness_of(file) for file in checkpoints]
    vouchers = vouched(alone, keys, roots)
    witnesses = alone + [one for file in reports for one in witnesses_of(file)]
    found, octets = verified(store, wait_s, witnesses, evidence=evidence)
    click.echo(json_text(_said(store, found, octets, vouchers)) if as_json
               else _told(store, found, octets, vouchers))  # fmt: skip
    if found.findings or vouchers.findings or (octets and octets.findings):
        context.exit(ALTERED)


def verified(
    store: Path, wait_s: float, witnesses: list[Witness], *, evidence: bool
) -> tuple[Verification, EvidenceCheck | None]:
    """Compare *store* with its ledger, with *witnesses* and, if asked, with its evidence."""
    from provenance.store import attached
    from provenance.workplace import workplace

    with workplace(_MEMORY) as connection, attached(connection, store, wait_s=wait_s, say=say):
        connection.execute("USE store")
        try:
            return _compared(connection, store, witnesses, evidence=evidence)
        finally:
            connection.execute("USE memory")


def _compared(
    connection: duckdb.DuckDBPyConnection, store: Path, witnesses: list[Witness], *, evidence: bool
) -> tuple[Verification, EvidenceCheck | None]:
    from provenance.ledger.kinds import kinds
    from provenance.ledger.octets import check_evidence
    from provenance.ledger.verifying import verify
    from provenance.progress import progress

    with progress("records", len(kinds()) + 1) as advance:
        found = verify(connection, witnesses, advance=advance)
    if not evidence:
        return found, None
    ((count,),) = connection.execute("SELECT count(*) FROM evidence").fetchall()
    with progress("evidence", count) as advance:
        folder = store.absolute().parent
        return found, check_evidence(connection, folder, advance=advance)


def _said(
    store: Path, found: Verification, octets: EvidenceCheck | None, vouchers: Vouchers
) -> dict[str, Any]:
    findings = [asdict(one) for one in _findings(found, octets, vouchers)]
    return {
        "store": str(store),
        "checkpoint": str(found.ledger),
        "records": found.records,
        "checkpoints": found.checkpoints,
        "witnesses": found.witnesses,
        "signed": [asdict(one) for one in vouchers.signed],
        "stamped": [
            {"place": one.place, "at": one.at.isoformat(), "authority": one.authority}
            for one in vouchers.stamped
        ],
        "evidence": {"records": octets.records, "files": octets.files} if octets else None,
        "findings": findings,
        "findings_left_out": found.findings_left_out,
    }


def _findings(
    found: Verification, octets: EvidenceCheck | None, vouchers: Vouchers
) -> tuple[Finding, ...]:
    return (*found.findings, *vouchers.findings, *(octets.findings if octets else ()))


def _told(
    store: Path, found: Verification, octets: EvidenceCheck | None, vouchers: Vouchers
) -> str:
    findings = _findings(found, octets, vouchers)
    records, own = sum(found.records.values()), _counted(found.checkpoints, "checkpoint")
    lines = [
        f"{show(str(store))}: {records:,} records, {found.ledger.size:,} leaves, {own} of its own"
    ]
    lines += [f"  {show(one.place)}: {show(one.fact)}" for one in findings]
    if found.findings_left_out:
        lines.append(f"  … and {found.findings_left_out:,} more")
    if octets:
        hashed, files = _counted(octets.records, "record"), _counted(octets.files, "file")
        lines.append(f"Evidence: {hashed} in {files} were hashed.")
    lines += [f"Signed: {show(one.place)}, by {show(one.key)}." for one in vouchers.signed]
    lines += [
        f"Stamped: {show(one.place)}, {one.at:%Y-%m-%d %H:%M:%S}Z, by {show(one.authority)}."
        for one in vouchers.stamped
    ]
    altered = len(findings) + found.findings_left_out
    told = _counted(altered, "alteration") + "." if altered else "all is as it was recorded."
    lines.append(f"Found: {told}")
    if found.witnesses:
        lines.append(f"Compared with {_counted(found.witnesses, 'checkpoint')} from outside.")
    else:
        lines.append(_ALONE)
    return "\n".join(lines)


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
