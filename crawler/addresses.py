"""The address guard: only public addresses are contacted, however they were named.

A host name is checked where it is connected to, so that a name that changes its address between
two look-ups gains nothing; an address written out is checked before it is asked. Both come here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any, cast

from scrapy.resolver import CachingThreadedResolver, dnscache
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import succeed
from twisted.internet.error import DNSLookupError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twisted.internet.defer import Deferred

    from provenance.sealed import SealedNames

# RFC 6052: the last 32 bits are an IPv4 address, which `is_global` does not look at.
_TRANSLATED = ip_network("64:ff9b::/96")
# Names that are never in the DNS (RFC 2606): where loopback is allowed, they stand for it.
_NEVER_IN_DNS = (".example", ".test")
_THIS_MACHINE = frozenset({ip_address("127.0.0.1"), ip_address("::1")})
# Special by IANA's registries, and public to the `ipaddress` of some Pythons.
_SPECIAL = tuple(
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "3fff::/20", "5f00::/16"))
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Which addresses may be contacted, and which names led to others."""

    allow_loopback: bool = False
    """For the demo and tests: 127.0.0.1 and ::1, and no other private address."""
    sealed: SealedNames | None = None
    """Hosts of sealed lists are refused by name, so that DNS is not asked for them."""
    refused: set[str] = field(default_factory=set)
    """Names whose address was refused: the resolver has no other way to say so."""

    def refuses(self, host: str) -> bool:
        """Whether canonical *host* is a name or an address that must not be contacted.

        Where a name leads is checked when it is connected to.
        """
        if self.sealed and self.sealed.kind_of_host(host):
            return True
        found = _written(host)
        return found is not None and not self._allows(found)

    def _allows(self, found: IPv4Address | IPv6Address) -> bool:
        inner = _carried(found)
        if inner is not None:
            return self._allows(inner)
        if found in _THIS_MACHINE:
            return self.allow_loopback
        if found.is_multicast or found.is_reserved or any(found in special for special in _SPECIAL):
            return False
        return found.is_global


@lru_cache(maxsize=4096)
def _written(host: str) -> IPv4Address | IPv6Address | None:
    """Return the address that is written in *host*; None for a name."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def _carried(found: IPv4Address | IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address carries to a translator or a tunnel."""
    if isinstance(found, IPv4Address):
        return None
    if found in _TRANSLATED:
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)


class AddressRefusedError(DNSLookupError):
    """The name leads to an address that must not be contacted."""


def guarded_resolver(guard: Guard) -> type[CachingThreadedResolver]:
    """Return Scrapy's resolver with *guard* between the look-up and the connection."""

    class GuardedResolver(CachingThreadedResolver):
        """Refuses the address that would be connected to."""

        def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 (Twisted's)
            if guard.allow_loopback and name.endswith(_NEVER_IN_DNS):
                return succeed("127.0.0.1")

            def checked(found: str) -> str:
                if _written(found) is None:
                    raise DNSLookupError(name)
                if guard.refuses(found):
                    guard.refused.add(name)
                    raise AddressRefusedError(name)
                return found

            return super().getHostByName(name, timeout).addCallback(checked)

    return GuardedResolver


async def address_of(host: str, *, anew: bool = False) -> str:
    """Return the address at which *host* would be connected to, asked of DNS *anew* or once.

    Raises:
        AddressRefusedError: it must not be contacted.
        DNSLookupError: there is none, or nobody who could tell answered.
    """
    from twisted.internet import reactor  # installed by Scrapy when the crawl began

    if anew:
        dnscache.pop(host, None)
    looked_up: Deferred[str] = cast("Any", reactor).resolve(host)
    return await maybe_deferred_to_future(looked_up)
