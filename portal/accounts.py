"""Who may sign in: right holders and operators; of their tokens only digests are kept."""

from __future__ import annotations

import hashlib
import hmac
import re
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from secrets import token_hex, token_urlsafe
from typing import TYPE_CHECKING, Any

from blocklists.deciding import same_name
from blocklists.packages import BASES, ROLES
from portal.folder import Folder, alone, read_json, replace_json
from provenance.errors import UsageRefused
from provenance.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_NAME = 200
_SECRET_OCTETS = 32  # OWASP ASVS 5.0, 7.2.3 asks for 16
LONGEST = timedelta(days=366)


class Kind(StrEnum):
    """What somebody who signs in may do."""

    HOLDER = "holder"
    """Hand in lists of their own, see what became of them, withdraw."""
    OPERATOR = "operator"
    """See what waits, and decide."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    id: str
    """The owner in `owner/slug`, for lists; for an operator just a name."""
    name: str
    """As receipts and decisions name them."""
    kind: Kind
    role: str = ""
    """Of a holder: one of `packages.ROLES`."""
    basis: str = ""
    """Of a holder: one of `packages.BASES`."""
    verified: bool = False
    """Lists of this holder count as soon as they are taken in; doubts still wait for a person."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token, without its secret."""

    id: str
    account: str
    sha256: str
    made_at: datetime
    """Aware, UTC; so are the next two."""
    expires_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Accounts:
    """All of them, as the file says."""

    accounts: Mapping[str, Account]
    tokens: tuple[Token, ...]

    def bearer(self, secret: str, *, now: datetime) -> tuple[Account, Token] | None:
        """Return whose token *secret* is; None: nobody's, or it has expired or was revoked.

        Every digest is compared whole, so the time tells nothing of which one was close.
        """
        digest = _digest(secret)
        found = None
        for token in self.tokens:
            if hmac.compare_digest(token.sha256, digest):
                found = token
        return self._holder(found, now)

    def still(self, token_id: str, *, now: datetime) -> Account | None:
        """Return whose token it is, if it still may be used."""
        found = next((one for one in self.tokens if one.id == token_id), None)
        holder = self._holder(found, now)
        return holder and holder[0]

    def _holder(self, token: Token | None, now: datetime) -> tuple[Account, Token] | None:
        if token is None or token.revoked_at or token.expires_at <= now:
            return None
        account = self.accounts.get(token.account)
        return (account, token) if account else None


def read_accounts(folder: Folder) -> Accounts:
    """Return who may sign in."""
    said = read_json(folder.path / "accounts.json") or {"accounts": [], "tokens": []}
    accounts = [Account(**{**one, "kind": Kind(one["kind"])}) for one in said["accounts"]]
    tokens = tuple(_token(one) for one in said["tokens"])
    return Accounts({one.id: one for one in accounts}, tokens)


def add_account(folder: Folder, account: Account) -> None:
    """Add *account*.

    Raises:
        UsageRefused: its id or name is taken or cannot be used.
    """
    with _changing(folder) as found:
        _refuse_unusable(account)
        for one in found.accounts.values():
            if one.id == account.id or same_name(one.name, account.name):
                fact = f"{_named(account)} is too like {_named(one)}"
                raise UsageRefused("portal", fact, "give it another id and name")
        _keep(folder, [*found.accounts.values(), account], found.tokens)


def make_token(
    folder: Folder, account_id: str, *, lasts: timedelta, now: datetime
) -> tuple[str, Token]:
    """Return a new token of an account, with its secret, which is kept nowhere.

    Raises:
        UsageRefused: there is no such account, or it would last longer than LONGEST.
    """
    if not timedelta() < lasts <= LONGEST:
        raise UsageRefused("--days", f"{lasts.days} days", f"at most {LONGEST.days}, at least 1")
    with _changing(folder) as found:
        if account_id not in found.accounts:
            fact = f"there is no account {show(account_id)}"
            raise UsageRefused("portal", fact, "see `provisor portal accounts`")
        secret = f"provisor_{token_urlsafe(_SECRET_OCTETS)}"
        token = Token(token_hex(4), account_id, _digest(secret), now, now + lasts)
        _keep(folder, found.accounts.values(), (*found.tokens, token))
    return secret, token


def revoke_token(folder: Folder, token_id: str, *, now: datetime) -> Token:
    """End a token now; whoever is signed in by it is signed out.

    Raises:
        UsageRefused: there is no such token.
    """
    with _changing(folder) as found:
        named = next((one for one in found.tokens if one.id == token_id), None)
        if named is None:
            fact = f"there is no token {show(token_id)}"
            raise UsageRefused("portal", fact, "see `provisor portal accounts`")
        ended = replace(named, revoked_at=named.revoked_at or now)
        tokens = (ended if one is named else one for one in found.tokens)
        _keep(folder, found.accounts.values(), tokens)
    return ended


def _named(account: Account) -> str:
    return f"{show(account.id)} ({show(account.name)})"


def _refuse_unusable(account: Account) -> None:
    holder = account.kind is Kind.HOLDER
    for fact, right in (
        (f"the id {show(account.id)!r} is not made of a-z, 0-9, '.', '_' and '-'",
         _ID.fullmatch(account.id)),
        ("the name is empty or too long", 0 < len(account.name.strip()) <= _NAME),
        (f"there is no role {show(account.role)!r}", not holder or account.role in ROLES),
        (f"there is no basis {show(account.basis)!r}", not holder or account.basis in BASES),
    ):  # fmt: skip
        if not right:
            raise UsageRefused("portal", fact, "see docs/portal.md")


@contextmanager
def _changing(folder: Folder) -> Iterator[Accounts]:
    """Return the accounts; nobody else changes them meanwhile."""
    with alone(folder, "accounts"):
        yield read_accounts(folder)


def _keep(folder: Folder, accounts: Any, tokens: Any) -> None:
    said = {
        "accounts": [asdict(one) for one in accounts],
        "tokens": [{name: _said(value) for name, value in asdict(one).items()} for one in tokens],
    }
    replace_json(folder.path / "accounts.json", said)


def _said(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _token(said: dict[str, Any]) -> Token:
    times = {
        name: said[name] and datetime.fromisoformat(said[name]).astimezone(UTC)
        for name in ("made_at", "expires_at", "revoked_at")
    }
    return Token(**{**said, **times})


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
