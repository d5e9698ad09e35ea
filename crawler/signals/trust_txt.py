"""trust.txt: `datatrainingallowed=no` in /trust.txt or /.well-known/trust.txt.

JournalList's trust.txt (draft-org-trust-relationship-protocol-00, expired): lines of `name=value`,
`#` begins a comment. The other names say who belongs to whom and nothing about use.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.signals import Page, Reader
from crawler.wellknown import file_text, is_file_of
from provenance.records import Probe, Signal, Strength, Value

if TYPE_CHECKING:
    from collections.abc import Iterator


_KIND = "trust-txt"
_NAME = "datatrainingallowed"
_NAMES = frozenset({
    _NAME, "member", "belongto", "control", "controlledby", "social", "vendor", "customer",
    "disclosure", "contact",
})  # fmt: skip
_VALUES = {"yes": Value.ALLOW, "no": Value.DENY}
_LINE_END = re.compile(r"\r\n|\r|\n")
_MAX_QUOTE = 300


def read(page: Page) -> Iterator[Signal]:
    """Yield what the file says of training, or why it is no trust.txt."""
    if not is_file_of(_KIND, page):
        return
    text, finding = file_text(page)
    if finding:
        yield _signal(Value.UNSPECIFIED, "", finding)
        return
    values, names, bare = {}, set(), False
    for line in _LINE_END.split(text):
        written = line.partition("#")[0]
        name, sign, value = written.partition("=")
        if name.strip().lower() == _NAME and sign:
            values[value.strip().lower()] = line.strip()
        names |= {name.strip().lower()} if sign else set()
        bare = bare or bool(written.strip())
    if bare and names.isdisjoint(_NAMES):  # some text, but none that trust.txt knows
        yield _signal(Value.UNSPECIFIED, "", "soft-404")
    for value, quote in values.items():
        known = _VALUES.get(value, Value.UNSPECIFIED)
        yield _signal(known, quote, "" if value in _VALUES else "invalid-value")


def _signal(value: Value, quote: str, finding: str) -> Signal:
    return Signal(
        kind=_KIND,
        scope="site",
        usage="train",
        value=value,
        strength=Strength.CONVENTION,
        specific=value is not Value.UNSPECIFIED,
        quote=quote[:_MAX_QUOTE],
        finding=finding,
    )


READER = Reader(
    _KIND,
    read,
    canary=Page(
        "https://canary.example/trust.txt", body=b"datatrainingallowed=no\n", probe=Probe.FILE
    ),
)
