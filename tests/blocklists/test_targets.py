from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocklists.codes import CODES
from blocklists.formats import Candidate, Skip, formats
from blocklists.refusals import Refusal
from blocklists.targets import SCOPES, Target, target
from blocklists.vetting import Entry, vet

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 2, 3, 12, tzinfo=UTC)
KNOWN_AS = {"ut1url": "squidguard"}
# Where this project decides otherwise: the vector's number -> why. Nowhere so far.
DECIDED: dict[int, str] = {}


def outcome(vector: dict[str, Any]) -> dict[str, Any]:
    """Return what a vector's line gives, written as its expectation is."""
    items = list(
        formats()[KNOWN_AS.get(vector["format"], vector["format"])].parse([(1, vector["line"])])
    )
    first = items[0]
    if isinstance(first, Skip):
        return {"skip": first.reason}
    vetted = [vet(item, now=NOW) if isinstance(item, Candidate) else item for item in items]
    entries: list[dict[str, str]] = []
    warnings: list[str] = []
    for item in vetted:
        if isinstance(item, Refusal):
            return {"error": item.code}
        assert isinstance(item, Entry)
        found = item.target
        entries.append(
            {"scope": found.scope, "host": found.host, "port": found.port, "path": found.path}
        )
        warnings += item.warnings
    return {"entries": entries, "warnings": warnings}


def test_every_vector_gives_what_was_agreed(shared_data: Path) -> None:
    lines = (shared_data / "12-blocklists" / "vectors_lines.jsonl").read_text("utf-8").splitlines()
    vectors = [vector for line in lines if (vector := json.loads(line))["id"] not in DECIDED]

    assert len(vectors) == 88 - len(DECIDED)
    assert {v["id"]: outcome(v) for v in vectors} == {v["id"]: v["expect"] for v in vectors}


