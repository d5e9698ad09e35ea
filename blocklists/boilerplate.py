"""The names every hosts file holds for the machine itself; they list nothing."""

from __future__ import annotations

BOILERPLATE = frozenset({
    "localhost", "localhost.localdomain", "local", "broadcasthost",
    "ip6-localhost", "ip6-loopback", "ip6-localnet", "ip6-mcastprefix",
    "ip6-allnodes", "ip6-allrouters", "ip6-allhosts",
})  # fmt: skip
