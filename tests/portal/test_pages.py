"""Pages as a browser without JavaScript sees them, and what one holder sees of another."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

import pytest

from portal.accounts import revoke_token
from portal.words import LANGUAGES, WORDS, word
from portal.words_holder import HOLDER
from portal.words_open import OPEN
from portal.words_review import REVIEW
from tests.conftest import ROOT
from tests.portal.conftest import SITES
from tests.portal.test_catalogue import fields, kept, signed_in

if TYPE_CHECKING:
    from tests.portal.conftest import World

STATED = {"good_faith": "yes", "accurate": "yes", "authorised": "yes", "signed_by": "Hanako"}


def hand_in(client: Any, text: str = SITES, **more: str) -> Any:
    form = fields(client, "/en/hand-in") | STATED
    return client.post(
        "/en/hand-in", data=form | {"list": "comics", "text": text, "step": "hand-in"} | more
    )


def test_a_browser_is_led_to_its_language(world: World) -> None:
    client = world.client()

    assert client.get("/", headers={"Accept-Language": "ja,en"}).url.path == "/ja/"
    assert client.get("/", headers={"Accept-Language": "fr"}).url.path == "/en/"
    assert client.get("/fr/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/lists", "/hand-in", "/works", "/review", "/receipts/" + "0" * 32]
)
def test_pages_of_those_who_are_signed_in_are_shown_to_nobody_else(world: World, path: str) -> None:
    assert world.client().get(f"/en{path}").status_code == 401


def test_every_page_says_where_its_parts_may_come_from(world: World) -> None:
    client = signed_in(world, "press")

    for path in ("/en/", "/en/lists", "/en/nothing", "/static/portal.css"):
        headers = client.get(path).headers
        assert headers["content-security-policy"] == (
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
            " frame-ancestors 'none'"
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "server" not in headers


def test_the_cookie_is_for_this_site_alone(world: World) -> None:
    client = world.client()
    before = client.get("/en/sign-in").headers["set-cookie"]
    form = fields(client, "/en/sign-in") | {"token": world.secrets["press"]}
    after = client.post("/en/sign-in", data=form, follow_redirects=False).headers["set-cookie"]

    assert re.fullmatch(r"provisor=[\w-]{43}; HttpOnly; Path=/; SameSite=strict", before)
    assert re.fullmatch(r"provisor=[\w-]{43}; HttpOnly; Path=/; SameSite=strict", after)
    assert before != after


def test_a_revoked_token_signs_its_holder_out(world: World) -> None:
    client = signed_in(world, "press")
    assert client.get("/en/lists").status_code == 200

    revoke_token(world.folder, world.tokens["press"], now=world.now)

    assert client.get("/en/lists").status_code == 401


def test_signing_out_ends_the_session_for_whoever_kept_the_cookie(world: World) -> None:
    client = signed_in(world, "press")
    cookie = client.cookies["provisor"]
    client.post("/en/sign-out", data=fields(client, "/en/lists"))

    assert client.get("/en/lists", headers={"Cookie": f"provisor={cookie}"}).status_code == 401


def test_a_list_is_checked_mended_and_only_then_handed_in(world: World) -> None:
    client = signed_in(world, "press")
    octets = "value,work\nmanga.example,漫画\nhttps://8.8.8.8/,漫画\nco.jp,小説\n".encode("cp932")
    form = fields(client, "/ja/hand-in") | {"list": "comics", "step": "check"}
    first = client.post("/ja/hand-in", data=form, files={"file": ("一覧.csv", octets)})
    was = re.findall(r'name="was" value="(\w+)"', first.text)[0]

    assert "文字コードは cp932" in first.text
    assert re.findall(r'id="fix-(\d+)" name="fix-\d+" value="([^"]*)"', first.text) == [
        ("3", "https://8.8.8.8/,漫画"),
        ("4", "co.jp,小説"),
    ]
    assert kept(world) == []

    text = octets.decode("cp932")
    mended = form | {"text": text.replace("\n", "\r\n"), "was": was, "format": "csv",
                     "fix-3": "https://other.example/a/,漫画", "fix-4": "co.jp,小説",
                     "drop-4": "yes"}  # fmt: skip
    second = client.post("/ja/hand-in", data=mended)
    assert "直していただく箇所はありません" in second.text

    right = "value,work\nmanga.example,漫画\nhttps://other.example/a/,漫画\n"
    last = client.post(
        "/ja/hand-in", data=form | STATED | {"text": right, "format": "csv", "step": "hand-in"}
    )
    digest = hashlib.sha256(right.encode()).hexdigest()
    assert last.url.path.startswith("/ja/receipts/")
    assert digest in last.text
    assert hashlib.sha256(client.get(f"{last.url.path}/list").content).hexdigest() == digest


def test_a_form_that_is_sent_twice_hands_in_once(world: World) -> None:
    client = signed_in(world, "press")
    form = fields(client, "/en/hand-in") | STATED
    form |= {"list": "comics", "text": SITES, "step": "hand-in"}

    first, second = (client.post("/en/hand-in", data=form) for _ in range(2))

    assert first.url == second.url
    assert len(kept(world)) == 1


def test_a_list_without_the_statements_is_not_handed_in(world: World) -> None:
    client = signed_in(world, "press")

    assert "authorised not stated" in hand_in(client, authorised="no").text
    assert "nothing is written there" in hand_in(client, signed_by=" ").text
    assert "is no name for a list" in hand_in(client, list="../x").text
    assert kept(world) == []


def test_a_receipt_is_saved_as_text_and_as_json(world: World) -> None:
    client = signed_in(world, "press")
    path = hand_in(client).url.path
    world.ingest()
    number = path.rpartition("/")[2]

    text, told = client.get(f"{path}.txt"), client.get(f"{path}.json").json()

    assert text.headers["content-disposition"] == f'attachment; filename="receipt-{number}.txt"'
    assert text.text == (
        "Receipt\n\n"
        f"Number: {number}\n"
        "Received: 2026-11-22T10:00:00Z\n"
        "List: press/comics\n"
        "Version: 1\n"
        "Entries: 2\n"
        f"SHA-256 of the list: {hashlib.sha256(SITES.encode()).hexdigest()}\n"
        f"SHA-256 of this message: {told['sha256']}\n"
        "State: received, waits for review\n"
        f"Place in the ledger: leaf 0 of 2; ledger {told['ledger']['origin']},"
        f" root {told['ledger']['root']}\n"
        "\n"
        "This page records what was handed in, when, and by whom. It makes no legal assessment.\n"
        "Times are in UTC.\n"
    )
    assert told["id"] == number


def test_what_is_written_into_a_form_is_shown_as_text(world: World) -> None:
    client = signed_in(world, "press")
    evil = '"><script>alert(1)</script>'
    form = fields(client, "/en/hand-in")
    form |= {"list": evil, "text": f"{evil}\n", "step": "check", "file_name": evil}

    answer = client.post("/en/hand-in", data=form)

    assert answer.status_code == 200
    assert "<script" not in answer.text


@pytest.mark.parametrize("charset", ["unicode_escape", "punycode", "utf-7", '"UTF-16"'])
def test_a_form_does_not_choose_how_it_is_read(world: World, charset: str) -> None:
    client = world.client()
    form = fields(client, "/en/dispute") | {
        "site": r"a\ud800.example", "reason": "owner", "note": "n", "name": "A", "contact": "c",
    }  # fmt: skip
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in form.items()
    ]
    sent = client.post(
        "/en/dispute",
        content="".join([*parts, "--x--\r\n"]),
        headers={"Content-Type": f"multipart/form-data; boundary=x; charset={charset}"},
    )

    assert sent.status_code == 415
    assert kept(world) == []


def test_an_origin_that_is_none_is_another(world: World) -> None:
    client = world.client()

    sent = client.post(
        "/en/dispute", data=fields(client, "/en/dispute"), headers={"Origin": "http://["}
    )

    assert sent.status_code == 403


def test_two_holders_neither_see_nor_touch_what_is_the_others(world: World) -> None:
    mine, theirs = signed_in(world, "press"), signed_in(world, "studio")
    path = hand_in(mine).url.path
    world.ingest()
    number = path.rpartition("/")[2]
    before = mine.get("/en/lists/press/comics").text

    for way in (path, f"{path}.txt", f"{path}.json", f"{path}/list", "/en/lists/press/comics"):
        assert theirs.get(way).status_code == mine.get(f"{way}x").status_code == 404
    form = fields(theirs, "/en/hand-in") | {"entry": "manga.example", "cause": "error"}
    assert theirs.post("/en/lists/press/comics/withdraw", data=form).status_code == 404
    assert "press" not in theirs.get("/en/lists").text
    call, bearer = world.client(), world.bearer("studio")
    assert call.get(f"/api/v1/receipts/{number}", headers=bearer).status_code == 404
    assert call.get("/api/v1/lists/press/comics", headers=bearer).status_code == 404
    assert call.get("/api/v1/receipts", headers=bearer).json() == []
    assert call.get("/api/v1/lists", headers=bearer).json() == []
    assert call.get("/api/v1/review", headers=bearer).status_code == 404
    answer = call.post(
        "/api/v1/lists/press/comics/withdrawals", headers=bearer,
        json={"entries": ["manga.example"], "cause": "error"},
    )  # fmt: skip
    assert answer.status_code == 404
    decision = {"about": number, "outcome": "accepted", "note": "mine"}
    assert call.post("/api/v1/decisions", headers=bearer, json=decision).status_code == 404
    assert world.ingest() == {}
    tokens = r'value="[0-9a-f]{32,64}"'
    after = mine.get("/en/lists/press/comics").text
    assert re.sub(tokens, "", after) == re.sub(tokens, "", before)


def test_a_robots_txt_at_hand_is_answered_at_once_and_a_site_later(world: World) -> None:
    client = world.client()
    form = fields(client, "/en/site") | {"site": "news.example"}

    at_once = client.post("/en/site", data=form | {"robots_txt": "User-agent: *"})
    later = client.post("/en/site", data=form | {"robots_txt": ""})

    assert "13 octets of news.example" in at_once.text
    assert "Not answered yet" in later.text
    world.ingest()
    assert "No answer: nobody answers such questions here" in client.get(later.url.path).text


def test_every_word_of_the_pages_is_there_in_both_languages() -> None:
    used = set()
    for template in (ROOT / "portal" / "templates").glob("*.html"):
        used |= set(re.findall(r"\bt\(\"(\w+)\"[,)]|\bt\('(\w+)'[,)]", template.read_text()))
    names = {one or other for one, other in used}

    assert names <= set(WORDS)
    assert len(WORDS) == len(OPEN) + len(HOLDER) + len(REVIEW)
    assert all(len(said) == len(LANGUAGES) and all(said) for said in WORDS.values())
    for said in WORDS.values():
        english, japanese = (set(re.findall(r"{(\w+)[:}]", text)) for text in said)
        assert english == japanese


def test_one_entry_is_told_as_one() -> None:
    assert word("en", "reach_rows", named=1, rows=1, entries=1, unreadable=0) == (
        "1 of 1 row, by 1 entry; not to be compared: 0 rows."
    )
    assert word("en", "reach_rows", named=2, rows=1200, entries=2, unreadable=1) == (
        "2 of 1,200 rows, by 2 entries; not to be compared: 1 row."
    )
    assert word("ja", "shown_of", shown=200, all=1200) == "1,200 件中 200 件を表示しています。"
