"""The command `provisor`: options in, one call, exit code out."""

from __future__ import annotations

import sys
import traceback
from importlib import import_module

import click

from provenance.errors import ProvisorError
from provenance.options import VERSION

INTERRUPTED = 130
DEFECT = 70
DISK = 4

# Where each command is found; it is imported when it is called, so that --help is instant.
COMMANDS = {
    "audit": "audit.commands:audit_manifest",
    "blocklist": "blocklists.commands:blocklist",
    "crawl": "crawler.commands:crawl_hosts",
    "demo": "crawler.demo_command:demo",
    "import": "crawler.import_commands:import_",
    "inspect": "crawler.inspect_command:inspect_site",
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


@click.command(cls=_OnDemand, context_settings={"auto_envvar_prefix": "PROVISOR", "max_content_width": 100})
@click.version_option(VERSION, prog_name="provisor")
@click.option("--debug", is_flag=True, help="Show where in the code a failure came from.")
def main(debug: bool) -> None:  # noqa: ARG001, FBT001 (read by run)
    """Record what sites say to AI crawlers, and audit datasets by it.

    Sorts recorded facts by the factors of Article 30-4 of Japan's Copyright Act and the Agency for
    Cultural Affairs' General Understanding (2024). It makes no legal assessment.
    """


def run() -> None:
    """Run the command and turn its outcome into an exit code."""
    debug = "--debug" in sys.argv[1:2]
    try:
        code = main(standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except ProvisorError as error:
        click.echo(f"provisor: error: {error}", err=True)
        if debug:
            traceback.print_exc()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("provisor: interrupted", err=True)
        code = INTERRUPTED
    except OSError as error:
        click.echo(f"provisor: error: {error.filename or 'output'}: {error.strerror}", err=True)
        code = DISK
    except Exception as error:  # noqa: BLE001 (a defect must never look like a finding)
        click.echo(f"provisor: a defect of ours: {type(error).__name__}: {error}", err=True)
        if debug:
            traceback.print_exc()
        else:
            click.echo("Run again as `provisor --debug …` and report what it prints.", err=True)
        code = DEFECT
    sys.exit(code)


if __name__ == "__main__":
    run()
