"""Names that lead to where nobody may go, whatever the name service says and when."""

from __future__ import annotations

import json
import socket
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING

from tests.crawler.hostile.behaviours.redirects import PRIVATE
from tests.crawler.hostile.crawling import crawl_of
from tests.crawler.loopback import Crawled, redirect, site

if TYPE_CHECKING:
    from pathlib import Path


def crawl_with_names(
    store: Path, names: dict[str, list[str | None]], urls: list[str], *options: str
) -> tuple[Crawled, Counter[str]]:
    """Crawl with a name service that answers *names*; also how often each was asked for."""
    file = store.with_name("names.json")
    file.write_text(json.dumps(names), encoding="utf-8")
    result = crawl_of(
        store,
        urls,
        *options,
        environment={"STUBBED_NAMES": str(file)},
        program=("-m", "tests.crawler.hostile.stubbed"),
    )
    return result, Counter(file.with_suffix(".asked").read_text().splitlines())


def test_d79_names_fail_by_kind_and_are_not_asked_for_again(store_path: Path) -> None:
    names: dict[str, list[str | None]] = {
        "missing.invalid": [None],
        "empty.invalid": [""],
        "inward.invalid": ["10.0.0.1"],
        "alias.invalid": ["169.254.169.254"],
        "open.invalid": ["127.0.0.1"],
    }
    with site() as one:
        port = one.host.partition(":")[2]
        urls = [f"http://{name}:{port}" for name in names]
        result, asked = crawl_with_names(store_path, names, urls)

    assert result.code == 0, result.stderr
    kinds = {
        c["host"].partition(".")[0]: c["error"] for c in result.captures if c["probe"] == "robots"
    }
    assert kinds == {
        "missing": "dns",
        "empty": "dns",
        "inward": "refused-address",
        "alias": "refused-address",
        "open": "",
    }
    assert set(asked.values()) == {1}


def test_d79_a_name_that_turns_private_between_two_look_ups_leads_nowhere(
    store_path: Path,
) -> None:
    public, private, port = _two_on_one_port()
    with (
        public,
        site(robots=redirect(f"http://hop.invalid:{port}/robots.txt")) as sends,
        private,
    ):
        public.listen()
        names: dict[str, list[str | None]] = {
            "flips.invalid": ["127.0.0.1", "127.0.0.2"],
            "hop.invalid": ["127.0.0.2"],
            "hidden.invalid": ["127.0.0.2"],
        }
        urls = [f"http://{name}:{port}" for name in ("flips.invalid", "hidden.invalid")]
        result, _ = crawl_with_names(store_path, names, [*urls, sends.url], "--timeout", "1")
        private.settimeout(0.1)
        try:
            private.accept()
            reached = True
        except TimeoutError:
            reached = False

    errors = {c["host"].partition(":")[0]: c["error"] for c in result.captures}
    assert errors["hidden.invalid"] == errors["127.0.0.1"] == "refused-address"
    assert errors["flips.invalid"] == "timeout"
    assert not reached


def test_no_private_address_is_asked_by_any_spelling_or_interface(store_path: Path) -> None:
    own = socket.gethostbyname_ex(socket.gethostname())[2]
    with ExitStack() as running:
        everywhere = running.enter_context(socket.create_server(("0.0.0.0", 0)))  # noqa: S104
        port = everywhere.getsockname()[1]
        everywhere.setblocking(False)
        six = None
        if socket.has_ipv6:
            six = running.enter_context(socket.create_server(("::1", port), family=socket.AF_INET6))
            six.setblocking(False)
        spellings = [*PRIVATE.values(), *own, "localhost", "localhost.", "[::1]", "127.0.0.1"]
        spellings += [spelling.replace("127.0.0.2", "127.0.0.1") for spelling in PRIVATE.values()]
        result = crawl_of(
            store_path, [f"http://{spelling}:{port}" for spelling in spellings], loopback=False
        )
        heard = []
        for listener in (everywhere, six):
            try:
                if listener:
                    heard.append(listener.accept()[1])
            except BlockingIOError:
                continue

    assert result.code == 0, result.stderr
    assert heard == []
    assert {c["error"] for c in result.captures} <= {"refused-address", "dns"}
    assert {c["outcome"] for c in result.captures} == {"unreachable"}


def _two_on_one_port() -> tuple[socket.socket, socket.socket, int]:
    """Return listeners at 127.0.0.1 and 127.0.0.2, and the port that both have."""
    while True:
        public = socket.create_server(("127.0.0.1", 0))
        port: int = public.getsockname()[1]
        try:
            return public, socket.create_server(("127.0.0.2", port)), port
        except OSError:  # somebody else has it there
            public.close()
