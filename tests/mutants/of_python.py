"""Mutants of Python: one node of a module changed at a time, by the kinds that mutmut has."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper, WhitespaceInclusivePositionProvider
from mutmut.mutation.mutators import mutation_operators

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT_ALONE = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)
_SENTENCE = re.compile(r"[fr]?[\"'].?.?[a-z][^A-Z]* ")
"""Words for people; SQL begins with a word in capitals."""

_DEPTHS = tuple("\n" + " " * 4 * depth for depth in range(6))
_ELSEWHERE = ('"utf-8"', 'newline=""')
"""What can be left out where UTF-8 and one sort of line ends are usual, and nowhere else."""


def changed_python(text: str) -> Iterator[str]:
    """Yield *text* with one change each: other operators, numbers, texts, arguments, values.

    Types, decorators, imports, docstrings and sentences stay; of a text there is one change.
    """
    wrapper = MetadataWrapper(cst.parse_module(text))
    places = wrapper.resolve(WhitespaceInclusivePositionProvider)
    begins = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
    nodes = _Nodes()
    wrapper.module.visit(nodes)
    for node in nodes.found:
        place = places[node]
        begin = begins[place.start.line - 1] + place.start.column
        end = begins[place.end.line - 1] + place.end.column
        plain = wrapper.module.code_for_node(node)
        indented = next(
            (one for one in _DEPTHS if plain.replace("\n", one) == text[begin:end]), "\n"
        )
        for other in _changes(node):
            said = wrapper.module.code_for_node(other).replace("\n", indented)
            if any(said.count(one) < plain.count(one) for one in _ELSEWHERE):
                continue
            yield f"{text[:begin]}{said}{text[end:]}"


def _changes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, change in mutation_operators:
        if isinstance(node, kind):
            found = list(change(node))
            yield from found[:1] if isinstance(node, cst.SimpleString) else found


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
