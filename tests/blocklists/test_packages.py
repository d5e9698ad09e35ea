from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blocklists.check import check, read
from blocklists.refusals import ListRefused, Refusal

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 2, 3, 12, tzinfo=UTC)

# Where this project decides otherwise: the package's name -> its outcome and why. Nowhere so far.
DECIDED: dict[str, dict[str, Any]] = {}
ENTRIES = b"value\na.example\n"
MANIFEST: dict[str, Any] = {
    "schema": "provisor-blocklist/1",
    "list_id": "example-publisher/sites",
    "version": 1,
    "mode": "snapshot",
    "issued_at": "2026-02-03T10:00:00+09:00",
    "submitter": {
        "name": "Example Publisher KK",
        "role": "right_holder",
        "country": "JP",
        "email": "rights@publisher.example",
    },
    "basis": "right_holder_notice",
    "statements": {
        "good_faith": True,
        "accurate": True,
        "authorised": True,
        "signed_by": "Example Hanako",
        "signed_on": "2026-02-03",
    },
    "sensitivity": "public",
    "files": [
        {
            "path": "entries.csv",
            "kind": "entries",
            "sha256": hashlib.sha256(ENTRIES).hexdigest(),
        }
    ],
}


def package(folder: Path, **changes: object) -> Path:
    """Write a package whose manifest differs in *changes* from one that is right."""
    folder.mkdir(exist_ok=True)
    (folder / "entries.csv").write_bytes(ENTRIES)
    (folder / "manifest.json").write_text(json.dumps(MANIFEST | changes), "utf-8")
    return folder


def package_of(
    folder: Path,
    rows: bytes,
    *,
    name: str = "entries.csv",
    kind: str = "entries",
    **changes: object,
) -> Path:
    """Write a package of one table that holds *rows*."""
    file = {"path": name, "kind": kind, "sha256": hashlib.sha256(rows).hexdigest()}
    package(folder, files=[file], **changes)
    (folder / name).write_bytes(rows)
    return folder


def outcome(folder: Path) -> dict[str, Any]:
    """Return what a package gives, in the words of the expectations."""
    try:
        checked = check(folder, now=NOW)
    except ListRefused as refused:
        return {"fatal": refused.code, "said": str(refused)}
    return {
        "accepted": len(checked.entries) + len(checked.digests),
        "added": len(checked.entries) + len(checked.digests),
        "withdrawn": len(checked.withdrawn),
        "rejected": len(checked.refusals),
        "rows": {str(refusal.line): refusal.code for refusal in checked.refusals},
    }


