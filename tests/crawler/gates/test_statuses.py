"""What a status and its headers say of a gate."""

from __future__ import annotations

import base64
import json

import pytest

from crawler.pages import page_signals
from provenance.records import Gate, Value
from tests.crawler.signals.files import served
from tests.crawler.signals.pages import page


@pytest.mark.parametrize("status", [200, 204, 304, 400, 406, 407, 418])
def test_this_status_is_no_gate(status: int) -> None:
    assert page_signals(page(None, ("Proxy-Authenticate", "Basic"), status=status)) == ()


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_no_gate(status: int) -> None:
    (signal,) = page_signals(page("<p>Nothing here", status=status))

    assert (signal.gate, signal.value, signal.finding) == (Gate.NONE, Value.UNSPECIFIED, "gone")


@pytest.mark.parametrize(
    ("lines", "conditions"),
    [
        (["Basic realm=x"], "scheme=Basic"),
        (["Negotiate"], "scheme=Negotiate"),
        (["NTLM", "Negotiate abc=="], "scheme=NTLM; scheme=Negotiate"),
        (['Digest realm="a, Bearer b", qop="auth, int", nonce=x'], "scheme=Digest"),
        (['Basic realm = "x", Bearer realm="y"'], "scheme=Basic; scheme=Bearer"),
        (['PrivateToken challenge=abc, token-key=123'], "scheme=PrivateToken"),
        (["realm=x"], ""),
        ([""], ""),
    ],
)  # fmt: skip
def test_the_schemes_of_a_401_are_named(lines: list[str], conditions: str) -> None:
    headers = [("WWW-Authenticate", line) for line in lines]

    (signal,) = page_signals(page(None, *headers, status=401))

    assert (signal.gate, signal.value, signal.conditions, signal.finding) == (
        Gate.AUTH,
        Value.UNSPECIFIED,
        conditions,
        "",
    )


@pytest.mark.parametrize("scheme", ["License", "L402", "LSAT"])
@pytest.mark.parametrize(("status", "gate"), [(401, Gate.AUTH), (402, Gate.PAYMENT)])
def test_a_scheme_that_sells_access_makes_the_use_conditional(
    scheme: str, status: int, gate: Gate
) -> None:
    line = f'{scheme} token="a", invoice="b"'

    (signal,) = page_signals(page(None, ("WWW-Authenticate", line), status=status))

    assert (signal.gate, signal.value, signal.offer) == (gate, Value.CONDITIONAL, line)


def encoded(demand: object) -> str:
    return base64.b64encode(json.dumps(demand).encode()).decode()


WAY = {"scheme": "exact", "network": "base", "amount": "10000", "asset": "0xUSDC"}
OLD_WAY = {"scheme": "exact", "network": "base", "maxAmountRequired": "10000", "asset": "0xUSDC"}
X402 = ("x402 10000 base units of 0xUSDC", "scheme=x402; network=base", "")


@pytest.mark.parametrize(
    ("header", "body", "found"),
    [
        (("Crawler-Price", "USD 0.01"), b"", ("USD 0.01", "per=crawl", "")),
        (("Crawler-Price", "cheap"), b"", ("cheap", "per=crawl", "invalid-price")),
        (("PAYMENT-REQUIRED", encoded({"x402Version": 2, "accepts": [WAY]})), b"{}", X402),
        (("PAYMENT-REQUIRED", encoded({"accepts": []})), b"", (f"x402 {encoded({'accepts': []})}", "scheme=x402", "invalid-price")),
        (("PAYMENT-REQUIRED", "?"), b"", ("x402 ?", "scheme=x402", "invalid-price")),
        (("X", ""), json.dumps({"x402Version": 1, "accepts": [OLD_WAY]}).encode(), X402),
        (("X", ""), b'{"x402Version": 1, "accepts": [', ("", "", "")),
        (("X", ""), b'{"x402Version": 1, "accepts": {"a": 1}}', ("", "", "")),
        (("X", ""), b"", ("", "", "")),
    ],
)  # fmt: skip
def test_the_price_of_a_402_is_kept_as_it_is_stated(
    header: tuple[str, str], body: bytes, found: tuple[str, str, str]
) -> None:
    (signal,) = page_signals(served(body, "application/json", header, status=402))

    assert (signal.offer, signal.conditions, signal.finding) == found
    assert (signal.gate, signal.value) == (Gate.PAYMENT, Value.CONDITIONAL)


@pytest.mark.parametrize(
    ("status", "code", "gate", "value"),
    [
        (403, "CrawlerForbidden", Gate.FORBIDDEN, Value.UNSPECIFIED),
        (400, "StrongAuthRequired", Gate.AUTH, Value.UNSPECIFIED),
        (400, "InvalidSignature", Gate.AUTH, Value.UNSPECIFIED),
        (400, "InvalidCrawlerPriceValue", Gate.PAYMENT, Value.CONDITIONAL),
        (402, "MissingCrawlerPrice", Gate.PAYMENT, Value.CONDITIONAL),
        (403, "PaymentFailed", Gate.PAYMENT, Value.CONDITIONAL),
        (502, "InvalidContentPrice", Gate.PAYMENT, Value.CONDITIONAL),
    ],
)
def test_a_code_says_more_than_its_status(status: int, code: str, gate: Gate, value: Value) -> None:
    (signal,) = page_signals(page(None, ("crawler-error", code), status=status))

    assert (signal.gate, signal.value, signal.conditions) == (gate, value, f"crawler-error={code}")


def test_an_unknown_code_says_nothing() -> None:
    assert page_signals(page(None, ("crawler-error", "Else"), status=400)) == ()
    (signal,) = page_signals(page(None, ("crawler-error", "Else"), status=403))
    assert (signal.gate, signal.conditions) == (Gate.FORBIDDEN, "")


@pytest.mark.parametrize(
    ("status", "header", "gate", "conditions"),
    [
        (429, ("Retry-After", "120"), Gate.RATE_LIMIT, "retry-after=120"),
        (503, ("Retry-After", "Fri, 31 Dec 2027 23:59:59 GMT"), Gate.SERVER_ERROR, "retry-after=Fri, 31 Dec 2027 23:59:59 GMT"),
        (451, ("Link", '<https://a.example/x,y>; rel="blocked-by"'), Gate.LEGAL, "blocked-by=https://a.example/x,y"),
        (451, ("Link", "<https://a.example/>; rel=next"), Gate.LEGAL, ""),
        (403, ("Server", "AkamaiGHost"), Gate.FORBIDDEN, "vendor=akamai"),
        (403, ("Server", "nginx"), Gate.FORBIDDEN, ""),
        (403, ("Server", "cloudflare"), Gate.FORBIDDEN, ""),
    ],
)  # fmt: skip
def test_a_refusal_tells_its_circumstances(
    status: int, header: tuple[str, str], gate: Gate, conditions: str
) -> None:
    (signal,) = page_signals(page("<p>No", header, status=status))

    assert (signal.gate, signal.value, signal.conditions) == (gate, Value.UNSPECIFIED, conditions)


def test_a_receipt_shows_that_the_fetch_was_sold() -> None:
    (signal,) = page_signals(page("<p>x", ("crawler-charged", "USD 0.01")))

    assert (signal.gate, signal.value, signal.offer) == (Gate.NONE, Value.CONDITIONAL, "USD 0.01")
