"""Who is signed in by a browser: a cookie, of which only the digest is kept, in memory."""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe
from threading import Lock
from typing import TYPE_CHECKING

from portal.accounts import read_accounts

if TYPE_CHECKING:
    from datetime import datetime

    from portal.accounts import Account, Token
    from portal.folder import Folder

LASTS = timedelta(hours=8)
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Session:
    token_id: str
    ends_at: datetime


class Sessions:
    """Sessions of one web process: a restart signs everybody out."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._key = folder.key
        self._lock = Lock()
        self._held: OrderedDict[str, _Session] = OrderedDict()

    def begin(self, token: Token, *, now: datetime) -> str:
        """Return the cookie of a new session; one from before is never taken over."""
        cookie = token_urlsafe(32)
        with self._lock:
            self._held[_digest(cookie)] = _Session(token.id, min(now + LASTS, token.expires_at))
            if len(self._held) > _MOST:
                self._held.popitem(last=False)
        return cookie

    def end(self, cookie: str) -> None:
        """Sign out whoever has *cookie*."""
        with self._lock:
            self._held.pop(_digest(cookie), None)

    def account(self, cookie: str, *, now: datetime) -> Account | None:
        """Return who has *cookie*, if the session and the token behind it still hold."""
        held = self._held.get(_digest(cookie))
        if held is None or held.ends_at <= now:
            return None
        return read_accounts(self._folder).still(held.token_id, now=now)

    def form_token(self, cookie: str) -> str:
        """Return what a form has to bring along, from whoever was given *cookie*."""
        return hmac.digest(self._key, f"form {cookie}".encode(), "sha256").hex()

    def is_form_token(self, cookie: str, token: str) -> bool:
        """Whether *token* is that of *cookie*."""
        if not cookie:
            return False
        return hmac.compare_digest(self.form_token(cookie).encode(), token.encode())


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).hexdigest()
