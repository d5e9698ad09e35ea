"""The lock names a release with hashes for all that is asked for, and no registry."""

from __future__ import annotations

import re
import tomllib

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PINNED = re.compile(
    r"^(?P<what>[^\s#][^\\\n]*?)(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.M
)


def pins() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in PINNED.finditer(LOCK):
        asked = Requirement(one["what"])
        (specifier,) = asked.specifier
        assert specifier.operator == "=="
        found.setdefault(canonicalize_name(asked.name), set()).add(specifier.version)
    return found


def test_every_line_is_a_release_with_its_hashes() -> None:
    assert PINNED.sub("", LOCK).strip() == ""
    assert len(pins()) > 100


def test_no_registry_is_named() -> None:
    assert "://" not in LOCK
    assert "index" not in re.sub(
        PINNED, lambda one: one["what"].replace("ai-crawler-index", ""), LOCK
    )


def test_all_that_is_asked_for_is_locked_within_its_bounds() -> None:
    """Red after a change of pyproject.toml: run `make lock`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [Requirement(line) for line in (
        *project["dependencies"], *project["optional-dependencies"]["dev"],
    )]  # fmt: skip
    here = {name: str(value) for name, value in default_environment().items()}

    known = pins()
    wrong = [
        str(one)
        for one in asked
        if (one.marker is None or one.marker.evaluate(here))
        and not any(
            one.specifier.contains(pin) for pin in known.get(canonicalize_name(one.name), ())
        )
    ]

    assert wrong == []
