"""What docs/portal.md shows is what happens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from portal.app import application
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.portal.conftest import World

PAGE = (ROOT / "docs" / "portal.md").read_text("utf-8")


def test_the_example_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}

    exec(example, names)  # noqa: S102 (our own page)

    folder, press = names["folder"], names["press"]
    assert names["receipt"](folder, press, names["message"].id).state == "accepted"
    assert names["list_of"](folder, press, "press/comics")["states"] == {
        "accepted": 1,
        "withdrawn": 1,
    }


def test_every_call_stands_on_the_page(world: World) -> None:
    paths = application(world.portal).openapi()["paths"]

    missing = [
        path
        for path in paths
        if re.sub(r"\{message_id\}", "{id}", path.removeprefix("/api/v1")) not in PAGE
    ]

    assert missing == []


def test_the_pictures_are_there() -> None:
    named = re.findall(r"\]\((portal/[\w-]+\.png)\)", PAGE)

    assert len(named) == 5
    assert all((ROOT / "docs" / name).is_file() for name in named)
