"""TLS that cannot be trusted, or is spoken where it should not be."""

from __future__ import annotations

import time

from tests.crawler.hostile.behaviours import (
    ALLOW,
    IN,
    TIMED_OUT,
    Behaviour,
    Exchange,
    Page,
    Robots,
    answer,
)

UNTRUSTED = Robots("unreachable", "tls")


def deaf(exchange: Exchange) -> None:
    time.sleep(60)


TABLE = {
    "tls": Behaviour("a good certificate", answer(ALLOW), IN, Page(), "https", "good"),
    "tls-self-signed": Behaviour(
        "nobody vouches for it", answer(ALLOW), UNTRUSTED, None, "https", "self-signed"
    ),
    "tls-expired": Behaviour(
        "its certificate has expired", answer(ALLOW), UNTRUSTED, None, "https", "expired"
    ),
    "tls-wrong-name": Behaviour(
        "its certificate is another's", answer(ALLOW), UNTRUSTED, None, "https", "wrong-name"
    ),
    "tls-to-plain": Behaviour(
        "speaks plain HTTP where TLS is asked", answer(ALLOW), UNTRUSTED, None, "https", at_once=True
    ),
    "tls-to-deaf": Behaviour(
        "says nothing where TLS is asked", deaf, TIMED_OUT, None, "https", at_once=True
    ),
    "plain-to-tls": Behaviour(
        "speaks TLS where plain HTTP is asked", answer(ALLOW), Robots("unreachable", "connection"),
        None, "http", "good",
    ),
}  # fmt: skip
