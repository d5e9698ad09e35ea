"""`provisor portal` and `provisor serve`, as their operator types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from blocklists.submit import submit
from cli import main
from crawler.robots.outcome import classify
from portal.commands import portal_group
from portal.desk import ask_about_site, ask_about_works
from portal.messages import waiting_ids
from portal.shelf import answer_of, list_of
from provenance.errors import ProvisorError
from provenance.recording import record_readings, record_run
from provenance.records import Capture, Probe, Reading
from provenance.store import writing
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.portal.conftest import World

ROBOTS = b"User-agent: GPTBot\nDisallow: /\n"


def provisor(world: World, *words: str) -> Any:
    """Run the command in this process; what it refuses is raised."""
    settings = {"PROVISOR_PORTAL": str(world.folder.path), "PROVISOR_STORE": str(world.store)}
    done = CliRunner().invoke(main, words, env=settings)
    if isinstance(done.exception, ProvisorError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done


def captured(world: World, host: str) -> None:
    """Record a robots.txt of *host* that refuses an agent."""
    from crawler.robots.reading import read_robots

    seen = Capture(
        url=f"https://{host}/robots.txt", host=host, path="/robots.txt", probe=Probe.ROBOTS,
        captured_at=world.now, method="crawl", status=200, body=ROBOTS,
    )  # fmt: skip
    with writing(world.store) as connection:
        record_run(
            connection, run_id="r", kind="crawl", started_at=world.now, settings={}, version="0"
        )
        record_readings(
            connection, "r", [Reading(seen, *classify(seen))], compile_robots=read_robots
        )


def test_an_account_gets_a_token_that_is_shown_once(world: World) -> None:
    added = provisor(world, "portal", "account", "agency", "--name", "Agency", "--role", "agent")
    secret = provisor(world, "portal", "token", "agency", "--days", "2").stdout.strip()
    shown = provisor(world, "portal", "accounts").stdout
    told = json.loads(provisor(world, "portal", "accounts", "--json").stdout)

    assert added.stdout == (
        "agency: added; give them a token with `provisor portal token agency`\n"
    )
    assert secret.startswith("provisor_")
    assert secret not in shown
    assert [one["id"] for one in told["accounts"]] == ["press", "studio", "ito", "agency"]
    assert set(told["tokens"][-1]) == {"id", "account", "made_at", "expires_at", "revoked_at"}
    number = told["tokens"][-1]["id"]
    assert provisor(world, "portal", "revoke", number).stdout == (
        f"token {number} of agency: revoked\n"
    )


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        (("portal", "token", "nobody"), "there is no account nobody"),
        (
            ("portal", "account", "press", "--name", "Again"),
            r"press \(Again\) is too like press \(Press KK\); give it",
        ),
        (("portal", "close", "nothing"), "no set nothing is open"),
        (("portal", "accounts", "--folder", "none"), "`provisor portal account ID --name NAME`"),
        (("serve", "--host", "0.0.0.0"), "tokens would be sent in the open"),  # noqa: S104 (refused)
        (("serve", "--host", "example.org"), "tokens would be sent in the open"),
    ],
)
def test_what_cannot_be_done_is_refused(world: World, words: tuple[str, ...], fact: str) -> None:
    with pytest.raises(ProvisorError, match=fact):
        provisor(world, *words)


def test_messages_are_taken_in_and_questions_answered(world: World) -> None:
    captured(world, "news.example")
    manifest = world.store.parent / "rows.csv"
    manifest.write_text("url\nhttps://art.example/1\nhttps://c.example/\n")
    provisor(world, "portal", "open", "images", str(manifest), "--title", "Images")
    world.hand_in()
    site = ask_about_site(world.folder, "news.example", now=world.tick())
    gone = ask_about_site(world.folder, "gone.example", now=world.tick())
    works = ask_about_works(
        world.folder, world.account("press"), "images", ["art.example"], now=world.tick()
    )

    done = provisor(world, "portal", "ingest", "--json")

    assert json.loads(done.stdout) == {"taken": 1, "refused": 0, "answered": 3}
    said: Any = [answer_of(world.folder, one.id, world.account("press")).outcome
                 for one in (site, gone, works)]  # fmt: skip
    assert said[0]["told"]["host"] == "news.example"
    assert any("GPTBot" in line for line in said[0]["lines"]["ja"])
    assert said[1]["refused"].startswith("no robots.txt of gone.example was captured")
    assert said[2]["told"]["answers"][0]["rows"] == 1


def test_taking_in_that_is_killed_goes_on_where_it_was(world: World) -> None:
    for number in range(12):
        world.hand_in(f"site{number}.example\n", slug=f"l{number}")
    command = [sys.executable, "-P", "-m", "cli", "portal", "ingest"]
    environment = os.environ | {
        "PYTHONPATH": str(ROOT), "PROVISOR_PORTAL": str(world.folder.path),
        "PROVISOR_STORE": str(world.store),
    }  # fmt: skip
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    # The store's schema is there: it is in the middle of its messages.
    while process.poll() is None and time.monotonic() < deadline:
        if world.store.exists() and world.store.stat().st_size > 1_000_000:
            break
        time.sleep(0.005)
    process.kill()
    process.wait()

    world.ingest()

    assert waiting_ids(world.folder) == []
    assert world.rows("SELECT count(*), count(DISTINCT message_id) FROM handed_in") == [(12, 12)]
    assert world.rows("SELECT count(*) FROM submission") == [(12,)]


def test_what_somebody_else_writes_while_messages_are_taken_in_is_published_as_well(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = iter(range(3))

    def somebody_writes(store: Path, site: str) -> dict[str, Any]:
        path = tmp_path / "list.txt"
        path.write_text(f"{site}\n")
        submit(store, path, list_id="press/late", submitter="Press KK")
        return {"lines": {}, "told": {}}

    def look_again(_: float) -> None:
        if next(rounds, None) is None:
            raise KeyboardInterrupt

    # Of the command alone: threads that other tests left behind sleep as they did.
    monkeypatch.setattr("portal.commands.time", SimpleNamespace(sleep=look_again))
    world.hand_in()
    ask_about_site(world.folder, "z.example", now=world.tick())
    places = ["--folder", str(world.folder.path), "--store", str(world.store)]

    CliRunner().invoke(
        portal_group, ["ingest", "--every", "1", *places],
        obj={"inspect_stored": somebody_writes, "trace_in": somebody_writes},
    )  # fmt: skip

    (late,) = list_of(world.folder, world.account("press"), "press/late")["entries"]
    assert late["target"] == "z.example"
