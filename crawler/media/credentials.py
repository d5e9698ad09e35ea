"""The content credentials in a file: its C2PA manifest store as JSON, read without network.

c2pa-python reads it (the extra `c2pa`). Remote manifests, revocation answers and trust lists are
switched off: what is not in the file is not looked at. A file that carries credentials and cannot
be read raises, for no file may look clean that was not read.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

# The description box of a C2PA store (JUMBF, ISO 19566-5): type `c2pa` as a UUID.
_STORE = b"jumdc2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x00\x38\x9b\x71"
_IN_SVG = b"<c2pa:manifest"
_IN_BOXES = b"\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81"
"""The `uuid` box of ISO media files that holds the store."""

_OFFLINE = {
    "verify": {
        "remote_manifest_fetch": False,
        "ocsp_fetch": False,
        "verify_timestamp_trust": False,
    },
    "core": {"allowed_network_hosts": []},
}


class UnreadCredentialsError(ValueError):
    """The file carries credentials, or the mark of them, and they could not be read."""


def manifest_store(body: bytes) -> dict[str, Any] | None:
    """Return the manifest store in the file *body*; None where it carries none.

    Raises:
        UnreadCredentialsError: there is one, and it is damaged, or the extra is not installed.
    """
    if not any(mark in body for mark in (_STORE, _IN_SVG, _IN_BOXES)):
        return None
    library = _library()
    if library is None:
        raise UnreadCredentialsError("the extra c2pa is not installed")
    try:
        with library.Reader(None, BytesIO(body), context=_offline()) as reader:
            store = json.loads(reader.json())
    except library.C2paError as error:
        raise UnreadCredentialsError(str(error)[:100]) from error
    except (ValueError, RecursionError) as error:
        raise UnreadCredentialsError("no JSON") from error
    return store if isinstance(store, dict) else {}


def _library() -> ModuleType | None:
    try:
        return import_module("c2pa")
    except ModuleNotFoundError:
        return None


@cache
def _offline() -> Any:
    """Return the settings under which nothing outside of the file is asked for."""
    c2pa = import_module("c2pa")
    return c2pa.Context(settings=c2pa.Settings.from_dict(_OFFLINE))
