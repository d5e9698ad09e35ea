"""Receipts and answers, told in the same words by pages, downloads and the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal import forms

if TYPE_CHECKING:
    from portal.shelf import Receipt


def receipt_told(kept: Receipt, code: str = "") -> dict[str, Any]:
    """Return a receipt as plain data: what is downloaded, and what the API gives."""
    return receipt_form(kept, code=code).model_dump(mode="json")


def receipt_form(kept: Receipt, code: str = "") -> forms.Receipt:
    """Return a receipt as the API gives it."""
    came, said = kept.outcome or {}, kept.message.said
    detail = came.get("detail", {})
    decided = (kept.decision or {}).get("note", "")
    return forms.Receipt(
        id=kept.message.id,
        kind=kept.message.kind,
        received_at=kept.message.received_at,
        sha256=kept.message.sha256,
        list_id=said.get("list_id", ""),
        file_sha256=said.get("file_sha256", ""),
        state=kept.state,
        said=detail.get("said", "") or decided,
        said_ja=detail.get("said_ja", "") or detail.get("said", "") or decided,
        already=detail.get("already", False),
        held=detail.get("held", False),
        change=detail.get("change", ""),
        quarantined=detail.get("quarantined", 0),
        version=detail.get("version"),
        entries=detail.get("entries"),
        ledger=(
            forms.Ledger(leaf=came["leaf"], **came["ledger"])
            if came.get("leaf") is not None
            else None
        ),
        code=code,
    )


def answer_form(kept: Receipt) -> forms.Answer:
    """Return a question and its answer as the API gives them."""
    came = kept.outcome
    if came is None:
        return forms.Answer(id=kept.message.id, state="waiting")
    return forms.Answer(
        id=kept.message.id, state="answered", refused=came.get("refused", ""),
        refused_ja=came.get("refused_ja", "") or came.get("refused", ""),
        lines=came.get("lines", {}).get("en", []), told=came.get("told"),
    )  # fmt: skip
