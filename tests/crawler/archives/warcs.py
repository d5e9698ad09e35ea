"""Small WARC files, written record by record."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

RULES = b"User-agent: GPTBot\nDisallow: /\n"
AT = "2025-02-01T00:00:00Z"


def record(kind: str, block: bytes, *, url: str = "", at: str = AT, **fields: str) -> bytes:
    """Return one record; *fields* are named as ISO 28500 names them, `_` for `-`."""
    said = {"WARC-Type": kind, "WARC-Date": at, "WARC-Record-ID": "<urn:uuid:0>"}
    if url:
        said["WARC-Target-URI"] = url
    said |= {name.replace("_", "-"): value for name, value in fields.items()}
    said |= {"Content-Length": str(len(block))} if "Content-Length" not in said else {}
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def answer(body: bytes = RULES, *, status: str = "200 OK", headers: str = "") -> bytes:
    """Return an HTTP answer."""
    return f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\n{headers}\r\n".encode() + body


def robots(host: str, body: bytes = RULES, **said: str) -> bytes:
    """Return the record of a robots.txt that was served."""
    return record("response", answer(body), url=f"https://{host}/robots.txt", **said)


def warc(path: Path, records: Iterable[bytes]) -> Path:
    """Write *records*, each a gzip member where *path* says so."""
    packed = path.suffix == ".gz"
    path.write_bytes(b"".join(gzip.compress(one, mtime=0) if packed else one for one in records))
    return path
