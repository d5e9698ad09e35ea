"""Reports: each makes one file out of a summary, and out of what is asked of it besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from audit.sources import Sources
    from audit.summary import Summary


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a report besides the summary."""

    language: str = "en"
    """`en` or `ja`; forms for programs hold both, or codes."""
    before: Summary | None = None
    """An earlier audit to compare with."""
    sources: Sources | None = None
    """What the rows come from, for forms that count it."""
    sme: bool = False
    """The provider is a small or medium-sized enterprise."""


PLAIN = Asked()

Octets = TypeVar("Octets", str, bytes, covariant=True)


class Render(Protocol[Octets]):
    """Make the file; the same summary, asked the same, always gives the same octets."""

    def __call__(self, summary: Summary, asked: Asked = ..., /) -> Octets: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Report(Generic[Octets]):
    """One report form."""

    name: str
    file_name: str
    """What it is called in the output folder; empty: it is only printed."""
    render: Render[Octets]
    always: bool = False
    """Written by every audit; others where they are asked for."""
    binary: bool = False
    """No text."""
    counts_sources: bool = False
    """It asks for `Asked.sources`."""
    public: bool = False
    """Made to be published: it is given no host or list named, and no samples (TRN-10)."""
