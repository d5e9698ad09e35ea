"""Commands in README, pages and help texts are commands that there are, with options that they take."""

from __future__ import annotations

import inspect
import re
import shlex
from typing import TYPE_CHECKING

import click
import pytest

from cli import main
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_SAMPLE = re.compile(r"^(?: {2,4}|\$ )(provisor [a-z].*)$", re.MULTILINE)
_FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_ENDS = {"|", ">", "<", "&&", "||", ";", "#", "…"}


def samples(text: str) -> Iterator[str]:
    """Yield the commands that stand on lines of their own, joined where a line goes on."""
    shown = _FENCED.sub(
        lambda fence: re.sub(r"^provisor", "    provisor", fence[1], flags=re.M), text
    )
    for found in _SAMPLE.finditer(shown.replace("\\\n", " ")):
        yield found[1]


def wrong(sample: str) -> str:
    """Return what is wrong with a command; empty: there is one like it."""
    words = shlex.split(sample, comments=True)[1:]
    words = words[: next((n for n, word in enumerate(words) if word in _ENDS), len(words))]
    command: click.Command = main
    context = click.Context(main, info_name="provisor")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        if found is None:
            return f"no command {words[0]!r}"
        command, words = found, words[1:]
    known = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
    strangers = [
        word for word in words if word.startswith("--") and word.partition("=")[0] not in known
    ]
    return f"no option {strangers[0]}" if set(strangers) - {"--help"} else ""


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command below *command* with its path."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner, name
            yield from commands(inner, f"{path} {name}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_shows_only_commands_that_there_are(page: Path) -> None:
    found = {sample: wrong(sample) for sample in samples(page.read_text("utf-8"))}

    assert {sample: why for sample, why in found.items() if why} == {}


def test_samples_are_found_and_near_misses_are_told() -> None:
    assert len(list(samples((ROOT / "README.md").read_text("utf-8")))) > 10
    assert wrong("provisor audit rows.parquet --declaration dataset.toml") == ""
    assert (
        wrong("provisor audit rows.parquet --declaraton dataset.toml") == "no option --declaraton"
    )
    assert wrong("provisor adit rows.parquet") == "no command 'adit'"
    assert wrong("provisor blocklist imprt list.csv") == "no command 'imprt'"


def test_every_command_shows_an_example_that_there_is() -> None:
    without: list[str] = []
    odd: dict[str, str] = {}
    for path, command in commands(main, "provisor"):
        if isinstance(command, click.Group):
            continue
        shown = list(samples(inspect.cleandoc(command.help or "")))
        if not shown:
            without.append(path)
        odd |= {sample: why for sample in shown if (why := wrong(sample))}

    assert odd == {}
    assert without == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_a_link_of_the_repository_leads_to_a_file(name: str) -> None:
    links = _LINK.findall((ROOT / name).read_text("utf-8"))

    assert [link for link in links if "://" not in link and not (ROOT / link).is_file()] == []


def test_the_readme_names_every_page_that_says_how() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    linked = {page.name for page in (ROOT / "docs").glob("*.md") if f"docs/{page.name}" in text}

    assert {"auditing.md", "rules.md", "blocklists.md", "tracing.md"} <= linked
