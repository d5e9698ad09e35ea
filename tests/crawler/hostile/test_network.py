"""Section D of the catalogue of attacks: what a hostile server cannot do to a crawl."""

from __future__ import annotations

import json
import time
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from crawler.decoding import decoded
from crawler.pages import page_signals
from crawler.robots.outcome import classify
from crawler.settings import PAGE_BYTES, ROBOTS_BYTES
from tests.crawler.hostile.behaviours import ALLOW, DENY, every_behaviour
from tests.crawler.hostile.behaviours.heads import LIMIT
from tests.crawler.hostile.behaviours.redirects import PRIVATE
from tests.crawler.hostile.crawling import crawl_of
from tests.crawler.loopback import answer, site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.crawler.hostile.conftest import Visited

BEHAVIOURS = every_behaviour()


def headers(capture: dict[str, Any]) -> list[list[str]]:
    found: list[list[str]] = json.loads(str(capture["headers"]))
    return found


def test_no_page_is_asked_for_where_robots_txt_is_not_to_be_had(visited: Visited) -> None:
    asked_pages = {name for name in BEHAVIOURS if "/" in visited.site(name).paths}

    assert asked_pages == {name for name, one in BEHAVIOURS.items() if one.robots.page}


def test_nothing_private_hears_anything(visited: Visited) -> None:
    assert [silent.connections for silent in visited.web.silent] == [0, 0]


def test_every_address_is_asked_at_most_once_and_only_those_that_were_to_be(
    visited: Visited,
) -> None:
    for site_ in visited.web.sites:
        allowed = {"/robots.txt", "/", *site_.behaviour.elsewhere}
        assert len(site_.paths) == len(set(site_.paths)), site_.name
        assert set(site_.paths) <= allowed, site_.name


def test_every_request_is_as_plain_as_the_first(visited: Visited) -> None:
    names = {"host", "user-agent", "from", "accept", "accept-encoding"}
    for site_ in visited.web.sites:
        for asked in site_.log:
            assert set(asked.headers) == names, site_.name
            assert asked.headers["user-agent"].startswith("provisor/")


def test_d58_a_missing_robots_txt_allows_whatever_its_body_says(visited: Visited) -> None:
    robots = visited.captures("not-found")["robots"]

    assert (robots["outcome"], robots["body"]) == ("unavailable", DENY)
    assert visited.site("not-found").paths == ["/robots.txt", "/"]


@pytest.mark.parametrize("hops", range(1, 7))
def test_d60_five_redirects_are_followed_and_every_hop_is_recorded(
    visited: Visited, hops: int
) -> None:
    one = visited.site(f"hops-{hops}")

    robots = visited.captures(f"hops-{hops}")["robots"]

    assert robots["hops"] == [f"{one.url}/hop/{step}" for step in range(1, hops + 1)]
    followed = [f"/hop/{step}" for step in range(1, min(hops, 5) + 1)]
    assert one.paths == ["/robots.txt", *followed, "/"]


@pytest.mark.parametrize("name", PRIVATE)
def test_d60_a_redirect_to_a_private_address_is_recorded_and_not_followed(
    visited: Visited, name: str
) -> None:
    assert visited.site(f"private-{name}").paths == ["/robots.txt"]
    assert len(visited.captures(f"private-{name}")["robots"]["hops"]) == 1


@pytest.mark.parametrize("name", ["many-wildcards", "redos", "many-rules", "agents-times-rules"])
def test_d62_a_robots_txt_made_to_cost_time_costs_less_than_two_seconds(name: str) -> None:
    from crawler.robots.decision import decide
    from crawler.robots.delay import crawl_delay
    from crawler.robots.reading import TooComplex, read_robots
    from provenance.recording import _rule_rows

    sent = BEHAVIOURS[name].send
    assert isinstance(sent, bytes)
    body = sent.partition(b"\r\n\r\n")[2]
    began = time.process_time()

    try:
        file = read_robots(body)
    except TooComplex:
        pass
    else:
        decide(file, "provisor", "/" + "a" * 2000)
        crawl_delay(body, "provisor")
        for group in file.groups:
            list(_rule_rows("", group, lowercased=False))

    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "name",
    [
        "utf-16",
        "utf-16-unmarked",
        "utf-32",
        "nul",
        "bom",
        "cr-only",
        "latin-1",
        "u2028",
        "u0085",
        "html",
        "html-after-bom",
    ],
)
def test_d63_an_encoding_hides_no_rule_and_invents_none(visited: Visited, name: str) -> None:
    robots = visited.captures(name)["robots"]

    expected = BEHAVIOURS[name].robots
    assert (robots["outcome"], robots["reason"]) == expected[:2]
    assert visited.site(name).paths == ["/robots.txt", *(["/"] if expected.page else [])]


