"""Content credentials on training and mining: the mapping, the files, and files that are not read."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from crawler.media import credentials
from crawler.pages import page_signals
from crawler.signals.c2pa_training_mining import statements
from provenance.records import Signal, Value
from tests.crawler.media.signing import chunk, png, signed
from tests.crawler.signals.files import served

if TYPE_CHECKING:
    from pathlib import Path

NO = {"use": "notAllowed"}
YES = {"use": "allowed"}


def manifest(entries: Any, label: str = "cawg.training-mining") -> dict[str, Any]:
    return {"assertions": [{"label": label, "data": {"entries": entries}}]}


def said(store: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one.usage, str(one.value), one.finding) for one in statements(store)]


def read(body: bytes) -> list[tuple[str, str, str, str]]:
    found = page_signals(served(body, "image/png"))
    return [
        (s.usage, str(s.value), s.conditions, s.finding) for s in found if s.kind.startswith("c2pa")
    ]


@pytest.mark.parametrize(
    "store",
    [
        {},
        {"assertions": None},
        {"assertions": [None, {"label": 1}, {"label": "c2pa.actions", "data": {"entries": {"c2pa.ai_training": NO}}}]},
        manifest({"cawg.ai_training": NO}, "cawg.training-mining-else"),
        manifest({"other.ai_training": NO, "cawg.ai_dreaming": NO, "ai_training": NO}),
        {"active_manifest": "b", "manifests": {"a": manifest({"cawg.ai_training": YES})}},
    ],
)  # fmt: skip
def test_this_says_nothing(store: dict[str, Any]) -> None:
    assert said(store) == []


@pytest.mark.parametrize(
    ("entry", "value", "finding"),
    [
        (YES, "allow", ""),
        (NO, "deny", ""),
        ({"use": "constrained"}, "deny", "constraint-not-stated"),
        ({"use": "constrained", "constraint_info": " "}, "deny", "constraint-not-stated"),
        ({"use": "constrained", "constraint_info": "https://site.example/l"}, "conditional", ""),
        ({"use": "constrained", "constraints_info": "https://site.example/l"}, "conditional", ""),
        ({"use": "Allowed"}, "unspecified", "unknown-value"),
        ({"use": None}, "unspecified", "unknown-value"),
        ({}, "unspecified", "unknown-value"),
        ("allowed", "unspecified", "unknown-value"),
    ],
)
def test_only_what_the_assertion_knows_permits(entry: Any, value: str, finding: str) -> None:
    assert said(manifest({"cawg.ai_generative_training": entry})) == [
        ("train-genai", value, finding)
    ]


@pytest.mark.parametrize(
    "label",
    ["c2pa.training-mining", "cawg.training-mining", "cawg.training-mining.v2", "cawg.training-mining__1"],
)  # fmt: skip
def test_each_entry_speaks_of_its_use(label: str) -> None:
    entries = {
        "c2pa.data_mining": NO,
        "cawg.ai_inference": NO,
        "cawg.ai_training": YES,
        "cawg.ai_generative_training": NO,
    }

    assert said(manifest(entries, label)) == [
        ("mine", "deny", ""),
        ("ai-input", "deny", ""),
        ("train", "allow", ""),
        ("train-genai", "deny", ""),
    ]


def test_of_two_assertions_the_stricter_holds() -> None:
    both = manifest({"c2pa.ai_training": YES}, "c2pa.training-mining")
    both["assertions"] += manifest({"cawg.ai_training": NO})["assertions"]

    assert said(both) == [("train", "deny", "contradiction")]


def test_credentials_that_do_not_fit_the_file_permit_nothing() -> None:
    store = {
        "active_manifest": "a",
        "manifests": {"a": manifest({"cawg.ai_training": YES, "cawg.data_mining": NO})},
        "validation_state": "Invalid",
        "validation_status": [{"code": "assertion.dataHash.mismatch"}],
    }

    assert said(store) == [
        ("train", "unspecified", "c2pa-invalid"),
        ("mine", "deny", "c2pa-invalid"),
    ]


def test_what_an_ingredient_reserves_is_told_and_says_nothing_of_the_whole() -> None:
    store = {
        "active_manifest": "a",
        "manifests": {"a": {"assertions": []}, "b": manifest({"c2pa.ai_training": NO})},
    }

    assert said(store) == [("train", "unspecified", "ingredient-reserves")]


def test_the_four_real_files_are_read_as_described(shared_data: Path) -> None:
    folder = shared_data / "06-c2pa"
    found = {
        file.name: read(file.read_bytes())
        for file in folder.iterdir()
        if file.suffix in {".jpg", ".png"}
    }
    denied = ("deny", "signer=untrusted", "")

    assert found == {
        "invalid-manifest_XCA.jpg": [("train", "unspecified", "", "c2pa-invalid")],
        "no-manifest_A.jpg": [],
        "no-training-assertion_C.jpg": [],
        "training-mining_all-notAllowed_datadiligence.png": [
            ("train-genai", *denied),
            ("ai-input", *denied),
            ("train", *denied),
            ("mine", *denied),
        ],
    }


def test_the_label_of_cawg_is_read_from_a_signed_file() -> None:
    picture = signed("cawg.training-mining", {"entries": {"cawg.ai_training": NO}})

    assert page_signals(served(picture, "image/png")) == (
        Signal(
            kind="c2pa-training-mining",
            scope="asset",
            usage="train",
            value=Value.DENY,
            specific=True,
            quote="cawg.training-mining: cawg.ai_training: notAllowed",
            conditions="signer=untrusted",
        ),
    )


def test_a_file_that_was_changed_after_it_was_signed_permits_nothing() -> None:
    picture = signed("cawg.training-mining", {"entries": {"cawg.ai_training": YES}})
    pixels = picture.rfind(b"IDAT") + 6

    changed = picture[:pixels] + bytes([picture[pixels] ^ 1]) + picture[pixels + 1 :]

    assert read(picture) == [("train", "allow", "signer=untrusted", "")]
    assert read(changed) == [("train", "unspecified", "signer=untrusted", "c2pa-invalid")]


def test_a_file_with_credentials_that_cannot_be_read_is_said_to_be_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    picture = signed("cawg.training-mining", {"entries": {"cawg.ai_training": YES}})
    unread = [("train", "unspecified", "", "c2pa-not-read")]

    assert read(picture[:900]) == unread
    monkeypatch.setattr(credentials, "_library", lambda: None)
    assert read(picture) == unread
    assert read(png()) == []


def test_nothing_outside_of_the_file_is_asked_for() -> None:
    asked = list[str]()

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Listening) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        remote = f"http://127.0.0.1:{server.server_port}/manifest.c2pa"
        picture = linked(remote)
        found = page_signals(served(picture, "image/png"))
        server.shutdown()

    assert asked == []
    assert [signal.finding for signal in found] == ["c2pa-remote-not-read"]


def linked(remote: str) -> bytes:
    """A picture that only names where its manifest stands."""
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf='
        '"http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
        f' xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="{remote}"/>'
        "</rdf:RDF></x:xmpmeta>"
    )
    return png(chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + packet.encode()))
