from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from blocklists.receipts import Receipt, receipts
from blocklists.refusals import ListRefused
from blocklists.submit import submit
from provenance.errors import InputRefused, UsageRefused
from provenance.listing import listed_hosts
from provenance.store import reading
from provenance.suffixes import suffix_list
from tests.blocklists.test_packages import package

if TYPE_CHECKING:
    from pathlib import Path

FIRST = datetime(2026, 2, 3, 21, tzinfo=timezone(timedelta(hours=9)))
LATER = FIRST + timedelta(days=40)
# As the store holds times: UTC, without a zone.
NOON, NEW_YEAR, JUNE = (
    datetime(*parts, tzinfo=UTC).replace(tzinfo=None)
    for parts in ((2026, 2, 3, 12), (2025, 1, 1, 0), (2025, 6, 1, 0))
)
NAMED = {"list_id": "example-publisher/sites", "submitter": "Example Publisher KK"}


def write(folder: Path, *lines: str, name: str = "sites.txt") -> Path:
    path = folder / name
    path.write_text("\n".join(lines), "utf-8")
    return path


def hand_in(store: Path, path: Path, *, at: datetime = FIRST, **terms: Any) -> Receipt:
    return submit(store, path, clock=lambda: at, **{**NAMED, **terms})


def rows(store: Path, table: str) -> list[tuple[Any, ...]]:
    with reading(store) as connection:
        return connection.execute(f"FROM {table} ORDER BY ALL").fetchall()


def test_stores_who_handed_in_what_and_when_it_came(store_path: Path, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "value,scope,category,work,right_holder,notice_date",
        "https://a.example:8443/dir/,,piracy_site,Work,Holder,2020-01-15",
        "www.example.com,,,,,",
        name="sites.csv",
    )

    receipt = hand_in(
        store_path,
        path,
        role="right_holder",
        basis="court_order",
        issued_at=NEW_YEAR.replace(tzinfo=UTC),
        published_at=JUNE.replace(tzinfo=UTC),
    )

    assert receipt == Receipt(
        submission_id=1,
        list_id="example-publisher/sites",
        version=1,
        received_at=FIRST,
        submitter="Example Publisher KK",
        role="right_holder",
        basis="court_order",
        format="csv",
        file_name="sites.csv",
        file_sha256=receipt.file_sha256,
        status="accepted",
        entries=2,
    )
    assert rows(store_path, "submission") == [
        (1, "example-publisher/sites", 1, NOON, NEW_YEAR, JUNE,
         "Example Publisher KK", "right_holder", "court_order", "csv", "sites.csv",
         receipt.file_sha256, suffix_list().sha256, "accepted"),
    ]  # fmt: skip
    assert [(row[0], *row[2:]) for row in rows(store_path, "entry")] == [
        (1, 3, "www.example.com", "domain", "example.com", "", "", "", "", "", None, ["W_WWW"]),
        (1, 2, "https://a.example:8443/dir/", "url_prefix", "a.example", "8443", "/dir/",
         "piracy_site", "Work", "Holder", date(2020, 1, 15), []),
    ]  # fmt: skip


def test_one_refused_line_keeps_the_whole_list_out(store_path: Path, tmp_path: Path) -> None:
    path = write(tmp_path, "a.example", "co.jp", "b.example")

    with pytest.raises(ListRefused) as caught:
        hand_in(store_path, path)

    assert str(caught.value) == (
        f"{path}: F_LINES: lines are refused (1 of 3), so nothing was stored; "
        "mend these lines, or leave them out with --skip-refused\n"
        "line 2: co.jp: E_PUBLIC_SUFFIX: co.jp is a registry's suffix: "
        "it would cover every site below it; name the site"
    )
    assert not store_path.exists()


def test_refused_lines_are_left_out_when_that_is_asked_for(
    store_path: Path, tmp_path: Path
) -> None:
    receipt = hand_in(store_path, write(tmp_path, "a.example", "co.jp"), skip_refused=True)

    assert (receipt.entries, receipt.refused) == (1, 1)
    assert [row[3] for row in rows(store_path, "entry")] == ["a.example"]


def test_a_list_of_which_nothing_is_left_is_not_received(store_path: Path, tmp_path: Path) -> None:
    with pytest.raises(ListRefused) as caught:
        hand_in(store_path, write(tmp_path, "co.jp"), skip_refused=True)

    assert caught.value.code == "F_EMPTY"


def test_handing_in_the_same_file_again_does_not_reset_the_notice_date(
    store_path: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, "a.example")
    first = hand_in(store_path, path)

    again = hand_in(store_path, path, at=LATER)

    assert again.already
    assert (again.submission_id, again.received_at) == (first.submission_id, FIRST)
    assert len(rows(store_path, "submission")) == len(rows(store_path, "entry")) == 1


