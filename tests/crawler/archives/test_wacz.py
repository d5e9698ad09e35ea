"""WACZ: WARC files in a zip, with what the zip says of them."""

from __future__ import annotations

import base64
import json
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from crawler.archives.imported import ImportedWarc, Importing
from crawler.archives.interpreting import Workers
from crawler.archives.warc import import_warc
from crawler.archives.windows import windows
from provenance.errors import InputRefused
from tests.crawler.archives.warcs import robots
from tests.provenance.stores import rows

if TYPE_CHECKING:
    from pathlib import Path

WARC = "archive/data.warc"


def wacz(path: Path, *, packed: int = zipfile.ZIP_STORED, **changes: Any) -> Path:
    """Write a WACZ with one WARC of two robots.txt; *changes* falsify it."""
    data = robots("a.example") + robots("b.example")
    digest = changes.get("digest", sha256(data).hexdigest())
    listing = changes.get("listing") or json.dumps(
        {"resources": [{"path": changes.get("named", WARC), "hash": f"sha256:{digest}"}]}
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(WARC, data, compress_type=packed)
        archive.writestr("datapackage.json", listing)
        if "signed" in changes:
            archive.writestr("datapackage-digest.json", json.dumps(changes["signed"](listing)))
    return path


def imported(store: Path, file: Path) -> ImportedWarc:
    with Workers(0) as workers:
        return import_warc(file, Importing(store), workers)


def test_evidence_is_named_by_its_place_in_the_zip(tmp_path: Path, store_path: Path) -> None:
    file = wacz(tmp_path / "a.wacz")

    done = imported(store_path, file)

    assert (done.captures, done.said) == (2, "not signed")
    for offset, length, digest in rows(
        store_path, "SELECT record_offset, record_length, sha256 FROM evidence"
    ):
        assert sha256(file.read_bytes()[offset : offset + length]).hexdigest() == digest


@pytest.mark.parametrize(
    ("changes", "fact"),
    [
        ({"digest": "0" * 64}, "archive/data.warc is not what its datapackage.json says"),
        ({"named": "archive/other"}, "archive/data.warc does not stand in its datapackage.json"),
        ({"packed": zipfile.ZIP_DEFLATED}, "archive/data.warc is packed again, so its records have no place in the file"),
        ({"listing": "[]"}, "its datapackage: "),
        ({"listing": "{}"}, "its datapackage.json lists no resources"),
        ({"listing": '{"resources": [1]}'}, "its datapackage.json lists a resource that is no object"),
    ],
)  # fmt: skip
def test_a_wacz_that_is_not_what_it_says_is_refused(
    tmp_path: Path, changes: dict[str, Any], fact: str
) -> None:
    file = wacz(tmp_path / "a.wacz", **changes)

    with pytest.raises(InputRefused) as refused:
        windows(file)

    assert refused.value.fact.startswith(fact)


def signed(
    listing: str, *, of: str = "", raw: bool = False, key: Any = None, shown: Any = None
) -> dict[str, Any]:
    digest = f"sha256:{sha256((of or listing).encode()).hexdigest()}"
    key = key or ec.generate_private_key(ec.SECP256R1())
    signature = key.sign(digest.encode(), ec.ECDSA(SHA256()))
    if raw:
        numbers = utils.decode_dss_signature(signature)
        signature = b"".join(number.to_bytes(32, "big") for number in numbers)
    public = (shown or key).public_key()
    spelt = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return {
        "hash": digest,
        "signedData": {
            "hash": digest,
            "signature": base64.b64encode(signature).decode(),
            "publicKey": base64.b64encode(spelt).decode(),
        },
    }


def other(listing: str) -> dict[str, Any]:
    return signed(listing, shown=ec.generate_private_key(ec.SECP256R1()))


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        (signed, "signed with a key of nobody in particular; when is not checked"),
        (lambda text: signed(text, raw=True), "signed with a key of nobody in particular; when is not checked"),
        (other, "WRONGLY SIGNED: not with the key that it brings along"),
        (lambda text: signed(text, of="{}"), "WRONGLY SIGNED: it speaks of another datapackage.json"),
        (lambda text: signed(text) | {"signedData": 1}, "not signed"),
        (lambda text: signed(text) | {"signedData": {"hash": signed(text)["hash"]}}, "WRONGLY SIGNED: it cannot be read ("),
    ],
)  # fmt: skip
def test_what_a_signature_is_worth_is_said(tmp_path: Path, sign: Any, said: str) -> None:
    assert windows(wacz(tmp_path / "a.wacz", signed=sign)).said.startswith(said)


@pytest.mark.parametrize(
    ("name", "captures", "said"),
    [
        ("valid_example_1.wacz", 1, "not signed"),
        ("valid_signed_example_1.wacz", 2, "signed by btrix-sign-test.webrecorder.net, certificate checked; its time 2022-01-18T19:00:12Z is not"),
        ("invalid_signed_example_1.wacz", 2, "WRONGLY SIGNED: the certificate of btrix-sign-test.webrecorder.net leads to no authority that this machine trusts"),
    ],
)  # fmt: skip
def test_real_files_are_what_is_known_of_them(
    shared_data: Path, store_path: Path, name: str, captures: int, said: str
) -> None:
    done = imported(store_path, shared_data / "07-warc" / name)

    assert (done.captures, done.said) == (captures, said)
