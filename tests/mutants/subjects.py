"""What is mutated, and which tests are asked: those that are about the file, and no others.

A test that compares a page with what the code writes would notice every change and judge none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.conftest import ROOT
from tests.mutants.mutant import mutants_of
from tests.mutants.of_python import changed_python
from tests.mutants.of_rules import changed_rule
from tests.mutants.of_sql import changed_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mutants.mutant import Mutant

_LEDGER = "tests/provenance/ledger"
_OF_A_RULE = tuple(
    f"tests/audit/rules/test_every_rule.py::{name}["
    for name in (
        "test_a_rule_spares_what_is_only_near", "test_a_rule_flags_what_it_is_about",
        "test_a_rule_cannot_tell_where_its_fact_is_missing",
        "test_a_rule_says_of_each_fact_what_it_says",
        "test_a_rule_has_the_level_that_its_facts_give_it",
        "test_a_rule_does_what_it_may_to_its_row_and_to_others",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A file and the tests that are asked of its mutants, by how their ids begin."""

    file: str
    tests: tuple[str, ...]

    @property
    def text(self) -> str:
        """The file as it is."""
        return (ROOT / self.file).read_text("utf-8")

    def mutants(self) -> Iterator[Mutant]:
        """Yield every mutant of the file."""
        change = changed_python if self.file.endswith(".py") else changed_sql
        if self.file.startswith("audit/rules/") and self.file.endswith(".sql"):
            change = changed_rule
        return mutants_of(self.file, self.text, change(self.text))


def _rules() -> Iterator[Part]:
    for path in sorted(ROOT.glob("audit/rules/*/*.sql")):
        name = path.stem.upper().replace("_", "-")
        yield Part(str(path.relative_to(ROOT)), tuple(f"{test}{name}" for test in _OF_A_RULE))


SUBJECTS: dict[str, tuple[Part, ...]] = {
    "canonical": (
        Part("provenance/urls.py", ("tests/provenance/test_urls.py",)),
        Part("provenance/suffixes.py", ("tests/provenance/test_suffixes.py",)),
        Part("provenance/robots_form.py", ("tests/provenance/test_robots_form.py",)),
    ),
    "verify": (
        Part("provenance/ledger/merkle.py", (f"{_LEDGER}/test_merkle.py",)),
        Part("provenance/ledger/checkpoint.py", (f"{_LEDGER}/test_checkpoint.py",)),
        Part("provenance/ledger/notes.py", (f"{_LEDGER}/test_notes.py",)),
        Part("provenance/ledger/octets.py", (f"{_LEDGER}/test_octets.py",)),
        Part("provenance/ledger/witnesses.py", (f"{_LEDGER}/test_witnesses.py",)),
        Part("provenance/ledger/verifying.py", (f"{_LEDGER}/test_verifying.py",)),
        Part("provenance/sql/ledger_altered.sql", (f"{_LEDGER}/test_verifying.py",)),
        Part("provenance/ledger/proving.py", (f"{_LEDGER}/test_proving.py",)),
        Part(
            "provenance/ledger/verify_proof.py",
            (f"{_LEDGER}/test_verify_proof.py", f"{_LEDGER}/test_proving.py"),
        ),
    ),
    "timeline": (
        Part("provenance/moments.py", ("tests/provenance/test_moments.py",)),
        Part("audit/declared_dates.py", ("tests/audit/test_declared_dates.py",)),
        Part("provenance/intake/intervals.py", ("tests/provenance/intake/test_intervals.py",)),
        Part("audit/sql/timing.sql", ("tests/audit/test_timing.py",)),
    ),
    "rules": (
        Part("audit/expressions.py", ("tests/audit/test_expressions.py",)),
        *_rules(),
    ),
}
