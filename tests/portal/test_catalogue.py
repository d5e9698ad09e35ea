"""Part F of the catalogue of faults, each by its number: what is thrown at submissions."""

from __future__ import annotations

import io
import json
import logging
import socket
import threading
import time
import urllib.error
import urllib.request
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from portal.accounts import revoke_token
from portal.desk import ask_about_site
from portal.inbox import TooMany
from portal.limits import Limiter, counted_as
from portal.messages import MessageKind, keep, pending
from provenance.store import writing
from tests.portal.conftest import SITES
from tests.portal.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.portal.conftest import World

LIST = {
    "list": "comics", "text": SITES, "good_faith": True, "accurate": True, "authorised": True,
    "signed_by": "Hanako",
}  # fmt: skip
CALL = "/api/v1/submissions"


def kept(world: World) -> list[str]:
    """Everything the portal holds but accounts."""
    return sorted(
        str(file.relative_to(world.folder.path))
        for part in (world.folder.inbox, world.folder.outcomes, world.folder.lists)
        for file in part.rglob("*")
        if file.is_file()
    )


def test_f094_no_token_a_wrong_one_an_old_one_and_one_in_the_address_are_told_the_same(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client, right = world.client(), world.secrets["press"]
    revoke_token(world.folder, world.tokens["studio"], now=world.now)

    answers = [
        client.get("/api/v1/receipts", headers=headers, params=query)
        for headers, query in (
            ({}, {}),
            ({}, {"token": right}),
            ({}, {"access_token": right}),
            ({"Authorization": "Bearer wrong"}, {}),
            ({"Authorization": f"Basic {right}"}, {}),
            ({"Authorization": f"Bearer {world.secrets['studio']}"}, {}),
        )
    ]
    client.get(f"/api/v1/{right}")
    assert client.get("/api/v1/receipts", headers=world.bearer("press")).status_code == 200
    world.tick(31 * 86_400)
    answers.append(client.get("/api/v1/receipts", headers=world.bearer("press")))

    assert {(one.status_code, one.text) for one in answers} == {(401, answers[0].text)}
    # The client of the test writes a log, too.
    ours = "\n".join(one.getMessage() for one in caplog.records if not one.name.startswith("http"))
    texts = [
        ours,
        *(f.read_text("latin-1") for f in world.folder.path.rglob("*") if f.is_file()),
    ]
    assert "GET /api/v1/receipts 401" in ours
    assert not any(secret in text for secret in world.secrets.values() for text in texts)


def test_f094_after_many_wrong_tokens_an_address_has_to_wait(world: World) -> None:
    client = world.client()

    codes = [client.get("/api/v1/receipts").status_code for _ in range(25)]

    assert codes == [401] * 20 + [429] * 5


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_f095_a_form_from_another_origin_is_refused(world: World, headers: dict[str, str]) -> None:
    client = world.client()
    form = dispute_form(client)

    answer = client.post("/en/dispute", data=form, headers=headers)

    assert answer.status_code == 403
    assert kept(world) == []


def test_f095_a_form_without_our_token_or_with_that_of_another_browser_is_refused(
    world: World,
) -> None:
    client, other = world.client(), world.client()
    form, strange = dispute_form(client), dispute_form(other)

    for data in (form | {"form_token": ""}, form | {"form_token": strange["form_token"]}):
        assert client.post("/en/dispute", data=data).status_code == 403
    client.cookies.clear()
    assert client.post("/en/dispute", data=form).status_code == 403
    assert kept(world) == []


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "", "text/json"]
)
def test_f095_json_that_any_form_could_send_is_refused(world: World, kind: str) -> None:
    answer = world.client().post(
        CALL, content=json.dumps(LIST), headers=world.bearer("press") | {"Content-Type": kind}
    )

    assert answer.status_code == 415
    assert kept(world) == []


def test_f095_a_cookie_opens_no_call_and_a_bearer_token_no_page(world: World) -> None:
    client = signed_in(world, "press")

    assert client.get("/api/v1/receipts").status_code == 401
    assert world.client().get("/en/lists", headers=world.bearer("press")).status_code == 401


