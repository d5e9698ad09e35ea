"""`provisor doctor`: every canary sings, and one that does not is heard of."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

import audit.checking
import blocklists.checking
import crawler.checking
import provenance.checking
from audit.facts import FACTS
from audit.rules import every_rule, rules
from blocklists.formats import formats
from crawler.pages import readers
from provenance import manifests
from provenance.advisories import FLOORS
from provenance.agent_lists import list_forms
from provenance.checks import Check, State
from provenance.doctor import exit_code, told
from provenance.health import packages, room, store_state
from provenance.manifests import Form
from provenance.registry import collect
from provenance.store import writing
from provenance.workplace import workplace
from tests import test_packaging
from tests.command import provisor

if TYPE_CHECKING:
    from pathlib import Path

FAMILIES = {
    "signals": (crawler.checking, set(readers())),
    "blocklists": (blocklists.checking, set(formats())),
    "manifests": (provenance.checking, set(collect(manifests, Form))),
    "agent lists": (provenance.checking, set(list_forms())),
    "rules": (audit.checking, {rule.id for rule in every_rule()}),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_is_tried_and_fires(family: str) -> None:
    module, members = FAMILIES[family]

    found = {one.name: one.state for one in module.checks() if one.family == family}

    assert found == dict.fromkeys(members, State.FIRES)


def test_a_robots_txt_is_read_and_decided() -> None:
    found = [one for one in crawler.checking.checks() if one.family == "robots.txt"]

    assert len(found) == 8
    assert {one.state for one in found} == {State.FIRES}


@pytest.mark.parametrize(
    ("expression", "state"),
    [
        ("gate", State.FIRES),
        ("gate AND NOT gate", State.SILENT),
        ("coalesce(gate, TRUE) OR NOT gate", State.SILENT),
        ("known = 'yesterday'", State.SILENT),
        ("a_number_of_tomorrow + 1 > 5", State.SILENT),
        (" OR ".join(fact for fact in FACTS if not FACTS[fact].values), State.NOT_SHOWN),
    ],
)
def test_a_rule_that_nothing_or_everything_makes_fire_is_found(
    expression: str, state: State
) -> None:
    rule = dataclasses.replace(rules()[0], expression=expression)

    with workplace() as connection:
        found = audit.checking._tried(connection, rule).state

    assert found is state


def said(family: str, state: State) -> Check:
    return Check(family, "canary", state, "said")


@pytest.mark.parametrize(
    ("checks", "code"),
    [
        ([], 0),
        ([said("signals", State.FIRES), said("store", State.FIRES)], 0),
        ([said("manifests", State.NOT_SHOWN)], 0),
        ([said("store", State.SILENT)], 4),
        ([said("disk", State.SILENT)], 4),
        ([said("signals", State.SILENT)], 70),
        ([said("requirements", State.SILENT)], 70),
        ([said("store", State.SILENT), said("rules", State.SILENT)], 70),
    ],
)
def test_the_exit_code_says_what_fails(checks: list[Check], code: int) -> None:
    assert exit_code(checks) == code


def test_what_fails_stands_in_the_report() -> None:
    report = told((said("signals", State.SILENT), said("rules", State.FIRES)), as_json=False)

    assert "signals\x1b[0m\n  \x1b[31mFAILS \x1b[0m canary: said\n" in report
    assert report.endswith("1 as they must be, 1 failing, 0 that could not be tried here")


def test_the_command_shows_versions_and_checks_and_ends_with_0(tmp_path: Path) -> None:
    code, out, err = provisor("doctor", cwd=tmp_path)

    assert (code, err) == (0, "")
    assert out.startswith("provisor: ")
    assert ", 0 failing, " in out.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_json_holds_the_same(store_path: Path) -> None:
    with writing(store_path):
        pass

    code, out, _ = provisor("doctor", "--json", "--store", str(store_path), cwd=store_path.parent)
    found = json.loads(out)

    assert (code, found["exit_code"]) == (0, 0)
    assert {"provisor", "Python", "duckdb", "scrapy", "suffix list", "agents"} <= set(
        found["versions"]
    )
    assert [one["state"] for one in found["checks"] if one["family"] == "store"] == ["fires"]


def test_a_store_that_is_none_ends_with_4(tmp_path: Path) -> None:
    (tmp_path / "store.duckdb").write_bytes(b"no store" * 1000)

    code, out, _ = provisor("doctor", "--store", "store.duckdb", cwd=tmp_path)

    assert code == 4
    assert "  FAILS  store.duckdb: " in out


def test_who_holds_the_store_is_named(store_path: Path) -> None:
    with writing(store_path):
        pass
    held = "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print(1, flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", held, store_path], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        begun = time.monotonic()
        found = store_state(store_path, wait_s=0)
    finally:
        holder.kill()
        holder.communicate()

    assert found.state is State.SILENT
    assert f"(process {holder.pid})" in found.said
    assert time.monotonic() - begun < 30


def test_a_folder_that_is_not_there_has_no_room(tmp_path: Path) -> None:
    store, temporary = room(tmp_path / "missing" / "store.duckdb")

    assert (store.state, temporary.state) == (State.SILENT, State.FIRES)


def test_what_is_installed_is_mended() -> None:
    advisories = [one for one in packages() if one.family == "advisories"]

    assert {one.name for one in advisories} >= {floor.package for floor in FLOORS}
    assert {one.state for one in advisories} == {State.FIRES}


def test_the_floors_are_no_lower_than_those_of_the_packaging_tests() -> None:
    assert set(test_packaging.FLOORS) <= {floor.package for floor in FLOORS}
