"""Which rows an entry of a list names: SQL agrees with the definition, vector by vector."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.store import writing
from tests.audit.world import World, at
from tests.thoroughness import times

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

WHEN = "2024-02-10T12:00:00Z"


def record(world: World, entries: list[dict[str, str]]) -> None:
    """Put *entries* into the store, each under its number as id."""
    with writing(world.store) as connection:
        connection.execute(
            "INSERT INTO submission VALUES (1, 'a/b', 1, ?, NULL, NULL, 'A', 'right_holder', 'x', 'plain',"
            " 'f', 'd', 'p', 'accepted')",
            [at("2024-01-01").replace(tzinfo=None)],
        )
        for number, entry in enumerate(entries):
            connection.execute(
                "INSERT INTO entry VALUES (1, ?, ?, '', ?, ?, ?, ?, '', '', '', NULL, [])",
                [
                    f"{number:05}",
                    number,
                    entry["scope"],
                    entry["host"],
                    entry["port"],
                    entry["path"],
                ],
            )


def test_every_match_vector_comes_out_as_expected(world: World, shared_data: Path) -> None:
    lines = (shared_data / "12-blocklists" / "vectors_match.jsonl").read_text("utf-8").splitlines()
    vectors = [json.loads(line) for line in lines]
    record(world, [vector["entry"] for vector in vectors])

    rows = world.audit(*((vector["url"], WHEN) for vector in vectors))

    wrong = [
        vector["id"]
        for number, (vector, row) in enumerate(zip(vectors, rows, strict=True))
        if (f"{number:05}" in row["entries"]) is not bool(vector["match"])
    ]
    assert wrong == []
    assert len(vectors) == 40


def test_a_prefix_ends_at_a_boundary(world: World) -> None:
    cases = [  # the path of the entry, that of the row, whether the row is listed
        ("/manga/", "/manga/1", True),
        ("/manga/", "/manga", False),
        ("/manga", "/manga", True),
        ("/manga", "/manga/1", True),
        ("/manga", "/manga?p=1", True),
        ("/manga", "/mangas", False),
        ("/~user/", "/%7Euser/x", True),
        ("/", "/", True),
    ]
    for number, (named, _, _) in enumerate(cases):
        world.listed("2024-01-01", scope="url_prefix", host=f"site{number}.example", path=named)

    rows = world.audit(
        *(
            (f"https://www.site{number}.example{path}", WHEN)
            for number, (_, path, _) in enumerate(cases)
        )
    )

    assert [row["listed"] for row in rows] == [matches for _, _, matches in cases]


def test_an_address_entry_names_its_own_port_only(world: World) -> None:
    world.listed("2024-01-01", scope="url", path="/a")

    rows = world.audit(
        ("https://site.example/a", WHEN),
        ("http://site.example:80/a#part", WHEN),
        ("https://site.example:8443/a", WHEN),
        ("https://site.example/a?x", WHEN),
    )

    assert [row["listed"] for row in rows] == [True, True, False, False]


def test_a_row_on_two_lists_was_known_since_the_earlier_notice(world: World) -> None:
    first = world.listed("2024-01-01", scope="url", path="/a")
    second = world.listed("2024-03-01")

    (row,) = world.audit(("https://site.example/a", WHEN))

    assert row["known"] == "before"
    assert row["entries"] == [second, first]


LABELS = st.sampled_from(["a", "b", "www", "site", "example"])


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=times(4),
    deadline=None,
)
@given(
    entries=st.lists(
        st.tuples(st.sampled_from(["domain", "host"]), st.lists(LABELS, min_size=2, max_size=4)),
        max_size=19,
    ),
    hosts=st.lists(st.lists(LABELS, min_size=2, max_size=5), min_size=20, max_size=60),
)
def test_domains_cover_what_lies_below_and_hosts_themselves_only(
    tmp_path_factory: pytest.TempPathFactory,
    entries: list[tuple[str, list[str]]],
    hosts: list[list[str]],
) -> None:
    world = World(tmp_path_factory.mktemp("world"))
    names = [(scope, ".".join([*labels, "com"])) for scope, labels in entries]
    record(world, [{"scope": s, "host": name, "port": "", "path": ""} for s, name in names])
    asked = [".".join([*labels, "com"]) for labels in hosts]

    rows = world.audit(*((f"https://{host}/", WHEN) for host in asked))

    for host, row in zip(asked, rows, strict=True):
        expected = [
            f"{number:05}"
            for number, (scope, name) in enumerate(names)
            if host == name or (scope == "domain" and host.endswith(f".{name}"))
        ]
        assert row["entries"] == expected[:20], host