@pytest.mark.parametrize(
    ("value", "scope", "code"),
    [
        ("", "", "E_EMPTY"),
        ("\u3000", "", "E_EMPTY"),
        ("*", "", "E_MATCH_ALL"),
        ("*.*", "", "E_MATCH_ALL"),
        ("*.com", "", "E_SINGLE_LABEL"),
        ("*.co.jp", "", "E_PUBLIC_SUFFIX"),
        ("*.example.com", "host", "E_WILDCARD"),
        ("https://*.example.com/a", "", "E_WILDCARD"),
        ("https://example.com/a/*", "", "E_WILDCARD"),
        (".", "", "E_HOST_INVALID"),
        ("a..example", "", "E_HOST_INVALID"),
        ("https:///example.com/", "", "E_HOST_INVALID"),
        ("//example.com/a", "", "E_HOST_INVALID"),
        ("example.com\\a", "", "E_HOST_INVALID"),
        ("/ads\\d+/", "", "E_REGEX"),
        ("^(www\\.)?example", "", "E_REGEX"),
        ("example\\.com", "", "E_REGEX"),
        ("[^.]*example.com", "", "E_REGEX"),
        ("example.*", "", "E_WILDCARD"),
        ("=HYPERLINK(1)", "", "E_HOST_INVALID"),
        ("https://example.com/a b", "", "E_SPACE"),
        ("exam\u00adple.com", "", "E_CTRL_CHAR"),
        ("exam\u2028ple.com", "", "E_CTRL_CHAR"),
        ("http:example.com", "", "E_SCHEME"),
        ("javascript:alert(1)", "", "E_SCHEME"),
        ("https://example.com\\@evil.example/", "", "E_USERINFO"),
        ("rights@publisher.example", "", "E_USERINFO"),
        ("example.com:99999", "", "E_PORT_INVALID"),
        ("example.com:http", "", "E_PORT_INVALID"),
        ("https://example.com:" + "9" * 5000 + "/", "", "E_PORT_INVALID"),
        ("https://example.com:http/a", "", "E_PORT_INVALID"),
        ("https://example.com:0/a/", "", "E_PORT_INVALID"),
        ("example.com:0/a/", "", "E_PORT_INVALID"),
        ("user:8080/a", "", "E_PORT_SCOPE"),
        ("192.0.2.7:8080/a", "", "E_IP_SPECIAL"),
        ("192.0.2.7-192.0.2.9", "", "E_IP"),
        ("example.com:8443/", "", "E_PORT_SCOPE"),
        ("example.com:443", "", "E_PORT_SCOPE"),
        ("https://example.com:8443/", "", "E_PORT_SCOPE"),
        ("https://example.com:8443/", "host", "E_PORT_SCOPE"),
        ("2001:db8::1", "", "E_IP"),
        ("::1", "", "E_IP_SPECIAL"),
        ("[2001:db8::1]", "", "E_IP"),
        ("10.0.0.0/8", "", "E_IP_SPECIAL"),
        ("gang:93.184.216.30-93.184.216.34", "", "E_IP"),
        ("Some Ltd:93.184.216.30-93.184.216.34", "", "E_IP"),
        ("0x5DB8D822", "", "E_IP"),
        ("93.184.216.34", "host", "E_IP"),
        ("https://example.com/https://b.example/", "", "E_CONCAT_URL"),
        ("https://a.examplehttp://b.example/", "", "E_CONCAT_URL"),
        ("https://app.example.com/#/a", "url", "E_FRAGMENT_ONLY"),
        ("example.com#a", "", "E_FRAGMENT_ONLY"),
        ("hidden.onion", "", "E_SPECIAL_USE"),
        ("printer.home.arpa", "", "E_SPECIAL_USE"),
        ("https://intranet/a", "", "E_SINGLE_LABEL"),
        ("https://a.oniine/x", "", "Q_UNKNOWN_TLD"),
        ("gov.uk", "domain", "E_PUBLIC_SUFFIX"),
        ("https://pages.dev", "domain", "E_PRIVATE_SUFFIX"),
        ("co.jp", "subdomains", "E_PUBLIC_SUFFIX"),
        ("*.blogspot.com", "subdomains", "E_PRIVATE_SUFFIX"),
        ("example.com:8443", "subdomains", "E_PORT_SCOPE"),
        ("https://example.com/a", "domain", "E_SCOPE_MISMATCH"),
        ("https://example.com/a", "host", "E_SCOPE_MISMATCH"),
        ("example.com", "url_prefix", "E_SCOPE_MISMATCH"),
        ("https://example.com/read?id=12", "url_prefix", "E_SCOPE_MISMATCH"),
        ("a" * 64 + ".example", "", "E_LABEL_TOO_LONG"),
        (".".join(["a" * 60] * 5) + ".example", "", "E_HOST_TOO_LONG"),
    ],
)
def test_refuses_what_could_cover_more_or_else_than_was_meant(
    value: str, scope: str, code: str
) -> None:
    found = target(value, scope=scope)

    assert isinstance(found, Refusal)
    assert found.code == code


