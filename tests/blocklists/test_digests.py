from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocklists.codes import CODES
from blocklists.digests import ALGORITHMS, PDQ_DISTANCE, Digest, digest, pdq_distance
from blocklists.refusals import Refusal

BODY = b"a picture of some kind"
SHA1 = hashlib.sha1(BODY, usedforsecurity=False)
MD5 = hashlib.md5(BODY, usedforsecurity=False)
PDQ = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@pytest.mark.parametrize(
    ("algorithm", "text", "code"),
    [
        ("crc32", "00000000", "E_HASH_ALGO"),
        ("photodna", "ab", "E_HASH_ALGO"),
        ("", MD5.hexdigest(), "E_HASH_ALGO"),
        ("md5", "", "E_HASH_LENGTH"),
        ("md5", "abc", "E_HASH_LENGTH"),
        ("md5", SHA1.hexdigest(), "E_HASH_LENGTH"),
        ("sha256", SHA1.hexdigest(), "E_HASH_LENGTH"),
        ("sha256", base64.b32encode(SHA1.digest()).decode(), "E_HASH_LENGTH"),
        ("sha1", "z" + SHA1.hexdigest()[1:], "E_HASH_CHARS"),
        ("md5", "\uff41" * 32, "E_HASH_CHARS"),
        ("md5", "0x" + "a" * 30, "E_HASH_CHARS"),
        ("md5", "-4372827736277310234", "E_HASH_NUMBER"),
        ("sha256", "9223372036854775807", "E_HASH_NUMBER"),
        ("laion", "-12", "E_HASH_NUMBER"),
        ("md5", hashlib.md5(b"", usedforsecurity=False).hexdigest(), "E_HASH_TRIVIAL"),
        ("sha1", "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "E_HASH_TRIVIAL"),
        ("sha256", hashlib.sha256(b"").hexdigest(), "E_HASH_TRIVIAL"),
        ("sha512", hashlib.sha512(b"").hexdigest(), "E_HASH_TRIVIAL"),
        ("sha256", hashlib.sha256(b"\n").hexdigest(), "E_HASH_TRIVIAL"),
        ("sha256", hashlib.sha256(PIXEL).hexdigest(), "E_HASH_TRIVIAL"),
        ("md5", "0" * 32, "E_HASH_TRIVIAL"),
        ("sha1", "f" * 40, "E_HASH_TRIVIAL"),
        ("pdq", "0" * 64, "E_HASH_TRIVIAL"),
        ("pdq", "f" * 64, "E_HASH_TRIVIAL"),
    ],
)
def test_refuses_what_names_no_file_or_too_many(algorithm: str, text: str, code: str) -> None:
    found = digest(algorithm, text)

    assert isinstance(found, Refusal)
    assert found.code == code


@pytest.mark.parametrize("quality", ["49", "0", "101", "-1", "good", "8.5", "٨٠", "1000"])
def test_refuses_a_perceptual_digest_of_poor_quality(quality: str) -> None:
    assert digest("pdq", PDQ, quality=quality) == Refusal("E_HASH_QUALITY", quality)


@pytest.mark.parametrize(
    ("algorithm", "text", "expected"),
    [
        ("MD5", MD5.hexdigest(), Digest("md5", MD5.digest())),
        ("md5", base64.b64encode(MD5.digest()).decode(), Digest("md5", MD5.digest())),
        ("sha1", SHA1.hexdigest().upper(), Digest("sha1", SHA1.digest())),
        ("SHA-1", base64.b32encode(SHA1.digest()).decode(), Digest("sha1", SHA1.digest())),
        ("sha1", base64.b32encode(SHA1.digest()).decode().lower(), Digest("sha1", SHA1.digest())),
        ("sha256", f" {hashlib.sha256(BODY).hexdigest()} ", Digest("sha256", hashlib.sha256(BODY).digest())),
        ("sha512", hashlib.sha512(BODY).hexdigest(), Digest("sha512", hashlib.sha512(BODY).digest())),
        ("pdq", PDQ.upper(), Digest("pdq", bytes.fromhex(PDQ))),
    ],
)  # fmt: skip
def test_takes_each_spelling_for_the_same_octets(
    algorithm: str, text: str, expected: Digest
) -> None:
    assert digest(algorithm, text) == expected


def test_keeps_the_quality_of_a_perceptual_digest_alone() -> None:
    assert digest("pdq", PDQ, quality="50") == Digest("pdq", bytes.fromhex(PDQ), 50)
    assert digest("md5", MD5.hexdigest(), quality="3") == Digest("md5", MD5.digest())


def test_spells_a_sha1_as_common_crawl_does() -> None:
    assert Digest("sha1", hashlib.sha1(b"", usedforsecurity=False).digest()).base32 == (
        "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
    )
    assert Digest("md5", MD5.digest()).base32 == ""


def test_the_same_digest_has_the_same_id_on_any_list() -> None:
    # printf 'v1|hash|md5|0000000000000000000000000000000a' | sha256sum
    assert Digest("md5", bytes([*[0] * 15, 10])).entry_id == (
        hashlib.sha256(b"v1|hash|md5|0000000000000000000000000000000a").hexdigest()
    )


def test_counts_the_bits_in_which_two_pictures_differ() -> None:
    one = bytes.fromhex(PDQ)
    other = bytes([one[0] ^ 0b1011, *one[1:]])

    assert pdq_distance(one, one) == 0
    assert pdq_distance(one, other) == 3
    assert PDQ_DISTANCE == 31


@given(
    algorithm=st.one_of(st.sampled_from(sorted(ALGORITHMS)), st.text(max_size=8)),
    text=st.one_of(st.text(max_size=130), st.from_regex(r"[0-9a-fA-F]{32,128}", fullmatch=True)),
    quality=st.text(max_size=4),
)
def test_any_text_is_a_digest_or_refused_with_a_known_code(
    algorithm: str, text: str, quality: str
) -> None:
    found = digest(algorithm, text, quality=quality)

    if isinstance(found, Digest):
        assert len(found.octets) == ALGORITHMS[found.algorithm]
        assert digest(found.algorithm, found.octets.hex()) == Digest(found.algorithm, found.octets)
    else:
        assert found.code in CODES