def test_f096_a_body_that_is_too_large_is_refused_with_and_without_its_length(
    world: World,
) -> None:
    def endless() -> Iterator[bytes]:
        yield from (b" " * 2**20 for _ in range(200))

    client, headers = world.client(), world.bearer("press") | {"Content-Type": "application/json"}

    announced = client.post(CALL, content=b"", headers=headers | {"Content-Length": "209715200"})
    chunked = client.post(CALL, content=endless(), headers=headers)

    assert (announced.status_code, chunked.status_code) == (413, 413)
    assert kept(world) == []


def test_f096_a_form_of_too_many_fields_is_refused(world: World) -> None:
    client = world.client()
    form = dispute_form(client) | {f"field{number}": "x" for number in range(5000)}

    assert client.post("/en/dispute", data=form).status_code == 400
    assert kept(world) == []


def zipped(name: str) -> bytes:
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * 2**24)
    return octets.getvalue()


@pytest.mark.parametrize("octets", [zipped("bomb"), zipped("../x"), b"\x1f\x8b\x08", b"%PDF-1.7"])
def test_f096_archives_are_refused_and_not_unpacked(world: World, octets: bytes) -> None:
    client = signed_in(world, "press")
    form = fields(client, "/en/hand-in") | {"list": "comics", "step": "check"}

    answer = client.post("/en/hand-in", data=form, files={"file": ("sites.csv", octets)})

    assert answer.status_code == 200
    assert "F_BINARY" in answer.text
    assert kept(world) == []


def test_f097_the_name_of_a_file_names_nothing_of_ours(world: World) -> None:
    client, headers = world.client(), world.bearer("press")
    names = [
        "../../etc/passwd",
        "a\r\nX: y",
        "\0.csv",
        "n" * 4000,
        "📕<script>.csv",
        "C:\\x\\y.csv",
    ]

    answers = [
        client.post(CALL, json=LIST | {"file_name": name, "list": f"l{number}"}, headers=headers)
        for number, name in enumerate(names)
    ]

    assert [answer.status_code for answer in answers] == [201] * 6
    assert kept(world) == sorted(f"inbox/press/{answer.json()['id']}.json" for answer in answers)
    world.ingest()
    stored = [name for (name,) in world.rows("SELECT file_name FROM submission")]
    assert len(stored) == 6
    assert all(len(name) <= 121 and not {"\r", "\n", "\0"} & set(name) for name in stored)


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"[" * 100_000, {400}),
        (b'{"list":' * 50_000, {400}),
        (b'{"list": "\xff"}', {400}),
        (b'{"list": NaN}', {400}),
        (b'{"list": "a", "list": "b"}', {400}),
        (b'{"list": ' + b"9" * 5000 + b"}", {400}),
        (b"", {400}),
        (b"null", {400}),
        (b'{"list": "a", "text": 1}', {422}),
        (b'{"list": "a", "text": "x", "more": 1}', {422}),
        (json.dumps(LIST | {"text": "\ud800"}).encode(), {422}),
        (json.dumps(LIST | {"text": "a.example\n" * 300_000}).encode(), {422}),
    ],
)
def test_f098_json_that_means_nothing_or_too_much_is_refused(
    world: World, content: bytes, codes: set[int]
) -> None:
    headers = world.bearer("press") | {"Content-Type": "application/json"}

    answer = world.client().post(CALL, content=content, headers=headers)

    assert answer.status_code in codes
    assert answer.headers["content-type"] == "application/problem+json"
    assert kept(world) == []


def test_f098_the_first_member_that_there_is_not_is_named_and_no_other(world: World) -> None:
    members = {f"m{number}": 1 for number in range(1000)}

    answer = world.client().post("/api/v1/disputes", json=members)

    assert answer.status_code == 422
    assert answer.json()["detail"] == "m0: there is no such member"


def test_f098_one_bad_entry_among_ten_thousand_refuses_all_and_is_named(world: World) -> None:
    lines = [f"site{number}.example" for number in range(10_000)]
    lines[6_665] = "https://8.8.8.8/"

    answer = world.client().post(
        CALL, json=LIST | {"text": "\n".join(lines)}, headers=world.bearer("press")
    )

    assert answer.status_code == 422
    assert [(one["line"], one["code"]) for one in answer.json()["refused"]] == [(6_666, "E_IP")]
    assert kept(world) == []


def test_f099_who_asks_too_often_is_told_when_to_come_again() -> None:
    moment = [0.0]
    limiter = Limiter(clock=lambda: moment[0])

    first = [limiter.wait("open-form", "192.0.2.1") for _ in range(12)]
    other = limiter.wait("open-form", "192.0.2.2")
    moment[0] = 60.0
    later = limiter.wait("open-form", "192.0.2.1")

    assert first == [0.0] * 10 + [6.0] * 2
    assert (other, later) == (0.0, 0.0)


