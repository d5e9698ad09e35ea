"""Which site a host belongs to: its registrable domain by one pinned Public Suffix List.

tldextract reads the list file of the package `publicsuffixlist`, offline, with the private section
on, so that each tenant of a shared platform is a site of its own. The list's own version line and
its digest go into every audit, because the list decides what counts as one site.
"""

from __future__ import annotations

import gc
import hashlib
import re
import warnings
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import tldextract
from publicsuffixlist import PSLFILE

_VERSION = re.compile(rb"^// VERSION: (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SuffixList:
    """Which list was used."""

    version: str
    """The list's own date, e.g. `2026-10-22_08-36-41_UTC`."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a host stands below its public suffix."""

    site: str
    """The registrable domain; the host itself where it has none (a suffix, an IP address)."""
    suffix: str
    """Empty for an address, a single label or an unknown top-level domain."""
    is_suffix: bool
    """The host is itself a public suffix: many owners below it."""
    is_private: bool
    """The suffix stands in the list's private section: a platform, not a registry."""


@cache
def suffix_list() -> SuffixList:
    """Return the version and digest of the list in use."""
    content = Path(PSLFILE).read_bytes()
    version = _VERSION.search(content)
    return SuffixList(
        version=version[1].decode() if version else "not stated",
        sha256=hashlib.sha256(content).hexdigest(),
    )


@lru_cache(maxsize=262144)
def place(host: str) -> Place:
    """Return where canonical *host*, without a port, stands."""
    found = _extractor()(host)
    site = found.top_domain_under_public_suffix
    return Place(
        site=site or host,
        suffix=found.suffix,
        is_suffix=bool(found.suffix) and not found.domain,
        is_private=found.is_private,
    )


@cache
def _extractor() -> tldextract.TLDExtract:
    extractor = tldextract.TLDExtract(
        cache_dir=None,
        suffix_list_urls=(Path(PSLFILE).as_uri(),),
        fallback_to_snapshot=False,
        include_psl_private_domains=True,
    )
    with warnings.catch_warnings():
        # requests-file, by which tldextract reads the list, leaves the file open until the
        # garbage is collected; so that is done here, where the warning about it is expected.
        warnings.simplefilter("ignore", ResourceWarning)
        extractor("example.com")
        gc.collect()
    return extractor
