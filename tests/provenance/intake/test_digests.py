"""Which columns hold digests: by their names and values, and never one that only looks so."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from provenance.errors import InputRefused, UsageRefused
from provenance.intake.columns import Column
from provenance.intake.digests import DigestColumn, choose_digests

MD5, SHA1, SHA256, SHA512 = (
    hashlib.new(name, b"x").hexdigest() for name in ("md5", "sha1", "sha256", "sha512")
)
BASE32 = base64.b32encode(bytes.fromhex(SHA1)).decode()


def chosen(
    columns: dict[str, list[object]], *asked: str, pdq: str = "", kind: str = "VARCHAR"
) -> list[tuple[str, str]]:
    known = {name: Column(kind, tuple(name.split(".")), name) for name in columns}
    found = choose_digests(Path("m.parquet"), known, asked, pdq, lambda name: columns[name])
    return [(one.name, one.algorithm) for one in found]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("hash", [SHA256]),
        ("id", [SHA256]),
        ("sha256", []),
        ("sha256", [None, ""]),
        ("sha256", [MD5]),
        ("sha256", [SHA256, "none"]),
        ("md5", ["deadbeef"]),
        ("digest", [SHA256, MD5]),
        ("phash", ["8f0f0f0f0f0f0f0f"]),
    ],
)
def test_takes_no_column_that_is_not_plain(name: str, values: list[object]) -> None:
    assert chosen({name: values}) == []


@pytest.mark.parametrize(
    ("name", "values", "algorithm"),
    [
        ("sha256", [SHA256, None], "sha256"),
        ("SHA256", [SHA256.upper()], "sha256"),
        ("image_md5", [MD5], "md5"),
        ("content_digest", [BASE32], "sha1"),
        ("digest", [f"sha1:{BASE32}"], "sha1"),
        ("WARC-Payload-Digest", [f"sha1:{BASE32}"], "sha1"),
        ("metadata.sha512", [SHA512], "sha512"),
        ("md5", [base64.b64encode(bytes.fromhex(MD5)).decode()], "md5"),
    ],
)
def test_takes_what_name_and_values_make_plain(
    name: str, values: list[object], algorithm: str
) -> None:
    assert chosen({name: values}) == [(name, algorithm)]
    assert chosen({name: values}, "none") == []


def test_takes_what_was_asked_for_and_nothing_else() -> None:
    columns: dict[str, list[object]] = {"sha256": [SHA256], "mine": [MD5], "a:b": [SHA1], "no": []}

    assert chosen(columns, "mine", "a:b", "no:SHA-512") == [
        ("mine", "md5"), ("a:b", "sha1"), ("no", "sha512"),
    ]  # fmt: skip
    assert chosen({"p": ["ab" * 32]}, "none", pdq="p") == [("p", "pdq")]


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ("gone", "has no column 'gone'"),
        ("no", "do not tell which algorithm"),
        ("mine:crc32", "there is no exact algorithm 'crc32'"),
        ("mine:pdq", "there is no exact algorithm 'pdq'"),
    ],
)
def test_says_what_is_wrong_with_what_was_asked(asked: str, fault: str) -> None:
    with pytest.raises(UsageRefused, match=fault):
        chosen({"mine": [MD5], "no": ["word"]}, asked)


def test_refuses_a_column_of_other_digests_than_was_said() -> None:
    with pytest.raises(InputRefused, match="no sha256 digest stands in the first values"):
        chosen({"mine": [MD5]}, "mine:sha256")


def test_refuses_the_number_of_laion_with_the_reason() -> None:
    with pytest.raises(InputRefused, match="a hash of address and caption"):
        chosen({"hash": [1234567890123456789]}, "hash:md5", kind="BIGINT")
    assert chosen({"md5": [1]}, kind="BIGINT") == []


def test_a_column_is_named_once() -> None:
    with pytest.raises(UsageRefused, match="'mine' is named twice"):
        chosen({"mine": [MD5]}, "mine", "mine:md5")
    assert DigestColumn("mine", "md5").name == "mine"
