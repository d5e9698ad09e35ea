"""Tokens: only digests are kept, and those that ended open nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from portal.accounts import Account, Kind, add_account, make_token, read_accounts, revoke_token
from provenance.errors import UsageRefused

if TYPE_CHECKING:
    from tests.portal.conftest import World


def test_a_token_opens_its_own_account(world: World) -> None:
    found = read_accounts(world.folder).bearer(world.secrets["press"], now=world.now)

    assert found is not None
    assert found[0] == world.account("press")


@pytest.mark.parametrize("spoilt", ["", "x", "provisor_", "{}x", "x{}", " {}", "{}\n"])
def test_what_is_not_quite_a_token_opens_nothing(world: World, spoilt: str) -> None:
    secret = spoilt.format(world.secrets["press"])

    assert read_accounts(world.folder).bearer(secret, now=world.now) is None


def test_a_token_ends(world: World) -> None:
    last = world.now + timedelta(days=30)

    accounts = read_accounts(world.folder)

    assert accounts.bearer(world.secrets["press"], now=last - timedelta(seconds=1))
    assert accounts.bearer(world.secrets["press"], now=last) is None


def test_a_token_is_revoked_and_others_are_not(world: World) -> None:
    revoke_token(world.folder, world.tokens["press"], now=world.now)

    accounts = read_accounts(world.folder)

    assert accounts.bearer(world.secrets["press"], now=world.now) is None
    assert accounts.still(world.tokens["press"], now=world.now) is None
    assert accounts.bearer(world.secrets["studio"], now=world.now)


def test_only_the_digest_of_a_token_is_kept(world: World) -> None:
    texts = [file.read_bytes() for file in world.folder.path.rglob("*") if file.is_file()]

    assert not any(secret.encode() in text for secret in world.secrets.values() for text in texts)
    assert (world.folder.path / "accounts.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("account", "fact"),
    [
        (Account("press", "Other", Kind.HOLDER, "right_holder", "hotline"), "too like press"),
        (Account("other", "ＰＲＥＳＳ  kk", Kind.OPERATOR), "too like press"),
        (Account("Press", "Other", Kind.OPERATOR), "is not made of"),
        (Account("../x", "Other", Kind.OPERATOR), "is not made of"),
        (Account("_", "Other", Kind.OPERATOR), "is not made of"),
        (Account("x", " ", Kind.OPERATOR), "empty or too long"),
        (Account("x", "X", Kind.HOLDER, "king", "hotline"), "no role"),
        (Account("x", "X", Kind.HOLDER, "agent", "wish"), "no basis"),
    ],
)
def test_accounts_that_could_be_mistaken_are_refused(
    world: World, account: Account, fact: str
) -> None:
    with pytest.raises(UsageRefused, match=fact):
        add_account(world.folder, account)


def test_no_token_lasts_for_ever_or_is_of_nobody(world: World) -> None:
    with pytest.raises(UsageRefused, match="at most 366"):
        make_token(world.folder, "press", lasts=timedelta(days=400), now=world.now)
    with pytest.raises(UsageRefused, match="there is no account"):
        make_token(world.folder, "nobody", lasts=timedelta(days=1), now=world.now)
    with pytest.raises(UsageRefused, match="there is no token"):
        revoke_token(world.folder, "00000000", now=world.now)
