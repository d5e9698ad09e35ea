"""Mutants of Python: one node of a module changed at a time, by the kinds that mutmut has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst
import libcst.matchers as m
from mutmut.mutation.mutators import mutation_operators

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT_ALONE = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)
_SENTENCE = re.compile(r"[fr]?[\"'].?.?[a-z][^A-Z]* ")
"""Words for people; SQL begins with a word in capitals."""


def changed_python(text: str) -> Iterator[str]:
    """Yield *text* with one change each: other operators, numbers, texts, arguments, values.

    Types, decorators, imports, docstrings and sentences stay; of a text there is one change.
    """
    module = cst.parse_module(text)
    nodes = _Nodes()
    module.visit(nodes)
    for node in nodes.found:
        for kind, change in mutation_operators:
            if isinstance(node, kind):
                for other in list(change(node))[
                    : 1 if isinstance(node, cst.SimpleString) else None
                ]:
                    yield _replaced(module, node, other)


def _replaced(module: cst.Module, node: cst.CSTNode, other: cst.CSTNode) -> str:
    found = module.deep_replace(node, other)
    assert isinstance(found, cst.Module)
    return found.code


class _Nodes(cst.CSTVisitor):
    """Collect the nodes that may be changed, in the order of the text."""

    def __init__(self) -> None:
        self.found: list[cst.CSTNode] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, _LEFT_ALONE):
            return False
        if isinstance(node, cst.If) and m.matches(node.test, m.Name("TYPE_CHECKING")):
            return False
        if isinstance(node, cst.SimpleString) and _SENTENCE.match(node.value):
            return False
        self.found.append(node)
        return True
