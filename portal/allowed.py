"""Who may do what: what somebody may not do, they are told is not there."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from provenance.errors import UsageRefused

if TYPE_CHECKING:
    from portal.accounts import Account, Kind
    from portal.folder import Folder


class NotAllowed(UsageRefused):
    """Whoever asks may not do this."""


def case_code(folder: Folder, message_id: str) -> str:
    """Return the code by which whoever disputed something sees what became of it."""
    return hmac.digest(folder.key, f"case {message_id}".encode(), "sha256").hex()[:24]


def only(account: Account, kind: Kind) -> None:
    """Refuse whoever is not of *kind*."""
    if account.kind is not kind:
        raise NotAllowed(
            "portal", f"only for accounts of the kind {kind}", "sign in with another token"
        )
