"""What can be declared, in which words, and that it comes back as it was written."""

from __future__ import annotations

import tomllib
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from audit.declaration import (
    Act,
    ActKind,
    Declaration,
    Inquiry,
    Purpose,
    Term,
    TermKind,
    Thresholds,
    read_declaration,
)
from audit.declaration_text import declaration_text
from audit.declared import Wrong, answerable, declaration_of
from audit.declared_said import said_of
from audit.init_command import init_declaration
from provenance.errors import UsageRefused

if TYPE_CHECKING:
    from pathlib import Path


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


FULL = Declaration(
    name='a "set"\x7f',
    version="3",
    purpose=Purpose.FINETUNE_GENERAL,
    purposes=(Purpose.PRETRAINING, Purpose.FINETUNE_GENERAL),
    signed="A. Person, 2026-01-05",
    agent="CCBot",
    copies=True,
    zone="Asia/Tokyo",
    acts=(
        Act(ActKind.CRAWL, moment("2024-02-01"), moment("2024-02-20"), precision="window"),
        Act(ActKind.DOWNLOAD, moment("2024-05-01"), moment("2024-05-02"), "img2dataset",
            every_row=True, precision="day"),
        Act(ActKind.RETENTION, moment("2024-09-01"), moment("2024-09-01")),
    ),
    facts={"circumvented": False, "method": "pages"},
    terms=(
        Term(TermKind.LICENCE, "contract 7", moment("2024-01-01"), None, ("press.example",),
             (Purpose.PRETRAINING,)),
        Term(TermKind.DATASET, "price list", None, moment("2025-01-01")),
        Term(TermKind.SALE, "annual report", moment("2023-03-01")),
        Term(TermKind.RESERVATION, "terms, section 4", moment("2023-06-01"), None, ("a.example",)),
    ),
    sources=(),
    shared_hosts=("drive.example",),
    caption_tokens=("sks style",),
    columns={"creator": "artist"},
    thresholds=Thresholds(repeats=3, site_rows=1000),
    inquiries=(Inquiry("removal", moment("2024-07-01"), moment("2024-07-20")),),
)  # fmt: skip


@pytest.mark.parametrize(
    "declared", [Declaration(), Declaration(zone="Asia/Tokyo", copies=False), FULL]
)
def test_a_declaration_comes_back_as_it_was_written(declared: Declaration) -> None:
    assert declaration_of(tomllib.loads(declaration_text(declared))) == declared
    assert declaration_of(said_of(declared)) == declared


def test_init_writes_a_file_that_declares_only_what_was_said(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("url,artist,TEXT\nhttps://a.example/,x,y\n", "utf-8")
    out = tmp_path / "dataset.toml"
    words = [str(rows), "--out", str(out), "--purpose", "analysis", "--timezone", "Asia/Tokyo"]

    result = CliRunner().invoke(init_declaration, words)

    assert result.exit_code == 0
    assert read_declaration(out) == Declaration(purpose=Purpose.ANALYSIS, zone="Asia/Tokyo")
    assert '# creator = "artist"' in out.read_text("utf-8")
    assert '# caption = "TEXT"' in out.read_text("utf-8")

    again = CliRunner().invoke(init_declaration, words)
    assert isinstance(again.exception, UsageRefused)


def test_every_line_of_the_file_can_be_taken_as_it_stands() -> None:
    """Its examples are declarations themselves, once the mark is taken away."""
    lines = declaration_text(Declaration()).splitlines()
    kept = [line[2:] if line.startswith("# ") and ("=" in line or "[[" in line) else line
            for line in lines if "`" not in line]  # fmt: skip

    declared = declaration_of(tomllib.loads("\n".join(kept)))

    assert set(declared.facts) == set(answerable())
    assert [str(act.kind) for act in declared.acts] == ["crawl", "download"]
    assert [term.name for term in declared.terms][:1] == ["contract 7"]


@pytest.mark.parametrize(
    ("said", "lo", "hi", "precision"),
    [
        ("2024-02-10", "2024-02-09T15:00:00", "2024-02-10T15:00:00", "day"),
        ("2024-02", "2024-01-31T15:00:00", "2024-02-29T15:00:00", "month"),
        ("2024-12", "2024-11-30T15:00:00", "2024-12-31T15:00:00", "month"),
        ("2024-02-10T12:00:00", "2024-02-10T03:00:00", "2024-02-10T03:00:00", "instant"),
        ("2024-02-10T12:00:00Z", "2024-02-10T12:00:00", "2024-02-10T12:00:00", "instant"),
    ],
)
def test_a_day_of_tokyo_is_a_day_of_tokyo(said: str, lo: str, hi: str, precision: str) -> None:
    declared = declaration_of(
        {"dataset": {"timezone": "Asia/Tokyo"}, "act": [{"kind": "crawl", "from": said}]}
    )

    (act,) = declared.acts
    assert (act.lo, act.hi, act.precision) == (moment(lo), moment(hi), precision)


def test_of_several_purposes_the_strictest_is_looked_at() -> None:
    said = {"dataset": {"purpose": ["pretraining", "finetune_reproduce"]}}

    declared = declaration_of(said)

    assert declared.purpose is Purpose.FINETUNE_REPRODUCE
    assert len(declared.purposes) == 2


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ({"facts": {"clean": True}}, "[facts] has 'clean'"),
        ({"facts": {"circumvented": "no"}}, "circumvented is neither true nor false"),
        ({"facts": {"method": "magic"}}, "method is none of pages, api, files"),
        ({"facts": {"robots_ai": False}}, "[facts] has 'robots_ai'"),
        ({"facts": {"licence": "held"}}, "[facts] has 'licence'"),
        ({"licence": [{"name": "x"}]}, "the licence 'x' has no `from`"),
        ({"licence": [{"from": "2024-01-01"}]}, "[[licence]] has no name"),
        ({"licence": {"name": "x"}}, "[[licence]] is not a list"),
        ({"offer": [{"kind": "gift", "name": "x"}]}, "offer kind 'gift' is none of dataset, api"),
        ({"sale": [{"name": "x", "from": "2024-02-01", "to": "2024-01-01"}]}, "ends before"),
        ({"sale": [{"name": "x", "from": "2024-01-01", "sites": ["a b"]}]}, "is no host name"),
        ({"columns": {"colour": "x"}}, "[columns] has 'colour'"),
        ({"thresholds": {"creator_share": 1.5}}, "creator_share is no number above 0"),
        ({"thresholds": {"repeats": float("nan")}}, "repeats is no number above 0"),
        ({"thresholds": {"repeats": True}}, "repeats is no number above 0"),
        ({"inquiry": [{"kind": "removal"}]}, "[[inquiry]] has no `received`"),
        ({"inquiry": [{"kind": "praise"}]}, "inquiry kind 'praise' is none of"),
        ({"dataset": {"sources": "c4"}}, "sources is not a list of texts"),
        ({"dataset": {"purpose": []}}, "purpose [] is none of"),
        ({"act": [{"kind": "crawl", "from": "2024-13"}]}, "is not a date such as"),
        ({"act": [{"kind": "crawl", "from": "2024", "every_row": 1}]}, "is not a date such as"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(said: dict[str, Any], fact: str) -> None:
    with pytest.raises(Wrong) as caught:
        declaration_of(said)

    assert fact in str(caught.value)
