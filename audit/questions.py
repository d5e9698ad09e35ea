"""The question of a user: what is declared, which rules are asked, which sealed lists heeded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.laws import heeding
from provenance.defaults import AUDIT_MEMORY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from audit.rules import Rule
    from audit.settings import Question
    from provenance.workplace import Room


def question_of(
    declaration: Path | None,
    asked: Sequence[Rule],
    store: Path,
    memory: Room | str = AUDIT_MEMORY,
) -> Question:
    """Return the question, with the sealed lists that lie beside *store*.

    Args:
        declaration: a dataset.toml; None: nothing is declared.
        asked: the rules; those about sealed lists are added where there are any.
        store: what is known.
        memory: how much each process may take.

    Raises:
        InputRefused: the declaration or a sealed list is none.
    """
    from audit.declaration import Declaration, read_declaration
    from audit.settings import Question
    from provenance.sealed import sealed_beside

    declared = read_declaration(declaration) if declaration else Declaration()
    sealed = sealed_beside(store)
    return Question(declared, heeding(asked, sealed), memory=memory, sealed=sealed)