@pytest.mark.parametrize(
    ("value", "scope", "expected"),
    [
        ("blogspot.com", "host", Target("host", "blogspot.com")),
        ("www.example.com", "host", Target("host", "www.example.com")),
        ("example.com", "subdomains", Target("subdomains", "example.com")),
        ("*.example.com", "subdomains", Target("subdomains", "example.com")),
        ("www.example.com", "subdomains", Target("subdomains", "www.example.com")),
        ("www.example.com", "Domain", Target("domain", "example.com", warnings=("W_WWW",))),
        ("www.gov.uk", "", Target("domain", "www.gov.uk")),
        ("example.com/", "", Target("domain", "example.com")),
        ("https://example.com/#", "", Target("domain", "example.com")),
        ("https://example.com/", "url", Target("url", "example.com", path="/")),
        ("https://example.com/?a", "", Target("url", "example.com", path="/?a")),
        ("example.com/a/b", "", Target("url", "example.com", path="/a/b")),
        ("https://example.com/a", "url_prefix", Target("url_prefix", "example.com", path="/a")),
        ("https://example.com/a?b/", "", Target("url", "example.com", path="/a?b/")),
        ("https://e.example/%7eA%2f", "", Target("url", "e.example", path="/~A%2F")),
        ("e.example:8443/a/", "", Target("url_prefix", "e.example", "8443", "/a/")),
        ("e.example:80/a", "", Target("url", "e.example", path="/a")),
        ("e.example:443/a?b", "", Target("url", "e.example", path="/a?b")),
        ("https://e.example:0443/a", "", Target("url", "e.example", path="/a")),
        (
            "https://e.example/?u=https://f.example/",
            "",
            Target("url", "e.example", path="/?u=https://f.example/"),
        ),
        (
            "https://web.archive.org/web/2020/https://e.example/a",
            "",
            Target("url", "web.archive.org", path="/web/2020/https://e.example/a"),
        ),
        ("demo(dot)example", "", Target("domain", "demo.example", warnings=("W_REFANGED",))),
        (
            "hxxp://a[.]example/x[.]y",
            "",
            Target("url", "a.example", path="/x[.]y", warnings=("W_REFANGED",)),
        ),
        (
            "https://e.example/dir/#a",
            "",
            Target("url_prefix", "e.example", path="/dir/", warnings=("W_FRAGMENT_DROPPED",)),
        ),
        (
            "\u0430pple.com",
            "",
            Target("domain", "xn--pple-43d.com", warnings=("W_MIXED_SCRIPT",)),
        ),
        (
            "ｈｔｔｐｓ：／／ｅ．example／ｄｉｒ／",
            "",
            Target("url_prefix", "e.example", path="/dir/"),
        ),
        ("https://e.example/ｄ", "", Target("url", "e.example", path="/%EF%BD%84")),
        ("漫画の.com", "", Target("domain", "xn--u9jz20qb2d.com")),
    ],
)
def test_reads_a_value_as_narrowly_as_it_is_written(
    value: str, scope: str, expected: Target
) -> None:
    assert target(value, scope=scope) == expected


def test_the_same_target_has_the_same_id_on_any_list() -> None:
    one, other = target("https://WWW.Example.com."), target("example.com")

    assert isinstance(one, Target)
    assert isinstance(other, Target)
    # printf 'v1|domain|example.com||' | sha256sum
    assert one.entry_id == "35d7d323e86ad9a9262c501daf5e7a13221cc05fa861fd40f0e1e17709c76c80"
    assert one.entry_id == other.entry_id


def test_suggests_the_ending_that_was_meant() -> None:
    assert target("kickass.oniine") == Refusal("Q_UNKNOWN_TLD", ".oniine, perhaps .online is meant")


VALUES = st.one_of(
    st.text(max_size=60),
    st.text("ahtps:/.@#?*%[]()\\-_0123456789 あ\u200bхn", max_size=60),
    st.from_regex(r"(https?://)?[a-z0-9.-]{1,20}\.(com|example|co\.jp)(:[0-9]{1,6})?(/\S*)?"),
)


@given(value=VALUES, scope=st.sampled_from(["", "site", *sorted(SCOPES)]))
def test_any_text_is_a_target_or_refused_with_a_known_code(value: str, scope: str) -> None:
    found = target(value, scope=scope)

    assert isinstance(found, Target) or found.code in CODES


@given(value=VALUES.filter(lambda text: "%" not in text), scope=st.sampled_from(sorted(SCOPES)))
def test_a_target_written_out_again_is_the_same_target(value: str, scope: str) -> None:
    found = target(value, scope=scope)

    if isinstance(found, Target):
        port = f":{found.port}" if found.port else ""
        written = f"https://{found.host}{port}{found.path}" if found.path else found.host
        again = target(written, scope=found.scope)
        assert isinstance(again, Target)
        assert again.entry_id == found.entry_id


NAMES = st.from_regex(r"(www\.)?([a-z0-9-]{1,8}\.){0,3}[a-z]{2,6}", fullmatch=True)


@given(name=NAMES, scope=st.sampled_from(["", "domain", "host", "subdomains"]))
def test_a_name_that_is_spelt_already_gives_what_parsing_gives(name: str, scope: str) -> None:
    found = target(name, scope=scope)

    # In capitals it takes the way through the parser of addresses.
    assert target(name.upper(), scope=scope) == found