def test_every_package_has_the_outcome_that_was_agreed(shared_data: Path) -> None:
    folders = sorted((shared_data / "12-blocklists" / "packages").iterdir())

    assert len(folders) == 23
    for folder in folders:
        expected = json.loads((folder / "expected.json").read_text("utf-8"))
        expected = DECIDED.get(folder.name, expected)
        found = outcome(folder)
        for words in ("hint", "line"):
            if words in expected:
                assert str(expected.pop(words)) in found["said"], folder.name
        expected.pop("now", None)
        assert {name: found.get(name) for name in expected} == expected, folder.name


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"schema": 1}, "F_SCHEMA_VERSION: manifest.json: schema is 1"),
        ({"list_id": "sites"}, "F_LIST_ID: manifest.json: list_id is 'sites'"),
        ({"list_id": "../a/b"}, "F_LIST_ID: manifest.json: list_id is '../a/b'"),
        (
            {"version": True},
            "F_VERSION: the version cannot be used: manifest.json: version is True",
        ),
        ({"version": 0}, "F_VERSION: the version cannot be used: manifest.json: version is 0"),
        ({"mode": "all"}, "F_MODE: manifest.json: mode is 'all'"),
        ({"mode": "delta"}, "F_MODE: manifest.json: mode is delta without previous_sha256"),
        ({"submitter": "me"}, "F_SUBMITTER: manifest.json: submitter: name is missing"),
        (
            {"submitter": {**MANIFEST["submitter"], "role": "fan"}},
            "F_SUBMITTER: manifest.json: submitter: role 'fan' is not one of right_holder, agent",
        ),
        (
            {"submitter": {**MANIFEST["submitter"], "country": "Japan"}},
            "F_SUBMITTER: manifest.json: submitter: country 'Japan' is not two letters such as JP",
        ),
        (
            {"submitter": {**MANIFEST["submitter"], "email": "me"}},
            "F_SUBMITTER: manifest.json: submitter: email 'me' is not a mail address",
        ),
        ({"basis": "hearsay"}, "F_BASIS: manifest.json: basis is 'hearsay'"),
        (
            {"basis": "court_order"},
            "F_BASIS: manifest.json: basis is 'court_order' without order_ref",
        ),
        ({"list_id": "../a"}, "F_LIST_ID: manifest.json: list_id is '../a'"),
        ({"list_id": "a/.."}, "F_LIST_ID: manifest.json: list_id is 'a/..'"),
        (
            {"statements": MANIFEST["statements"] | {"signed_on": "令和8年2月3日"}},
            "F_STATEMENT: manifest.json: statements: signed_on '令和8年2月3日' is no day",
        ),
        (
            {"defaults": {"scop": "url"}},
            "F_MANIFEST_JSON: manifest.json: defaults: the member 'scop' is not known",
        ),
        (
            {"defaults": {"scope": 1}},
            "F_MANIFEST_JSON: manifest.json: defaults: the member 'scope' is not text",
        ),
        ({"defaults": ["host"]}, "F_MANIFEST_JSON: manifest.json: defaults: not a JSON object"),
        ({"statements": {}}, "F_STATEMENT: manifest.json: statements: good_faith is missing"),
        ({"sensitivity": "secret"}, "F_SENSITIVITY: manifest.json: sensitivity is 'secret'"),
        ({"issued_at": "2026-02-03"}, "F_ISSUED_AT: manifest.json: issued_at is '2026-02-03'"),
        ({"issued_at": "2026-02-05T00:00:00Z"}, "F_ISSUED_AT: manifest.json: issued_at is 2026"),
        ({"issued_at": "0001-01-01T00:00:00+14:00"}, "F_ISSUED_AT: manifest.json: issued_at is"),
        ({"files": []}, "F_PATH: manifest.json: files: none"),
        (
            {"files": MANIFEST["files"] * 2},
            "F_PATH: manifest.json: files: their kinds are entries, entries",
        ),
    ],
)
def test_refuses_a_manifest_that_does_not_say_enough(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    found = outcome(package(tmp_path / "list", **changes))

    assert said in found["said"]


@pytest.mark.parametrize(
    "path",
    [
        "../entries.csv",
        "/etc/hostname",
        "..",
        ".hidden",
        "a/entries.csv",
        "a\\b",
        "link",
        "C:x",
        "",
    ],
)
def test_a_package_reads_nothing_outside_its_folder(tmp_path: Path, path: str) -> None:
    files = [MANIFEST["files"][0] | {"path": path}]
    folder = package(tmp_path / "list", files=files)
    (tmp_path / "entries.csv").write_bytes(ENTRIES)
    (folder / "link").symlink_to(tmp_path / "entries.csv")

    assert outcome(folder)["fatal"] == "F_PATH"


def test_a_public_list_copied_from_others_needs_no_statements(tmp_path: Path) -> None:
    folder = package(tmp_path / "list", basis="third_party_list", statements=None)

    assert outcome(folder)["accepted"] == 1


def test_the_manifest_says_who_hands_in_what(tmp_path: Path) -> None:
    folder = package(tmp_path / "list", defaults={"scope": "host", "category": "mirror_or_proxy"})

    checked = check(folder, now=NOW)

    assert checked.declared is not None
    assert checked.declared.submitter == "Example Publisher KK"
    assert checked.sha256 == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    entry = checked.entries[0]
    assert (entry.target.scope, entry.category) == ("host", "mirror_or_proxy")


def test_a_restricted_list_is_told_by_its_lines_alone(tmp_path: Path) -> None:
    folder = package_of(
        tmp_path / "list", b"value\na.example\nsecret.oniine\n", sensitivity="restricted"
    )

    checked = check(folder, now=NOW)

    assert [refusal.said for refusal in checked.refusals] == [
        "entries.csv, line 3: : Q_UNKNOWN_TLD: no such ending is known: ; check the spelling"
    ]


def test_of_a_restricted_list_without_a_header_the_first_entry_is_not_shown(tmp_path: Path) -> None:
    folder = package_of(
        tmp_path / "list", b"secret.example,domain\nb.example,domain\n", sensitivity="restricted"
    )

    with pytest.raises(ListRefused) as caught:
        check(folder, now=NOW)

    assert str(caught.value).endswith(
        "list/entries.csv, line 1: F_HEADER: the header cannot be used: what stands there is not "
        "shown; start with a header such as: value,scope,notice_date"
    )


def test_a_digest_in_a_cell_of_something_else_is_not_shown(tmp_path: Path) -> None:
    digest = "5d" * 15 + "ab"
    table = tmp_path / "hashes.csv"
    table.write_text(f"algo,hash,category\nmd5,{digest},{digest}\nmd5,{digest},robbery\n", "utf-8")

    checked = check(table, now=NOW)

    assert [refusal.said for refusal in checked.refusals] == [
        (
            f"line {line}: : E_CATEGORY: category {shown} does not exist; take one of those in the "
            "documentation, such as piracy_site, or leave it empty"
        )
        for line, shown in ((2, ""), (3, "robbery"))
    ]
    one_by_one = [one for one in read(table, now=NOW) if isinstance(one, Refusal)]
    assert [(one.text, one.what) for one in one_by_one] == [("", ""), ("", "robbery")]


def test_a_table_of_json_is_read_as_such(tmp_path: Path) -> None:
    folder = package_of(tmp_path / "list", b'{"value": "a.example"}\n', name="entries.jsonl")

    assert outcome(folder)["accepted"] == 1


def test_names_and_digests_come_together(tmp_path: Path) -> None:
    digests = f"algo,hash\nmd5,{'ab' * 15}cd\nmd5,short\n".encode()
    files = [
        MANIFEST["files"][0],
        {"path": "h.csv", "kind": "hashes", "sha256": hashlib.sha256(digests).hexdigest()},
    ]
    folder = package(tmp_path / "list", files=files, sensitivity="restricted")
    (folder / "h.csv").write_bytes(digests)

    checked = check(folder, now=NOW)

    assert (len(checked.entries), len(checked.digests)) == (1, 1)
    # Of a restricted list nothing is shown but the place.
    assert [refusal.said for refusal in checked.refusals] == [
        (
            "h.csv, line 3: : E_HASH_LENGTH: has the wrong length "
            "(md5: 5 instead of 32 characters); "
            "check the algorithm, and that no character is missing"
        )
    ]


def test_only_a_package_of_changes_withdraws(tmp_path: Path) -> None:
    rows = b"value,action\na.example,withdraw\nb.example,update\nc.example,add\n"

    whole = check(package_of(tmp_path / "whole", rows), now=NOW)
    changes = check(
        package_of(tmp_path / "changes", rows, mode="delta", previous_sha256="0" * 64), now=NOW
    )

    assert [(r.line, r.code, r.what) for r in whole.refusals] == [
        (2, "E_ACTION", "withdraw"),
        (3, "E_ACTION", "update"),
    ]
    assert [entry.target.host for entry in changes.entries] == ["b.example", "c.example"]
    assert [entry.line for entry in changes.withdrawn] == [2]


def test_what_a_package_adds_it_does_not_withdraw(tmp_path: Path) -> None:
    rows = (
        b"value,action\nmanga.jp,withdraw\nb.example,withdraw\nwww.manga.jp,add\n"
        b"b.example,update\nc.example,withdraw\nhttps://c.example/,add\n"
    )
    delta = {"mode": "delta", "previous_sha256": "0" * 64}

    plain = check(package_of(tmp_path / "plain", rows, **delta), now=NOW)
    hidden = check(
        package_of(tmp_path / "hidden", rows, sensitivity="restricted", **delta), now=NOW
    )

    assert plain.withdrawn == ()
    assert [(r.file, r.line, r.text, r.code) for r in plain.refusals] == [
        ("entries.csv", 2, "manga.jp", "E_WITHDRAW_ADDED"),
        ("entries.csv", 3, "b.example", "E_WITHDRAW_ADDED"),
        ("entries.csv", 6, "c.example", "E_WITHDRAW_ADDED"),
    ]
    assert [r.text for r in hidden.refusals] == ["", "", ""]


def test_a_page_is_added_and_its_site_withdrawn(tmp_path: Path) -> None:
    rows = b"value,action\na.example,withdraw\nhttps://a.example/page,add\n"

    checked = check(
        package_of(tmp_path / "list", rows, mode="delta", previous_sha256="0" * 64), now=NOW
    )

    assert ([one.line for one in checked.withdrawn], checked.refusals) == ([2], ())


def test_the_manifest_tells_the_submitters_own_hosts(tmp_path: Path) -> None:
    submitter = {**MANIFEST["submitter"], "url": "https://www.Press.example/about"}

    checked = check(package(tmp_path / "list", submitter=submitter), now=NOW)

    assert checked.declared is not None
    assert checked.declared.own_names == ("publisher.example", "www.press.example")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2)
    ),
    max_leaves=5,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None
)
@given(name=st.sampled_from(sorted(MANIFEST)), value=JSON)
def test_any_manifest_is_read_or_refused(tmp_path: Path, name: str, value: object) -> None:
    found = outcome(package(tmp_path / "list", **{name: value}))

    assert found.get("accepted") == 1 or found["fatal"].startswith("F_")
