"""What the portal refuses, now or when it is taken in, is read in English and in Japanese."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from blocklists.refusals import ListRefused
from portal import refusing_ja
from portal.accounts import Account, Kind
from portal.desk import ask_about_site, dispute, withdraw
from portal.folder import replace_json
from portal.inbox import TooMany
from portal.messages import MessageKind, keep, sender_tag
from portal.refusing import _TELLER, fact_in_each, refused_in, refused_in_each
from portal.shelf import receipt
from provenance.errors import UsageRefused
from tests.blocklists.test_codes import JAPANESE, ROOT
from tests.blocklists.test_telling import sentences
from tests.portal.test_catalogue import fields, signed_in

if TYPE_CHECKING:
    from tests.portal.conftest import World

FILES = (
    "allowed", "answering", "carrying", "deciding", "desk", "handing_over", "mending", "messages",
    "pages_holder", "pages_open", "shelf",
)  # fmt: skip
STORE_ERRORS = {"it could not be kept ({}); nothing was stored", "not the message that was kept",
                "restore it from a backup", "try again later"}  # fmt: skip


def test_every_refusal_of_the_portal_is_said_in_japanese() -> None:
    files = [ROOT / "portal" / f"{name}.py" for name in FILES]
    table = refusing_ja.FACTS | refusing_ja.REMEDIES

    untold = {text for text in sentences(files) if _TELLER.said(text, text) == (text, text)}

    assert untold - STORE_ERRORS == set()
    assert all(
        JAPANESE.search(said)
        for said in (*table.values(), *refusing_ja.PLACES.values(), *refusing_ja.WORDS.values())
    )


def test_what_stands_in_the_way_of_an_answer_is_said_in_both() -> None:
    assert fact_in_each("'x' cannot be looked for: it is no host name") == {
        "refused": "'x' cannot be looked for: it is no host name",
        "refused_ja": "'x' は調べられません: ホスト名ではありません",
    }


def test_where_a_list_lay_is_not_told() -> None:
    refused = ListRefused("/tmp/provisor-x/list.txt", "F_EMPTY")  # noqa: S108

    said = refused_in_each(refused, place="press/comics")

    assert said["said"].startswith("press/comics: F_EMPTY: holds no entry;")
    assert said["said_ja"].startswith("press/comics: F_EMPTY: ")
    assert JAPANESE.search(said["said_ja"])


def test_what_is_refused_when_it_is_taken_in_is_read_in_both(world: World) -> None:
    closed = keep(world.folder, MessageKind.WITHDRAWAL, {
        "list_id": "gone/comics", "entries": ["a.example"], "cause": "error", "note": "",
    }, account="gone", now=world.now)  # fmt: skip
    world.hand_in()
    world.ingest()
    twice = [
        withdraw(
            world.folder, world.account("press"), "press/comics", ["manga.example"],
            cause="settled", note=note, now=world.tick(),
        )
        for note in ("once", "twice")
    ]  # fmt: skip
    world.ingest()

    gone = Account("gone", "Gone", Kind.HOLDER)
    told = receipt(world.folder, gone, closed.id).outcome or {}
    assert told["detail"] == {
        "said": "portal: there is no account gone; see docs/portal.md",
        "said_ja": "窓口: アカウント gone はもうありません; 担当者にお尋ねください",
    }
    told = receipt(world.folder, world.account("press"), twice[1].id).outcome or {}
    assert told["detail"] == {
        "said": "press/comics: manga.example is withdrawn and cannot be withdrawn; see `provisor"
        " blocklist history`",
        "said_ja": "press/comics: manga.example は「取り下げ」の状態であり、「取り下げ」とすることは"
        "できません; `provisor blocklist history` でご確認ください",
    }
    client = signed_in(world, "press")
    assert "「取り下げ」の状態であり" in client.get(f"/ja/receipts/{twice[1].id}").text
    assert "is withdrawn and cannot" in client.get(f"/en/receipts/{twice[1].id}").text
    assert "「取り下げ」の状態であり" in client.get(f"/ja/receipts/{twice[1].id}.txt").text


def test_a_list_that_came_before_or_changes_much_says_so_on_its_receipt(world: World) -> None:
    accounts = world.folder.path / "accounts.json"
    said = json.loads(accounts.read_text())
    replace_json(accounts, said | {"accounts": [
        one | {"verified": one["kind"] == "holder"} for one in said["accounts"]
    ]})  # fmt: skip
    first = world.hand_in("value\nmanga.example\nwikipedia.org\n")
    world.ingest()
    world.tick()
    again = world.hand_in("value\nmanga.example\nwikipedia.org\n")
    other = world.hand_in("value\n" + "".join(f"s{number}.example\n" for number in range(60)))
    world.ingest()

    client, headers = signed_in(world, "press"), world.bearer("press")
    assert "1 件の項目が別の人の確認を待っています" in client.get(f"/ja/receipts/{first.id}").text
    assert "最初の受領とその日付が有効" in client.get(f"/ja/receipts/{again.id}").text
    assert "Its first receipt, with its date, counts" in client.get(f"/en/receipts/{again.id}").text
    assert "変更が大きいため (+60 -2, 0 kept)" in client.get(f"/ja/receipts/{other.id}.txt").text
    told = client.get(f"/api/v1/receipts/{other.id}", headers=headers).json()
    assert (told["held"], told["change"], told["state"]) == (True, "+60 -2, 0 kept", "received")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "site: nothing is written there; fill it in"),
        ("ja,en;q=0.5", "サイト: 何も書かれていません; 入力してください"),
    ],
)
def test_pages_and_the_api_refuse_in_the_language_that_is_read(
    world: World, language: str, said: str
) -> None:
    client = signed_in(world, "press")
    form = fields(client, "/ja/hand-in") | {
        "list": "A B", "text": "a.example", "step": "hand-in", "signed_by": "x",
        "good_faith": "yes", "accurate": "yes", "authorised": "yes",
    }  # fmt: skip

    page = client.post("/ja/hand-in", data=form)
    answer = world.client().post(
        "/api/v1/disputes",
        json={"site": " ", "reason": "owner", "name": "a", "contact": "b", "note": "c"},
        headers={"Accept-Language": language},
    )

    assert "はリストの名前として使えません" in page.text
    assert (answer.status_code, answer.json()["detail"]) == (422, said)


def test_nobody_who_is_not_signed_in_fills_the_inbox_for_others(world: World) -> None:
    for number in range(50):
        last = ask_about_site(
            world.folder, f"a{number}.example", sender="192.0.2.1", key="k", now=world.now
        )

    with pytest.raises(TooMany) as caught:
        ask_about_site(world.folder, "a.example", sender="192.0.2.1", now=world.now)
    said = {"site": "a.example", "reason": "owner", "name": "A", "contact": "a@a", "note": "mine"}
    kept = dispute(world.folder, **said, sender="2001:db8::/64", now=world.now)
    again = ask_about_site(world.folder, "a49.example", sender="192.0.2.1", key="k", now=world.now)

    assert again == last
    assert refused_in("ja", caught.value) == (
        "受付: 処理待ちの質問が多すぎます。何も保存していません; 時間をおいてお試しください"
    )
    assert kept.id.startswith(sender_tag(world.folder, "2001:db8::/64", world.now))
    files = [file.read_text() for file in world.folder.inbox.rglob("*.json")]
    assert not any("192.0.2.1" in text or "2001:db8" in text for text in files)
    today = sender_tag(world.folder, "192.0.2.1", world.now)
    assert today != sender_tag(world.folder, "192.0.2.1", world.tick(86_400))


def test_the_same_question_under_the_same_key_is_kept_once_for_each_who_asks(world: World) -> None:
    ids = [
        ask_about_site(world.folder, "a.example", sender=sender, key="k", now=world.now).id
        for sender in ("192.0.2.1", "192.0.2.1", "192.0.2.2")
    ]

    assert ids[0] == ids[1]
    assert len(set(ids)) == 2


def test_a_refusal_that_nobody_translated_is_shown_as_it_is() -> None:
    assert (
        refused_in("ja", UsageRefused("elsewhere", "odd", "mend it")) == "elsewhere: odd; mend it"
    )
