"""The command `provisor`: options in, one call, exit code out."""

from __future__ import annotations

import json
import sys
import traceback
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from provenance.apart.limits import leave_room
from provenance.defaults import VERSION
from provenance.errors import ProvisorError, UsageRefused
from provenance.options import json_option, wait_option
from provenance.show import is_text, show

INTERRUPTED = 130
UNREAD = 141
DEFECT = 70
DISK = 4

# Where each command is found; it is imported when it is called, so that --help is instant.
COMMANDS = {
    "accept": "audit.accept_command:accept_findings",
    "agents": "crawler.agents_command:agents_command",
    "audit": "audit.commands:audit_manifest",
    "blocklist": "blocklists.commands:blocklist",
    "clean": "audit.clean_command:clean_manifest",
    "crawl": "crawler.commands:crawl_hosts",
    "demo": "crawler.demo_command:demo",
    "diff": "audit.diff_command:diff_audits",
    "doctor": "cli:doctor",
    "explain": "audit.explain_command:explain",
    "gate": "audit.gate_command:gate_audit",
    "import": "crawler.import_commands:import_",
    "init": "audit.init_command:init_declaration",
    "inspect": "crawler.inspect_command:inspect_site",
    "portal": "portal.commands:portal_group",
    "prove": "provenance.prove_command:prove_record",
    "report": "audit.report_command:report_audit",
    "rules": "audit.rules_command:show_rules",
    "serve": "portal.commands:serve_portal",
    "show": "crawler.show_command:show_capture",
    "store": "provenance.store_commands:store",
    "trace": "audit.trace_command:trace_works",
    "verdicts": "audit.verdicts_command:show_verdicts",
    "verify": "provenance.verify_command:verify_store",
}


