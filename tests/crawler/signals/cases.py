"""The conformance cases as captures and readings of ours: one table for all kinds."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from crawler.combining import Combined, combined
from crawler.holding import holding
from crawler.pages import page_signals
from crawler.robots.decision import decide
from crawler.robots.outcome import classify
from crawler.robots.reading import read_robots
from provenance.records import Capture, Outcome, Probe, Signal, Value
from provenance.urls import address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from provenance.records import RobotsFile

# Our usage for the word a standard has for it, and the one that a case means by `value`.
USAGES = {
    "aipref": {"train-ai": "train-genai", "ai-use": "ai-input", "search": "search"},
    "content-signal": {"ai-train": "train", "ai-input": "ai-input", "search": "search"},
    "rsl": {"ai-train": "train", "ai-input": "ai-input", "ai-index": "ai-index", "search": "search"},
}  # fmt: skip
PRICE = re.compile(r"(?P<currency>[A-Z]{3}|-) (?P<amount>[0-9.]+|-)")
ASKED = {"aipref": "train-genai", "tdmrep": "mine"}


def cases(folder: Path, *kinds: str) -> list[dict[str, Any]]:
    found = json.loads((folder / "signal_cases.json").read_text("utf-8"))["cases"]
    return [case for case in found if case["signal"] in kinds]


def capture(
    url: str,
    body: bytes | None,
    *,
    probe: Probe = Probe.PAGE,
    status: int | None = 200,
    headers: Any = (),
    kind: str = "",
    error: str = "",
    hops: tuple[str, ...] = (),
) -> Capture:
    pairs = [tuple(pair) for pair in (headers.items() if isinstance(headers, dict) else headers)]
    if kind and not any(name.lower() == "content-type" for name, _ in pairs):
        pairs.append(("Content-Type", kind))
    place = address(url)
    return Capture(
        url=url,
        host=place.authority,
        path=place.path,
        probe=probe,
        captured_at=datetime(2026, 1, 1, tzinfo=UTC),
        method="crawl",
        status=None if error else status,
        headers=tuple(pairs),
        body=body,
        error=error,
        hops=hops,
    )


def captures(case: dict[str, Any]) -> Iterator[Capture]:
    """The answers of the site that the case tells of, but for its robots.txt."""
    given, url = case["input"], case["url"]
    for path, entries in given.get("well_known", {}).items():
        body = json.dumps(entries).encode()
        yield capture(urljoin(url, path), body, probe=Probe.FILE, kind="application/json")
    for path, status in given.get("well_known_status", {}).items():
        yield capture(urljoin(url, path), b"[]", probe=Probe.FILE, status=status)
    for path, file in given.get("files", {}).items():
        yield capture(
            urljoin(url, path), file["body"].encode(), probe=Probe.FILE, status=file["status"],
            kind=file["content_type"],
        )  # fmt: skip
    if "xml" in given:
        yield capture(
            urljoin(url, "/license.xml"), given["xml"].encode(), probe=Probe.FILE,
            kind="application/rsl+xml",
        )  # fmt: skip
    if "policy_json" in given:
        body = json.dumps(given["policy_json"]).encode()
        yield capture(urljoin(url, "/policies/1"), body, probe=Probe.FILE, kind="application/json")
    if "headers" in given or "html" in given or "status" in given:
        kind = "text/html; charset=utf-8" if "html" in given else ""
        kind = "image/jpeg" if url.endswith(".jpg") else kind
        yield capture(
            url, given.get("html", "").encode(), status=given.get("status", 200),
            headers=given.get("headers", ()), kind=kind,
        )  # fmt: skip


def robots_of(case: dict[str, Any]) -> RobotsFile | None:
    text = case["input"].get("robots")
    return None if text is None else read_robots(text.encode())


def said(case: dict[str, Any]) -> tuple[Signal, ...]:
    return tuple(one for answer in captures(case) for one in page_signals(answer))


def robots_capture(case: dict[str, Any]) -> Capture:
    """The answer to the request for robots.txt that a robots-fetch case tells of."""
    given, url = case["input"], urljoin(case["url"], "/robots.txt")
    body = given.get("robots_body", "").encode()
    repeat = given.get("robots_body_repeat")
    if repeat:
        filler = repeat["filler"] * (repeat["filler_bytes"] // len(repeat["filler"]) + 1)
        body = (repeat.get("prefix", "") + filler + repeat.get("suffix", "")).encode()
    chain = len(given.get("robots_chain", ()))
    hops = tuple(f"{url}?{number}" for number in range(chain))
    hops += (given["robots_redirect_to"],) if "robots_redirect_to" in given else ()
    error = given.get("robots_error", "") or ("redirects" if chain > 5 else "")
    return capture(
        url, None if error else body, probe=Probe.ROBOTS, status=given.get("robots_status"),
        headers=given.get("robots_headers", ()), kind=given.get("robots_content_type", ""),
        error=error, hops=hops,
    )  # fmt: skip


def record(given: dict[str, Any]) -> Signal:
    """A record of a combine case; its value is stated for training use."""
    agent = given.get("agent")
    scope = f"agent:{agent.lower()}" if given.get("group") == "named" and agent else "site"
    return Signal(
        kind=given["signal"],
        scope=scope,
        usage="train",
        value=Value(given["value"]),
        gate=given.get("gate", "none"),
        offer=given.get("price") or given.get("policy") or "",
    )


def outcome_of(case: dict[str, Any]) -> dict[str, Any]:
    """What we say of a case, under the keys that its `expected` may have."""
    kind = case["signal"]
    if kind == "robots-fetch":
        return _fetched(case)
    if kind == "combine":
        return _combined(case)
    place = address(case["url"])
    robots, statements = robots_of(case), said(case)
    held = holding(case["agent"] or "AnyBot", place, robots=robots, said=statements)
    together = combined(one for one in held if one.kind == kind)
    return {
        **_crawl(case, robots, held),
        "value": _value(case, held, together),
        "usage": {
            word: together.answers[ours].value for word, ours in USAGES.get(kind, {}).items()
        },
        "license_urls": [one.offer for one in held if one.usage == "licence" and one.offer],
        "offers": [offer for joined in together.offers for offer in joined.split("; ")],
        **_details(held, [one for one in held if one.kind == kind]),
    }


def _value(case: dict[str, Any], held: tuple[Signal, ...], together: Combined) -> Value:
    """The value for training, of the kind asked about; of a site that refuses to be crawled, deny."""
    kind = case["signal"]
    robots = robots_of(case)
    if kind == "robots" and robots:
        return decide(robots, case["agent"], address(case["url"]).path).value
    if "policy_json" in case["input"]:
        return next(one.value for one in held if one.kind == kind)
    if "crawl" in case["expected"] or "status" in case["input"]:
        refused = combined(held).answers["crawl"].value
        if refused in {Value.DENY, Value.CONDITIONAL}:
            return refused
    return together.answers[ASKED.get(kind, "train")].value


def _crawl(
    case: dict[str, Any], robots: RobotsFile | None, held: tuple[Signal, ...]
) -> dict[str, Any]:
    if robots is None:  # nothing forbids it
        return {"crawl": "allow"}
    decision = decide(robots, case["agent"], address(case["url"]).path)
    return {"crawl": decision.crawl, "group": decision.group, "explicit": decision.explicit}


def _details(held: tuple[Signal, ...], ours: list[Signal]) -> dict[str, Any]:
    pairs = [
        pair.partition("=") for one in ours for pair in one.conditions.split("; ") if one.conditions
    ]
    conditions: dict[str, list[str]] = {}
    for name, _, value in pairs:
        conditions.setdefault(name, []).append(value)
    deciding = next((one for one in ours if one.value is not Value.UNSPECIFIED), None)
    offer = deciding.offer if deciding else ""
    gates = [one for one in held if one.gate != "none"]
    return {
        "findings": {one.finding for one in held if one.finding},
        "policy": offer or None,
        "reservation": {Value.ALLOW: 0}.get(deciding.value, 1) if deciding else None,
        "payment": {
            "type": conditions.get("payment", ["free"])[0],
            "standard": offer,
            "custom": offer,
            "server": conditions.get("server", [""])[0],
            **(PRICE.match(offer) or PRICE.match("- -")).groupdict(),  # type: ignore[union-attr]
        },
        "conditions": {
            name: values[0].split(", ") if name in {"geo", "user"} else values[0]
            for name, values in conditions.items()
        },
        "use": next(iter(conditions.get("use", [])), None),
        "duties": conditions.get("duty"),
        "purpose": next(iter(conditions.get("purpose", [])), None),
        "contact": next(iter(conditions.get("contact", [])), None),
        "gate": gates[0].gate if gates else "none",
        "scheme": gates[0].quote.partition("www-authenticate: ")[2].partition(" ")[0] if gates else "",
    }  # fmt: skip


def _fetched(case: dict[str, Any]) -> dict[str, Any]:
    answer = robots_capture(case)
    state, _ = classify(answer)
    file = read_robots(answer.body or b"") if state is Outcome.PARSED else None
    crawl, value = {
        Outcome.UNAVAILABLE: ("allow", Value.UNSPECIFIED),
        Outcome.UNREACHABLE: ("deny", Value.UNSPECIFIED),
    }.get(state, ("", Value.UNSPECIFIED))
    if file:
        decision = decide(file, case["agent"], address(case["url"]).path)
        crawl, value = decision.crawl, decision.value
    gates = [one.gate for one in page_signals(answer)]
    return {
        "state": "ok" if state is Outcome.PARSED else str(state),
        "crawl": crawl,
        "value": value,
        "gate": gates[0] if gates else "none",
        "applies_to": answer.host,
        "findings": set(file.findings) if file else set(),
    }


def _combined(case: dict[str, Any]) -> dict[str, Any]:
    together = combined(record(one) for one in case["input"]["records"])
    answer = together.answers["train"]
    return {
        "value": answer.value,
        "decided_by": list(dict.fromkeys(one.kind for one in answer.decided_by)),
        "offers": list(together.offers),
        "gate": together.gates[0] if together.gates else "none",
        "coverage": answer.coverage,
        "scope": "agents:" + ",".join(answer.agents),
        "finding": answer.finding,
        "findings": {answer.finding} - {""},
    }