def test_the_same_file_under_another_list_id_is_another_list(
    store_path: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, "a.example")
    hand_in(store_path, path)

    other = hand_in(store_path, path, list_id="other/sites", at=LATER)

    assert (other.submission_id, other.version, other.received_at) == (2, 1, LATER)


def test_a_list_that_was_verified_is_known_since_it_first_came(
    store_path: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, "a.example")
    hand_in(store_path, path, status="received")
    with reading(store_path) as connection:
        assert listed_hosts(connection, ["a.example"]) == {}

    verified = hand_in(store_path, path, at=LATER)
    again = hand_in(store_path, path, at=LATER, status="received")

    assert (verified.status, verified.version, verified.received_at) == ("accepted", 1, FIRST)
    assert (again.already, again.status) == (True, "accepted")
    with reading(store_path) as connection:
        (listing,) = listed_hosts(connection, ["www.a.example"])["www.a.example"]
        assert listing.received_at == FIRST.astimezone(UTC).replace(tzinfo=None)
        assert [one.status for one in receipts(connection)] == ["received", "accepted"]


def test_versions_rise(store_path: Path, tmp_path: Path) -> None:
    versions = [
        hand_in(store_path, write(tmp_path, f"{name}.example"), version=version).version
        for name, version in (("a", None), ("b", None), ("c", 7), ("d", None))
    ]

    with pytest.raises(ListRefused) as caught:
        hand_in(store_path, write(tmp_path, "e.example"), version=8)

    assert versions == [1, 2, 7, 8]
    assert str(caught.value) == (
        "example-publisher/sites: F_VERSION: the version cannot be used: version 8 does not rise: "
        "version 8 was received on 2026-02-03; raise the version number, or leave it out"
    )
    assert len(rows(store_path, "submission")) == 4


@pytest.mark.parametrize(
    ("terms", "fact"),
    [
        ({"list_id": ""}, "list id '' is not owner/slug"),
        ({"list_id": "Sites"}, "list id 'Sites' is not owner/slug"),
        ({"submitter": " "}, "the submitter is not named"),
        ({"role": "fan"}, "there is no role 'fan'"),
        ({"basis": "hearsay"}, "there is no basis 'hearsay'"),
        ({"status": "maybe"}, "there is no status 'maybe'"),
        ({"published_at": LATER}, "published on 2026-03-15, which has not come yet"),
    ],
)
def test_what_is_said_of_a_list_has_to_be_known(
    store_path: Path, tmp_path: Path, terms: dict[str, Any], fact: str
) -> None:
    with pytest.raises(UsageRefused) as caught:
        hand_in(store_path, write(tmp_path, "a.example"), **terms)

    assert caught.value.fact == fact
    assert not store_path.exists()


def test_claims_the_least_for_a_list_of_which_nothing_is_said(
    store_path: Path, tmp_path: Path
) -> None:
    receipt = hand_in(store_path, write(tmp_path, "a.example"))

    assert (receipt.role, receipt.basis) == ("list_maintainer", "third_party_list")


def test_a_package_says_all_by_itself(store_path: Path, tmp_path: Path) -> None:
    folder = package(tmp_path / "handed-in", version=3)

    receipt = submit(store_path, folder, clock=lambda: FIRST)

    assert (receipt.list_id, receipt.version, receipt.format, receipt.file_name) == (
        "example-publisher/sites", 3, "package", "handed-in",
    )  # fmt: skip
    issued_at = rows(store_path, "submission")[0][4]
    assert issued_at == FIRST.astimezone(UTC).replace(hour=1, tzinfo=None)


def test_a_package_is_not_contradicted(store_path: Path, tmp_path: Path) -> None:
    folder = package(tmp_path / "handed-in")

    with pytest.raises(UsageRefused) as caught:
        submit(store_path, folder, list_id="other/sites", clock=lambda: FIRST)

    assert str(caught.value) == (
        f"{folder}: the manifest says list_id example-publisher/sites; leave --list-id out"
    )


@pytest.mark.parametrize("version", [0, -1, 2**40])
def test_a_version_that_is_no_count_leaves_nothing_behind(
    store_path: Path, tmp_path: Path, version: int
) -> None:
    path = write(tmp_path, "a.example")
    hand_in(store_path, path)

    with pytest.raises(InputRefused):
        hand_in(store_path, write(tmp_path, "b.example"), version=version)

    assert len(rows(store_path, "submission")) == len(rows(store_path, "entry")) == 1


def test_a_clock_without_a_zone_is_a_defect(store_path: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a time without a zone"):
        hand_in(store_path, write(tmp_path, "a.example"), at=datetime(2026, 2, 3))  # noqa: DTZ001
