"""Refusals among the sources over time, against when rows were collected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.inputs import open_manifests
from audit.run import run
from audit.summary import Period
from tests.audit.corpus import QUESTION
from tests.audit.world import ALLOW, REFUSE_AI, World

if TYPE_CHECKING:
    from pathlib import Path


def test_the_last_readable_answer_of_each_host_counts_and_only_for_the_whole_site(
    tmp_path: Path,
) -> None:
    world = World(tmp_path)
    world.robots("2024-01-10", ALLOW)
    world.robots("2024-01-20", REFUSE_AI)
    world.robots("2024-03-05", status=503)
    world.robots("2024-04-01", ALLOW)
    world.robots("2024-02-10", "User-agent: *\nDisallow: /p\n", host="paths.example")
    world.robots("2024-02-11", REFUSE_AI + "Allow: /open\n", host="nearly.example")
    world.robots("2023-01-01", REFUSE_AI, host="elsewhere.example")
    world.robots("2024-03-01", status=500, host="never.example")
    hosts = ("site", "paths", "nearly", "never", "new")
    rows = [f"https://{host}.example/p,2024-03-0{n + 1}" for n, host in enumerate(hosts)]
    manifest = tmp_path / "rows.csv"
    manifest.write_text("\n".join(["url,collected_at", *rows, "https://site.example/,"]), "utf-8")

    summary = run(open_manifests([manifest]), QUESTION, world.store, tmp_path / "o")

    assert summary.periods == (
        Period("2024-01", 1, 1, 0),
        Period("2024-02", 3, 2, 0),
        Period("2024-03", 3, 2, 5),
        Period("2024-04", 3, 1, 0),
    )
