"""Where a reference in a page leads: a web address, or nowhere we would name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from crawler.signals import Page

_LONGEST = 2000


def resolved(base: str, reference: str) -> str:
    """Return the http(s) address that *reference* names at *base*; empty for any other.

    References may be relative (RFC 3986, section 4).
    """
    reference = reference.strip()
    if not reference or len(reference) > _LONGEST:
        return ""
    try:
        address = urljoin(base, reference)
        parts = urlsplit(address)
    except ValueError:  # brackets that are no IPv6 address
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def html_base(page: Page) -> str:
    """Return what references in the HTML of *page* are relative to (HTML standard, 4.2.3)."""
    addresses = (base.get("href") for base in page.elements("base"))
    stated = next((address for address in addresses if address is not None), "")
    return (stated and resolved(page.url, stated)) or page.url
