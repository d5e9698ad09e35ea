"""Which rows of two audits are the same rows, and how they are laid side by side."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from audit.comparing.rows import lay_side_by_side
from audit.comparing.sides import Piece, Side, Stretch, aligned, read_side
from audit.folder import Done, Part
from provenance.errors import InputRefused


def side(*shards: tuple[int, tuple[Part, ...]], folder: Path = Path()) -> Side:
    """Return an audit whose shards begin at these rows of their first file and hold these parts."""
    done = tuple(
        Done("key", number, parts, first, sum(part.row_count for part in parts), 0, 0, {})
        for number, (first, parts) in enumerate(shards)
    )
    return Side(folder, {}, done, Path())


def part(file: str, rows: int, sha256: str = "") -> Part:
    return Part(file, sha256 or f"digest of {file}", 1, rows)


def test_a_file_of_other_octets_is_another_file_whatever_it_is_called() -> None:
    before = side((0, (part("a", 5), part("b", 3))))
    after = side((0, (part("a", 5, "other"), part("c", 3, "digest of b"))))

    stretches, gone, came = aligned(before, after)

    assert stretches == (Stretch("c", (0, 5), (0, 5), 3),)
    assert gone == (Piece("a", "digest of a", 0, 5, 0, 0),)
    assert came == (Piece("a", "other", 0, 5, 0, 0),)


def test_files_in_another_order_are_found_again() -> None:
    before = side((0, (part("a", 5), part("b", 3))))
    after = side((0, (part("b", 3), part("a", 5))))

    stretches, gone, came = aligned(before, after)

    assert stretches == (Stretch("a", (0, 0), (0, 3), 5), Stretch("b", (0, 5), (0, 0), 3))
    assert (gone, came) == ((), ())


def test_a_file_that_stands_twice_is_compared_twice_and_no_more() -> None:
    before = side((0, (part("a", 2, "same"), part("b", 2, "same"))))
    after = side((0, (part("a", 2, "same"),)))

    stretches, gone, _ = aligned(before, after)

    assert [one.count for one in stretches] == [2]
    assert gone == (Piece("b", "same", 0, 2, 0, 2),)


def test_a_file_with_other_rows_though_its_octets_are_the_same_was_read_otherwise() -> None:
    stretches, gone, came = aligned(side((0, (part("a", 5),))), side((0, (part("a", 4),))))

    assert stretches == ()
    assert (len(gone), len(came)) == (1, 1)


def test_a_file_that_was_cut_apart_otherwise_is_laid_side_by_side(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    before = side((0, (part("a", 10),)), folder=one)
    after = side((0, (part("a", 4),)), (4, (part("a", 6),)), folder=two)
    for folder, number, rows in ((one, 0, range(10)), (two, 0, range(4)), (two, 1, range(4, 10))):
        (folder / "verdicts").mkdir(parents=True, exist_ok=True)
        duckdb.execute(
            "COPY (SELECT unnest(?::INTEGER[]) AS state, NULL::INTEGER AS fact)"
            f" TO '{folder}/verdicts/{number:05d}.parquet'",
            [[row // 3 for row in rows]],
        )

    stretches, _, _ = aligned(before, after)
    with duckdb.connect() as connection:
        lay_side_by_side(connection, before, after, stretches)
        found = connection.execute(
            "SELECT before_state, after_shard, after_state, row_count, first_rows FROM pair ORDER BY ALL"
        ).fetchall()

    assert stretches == (Stretch("a", (0, 0), (0, 0), 4), Stretch("a", (0, 4), (1, 0), 6))
    assert found == [
        (0, 0, 0, 3, [0, 1, 2]),
        (1, 0, 1, 1, [3]),
        (1, 1, 1, 2, [4, 5]),
        (2, 1, 2, 3, [6, 7, 8]),
        (3, 1, 3, 1, [9]),
    ]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("[]", "no folder that a finished audit left"),
        ('{"shards": "x", "snapshot": {"file": "k", "sha256": ""}}', "no folder that a finished"),
        ('{"shards": 1, "snapshot": {"file": "k"}}', "no folder that a finished audit left"),
        ('{"shards": 1, "snapshot": {"file": "k", "sha256": ""}, "rules": [7]}', "no folder that"),
        (
            '{"shards": 1, "snapshot": {"file": "k", "sha256": ""}, "rules": [], "of_dataset": [7]}',
            "no folder that a finished audit left",
        ),
        (
            '{"shards": 1, "snapshot": {"file": "k", "sha256": ""}, "rules": [], "declaration": 7}',
            "its summary does not say 'declaration'",
        ),
    ],
)
def test_a_summary_that_is_none_of_ours_is_refused(
    tmp_path: Path, said: str, sentence: str
) -> None:
    (tmp_path / "summary.json").write_text(said, "utf-8")

    with pytest.raises(InputRefused, match=sentence):
        read_side(tmp_path)
