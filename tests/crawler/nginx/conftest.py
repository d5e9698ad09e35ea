"""A real server: nginx, unprivileged, on this machine, visited once by a crawl."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.crawler.hostile.certificates import Authority
from tests.crawler.hostile.crawling import crawl_of, gates
from tests.crawler.loopback import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crawler.loopback import Crawled

ROBOTS = "User-agent: *\nDisallow: /closed/\n"
PAGE = "<!doctype html><title>Page</title><p>" + "A page of a real server. " * 30

# What each site says; `$PAGE` stands for a plain page, TLS and the port are added below.
SITES = {
    "open": "",
    "auth": 'location = / { auth_basic "members"; auth_basic_user_file htpasswd; }',
    "members": "location = / { return 302 /login?next=$request_uri; }",
    "price": 'location = / { add_header crawler-price "USD 0.01" always; return 402; }',
    "tdm": "add_header tdm-reservation 1 always;"
    ' add_header tdm-policy "https://rights.example/policy.json" always;',
    "noai": 'add_header X-Robots-Tag "noai, noimageai" always;',
    "forbidden": "location = / { deny all; }",
    "packed": "gzip on; gzip_types text/plain text/html; gzip_min_length 1;",
    "limited": "limit_req_status 429; error_page 429 = @later;"
    " location = /robots.txt { limit_req zone=one; } location = / { limit_req zone=one; }"
    " location @later { add_header Retry-After 3600 always; return 429; }",
    "away": "location = /robots.txt { return 503; }",
    "missing": "location = /robots.txt { return 404; }",
    "shut": "location = /robots.txt { return 444; }",
    "moved": "location = /robots.txt { return 301 /rules.txt; }"
    " location = /rules.txt { alias robots.txt; default_type text/plain; }",
    "rules": "location = / { return 200 $PAGE; }",
    "tls": "",
    "tls-other": "",
}
TLS = {"tls": "good", "tls-other": "wrong-name"}


@dataclass(frozen=True, slots=True)
class Served:
    """What nginx was asked, and what the crawl recorded."""

    ports: dict[str, int]
    crawl: Crawled
    again: Crawled
    asked: dict[str, list[str]]
    """Paths by site, as nginx logged them."""
    gates: dict[str, list[str]]
    store: Path

    def host(self, name: str) -> str:
        return f"{name}.test:{self.ports[name]}"

    def capture(self, name: str, probe: str) -> dict[str, Any]:
        return self.crawl.of(self.host(name), probe)


@pytest.fixture(scope="session")
def nginx() -> str:
    """The program; its absence fails where it must be there."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("nginx is missing; as root: apt-get install nginx-light")
        pytest.skip("nginx is missing; as root: apt-get install nginx-light")
    return found


@pytest.fixture(scope="session")
def served(nginx: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("nginx")
    authority = Authority(folder)
    ports = _free_ports()
    configuration = _configuration(folder, ports, authority)
    process = subprocess.Popen([nginx, "-p", str(folder), "-e", "error.log", "-c", configuration])
    try:
        _wait_for(ports["open"], folder / "error.log")
        store = folder / "store.duckdb"
        urls = [
            f"http{'s' if name in TLS else ''}://{name}.test:{port}" for name, port in ports.items()
        ]
        trusting = {"SSL_CERT_FILE": str(authority.path)}
        first = crawl_of(store, urls, "--concurrency", "20", environment=trusting)
        found = gates(store)
        again = crawl_of(store, [urls[list(ports).index("limited")]])
        yield Served(ports, first, again, _asked(folder / "access.log", ports), found, store)
    finally:
        process.terminate()
        process.wait(10)


def _free_ports() -> dict[str, int]:
    held = {name: socket.create_server(("127.0.0.1", 0)) for name in SITES}
    ports = {name: one.getsockname()[1] for name, one in held.items()}
    for one in held.values():
        one.close()
    return ports


def _configuration(folder: Path, ports: dict[str, int], authority: Authority) -> str:
    root = folder / "root"
    root.mkdir()
    (root / "robots.txt").write_text(ROBOTS)
    (root / "index.html").write_text(PAGE)
    (root / "login").write_text("<form><input type=password></form>")
    (folder / "htpasswd").write_text("member:{PLAIN}secret\n")
    servers = []
    for name, said in SITES.items():
        tls = ""
        if name in TLS:
            certificate, key = authority.pair(f"{name}.test", TLS[name])
            tls = f"ssl_certificate {certificate}; ssl_certificate_key {key};"
        servers.append(
            f"server {{ listen 127.0.0.1:{ports[name]} {'ssl' if tls else ''}; server_name {name}.test;"
            f" root {root}; {tls} {said.replace('$PAGE', repr(PAGE)).replace('alias robots', f'alias {root}/robots')} }}"
        )
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = (
        f"daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        f"events {{ worker_connections 256; }}\n"
        f"http {{ {temporary} types {{ text/html html; text/plain txt; }} default_type text/html;\n"
        f"log_format asked '$server_port $request_uri'; access_log {folder}/access.log asked;\n"
        f"limit_req_zone $server_port zone=one:1m rate=1r/m;\n" + "\n".join(servers) + "\n}\n"
    )
    file = folder / "nginx.conf"
    file.write_text(text)
    return str(file)


def _wait_for(port: int, log: Path) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"nginx did not start: {log.read_text() if log.exists() else ''}")


def _asked(log: Path, ports: dict[str, int]) -> dict[str, list[str]]:
    names = {str(port): name for name, port in ports.items()}
    found: dict[str, list[str]] = defaultdict(list)
    for line in log.read_text().splitlines():
        port, path = line.split(" ", 1)
        if path not in FILES:
            found[names[port]].append(path)
    return found
