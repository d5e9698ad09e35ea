"""Where the octets of an exchange stand is told with the capture that they prove."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.explaining.asking import explain_address
from audit.explaining.forms import as_text
from audit.explaining.proof import with_proof
from audit.rules import rules
from audit.settings import Question
from crawler.robots.reading import read_robots
from provenance.records import Evidence, Probe
from tests.audit.world import BY_GPTBOT, REFUSE_AI

if TYPE_CHECKING:
    from tests.audit.world import World

DIGEST = "ab" * 32


def test_the_record_is_named_by_file_offset_and_digest(world: World) -> None:
    evidence = Evidence(0, "response", "store.duckdb.evidence/a-00001.warc.gz", 512, 100, DIGEST)
    capture = world._capture(
        "site.example", "/robots.txt", Probe.ROBOTS, "2024-02-10", 200, REFUSE_AI.encode()
    )
    world._record(replace(capture, evidence=(evidence,)), ())
    question = Question(BY_GPTBOT, rules())
    said = explain_address("https://site.example/a", question, world.store, at="2024-02-10T12:00Z")

    proven = with_proof(said.timeline, world.store, "/a", read_robots, wait_s=0, say=lambda _: None)

    (robots,) = [one for one in proven if one.kind == "robots"]
    assert robots.proof is not None
    assert robots.proof["lines"] == [{"line": 2, "quote": "Disallow: /", "refuses": ["GPTBot"]}]
    text = as_text(replace(said, timeline=tuple(proven)), "en")
    assert (
        "      line 2: Disallow: / (refuses GPTBot)\n"
        f"      SHA-256 of the body: {robots.said['body_sha256']}\n"
        "      WARC response: store.duckdb.evidence/a-00001.warc.gz, octets 512 to 612, "
        f"SHA-256 {DIGEST}\n"
        "      to see it: provisor show 1\n"
    ) in text


def test_a_body_that_shares_its_rules_with_another_is_quoted_by_its_own_lines(
    world: World,
) -> None:
    world.robots("2024-02-09", REFUSE_AI, host="other.example")
    world.robots("2024-02-10", f"# moved\n\n{REFUSE_AI}")
    question = Question(BY_GPTBOT, rules())
    said = explain_address("https://site.example/a", question, world.store, at="2024-02-10T12:00Z")

    proven = with_proof(said.timeline, world.store, "/a", read_robots, wait_s=0, say=lambda _: None)

    assert [one.proof["lines"][0]["line"] for one in proven if one.proof] == [4]
