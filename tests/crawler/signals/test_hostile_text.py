"""No input stops a reader, changes its answer, or takes it long."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.holding import holding
from crawler.pages import page_signals
from crawler.robots.reading import TooComplex, read_robots
from crawler.wellknown import WELL_KNOWN
from provenance.records import Probe, RobotsFile, Signal
from provenance.urls import address
from tests.crawler.signals.cases import capture

FILES = [file.path for file in WELL_KNOWN] + ["/license.xml", "/policies/1"]
HEADERS = (
    "Content-Usage", "Content-Signal", "Link", "X-Robots-Tag", "tdm-reservation", "tdm-policy",
    "WWW-Authenticate", "Content-Type",
)  # fmt: skip
TYPES = ("text/plain", "text/html", "application/json", "application/rsl+xml", "")
WORDS = st.sampled_from(
    [
        "User-agent: *\n", "Disallow: ", "/a*$", "Content-Usage: ", "train-ai=n", "Content-Signal: ",
        "ai-train=no", "License: ", "https://a.example/l", "Training: deny\n", "Agent: x\n ",
        "datatrainingallowed=no\n", '[{"location":"/","tdm-reservation":1}', "]", "{", '"', "\ud7ff",
        '<rsl xmlns="https://rslstandard.org/rsl">', '<content url="/">', "<license>", "</license>",
        '<permits type="usage">all</permits>', "</content></rsl>", "<!DOCTYPE rsl [", "&a;", "\x00",
        "<script type=application/rsl+xml>", "</script>", "\n", "\r", ";", ",", "=", "<", ">", "日",
        '<meta name=robots content="noai">', "googlebot: noai", "http://[", "\x85", "#", "%",
    ]
)  # fmt: skip
BODIES = st.one_of(
    st.binary(max_size=300), st.lists(WORDS, max_size=25).map(lambda words: "".join(words).encode())
)
VALUES = st.one_of(
    st.text(st.characters(max_codepoint=255), max_size=60),
    st.lists(WORDS, max_size=6).map(lambda words: "".join(words).encode().decode("latin-1")),
)


def read(path: str, body: bytes, kind: str, headers: list[tuple[str, str]]) -> tuple[Signal, ...]:
    probe = Probe.FILE if path in FILES else Probe.PAGE
    answer = capture(f"https://site.example{path}", body, probe=probe, headers=headers, kind=kind)
    return page_signals(answer)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([*FILES, "/p/1"]), BODIES, st.sampled_from(TYPES),
    st.lists(st.tuples(st.sampled_from(HEADERS), VALUES), max_size=4),
)  # fmt: skip
def test_any_answer_is_read_the_same_way_twice_and_what_is_said_can_be_stored(
    path: str, body: bytes, kind: str, headers: list[tuple[str, str]]
) -> None:
    signals = read(path, body, kind, headers)

    assert signals == read(path, body, kind, headers)
    place = address("https://site.example/a/1")
    assert set(holding("x", place, said=signals)) <= set(holding("x", place, said=signals))
    for one in signals:
        texts = (one.scope, one.usage, one.offer, one.quote, one.finding, one.path, one.conditions)
        assert "".join(texts).encode()  # no half character


@settings(max_examples=300, deadline=None)
@given(BODIES, st.booleans())
def test_any_robots_txt_is_read_the_same_way_twice(body: bytes, lowercased: bool) -> None:
    file = read_robots(body, lowercased)

    assert file == read_robots(body, lowercased)
    held = holding("x", address("https://site.example/a/1"), robots=file)
    assert {one.kind for one in held} <= {"robots", "aipref", "content-signal", "rsl"}


LAUGHS = "".join(
    f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' if number else '<!ENTITY l0 "ha">'
    for number in range(12)
)
BOMBS = {
    "a billion laughs": f"<!DOCTYPE rsl [{LAUGHS}]><rsl>&l11;</rsl>",
    "laughs in an attribute": f'<!DOCTYPE rsl [{LAUGHS}]><rsl a="&l11;"/>',
    "a file of this machine": '<!DOCTYPE rsl [<!ENTITY e SYSTEM "file:///etc/hosts">]><rsl>&e;</rsl>',
    "a DTD elsewhere": '<!DOCTYPE rsl SYSTEM "http://127.0.0.1:9/x.dtd"><rsl/>',
    "a parameter entity": '<!DOCTYPE rsl [<!ENTITY % e SYSTEM "http://127.0.0.1:9/">%e;]><rsl/>',
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_document_with_entities_is_refused_unread(bomb: str) -> None:
    signals = read("/license.xml", BOMBS[bomb].encode(), "application/rsl+xml", [])

    assert [one.finding for one in signals] == ["entity-rejected"]
    assert "localhost" not in signals[0].quote


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-7"])
def test_entities_in_another_encoding_are_not_read_either(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + BOMBS["a billion laughs"]

    signals = read("/license.xml", text.encode(encoding), "application/rsl+xml", [])

    assert [one.finding for one in signals] in (
        ["undecodable"], ["entity-rejected"], ["not-well-formed"],
    )  # fmt: skip


LARGE = {
    "JSON": ("/.well-known/tdmrep.json", b'[{"location":"/","tdm-reservation":1},' * 3_000_000),
    "brackets": ("/.well-known/tdmrep.json", b"[" * 900_000),
    "entries": ("/.well-known/tdmrep.json", b"[" + b"{}," * 300_000 + b"{}]"),
    "digits": ("/.well-known/tdmrep.json", b'[{"location":"/","tdm-reservation":' + b"1" * 900_000 + b"}]"),
    "rules": ("/ai.txt", b"User-agent: *\nDisallow: /x\n" * 4_000_000),
    "keys": ("/.well-known/ai.txt", b"Training: deny\n" * 60_000),
    "blocks": ("/.well-known/ai.txt", b"Agent: x\n Training: deny\n" * 40_000),
    "names": ("/trust.txt", b"datatrainingallowed=no\n" * 45_000),
    "depth": ("/license.xml", b'<rsl xmlns="https://rslstandard.org/rsl">' + b"<a>" * 300_000),
    "contents": ("/license.xml", b'<rsl xmlns="https://rslstandard.org/rsl">' + b'<content url="/"/>' * 50_000 + b"</rsl>"),
    "tokens": ("/license.xml", b'<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><permits type="usage">' + b"ai-train," * 100_000 + b"</permits></license></content></rsl>"),
    "attributes": ("/license.xml", b"<rsl " + b" ".join(b'a%d="1"' % number for number in range(60_000)) + b"/>"),
    "XML": ("/license.xml", b"<rsl>" + b"x" * 100_000_000),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_a_huge_file_takes_no_long_time_and_says_little(name: str) -> None:
    path, body = LARGE[name]
    begun = time.process_time()

    signals = read(path, body, "", [])

    assert time.process_time() - begun < 5
    assert len(signals) <= 4 * 500 + 1
    assert urlsplit(f"https://site.example{path}").path == path


ROBOTS = {
    "a long line": b"User-agent: *\nContent-Signal: " + b"a," * 240_000,
    "many agents, long lines": b"".join(b"User-agent: a%d\n" % n for n in range(10_000)) + b"Content-Signal: " + b"x," * 2_000 + b"\nContent-Usage: " + b"a=n," * 900,
    "many lines": b"User-agent: *\n" + b"License: https://a.example/\n" * 15_000,
    "100 MB": b"User-agent: *\nContent-Usage: train-ai=n\n" * 2_500_000,
}  # fmt: skip


@pytest.mark.parametrize("name", ROBOTS)
def test_a_huge_robots_txt_takes_no_long_time(name: str) -> None:
    begun = time.process_time()

    file = _read_or_refused(ROBOTS[name])

    assert time.process_time() - begun < 10
    assert len(file.signals) < 100_000


def test_more_agents_times_statements_than_anybody_writes_are_a_bomb() -> None:
    agents = b"".join(b"User-agent: a%d\n" % number for number in range(1_000))

    with pytest.raises(TooComplex, match="21,000 agents times statements, at most 20,000"):
        read_robots(agents + b"Content-Usage: train-ai=n\n" * 21)


def _read_or_refused(body: bytes) -> RobotsFile:
    try:
        return read_robots(body)
    except TooComplex:
        return RobotsFile(())
