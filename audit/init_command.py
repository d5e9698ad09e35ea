"""`provisor init`: a dataset.toml to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.errors import UsageRefused
from provenance.options import say
from provenance.show import show

_NAMES = {
    "creator": ("creator", "artist", "author", "photographer", "credit"),
    "licence": ("license", "licence", "license_url", "rights"),
    "caption": ("caption", "text", "alt", "alt_text"),
    "digest": ("sha256", "md5", "digest"),
    "repeats": ("repeats", "num_repeats", "repeat"),
    "sexual": ("sexual", "nsfw", "is_nsfw"),
    "generated": ("generated", "ai_generated", "is_generated"),
    "person": ("person", "speaker", "speaker_id"),
    "acquisition": ("acquisition", "purchase_id", "licence_id"),
    "source": ("source", "dataset", "corpus"),
}


@click.command("init")
@click.argument("manifest", type=click.Path(path_type=Path), required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("dataset.toml"),
    show_default=True,
    help="The file to write; one that is there is left alone.",
)
@click.option("--name", default="", help="What the dataset is called.")
@click.option("--purpose", default="unknown", help="What it is for, e.g. pretraining.")
@click.option("--agent", default="", help="The robots.txt token of the crawler that collected.")
@click.option(
    "--timezone", default="UTC", show_default=True, help="Of dates without a zone, e.g. Asia/Tokyo."
)
def init_declaration(
    manifest: Path | None, *, out: Path, name: str, purpose: str, agent: str, timezone: str
) -> None:
    """Write a dataset.toml with all that can be declared, in comments to take away.

    With MANIFEST, columns that seem to hold creators, licences or captions are named in it; none
    is read before you take the mark from its line.

    \b
    Examples:
      provisor init
      provisor init rows.parquet --purpose pretraining --agent CCBot --timezone Asia/Tokyo
    """
    from audit.declaration_text import declaration_text
    from audit.declared import Wrong, declaration_of

    said = {"name": name, "purpose": purpose, "agent": agent, "timezone": timezone}
    try:
        declared = declaration_of({"dataset": {key: value for key, value in said.items() if value}})
    except Wrong as error:
        raise UsageRefused("init", str(error), "see `provisor init --help`") from None
    found = _found(manifest) if manifest else {}
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(declaration_text(declared, found))
    except FileExistsError:
        fact = "there is such a file, and it is left as it is"
        raise UsageRefused(show(str(out)), fact, "name another with --out") from None
    for kind, column in found.items():
        say(f"{show(column)!r} may hold {kind}")
    say(f"written: {show(str(out))}")


def _found(path: Path) -> dict[str, str]:
    """Return which columns of the manifest at *path* may hold what, by their names."""
    from provenance.intake.manifest import open_manifest

    columns = {name.lower(): name for name in open_manifest(path).columns}
    chosen = {
        kind: next((columns[name] for name in names if name in columns), "")
        for kind, names in _NAMES.items()
    }
    return {kind: name for kind, name in chosen.items() if name}
