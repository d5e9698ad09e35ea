"""A portal with two holders and an operator, and a store beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from portal.accounts import Account, Kind, add_account, make_token, read_accounts
from portal.app import application
from portal.desk import Statements, hand_in
from portal.folder import Folder, make_folder
from portal.handing_over import Portal
from portal.intake import Intake, ingest
from portal.sessions import Sessions
from provenance.store import reading

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from fastapi import FastAPI

    from portal.messages import Message

STATED = Statements("Hanako", good_faith=True, accurate=True, authorised=True)
SITES = "value\nmanga.example\nhttps://blog.example/a/\n"
ACCOUNTS = (
    Account("press", "Press KK", Kind.HOLDER, "right_holder", "right_holder_notice"),
    Account("studio", "Studio Ltd", Kind.HOLDER, "right_holder", "right_holder_notice"),
    Account("ito", "Ito", Kind.OPERATOR),
)


def read_nothing(body: bytes, site: str) -> dict[str, Any]:
    """What a robots.txt says, where nobody reads any."""
    said = [f"{len(body)} octets of {site}"]
    return {"lines": {"en": said, "ja": said}, "told": {"octets": len(body)}}


@dataclass
class World:
    """All of it, at a time that only moves when told to."""

    folder: Folder
    store: Path
    now: datetime = datetime(2026, 11, 22, 10, tzinfo=UTC)
    secrets: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def account(self, name: str) -> Account:
        return read_accounts(self.folder).accounts[name]

    def tick(self, seconds: float = 60) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now

    @cached_property
    def portal(self) -> Portal:
        return Portal(
            self.folder, Sessions(self.folder), read_robots=read_nothing, secure=False,
            clock=lambda: self.now,
        )  # fmt: skip

    def client(self) -> TestClient:
        return TestClient(_one_application(self.portal), raise_server_exceptions=True)

    def bearer(self, name: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secrets[name]}"}

    def hand_in(self, text: str = SITES, *, by: str = "press", slug: str = "comics") -> Message:
        message, _ = hand_in(
            self.folder, self.account(by), slug, text.encode(), statements=STATED, now=self.tick()
        )
        return message

    def ingest(self, **plan: Any) -> Counter[str]:
        return ingest(self.folder, Intake(self.store, **plan))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with reading(self.store) as connection:
            return connection.execute(query).fetchall()


_MADE: list[FastAPI] = []


def _one_application(portal: Portal) -> FastAPI:
    """The application for all tests, as *portal*'s: to make one takes longer than most of them."""
    if not _MADE:
        _MADE.append(application(portal))
    _MADE[0].state.portal = portal
    return _MADE[0]


@pytest.fixture
def world(tmp_path: Path) -> World:
    found = World(make_folder(tmp_path / "portal"), tmp_path / "store.duckdb")
    for account in ACCOUNTS:
        add_account(found.folder, account)
        secret, token = make_token(
            found.folder, account.id, lasts=timedelta(days=30), now=found.now
        )
        found.secrets[account.id], found.tokens[account.id] = secret, token.id
    return found