def test_f099_a_whole_network_is_counted_as_one_and_nobody_fills_the_inbox_for_others(
    world: World,
) -> None:
    for number in range(500):
        keep(world.folder, MessageKind.DISPUTE, {"n": number}, now=world.now)

    with pytest.raises(TooMany):
        ask_about_site(world.folder, "a.example", now=world.now)
    assert world.hand_in().account == "press"
    assert counted_as("2001:db8::1") == counted_as("2001:db8::ffff:1") == "2001:db8::/64"
    assert counted_as("192.0.2.1") == counted_as("::ffff:192.0.2.1") == "192.0.2.1"


def test_f099_the_count_of_who_asked_is_bounded() -> None:
    limiter = Limiter()

    for number in range(10_500):
        limiter.wait("any", str(number))

    assert len(limiter) == 10_000


def test_f099_a_flood_and_a_hundred_idle_connections_leave_it_alive(
    world: World, tmp_path: Path
) -> None:
    with served(world.folder.path, tmp_path / "log") as (address, _):
        host, port = address.removeprefix("http://").split(":")
        idle = [socket.create_connection((host, int(port))) for _ in range(100)]
        codes = [code(f"{address}/static/portal.css") for _ in range(300)]
        deadline = time.monotonic() + 60
        while idle and time.monotonic() < deadline:
            # Closed by the server: nothing comes, and the end of the stream is read.
            with idle.pop(0) as connection:
                connection.settimeout(deadline - time.monotonic())
                assert connection.recv(1) == b""
        while code(f"{address}/en/") != 200 and time.monotonic() < deadline:
            time.sleep(0.2)

        assert set(codes) == {200, 429}
        assert code(f"{address}/en/") == 200


def test_f100_what_was_answered_is_taken_in_once_though_the_server_was_killed(
    world: World, tmp_path: Path
) -> None:
    answered: list[str] = []

    def post(address: str) -> None:
        headers = world.bearer("press") | {"Content-Type": "application/json"}
        for number in range(25):
            said = json.dumps(LIST | {"text": f"site{len(answered)}-{number}.example\n"})
            asked = urllib.request.Request(f"{address}{CALL}", said.encode(), headers)  # noqa: S310 (loopback)
            try:
                with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 (as above)
                    answered.append(json.loads(answer.read())["id"])
            except OSError:
                return

    # Tokens of the fixture's own time would have expired by the server's clock.
    from datetime import UTC, datetime, timedelta

    from portal.accounts import make_token

    secret, _ = make_token(world.folder, "press", lasts=timedelta(days=1), now=datetime.now(UTC))
    world.secrets["press"] = secret
    # Another process's crawl would hold the store just so.
    with (
        writing(world.store),
        served(world.folder.path, tmp_path / "log") as (address, process),
    ):
        posting = threading.Thread(target=post, args=(address,))
        posting.start()
        deadline = time.monotonic() + 60
        while len(answered) < 6 and time.monotonic() < deadline:
            time.sleep(0.001)
        process.kill()
        posting.join()
    waiting = {one.id for one in pending(world.folder)}

    world.ingest()
    world.ingest()

    taken = [one for (one,) in world.rows("SELECT message_id FROM handed_in")]
    assert len(answered) >= 6
    assert set(answered) <= waiting
    assert sorted(taken) == sorted(waiting)
    assert world.rows("SELECT count(*) FROM submission") == [(len(taken),)]


def code(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 (loopback)
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def fields(client: Any, path: str) -> dict[str, str]:
    """The hidden fields that a page gives its form."""
    import re

    text = client.get(path).text
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text)
    return {name: value for name, value in found if name in {"form_token", "key"}}


def dispute_form(client: Any) -> dict[str, str]:
    said = {
        "site": "a.example",
        "reason": "owner",
        "note": "mine",
        "name": "A",
        "contact": "a@a.example",
    }
    return fields(client, "/en/dispute") | said


def signed_in(world: World, name: str) -> Any:
    client = world.client()
    form = fields(client, "/en/sign-in") | {"token": world.secrets[name]}
    assert client.post("/en/sign-in", data=form).status_code == 200
    return client
