from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blocklists.check import check, read
from blocklists.formats import formats
from blocklists.refusals import ListRefused
from provenance.show import show

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 2, 3, 12, tzinfo=UTC)
PARTS = (
    "value", "algo,hash", "a.example", '"', ",", ";", "\t", "0.0.0.0 ", "||", "^", "$all", "@@", "#",
    "\n", "\r", "x y", "*.", "address=/", "/", "local-zone: ", " CNAME .", "$ORIGIN ", "{", "}", ":",
)  # fmt: skip
# Where this project decides otherwise than facts.json.
DECIDED = {
    # A name and its wildcard are read together as the whole site: 1,273 targets in 2,546 lines.
    "lists/made/piracy.rpz.zone": {"unique_entries": 1273},
}


def write(folder: Path, *lines: str) -> Path:
    path = folder / "list.txt"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_every_real_list_gives_what_was_counted_in_it(shared_data: Path) -> None:
    folder = shared_data / "12-blocklists"
    facts = json.loads((folder / "facts.json").read_text("utf-8"))

    assert len(facts) == 18
    for name, agreed in facts.items():
        fact = agreed | DECIDED.get(name, {})
        checked = check(folder / name, now=NOW)
        codes = Counter(refusal.code for refusal in checked.refusals)
        warnings = Counter(code for entry in checked.entries for code in entry.warnings)
        for code in ("W_DUPLICATE", "W_REDUNDANT"):  # not in the counts: they tell of the whole
            warnings.pop(code, None)
        lines = {**codes, "entry": len(checked.entries), **checked.skipped}
        assert lines == fact["counts"], name
        assert checked.targets == fact["unique_entries"], name
        assert warnings == fact["warnings"], name
        for code, examples in fact["examples"].items():
            refused = [[r.line, r.text] for r in checked.refusals if r.code == code]
            assert refused[: len(examples)] == examples, name


def test_all_forms_of_one_list_give_the_same_names(shared_data: Path) -> None:
    lists = shared_data / "12-blocklists" / "lists"
    forms = {
        path.name: check(path, now=NOW)
        for folder in ("blocklistproject", "made")
        for path in sorted((lists / folder).iterdir())
        if path.name.startswith("piracy.") and path.name != "piracy.hosts.txt"
    }
    listed = forms["piracy.domains.txt"].ids

    assert len(forms) == 6
    # Those made here had www. taken off of every name, also where it is not a site's own.
    for name, form in forms.items():
        if name.startswith(("piracy.rpz", "piracy.unbound", "piracy.wildcard")):
            made = {e.target.host for e in form.entries}
            folded = {
                e.target.host.removeprefix("www.") for e in forms["piracy.domains.txt"].entries
            }
            assert made == folded, name
        else:
            assert form.ids == listed, name


def test_the_same_names_stand_in_a_list_and_its_hosts_file(shared_data: Path) -> None:
    folder = shared_data / "12-blocklists" / "lists" / "blocklistproject"
    names = check(folder / "piracy.domains.txt", now=NOW).entries
    hosts = check(folder / "piracy.hosts.txt", now=NOW).entries

    assert [entry.raw for entry in names] == [entry.raw for entry in hosts]
    assert {e.target.host for e in names} == {
        e.target.host.removeprefix("www.") if "W_WWW" in n.warnings else e.target.host
        for n, e in zip(names, hosts, strict=True)
    }


def test_the_versions_of_a_real_list_differ_as_was_counted(shared_data: Path) -> None:
    folder = shared_data / "12-blocklists" / "versions"
    one, two, three = (
        check(folder / f"nextdns-streaming-video.v{number}.txt", now=NOW).ids
        for number in (1, 2, 3)
    )

    # The line that left after the first is its title, which never was an entry.
    assert (len(two - one), len(one - two)) == (304, 0)
    assert (len(three - two), len(two - three)) == (136, 22)


