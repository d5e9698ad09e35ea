"""What lists say of a row beside its own address: of its digest, and of what it shows a copy of."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from audit.declaration import Act, ActKind
from provenance.store import writing
from tests.audit.world import ALLOW, BY_CCBOT, World, at

if TYPE_CHECKING:
    from collections.abc import Sequence

WHEN = "2024-02-10T12:00:00Z"
PAGE = "https://site.example/a"
COLUMNS = ("url", "collected_at", "digest")
BODY = b"a file that somebody listed"
OCTETS = {name: hashlib.new(name, BODY).digest() for name in ("md5", "sha1", "sha256", "sha512")}
OTHER = "0123456789abcdef" * 8
PDQ = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"


def spellings(octets: bytes, algorithm: str) -> list[str]:
    found = [octets.hex(), octets.hex().upper(), f"{algorithm}:{octets.hex()}"]
    found.append(base64.b64encode(octets).decode())
    if algorithm == "sha1":
        found += [base64.b32encode(octets).decode(), f"sha1:{base64.b32encode(octets).decode()}"]
    return found


def test_a_digest_is_found_in_every_spelling_that_rows_have_and_in_no_other_column(
    world: World,
) -> None:
    world.digests("2024-01-01", *OCTETS.items())
    rows: list[tuple[str | None, ...]] = []
    for nth, (name, octets) in enumerate(OCTETS.items()):
        last = "0" if octets.hex()[-1] != "0" else "1"
        texts = (octets.hex()[:-1] + last, OTHER[: 2 * len(octets)], *spellings(octets, name))
        rows += [(PAGE, WHEN, *((one if at == nth else None) for at in range(4))) for one in texts]
    rows.append((PAGE, WHEN, None, None, None, None))

    found = world.audit(*rows, columns=("url", "collected_at", *OCTETS))

    expected = [
        *([False] * 2 + [True] * 4), *([False] * 2 + [True] * 6), *([False] * 2 + [True] * 4),
        *([False] * 2 + [True] * 4), False,
    ]  # fmt: skip
    assert [row["listed"] for row in found] == expected


@pytest.mark.parametrize(
    ("received", "rules"),
    [("2024-01-01", ["PIR-01"]), ("2024-02-12", ["PIR-02"]), ("2024-12-01", ["PIR-03"])],
)
def test_the_clock_of_a_digest_is_that_of_its_receipt(
    world: World, received: str, rules: Sequence[str]
) -> None:
    start = datetime(2024, 6, 1)  # noqa: DTZ001
    declared = replace(BY_CCBOT, acts=(Act(ActKind.TRAINING, start, start),))
    world.robots("2024-02-10", ALLOW)
    (entry,) = world.digests(received, ("sha256", OCTETS["sha256"]))

    row, other = world.audit(
        (PAGE, WHEN, OCTETS["sha256"].hex()), (PAGE, WHEN, OTHER[:64]),
        columns=COLUMNS, declaration=declared,
    )  # fmt: skip

    assert (row["rules"], row["entries"]) == (rules, [entry])
    assert (other["rules"], other["entries"]) == (["ENJ-01"], [])


def test_address_and_digest_together_count_from_the_earlier_receipt(world: World) -> None:
    by_address = world.listed("2024-03-01", scope="url", path="/a")
    (by_digest,) = world.digests("2024-01-01", ("sha256", OCTETS["sha256"]))

    rows = world.audit(
        (PAGE, WHEN, OCTETS["sha256"].hex()), (PAGE, WHEN, OTHER[:64]),
        ("nonsense", WHEN, OCTETS["sha256"].hex()), ("https://new.example/", None, OCTETS["sha256"].hex()),
        columns=COLUMNS,
    )  # fmt: skip

    assert [(row["known"], row["entries"], row["readable"]) for row in rows] == [
        ("before", [by_address, by_digest], True),
        ("after", [by_address], True),
        ("before", [by_digest], False),
        (None, [by_digest], True),
    ]


def test_what_nobody_verified_is_told_and_what_was_withdrawn_in_error_does_not_count(
    world: World,
) -> None:
    world.digests("2024-01-01", ("sha256", OCTETS["sha256"]), status="received")
    (entry,) = world.digests("2024-01-01", ("md5", OCTETS["md5"]), list_id="holder/other")
    with writing(world.store) as connection:
        moment = at("2024-06-01").replace(tzinfo=None)
        connection.execute(
            "INSERT INTO entry_event VALUES ('e', ?, ?, 'holder/other', ?, '', 'withdrawn', 'error',"
            " 'Holder', '')",
            [moment, moment, entry],
        )

    (pending,) = world.audit((PAGE, WHEN, OCTETS["sha256"].hex()), columns=COLUMNS)
    (struck,) = world.audit((PAGE, WHEN, OCTETS["md5"].hex()), columns=COLUMNS)

    assert (pending["listed"], pending["unverified"]) == (False, True)
    assert (struck["listed"], struck["unverified"], struck["entries"]) == (False, False, [entry])


def test_a_picture_is_found_at_its_distance_and_only_where_that_was_asked_for(
    world: World,
) -> None:
    octets = bytes.fromhex(PDQ)
    number = int.from_bytes(octets, "big")
    at_31, at_32 = (f"{number ^ ((1 << bits) - 1):064x}" for bits in (31, 32))
    world.digests("2024-01-01", ("pdq", octets))

    rows = [(PAGE, WHEN, text) for text in (PDQ, at_31, at_32, "no digest")]

    asked = world.audit(*rows, columns=COLUMNS, pdq_column="digest")
    unasked = world.audit(*rows, columns=COLUMNS)

    assert [row["listed"] for row in asked] == [True, True, False, False]
    assert [row["listed"] for row in unasked] == [False] * 4


ARCHIVED = f"https://web.archive.org/web/2020/{PAGE}"


COPIES = [
    ("https://web.archive.org/about", ""),
    ("https://web.archive.org/web/2020/https://other.example/site.example", ""),
    ("https://notarchive.org/web/2020/https://site.example/", ""),
    ("https://shop.example/?u=https://site.example/a", ""),
    (ARCHIVED, "archive"),
    ("http://web.archive.org:80/web/2020id_/http://www.site.example/a", "archive"),
    ("https://archive.ph/2020.01.01-000000/https://site.example/a", "archive"),
    ("https://site-example.cdn.ampproject.org/c/s/site.example/a", "amp"),
    ("https://www.google.com/amp/s/site.example/a", "amp"),
    ("https://site-example.translate.goog/a?_x_tr_sl=en", "translate"),
    (f"https://web.archive.org/web/2020/{ARCHIVED}", "archive"),
]


def test_a_copy_of_a_listed_page_is_told_apart(world: World) -> None:
    entry = world.listed("2024-01-01")

    rows = world.audit(*((url, WHEN) for url, _ in COPIES))

    for (url, through), row in zip(COPIES, rows, strict=True):
        assert row["listed"] is False, url
        assert row["copy_listed"] is bool(through), url
        assert row["entries"] == ([f"{through}:{entry}"] if through else []), url
        assert ("PIR-13" in row["rules"], "PIR-01" in row["rules"]) == (bool(through), False), url


def test_an_entry_for_a_page_covers_copies_of_that_page_alone(world: World) -> None:
    world.listed("2024-01-01", scope="url", path="/a")

    rows = world.audit(
        (ARCHIVED, WHEN), (ARCHIVED.replace("site", "www.site"), WHEN), (f"{ARCHIVED}b", WHEN)
    )

    assert [row["copy_listed"] for row in rows] == [True, True, False]


def test_an_archive_that_is_listed_itself_matches_by_itself(world: World) -> None:
    world.listed("2024-01-01")
    world.listed("2024-03-01", host="web.archive.org")

    (row,) = world.audit((ARCHIVED, WHEN))

    assert (row["listed"], row["known"]) == (True, "after")
    assert (row["copy_listed"], row["copy_known"]) == (True, "before")


def test_a_short_address_of_an_archive_is_neither_yes_nor_no(world: World) -> None:
    (row,) = world.audit(("https://archive.ph/AbC12", WHEN))
    assert row["copy_listed"] is False  # nothing is listed, so it shows a copy of nothing listed

    world.listed("2024-01-01")
    (row,) = world.audit(("https://archive.ph/AbC12", WHEN))

    assert row["copy_listed"] is None
    assert "PIR-13" in row["untold"]
