from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from audit.auditor import Auditor
from examples.img2dataset_urls import write_lists
from tests.audit.world import ALLOW, BY_CCBOT, World
from tests.crawler.loopback import answer, site
from tests.examples.conftest import NEW, OPEN, REFUSE, SHUT

if TYPE_CHECKING:
    from pathlib import Path


def png() -> bytes:
    """A black image of 8 by 8."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(9) * 8)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def test_what_is_excluded_stands_in_a_list_of_its_own_with_its_reason(
    auditor: Auditor, rows: pa.Table, tmp_path: Path
) -> None:
    pairs, urls, excluded = (tmp_path / f"{name}.parquet" for name in ("pairs", "urls", "excluded"))
    pq.write_table(rows, pairs)

    write_lists(auditor, pairs, urls, excluded, level="medium")

    assert pq.read_table(urls).equals(rows.slice(0, 1))
    assert [
        (row["url"], row["n"], row["provisor"]["level"], row["provisor"]["rules"])
        for row in pq.read_table(excluded).to_pylist()
    ] == [(SHUT, 1, "high", ["PRV-01"]), (NEW, 2, "unknown", []), (None, 3, "unknown", [])]
    assert OPEN not in pq.read_table(excluded).column("url").to_pylist()


def test_img2dataset_downloads_the_list_and_asks_nothing_of_who_refused(tmp_path: Path) -> None:
    image = answer(png(), 200, "Content-Type: image/png")
    with site({"/1.png": image, "/2.png": image}) as friend, site({"/3.png": image}) as other:
        world = World(tmp_path)
        for when in ("2024-02-01", "2024-02-20"):
            world.robots(when, ALLOW, host=friend.host)
            world.robots(when, REFUSE, host=other.host)
        pairs = tmp_path / "pairs.parquet"
        links = [f"{friend.url}/1.png", f"{other.url}/3.png", f"{friend.url}/2.png"]
        captions = ["one", "three", "two"]
        pq.write_table(
            pa.table({"url": links, "caption": captions, "when": ["2024-02-10"] * 3}), pairs
        )
        auditor = Auditor.of(world.store, tmp_path / "knowledge.duckdb", BY_CCBOT)
        urls = tmp_path / "urls.parquet"

        write_lists(replace(auditor, date="when"), pairs, urls, tmp_path / "excluded.parquet")
        downloaded(urls, tmp_path / "images")

        assert sorted(friend.paths) == ["/1.png", "/2.png"]
        assert other.paths == []
    said = [json.loads(file.read_text()) for file in (tmp_path / "images").glob("*/*.json")]
    assert sorted((one["caption"], one["status"]) for one in said) == [
        ("one", "success"),
        ("two", "success"),
    ]


def downloaded(urls: Path, folder: Path) -> None:
    """Run img2dataset; whatever it would ask beyond this machine leads nowhere."""
    nowhere = "http://127.0.0.1:1"
    environment = os.environ | {
        "NO_ALBUMENTATIONS_UPDATE": "1",
        "WANDB_MODE": "disabled",
        "http_proxy": nowhere,
        "https_proxy": nowhere,
        "no_proxy": "127.0.0.1",
    }
    options = {
        "url_list": urls, "input_format": "parquet", "caption_col": "caption",
        "output_folder": folder, "resize_mode": "no", "processes_count": 1, "thread_count": 2,
    }  # fmt: skip
    command = [
        sys.executable,
        "-m",
        "img2dataset.main",
        *(f"--{k}={v}" for k, v in options.items()),
    ]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