class _OnDemand(click.Group):
    """A group that imports a command only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.command(cls=_OnDemand, context_settings={"max_content_width": 100})
@click.version_option(VERSION, prog_name="provisor")
@click.option("--debug", is_flag=True, help="Show where in the code a failure came from.")
@click.pass_context
def main(context: click.Context, debug: bool) -> None:  # noqa: ARG001, FBT001 (read by run)
    """Record what sites say to AI crawlers, and audit datasets by it.

    Sorts recorded facts by the factors of Article 30-4 of Japan's Copyright Act and the Agency for
    Cultural Affairs' General Understanding (2024). It makes no legal assessment.

    \b
    Examples:
      provisor demo
      provisor inspect example.com --contact you@example.org
      provisor crawl --help
    """
    # What a command is given that it may not import.
    context.obj = {
        "download": _download, "rules_of": _rules_of, "read_robots": _read_robots,
        "robots_at_hand": _robots_at_hand, "inspect_stored": _inspect_stored, "trace_in": _trace_in,
    }  # fmt: skip


def _download(url: str, **options: Any) -> Any:
    from crawler.downloading import download

    return download(url, **options)


def _read_robots(body: bytes, lowercased: bool) -> Any:  # noqa: FBT001 (as the store calls it)
    from crawler.robots.reading import read_robots

    return read_robots(body, lowercased)


def _robots_at_hand(body: bytes, url: str) -> dict[str, Any]:
    """Return what a robots.txt at hand says: for the portal, which makes no request."""
    import tempfile

    from crawler.inspecting import inspect_file

    with tempfile.NamedTemporaryFile(prefix="robots-") as file:
        file.write(body)
        file.flush()
        return _inspected(inspect_file(Path(file.name), url))


def _inspect_stored(store: Path, site: str) -> dict[str, Any]:
    """Return what a site said when it was last captured."""
    from crawler.inspecting import inspect_recorded

    return _inspected(inspect_recorded(site, store, until=datetime.now(UTC)))


def _inspected(found: Any) -> dict[str, Any]:
    from crawler.inspect_report import plain, report

    lines = {lang: [click.unstyle(one) for one in report(found, lang)] for lang in ("en", "ja")}
    return {"lines": lines, "told": json.loads(json.dumps(asdict(found), default=plain))}


def _trace_in(place: str, works: list[str]) -> dict[str, Any]:
    """Return whether works are in what the operator has opened."""
    from audit.tracing.audited import searched_in
    from audit.tracing.forms import FORMS
    from audit.tracing.searching import trace
    from audit.tracing.works import work_of

    said = trace(searched_in(Path(place)), [work_of(text) for text in works])
    lines = {lang: FORMS["text"](said, lang).splitlines() for lang in ("en", "ja")}
    return {"lines": lines, "told": json.loads(FORMS["json"](said, "en"))}


def _rules_of(fact: str) -> tuple[str, ...]:
    """Return the rules that ask for *fact*: what `inspect` shows and cannot know by itself."""
    from audit.rules import rules

    return tuple(rule.id for rule in rules() if rule.facts & {fact, f"{fact}_basis"})


@click.command()
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    envvar="PROVISOR_STORE",
    help="A store to look at: whether it can be read, its schema, and who holds it.",
)
@wait_option
@json_option
def doctor(*, store: Path | None, wait_s: float, as_json: bool) -> None:
    """Show that this installation can be relied on: every reader and rule, packages, store, disk.

    Something to be found is planted for every reader of signals, for robots.txt, every form of
    list and of manifest and every rule, and must be found. Releases are compared with what provisor
    asks for and with published advisories. Nothing leaves this machine and nothing is kept.

    \b
    Exit code:
      0   all of it is as it must be
      4   the store, its evidence, their permissions, the disk or the clock are not as they must be
      70  a canary is silent, or a package is missing or too old

    \b
    Examples:
      provisor doctor
      provisor doctor --store provisor.duckdb --wait 0 --json
    """
    from audit.checking import checks as of_rules
    from blocklists.checking import checks as of_lists
    from crawler.checking import checks as of_sites
    from provenance.checking import checks as of_manifests
    from provenance.doctor import examined, exit_code, told

    found = examined((of_sites, of_lists, of_manifests, of_rules), store, wait_s=wait_s)
    click.echo(told(found, as_json=as_json))
    raise click.exceptions.Exit(exit_code(found))


def _visible(message: str) -> str:
    """Return *message*, of which others may have written a part, with its own lines."""
    return "\n".join(show(line, 2000) for line in message.split("\n"))


def run() -> None:
    """Run the command and turn its outcome into an exit code."""
    debug, printed = "--debug" in sys.argv[1:2], sys.stdout
    leave_room()
    try:
        if odd := [word for word in sys.argv if not is_text(word)]:  # DuckDB knows no such names
            raise UsageRefused(odd[0], "not UTF-8", "give the file another name")
        code = main(standalone_mode=False) or 0
    except click.exceptions.Exit as ended:
        code = ended.exit_code
    except click.ClickException as error:
        error.message = _visible(error.message)  # type: ignore[misc]
        error.show()
        code = error.exit_code
    except ProvisorError as error:
        # Facts may have lines of their own; a place is a name, whatever it holds.
        said = str(error).removeprefix(error.place)
        place = show(error.place, 2000) if said != str(error) else ""
        click.echo(f"provisor: error: {place}{_visible(said)}", err=True)
        if debug:
            traceback.print_exc()
        code = error.exit_code
    except SystemExit:
        # click's, with 1, when nobody reads what is printed: but 1 is for findings.
        if sys.stdout is printed:
            raise
        code = UNREAD
    except (click.Abort, KeyboardInterrupt):
        click.echo("provisor: interrupted", err=True)
        code = INTERRUPTED
    except MemoryError:
        click.echo("provisor: error: it takes more memory than this machine has", err=True)
        code = DISK
    except OSError as error:
        place = _visible(str(error.filename or "output"))
        click.echo(f"provisor: error: {place}: {error.strerror}", err=True)
        code = DISK
    except Exception as error:  # noqa: BLE001 (a defect must never look like a finding)
        if "Query interrupted" in str(error) or type(error).__name__ == "InterruptException":
            click.echo("provisor: interrupted", err=True)
            sys.exit(INTERRUPTED)
        said = f"{type(error).__name__}: {_visible(str(error))}"
        click.echo(f"provisor: a defect of ours: {said}", err=True)
        if debug:
            traceback.print_exc()
        else:
            click.echo("Run again as `provisor --debug …` and report what it prints.", err=True)
        code = DEFECT
    sys.exit(code)


if __name__ == "__main__":
    run()