@pytest.mark.parametrize("scheme", ["file", "data", "ftp", "javascript", "gopher"])
@pytest.mark.parametrize("mounted", ["robots", "page"])
def test_d65_a_redirect_to_another_scheme_is_recorded_and_not_followed(
    visited: Visited, scheme: str, mounted: str
) -> None:
    capture = visited.captures(f"to-{scheme}", mounted)[mounted]

    assert capture["status"] == 302
    (hop,) = capture["hops"]
    assert str(hop).startswith(f"{scheme}:")


@pytest.mark.parametrize(
    ("name", "hops", "error"),
    [
        ("circle", 3, "redirects"),
        ("itself", 1, "redirects"),
        ("hops-100", 6, "redirects"),
        ("location-1-mb", 0, "header-limit"),
        ("location-10-kb", 1, ""),
        ("location-none", 0, ""),
        ("location-empty", 0, ""),
    ],
)
def test_d66_a_redirect_without_end_ends_at_the_limit_and_keeps_its_hops(
    visited: Visited, name: str, hops: int, error: str
) -> None:
    robots = visited.captures(name)["robots"]

    assert (len(robots["hops"]), robots["error"]) == (hops, error)


def test_d66_a_line_end_in_a_location_makes_no_second_request_header(visited: Visited) -> None:
    (asked,) = [one for one in visited.site("location-cr").log if one.path.startswith("/hop")]

    assert asked.host == visited.site("location-cr").host


def test_d67_a_refresh_is_recorded_and_not_followed(visited: Visited) -> None:
    for name in ("refresh", "meta-refresh"):
        assert visited.site(name, "page").paths == ["/robots.txt", "/"]
    assert ["Refresh", "0; url=/login?next=/"] in headers(
        visited.captures("refresh", "page")["page"]
    )


@pytest.mark.parametrize("name", ["endless-body", "endless-body-tls", "endless-chunks"])
def test_d68_of_an_endless_body_the_first_octets_and_the_headers_are_kept(
    visited: Visited, name: str
) -> None:
    robots, page = visited.captures(name)["robots"], visited.captures(name, "page")["page"]

    assert (len(robots["body"]), robots["truncated"]) == (ROBOTS_BYTES, True)
    line = b"#" * 65535 + b"\n"
    expected = (ALLOW + line * 40)[:PAGE_BYTES]
    assert (page["body_sha256"], page["truncated"]) == (sha256(expected).hexdigest(), True)
    assert headers(page)
    for mounted in ("robots", "page"):
        last = visited.site(name, mounted).log[-1]
        assert last.ended - last.began < 20  # the line was cut, not drained


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, one in BEHAVIOURS.items()
        if one.robots == LIMIT or (one.page and one.page.error == "header-limit")
    ],
)
def test_d71_a_head_that_is_too_long_is_named_and_kept_as_far_as_it_came(
    visited: Visited, name: str
) -> None:
    page = visited.captures(name, "page")["page"]

    assert page["error"] == "header-limit"
    if name not in {"endless-status", "interim-flood", "location-1-mb"}:
        assert ["X-Robots-Tag", "noai"] in headers(page)
        with duckdb.connect(str(visited.store), read_only=True) as store:
            said = store.execute(
                "SELECT DISTINCT value FROM signal WHERE capture_id = ? AND usage = 'train'",
                [page["capture_id"]],
            ).fetchall()
        assert said == [("deny",)]


@pytest.mark.parametrize(
    "name",
    [
        "gzip-bomb",
        "deflate-bomb",
        "gzip-in-gzip",
        "br-bomb",
        "zstd-bomb",
        "codings-2000",
        "codings-on-lines",
        "gzip-members-flood",
    ],
)
def test_d72_a_bomb_is_bounded_and_its_headers_are_recorded(visited: Visited, name: str) -> None:
    page = visited.captures(name, "page")["page"]

    sent = BEHAVIOURS[name].send
    assert isinstance(sent, bytes)
    as_sent = sent.partition(b"\r\n\r\n")[2]
    kept = bytes(PAGE_BYTES) if page["truncated"] else as_sent
    assert page["body_sha256"] == sha256(kept).hexdigest()
    assert any(header[0] == "Content-Encoding" for header in headers(page))


