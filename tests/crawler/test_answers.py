"""What is kept of answers that are too large, packed, or broken."""

from __future__ import annotations

import datetime
import gzip
import json
import ssl
from typing import TYPE_CHECKING

from tests.crawler.loopback import answer, crawled, site

if TYPE_CHECKING:
    import socket
    from pathlib import Path

KIB = 1024
HTML = "Content-Type: text/html"


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Kept: yes\r\nContent-Type: text/html\r\n\r\n")
    while True:
        connection.sendall(b"a" * 65536)


def test_an_answer_beyond_the_limit_keeps_its_first_bytes_and_its_headers(store_path: Path) -> None:
    long_robots = b"User-agent: *\nDisallow: /x\n" + b"#" * (600 * KIB)
    with site({"/": endless}, robots=answer(long_robots)) as one:
        result = crawled(store_path, one.url)

    robots, page = result.of(one), result.of(one, "page")
    assert (robots["body"], robots["truncated"]) == (long_robots[: 512 * KIB], True)
    assert (robots["outcome"], robots["error"]) == ("parsed", "")
    assert (page["body"], page["truncated"]) == (b"a" * 2048 * KIB, True)
    assert ["X-Kept", "yes"] in json.loads(page["headers"])


def test_packed_answers_are_unpacked_and_never_beyond_the_limit(store_path: Path) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    packed = gzip.compress(b"User-agent: provisor\nDisallow: /closed\n")
    pages = {
        "/": answer(bomb, 200, "Content-Encoding: gzip", "X-Kept: yes", HTML),
        "/closed": answer("never"),
    }
    robots = answer(packed, 200, "Content-Encoding: gzip")
    with site(pages, robots=robots) as one:
        result = crawled(store_path, f"{one.url}/closed")

    assert one.paths == ["/robots.txt", "/"]
    page = result.of(one, "page")
    assert (len(page["body"]), page["truncated"]) == (2048 * KIB, True)
    assert ["X-Kept", "yes"] in json.loads(page["headers"])


def test_headers_are_kept_as_they_came_each_line(store_path: Path) -> None:
    lines = ("X-Robots-Tag: noai", "X-Robots-Tag: GPTBot: noindex", "X-Odd: caf\u00e9")
    raw = answer("<p>x", 200, *lines).decode().encode("latin-1")
    with site({"/": raw}) as one:
        result = crawled(store_path, one.url)

    headers = json.loads(result.of(one, "page")["headers"])
    assert ["X-Robots-Tag", "noai"] in headers
    assert ["X-Robots-Tag", "GPTBot: noindex"] in headers
    assert ["X-Odd", "caf\u00e9"] in headers


def test_a_failure_is_named_by_its_kind(store_path: Path, tmp_path: Path) -> None:
    with site() as gone:
        pass
    with (
        site(tls=self_signed(tmp_path)) as untrusted,
        site({"/": lambda connection: None}) as hangs_up,
        site({"/": b"HTTP/1.1 abc\r\n\r\n"}) as no_status,
    ):
        hosts = [gone.url, f"https://{untrusted.host}", hangs_up.url, no_status.url]
        result = crawled(store_path, *hosts, "https://name.invalid")

    assert result.code == 0
    assert result.of(gone)["error"] == "connection"
    assert result.of(untrusted)["error"] == "tls"
    assert untrusted.log == []
    assert result.of("name.invalid")["error"] == "dns"
    assert result.of(hangs_up, "page")["error"] == "connection"
    assert result.of(no_status, "page")["error"] == "protocol"


def test_a_bare_host_is_asked_by_https_first_and_by_http_where_nobody_speaks_tls(
    store_path: Path, tmp_path: Path
) -> None:
    with site(tls=self_signed(tmp_path)) as untrusted, site() as plain:
        result = crawled(store_path, untrusted.host, plain.host)

    # Whoever has a certificate that we cannot check is not asked without one.
    assert [c["url"] for c in result.captures if c["host"] == untrusted.host] == [
        f"https://{untrusted.host}/robots.txt"
    ]
    assert plain.paths == ["/robots.txt", "/"]
    assert [c["url"] for c in result.captures if c["host"] == plain.host] == [
        f"https://{plain.host}/robots.txt",
        f"http://{plain.host}/robots.txt",
        f"http://{plain.host}/",
    ]


def self_signed(folder: Path) -> ssl.SSLContext:
    """A server's context with a certificate that nobody vouches for."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    both = folder / "both.pem"
    both.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context
