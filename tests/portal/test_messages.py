"""Messages are kept whole or not at all, and the same one once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.messages import AnotherMessage, MessageKind, keep, messages_of, pending, read_message
from provenance.errors import StoreError

if TYPE_CHECKING:
    from tests.portal.conftest import World


def test_the_same_message_under_the_same_key_is_kept_once(world: World) -> None:
    said = {"site": "a.example"}

    first = keep(world.folder, MessageKind.LIST, said, account="press", key="k", now=world.now)
    again = keep(world.folder, MessageKind.LIST, said, account="press", key="k", now=world.tick())

    assert again == first
    assert list(pending(world.folder)) == [first]


def test_another_message_under_the_same_key_is_refused(world: World) -> None:
    keep(world.folder, MessageKind.LIST, {"n": 1}, account="press", key="k", now=world.now)

    with pytest.raises(AnotherMessage, match="something else was handed in"):
        keep(world.folder, MessageKind.LIST, {"n": 2}, account="press", key="k", now=world.now)


@pytest.mark.parametrize(("account", "kept"), [("press", 2), ("", 2)])
def test_keys_of_others_are_no_keys_of_ours(world: World, account: str, kept: int) -> None:
    keep(world.folder, MessageKind.DISPUTE, {"n": 1}, account=account, key="k", now=world.now)
    other = "studio" if account else ""
    keep(world.folder, MessageKind.DISPUTE, {"n": 2}, account=other, key="k", now=world.now)

    assert len(list(pending(world.folder))) == kept


def test_a_message_comes_back_as_it_was_said(world: World) -> None:
    said = {"text": "漫画\u2028\ud800", "file_name": "../../x"}

    message = keep(world.folder, MessageKind.LIST, said, account="press", now=world.now)

    assert read_message(world.folder, message.id) == message
    assert read_message(world.folder, message.id, account="studio") is None
    assert read_message(world.folder, "../accounts") is None


def test_a_question_that_is_forgotten_while_messages_are_listed_is_left_out(world: World) -> None:
    message = keep(world.folder, MessageKind.LIST, {"n": 1}, account="press", now=world.now)
    (world.folder.inbox / "press" / f"{'0' * 32}.json").symlink_to("gone")

    assert messages_of(world.folder, "press", 10) == [message]


def test_a_message_that_was_changed_is_no_message(world: World) -> None:
    message = keep(world.folder, MessageKind.LIST, {"n": 1}, account="press", now=world.now)
    file = world.folder.inbox / "press" / f"{message.id}.json"
    file.write_text(file.read_text().replace('"n":1', '"n":2'))

    with pytest.raises(StoreError, match="not the message that was kept"):
        list(pending(world.folder))


def test_what_was_only_begun_is_no_message(world: World) -> None:
    message = keep(world.folder, MessageKind.LIST, {"n": 1}, account="press", now=world.now)
    (world.folder.inbox / "press" / ".0123456789abcdef").write_bytes(b'{"half')

    assert list(pending(world.folder)) == [message]


def test_what_the_disk_does_not_take_is_not_answered_as_kept(world: World) -> None:
    (world.folder.inbox / "press").write_text("no folder")

    answer = world.client().post(
        "/api/v1/submissions", headers=world.bearer("press"),
        json={"list": "comics", "text": "a.example\n", "good_faith": True, "accurate": True,
              "authorised": True, "signed_by": "H"},
    )  # fmt: skip

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "60"
    assert "nothing was stored" in answer.json()["detail"]