def test_d72_rules_in_a_second_gzip_member_are_read(visited: Visited) -> None:
    assert visited.captures("gzip-two-members")["robots"]["body"] == DENY


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("http-0-9", ALLOW),
        ("ssh-banner", b"SSH-2.0-OpenSSH_9.6\r\n"),
        ("smtp-banner-first", b"220 mail ESMTP\r\n"),
        ("half-a-banner", b"SSH-2.0"),
        ("status-word", b"HTTP/1.1 abc\r\n\r\n"),
        ("status-negative", b"HTTP/1.1 -5 x\r\n\r\n"),
        ("status-underscores", b"HTTP/1.1 2_0_0 x\r\n\r\n"),
        ("two-lengths", b"\r\n" + ALLOW),
        ("negative-length", b"\r\n" + ALLOW),
        ("length-word", b"\r\n" + ALLOW),
        ("coding-unknown", b"\r\n" + ALLOW),
        ("length-huge", ALLOW),
        ("cut-short", ALLOW),
        ("bad-chunk", b""),
        ("chunk-huge", ALLOW),
    ],
)
def test_d74_what_breaks_the_protocol_is_named_and_its_octets_are_kept(
    visited: Visited, name: str, kept: bytes
) -> None:
    robots = visited.captures(name)["robots"]

    assert robots["error"] == BEHAVIOURS[name].robots.reason
    assert (robots["body"] or b"") == kept


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("duplicate-tags", ["noindex", "GPTBot: noai", "noai"]),
        ("folded-tag", ["noindex, noai,\tnoimageai"]),
        ("non-ascii-head", ["noai, caf\xe9 \xff\xfe"]),
        ("nul-in-head", ["no\x00ai, noai"]),
    ],
)
def test_d75_every_robots_tag_is_kept_as_it_came_and_what_can_be_read_is_read(
    visited: Visited, name: str, values: list[str]
) -> None:
    page = visited.captures(name, "page")["page"]

    assert [value for key, value in headers(page) if key.lower() == "x-robots-tag"] == values
    with duckdb.connect(str(visited.store), read_only=True) as store:
        found = store.execute(
            "SELECT DISTINCT scope, value FROM signal WHERE capture_id = ? AND usage LIKE 'train%'",
            [page["capture_id"]],
        ).fetchall()
    assert "deny" in {value for scope, value in found if not scope.startswith("agent:")}


@pytest.mark.parametrize(
    "name", ["tls-self-signed", "tls-expired", "tls-wrong-name", "tls-to-plain"]
)
def test_d76_a_certificate_that_cannot_be_verified_ends_the_visit(
    visited: Visited, name: str
) -> None:
    robots = visited.captures(name)["robots"]

    assert (robots["error"], robots["status"], robots["body"]) == ("tls", None, None)
    assert visited.site(name).paths == []
    assert visited.captures("tls")["robots"]["outcome"] == "parsed"


@pytest.mark.parametrize(
    "name",
    [
        "attributes",
        "nested",
        "metas",
        "comments",
        "entities",
        "charset-nul",
        "charset-zlib",
        "utf-7",
    ],
)
def test_d77_a_page_made_to_cost_time_costs_less_than_two_seconds(
    visited: Visited, name: str
) -> None:
    from datetime import UTC, datetime

    from provenance.records import Capture, Probe

    page = visited.captures(name, "page")["page"]
    sent = BEHAVIOURS[name].send
    assert isinstance(sent, bytes)
    packed = ["gzip"] if ["Content-Encoding", "gzip"] in headers(page) else []
    capture = Capture(
        url=str(page["url"]),
        host="a.test",
        path="/",
        probe=Probe.PAGE,
        captured_at=datetime.now(UTC),
        method="crawl",
        status=200,
        headers=tuple((key, value) for key, value in headers(page)),
        body=decoded(sent.partition(b"\r\n\r\n")[2], packed, limit=PAGE_BYTES)[0],
    )
    began = time.process_time()

    page_signals(capture)
    classify(capture)

    assert time.process_time() - began < 2


def test_d78_no_cookie_comes_back_and_nothing_is_executed(visited: Visited) -> None:
    for name in ("cookie-flood", "cookie-10-mb", "referrer-policy"):
        for asked in visited.site(name, "page").log:
            assert "cookie" not in asked.headers
            assert "referer" not in asked.headers
    assert visited.site("referrer-policy", "page").paths == ["/robots.txt", "/"]


def test_d80_links_that_go_on_for_ever_are_not_followed(store_path: Path) -> None:
    links = "".join(f"<a href='/day/{day}?session={day}'>next</a>" for day in range(500))
    with site({"/": answer(f"<p>{links}", 200, "Content-Type: text/html")}) as trap:
        crawl_of(store_path, [f"{trap.url}/a"])

    assert trap.paths == ["/robots.txt", "/", "/a"]
