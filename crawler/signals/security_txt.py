"""security.txt: whom a site names to be asked (RFC 9116). A pointer, never judged.

Read from `/.well-known/security.txt`, or from `/security.txt` of old; a page of HTML in its place
is no such file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.signals import Page, Reader
from provenance.records import Probe, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATHS = frozenset({"/.well-known/security.txt", "/security.txt"})
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]*):\s*(\S.*?)\s*")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
# A signed file is a message of RFC 9580, section 7: its text follows the first empty line.
_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
_LONGEST = 32 * 1024
_MAX_QUOTE = 300
_MOST = 10


def read(page: Page) -> Iterator[Signal]:
    """Yield each contact in the order of the file, which is that of preference."""
    if page.probe is not Probe.FILE or page.status != 200 or not _is_asked_for(page):
        return
    text = page.body[:_LONGEST].decode("utf-8", "replace").removeprefix("\ufeff")
    if page.html is not None or text.lstrip().startswith("<"):
        yield _signal(finding="soft-404")
        return
    fields = list(_fields(text))
    expires = [value for name, value in fields if name == "expires"]
    conditions = f"expires={expires[0][:40]}" if expires else ""
    contacts = dict.fromkeys(value for name, value in fields if name == "contact")
    for contact in list(contacts)[:_MOST]:
        # 2.5.3: a contact is a URI; a bare mail address is what was meant often enough.
        finding = "" if _URI.fullmatch(contact) else "contact-without-scheme"
        if not finding and len(expires) != 1:
            finding = "expires-missing" if not expires else "expires-repeated"
        quote = f"Contact: {contact}"
        yield _signal(offer=contact, quote=quote, finding=finding, conditions=conditions)
    if not contacts:
        yield _signal(finding="no-contact")


def _is_asked_for(page: Page) -> bool:
    try:
        return urlsplit(page.url).path in _PATHS
    except ValueError:
        return False


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Yield name (in lower case) and value of each field; comments and a signature are none."""
    lines = re.split(r"\r\n|\n|\r", text)
    if lines[0].startswith(_SIGNED):
        lines = lines[lines.index("") + 1 :] if "" in lines else []
    for line in lines:
        if line.startswith(_SIGNATURE):
            return
        field = _FIELD.fullmatch(line)
        if field:
            yield field[1].lower(), field[2]


def _signal(*, offer: str = "", quote: str = "", finding: str = "", conditions: str = "") -> Signal:
    return Signal(
        kind="security-txt",
        scope="site",
        usage="any",
        offer=offer[:_MAX_QUOTE],
        quote=quote[:_MAX_QUOTE],
        finding=finding,
        conditions=conditions,
    )


READER = Reader(
    "security-txt",
    read,
    canary=Page(
        "https://canary.example/.well-known/security.txt",
        media_type="text/plain",
        body=b"Contact: https://canary.example/contact\nExpires: 2099-01-01T00:00:00Z\n",
        probe=Probe.FILE,
    ),
)
