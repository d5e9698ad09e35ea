"""What a list of digests would name in a dataset; of one that is to be sealed only numbers."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from blocklists.commands import blocklist
from blocklists.digests import Digest
from blocklists.preview import Preview, Reach, preview
from blocklists.refusals import ListRefused
from blocklists.targets import Target, target
from provenance.errors import InputRefused
from tests.blocklists.test_packages import package_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BODY = b"a file that somebody listed"
MD5, SHA1, SHA256, SHA512 = (
    Digest(name, hashlib.new(name, BODY).digest()) for name in ("md5", "sha1", "sha256", "sha512")
)
PDQ = Digest(
    "pdq", bytes.fromhex("f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22")
)
OTHER = hashlib.sha256(b"another").hexdigest()


def manifest(folder: Path, columns: str, *rows: Sequence[str]) -> Path:
    path = folder / "rows.csv"
    lines = [columns, *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def told(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(blocklist, ["preview", *map(str, words)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_counts_rows_and_hosts_of_each_digest_in_every_spelling(tmp_path: Path) -> None:
    base32 = base64.b32encode(SHA1.octets).decode()
    rows = manifest(
        tmp_path, "url,sha256,content_digest,image_md5,content_sha512",
        ("https://a.example/1", SHA256.octets.hex().upper(), "", "", ""),
        ("https://a.example/1", "", f"sha1:{base32}", "", ""),
        ("https://b.example:8443/2", "", base32.lower(), "", SHA512.octets.hex()),
        ("HTTPS://x@C.example/3", "", "", base64.b64encode(MD5.octets).decode(), ""),
        ("no address", SHA256.octets.hex(), "", "", ""),
        ("https://d.example/", OTHER, base32[::-1], OTHER[:32], OTHER * 2),
    )  # fmt: skip

    found = preview([], rows, digests=[MD5, SHA1, SHA256, SHA512, SHA256])

    assert found == Preview(
        rows=6, named=5, unreadable=0,
        reaches=tuple(sorted(
            (
                Reach(SHA1.entry_id, f"sha1 digest {SHA1.entry_id[:12]}", 2, 2,
                      ("https://a.example/1", "https://b.example:8443/2"), True),
                Reach(SHA256.entry_id, f"sha256 digest {SHA256.entry_id[:12]}", 2, 1,
                      ("https://a.example/1", "no address"), True),
                Reach(MD5.entry_id, f"md5 digest {MD5.entry_id[:12]}", 1, 1,
                      ("HTTPS://x@C.example/3",), True),
                Reach(SHA512.entry_id, f"sha512 digest {SHA512.entry_id[:12]}", 1, 1,
                      ("https://b.example:8443/2",), True),
            ),
            key=lambda one: (-one.rows, one.entry_id),
        )),
    )  # fmt: skip


def test_a_row_that_address_and_digest_name_counts_once(tmp_path: Path) -> None:
    rows = manifest(
        tmp_path, "url,sha256",
        ("https://a.example/1", SHA256.octets.hex()), ("https://a.example/2", OTHER),
        ("https://b.example/", SHA256.octets.hex()), ("https://c.example/", OTHER),
    )  # fmt: skip
    site = target("a.example")
    assert isinstance(site, Target)

    found = preview([site], rows, digests=[SHA256], row_numbers=2)

    assert (found.named, found.row_numbers) == (3, (0, 1))
    assert {(one.digest, one.rows) for one in found.reaches} == {(False, 2), (True, 2)}


def test_a_digest_for_which_there_is_no_column_is_not_compared_and_not_clean(
    tmp_path: Path,
) -> None:
    rows = manifest(tmp_path, "url,sha256", ("https://a.example/1", OTHER))

    found = preview([], rows, digests=[SHA256, MD5, PDQ])

    assert (found.named, found.uncompared) == (0, 2)
    assert preview([], rows, digests=[MD5], digest_columns=["none"]).uncompared == 1


def test_pictures_are_compared_by_distance_where_a_column_was_named(tmp_path: Path) -> None:
    number = int.from_bytes(PDQ.octets, "big")
    at_31, at_32 = (f"{number ^ ((1 << bits) - 1):064x}" for bits in (31, 32))
    rows = manifest(
        tmp_path, "url,phash",
        ("https://a.example/32", at_32), ("https://a.example/none", "no digest"),
        ("https://a.example/31", at_31.upper()), ("https://b.example/0", PDQ.octets.hex()),
    )  # fmt: skip

    found = preview([], rows, digests=[PDQ], pdq_column="phash")

    assert [(one.rows, one.hosts, one.samples) for one in found.reaches] == [
        (2, 2, ("https://a.example/31", "https://b.example/0"))
    ]


@pytest.mark.parametrize(
    ("rows", "hosts", "digest", "placeholder"),
    [(100, 21, True, False), (101, 20, True, False), (5000, 3000, False, False),
     (101, 21, True, True)],
)  # fmt: skip
def test_a_digest_of_many_rows_and_hosts_is_hardly_that_of_a_work(
    rows: int, hosts: int, *, digest: bool, placeholder: bool
) -> None:
    assert Reach("id", "x", rows, hosts, (), digest).is_placeholder is placeholder


def test_the_command_tells_what_was_not_compared_and_what_looks_like_a_placeholder(
    tmp_path: Path,
) -> None:
    body = [
        (f"https://h{number % 25}.example/{number}", SHA256.octets.hex()) for number in range(125)
    ]
    rows = manifest(tmp_path, "url,sha256", *body)
    listed = tmp_path / "hashes.csv"
    listed.write_text(
        f"algo,hash\nsha256,{SHA256.octets.hex()}\nmd5,{MD5.octets.hex()}\nmd5,{'0' * 32}\n"
    )

    code, text = told(listed, "--manifest", rows)

    assert (code, text) == (0, (
        "125 of 125 rows named, by 1 of 2 entries\n"
        "not compared: 1 digest without a column; name one with --digest-column"
        " or --pdq-column\n"
        "refused: 1 line; see `provisor blocklist check`\n"
        f"{'ENTRY':26}  ROWS  HOSTS{'':16}FOR INSTANCE\n"
        f"sha256 digest {SHA256.entry_id[:12]}  125   25     placeholder?  https://h0.example/0\n"
    ))  # fmt: skip


def test_a_preview_of_a_list_to_be_sealed_tells_numbers_alone(tmp_path: Path) -> None:
    rows = manifest(
        tmp_path, "url,sha256",
        ("https://zqone.example/1", OTHER), ("https://ok.example/2", SHA256.octets.hex()),
        ("https://ok.example/3", OTHER), ("https://sub.zqone.example/4", OTHER),
    )  # fmt: skip
    names = tmp_path / "names.txt"
    names.write_text("zqone.example\nno name zq\nzqtwo.example\n")
    files = tmp_path / "files.csv"
    files.write_text(f"algo,hash,category\nsha256,{SHA256.octets.hex()},other_illegal\n")

    said = [
        told(names, "--manifest", rows, "--sealed", "--format", "plain"),
        told(names, "--manifest", rows, "--sealed", "--format", "plain", "--json"),
        told(files, "--manifest", rows, "--sealed"),
    ]

    assert said[0] == (0, (
        "2 of 4 rows named, by 1 of 2 entries\n"
        "refused: 1 line; see `provisor blocklist check`\n"
        "rows 0, 3 (counted from 0)\n"
        "ENTRY   ROWS  HOSTS\n"
        "line 1  2     2      wide\n"
    ))  # fmt: skip
    assert json.loads(said[1][1]) == {
        "rows": 4, "named": 2, "unreadable": 0, "uncompared": 0, "row_numbers": [0, 3],
        "refused": 1,
        "reaches": [{"line": 1, "rows": 2, "hosts": 2, "wide": True, "placeholder": False}],
    }  # fmt: skip
    assert "rows 1 (counted from 0)" in said[2][1]
    for _, text in said:
        assert not any(word in text for word in ("zq", "ok.example", SHA256.octets.hex()[:12]))
    with pytest.raises(ListRefused, match="have to be kept apart"):
        told(files, "--manifest", rows)
    with pytest.raises(InputRefused, match=r"^the list: it cannot be read \(F_FILE\)"):
        told(tmp_path / "zqgone", "--manifest", rows, "--sealed")


def test_a_preview_of_a_restricted_list_shows_no_address(tmp_path: Path) -> None:
    rows = manifest(tmp_path, "url", ("https://zqone.example/1",))
    folder = package_of(tmp_path / "list", b"value\nzqone.example\n", sensitivity="restricted")

    text, as_json = (told(folder, "--manifest", rows, *more)[1] for more in ((), ("--json",)))

    assert "restricted " in text
    assert "zq" not in text + as_json
