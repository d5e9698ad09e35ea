"""Who reaches for an address beyond this machine is refused and noted, in whichever process."""

from __future__ import annotations

import os
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

NOTED = "PROVISOR_TESTS_REACHED"
"""Names the file with the addresses that were reached for."""
_OF_RAYS = "169.254.169.254"
"""Ray's own processes look here for the cloud that they may run in, some time after their start."""
_EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


def refuse_the_world(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse an audit event (PEP 578) by which octets would leave this machine."""
    if event not in _EVENTS or not isinstance(arguments[1], tuple):
        return
    host = str(arguments[1][0])
    if not _is_here(host):
        if host != _OF_RAYS or "ray" not in sys.modules:
            with Path(os.environ[NOTED]).open("a", encoding="utf-8") as noted:
                noted.write(f"{host}\n")
        raise PermissionError(f"a test reached for {host}")


def _is_here(host: str) -> bool:
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return host in {"localhost", ""}
    return found.is_loopback or found.is_unspecified