def test_order_spelling_and_format_do_not_matter(tmp_path: Path) -> None:
    names = write(tmp_path, "# monday", "a.example", "www.Example.com")
    before = check(names, now=NOW).ids
    rules = write(tmp_path, "||example.com^", "||a.example^", "! tuesday")

    assert check(rules, now=NOW).ids == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(order=st.permutations(range(8)))
def test_lines_give_the_same_targets_in_any_order(tmp_path: Path, order: list[int]) -> None:
    lines = (
        "a.example CNAME .", "*.a.example CNAME .", "b.example CNAME .", "*.c.example CNAME .",
        "www.example.com CNAME .", "*.www.example.com CNAME .", "; c", "d.example A 192.0.2.1",
    )  # fmt: skip
    in_order = check(write(tmp_path, *lines), format_name="rpz", now=NOW)
    shuffled = check(write(tmp_path, *(lines[n] for n in order)), format_name="rpz", now=NOW)

    assert shuffled.ids == in_order.ids
    assert {r.code for r in shuffled.refusals} == {"E_RPZ_ACTION"}


def test_reading_gives_each_line_as_it_comes(tmp_path: Path) -> None:
    path = write(tmp_path, "# c", "co.jp", "a.example", "a.example")

    found = list(read(path, format_name="plain", now=NOW))

    assert [type(one).__name__ for one in found] == ["Skip", "Refusal", "Entry", "Entry"]
    assert [one.line for one in found] == [1, 2, 3, 4]


@pytest.mark.parametrize("lines", [(), ("# a",), ("localhost",)])
def test_a_list_that_lists_nothing_is_refused(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(ListRefused) as caught:
        check(write(tmp_path, *lines), now=NOW)

    assert caught.value.code == "F_EMPTY"


def test_a_list_of_twenty_that_is_mostly_wrong_is_another_kind_of_file(tmp_path: Path) -> None:
    half = write(tmp_path, *["com"] * 10, *["a.example"] * 10)
    assert len(check(half, now=NOW).refusals) == 10

    most = write(tmp_path, *["com"] * 11, *["a.example"] * 9)
    with pytest.raises(ListRefused) as caught:
        check(most, now=NOW)

    assert str(caught.value).splitlines()[:2] == [
        (
            f"{most}: F_ERROR_RATE: over half of the lines would be refused (read as plain, "
            "11 of 20); check that it is the right file, and name its format with --format"
        ),
        (
            "line 1: com: E_SINGLE_LABEL: a name without a dot; "
            "write the whole name, such as site.example"
        ),
    ]


def test_a_short_list_may_be_all_wrong_and_is_told_line_by_line(tmp_path: Path) -> None:
    checked = check(write(tmp_path, "co.jp", "", "192.0.2.1"), now=NOW)

    assert [(refusal.line, refusal.code) for refusal in checked.refusals] == [
        (1, "E_PUBLIC_SUFFIX"),
        (3, "E_IP_SPECIAL"),
    ]


def test_the_later_of_two_lines_for_one_target_says_so(tmp_path: Path) -> None:
    checked = check(write(tmp_path, "www.example.com", "example.com", "m.example.com"), now=NOW)

    assert [entry.warnings for entry in checked.entries] == [
        ("W_WWW",),
        ("W_DUPLICATE",),
        ("W_REDUNDANT",),
    ]
    assert checked.targets == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(str.encode),
        st.lists(st.sampled_from(PARTS)).map(lambda parts: "".join(parts).encode()),
    ),
    format_name=st.sampled_from([None, *sorted(formats())]),
    encoding=st.sampled_from(["utf-8", "cp932", "utf-16"]),
)
def test_any_file_is_read_or_refused(
    tmp_path: Path, content: bytes, format_name: str | None, encoding: str
) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)

    try:
        checked = check(path, format_name=format_name, encoding=encoding, now=NOW)
    except ListRefused as refused:
        said = str(refused)
    else:
        said = "".join(refusal.said for refusal in checked.refusals)

    assert show(said.replace("\n", ""), len(said)) == said.replace("\n", "")
