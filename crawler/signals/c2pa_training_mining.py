"""C2PA and CAWG: whether the content credentials of a file let it be mined and trained on.

CAWG Training and Data Mining Assertion 1.1 (`cawg.training-mining`) and its ancestor of C2PA 1.x
(`c2pa.training-mining`). `constrained` without information on the constraint counts as not allowed.
A signer whom no list vouches for still makes a statement; credentials that do not fit the file are
no permission.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import crawler.media
from crawler.media.credentials import UnreadCredentialsError, manifest_store
from crawler.media.xmp import xmp
from crawler.signals import Page, Reader
from provenance.records import Signal, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASSERTION = re.compile(r"(?:cawg|c2pa)\.training-mining(?:\.v\d+)?(?:__\d+)?")
_ENTRY = re.compile(r"(?:cawg|c2pa)\.(\w+)")
_USAGES = {
    "data_mining": "mine",
    "ai_inference": "ai-input",
    "ai_training": "train",
    "ai_generative_training": "train-genai",
}
_USES = {"allowed": Value.ALLOW, "notAllowed": Value.DENY}
_STRICTEST = (Value.DENY, Value.CONDITIONAL, Value.ALLOW, Value.UNSPECIFIED)
_DUBLIN_CORE = "http://purl.org/dc/terms/"
_FITTING = ("Valid", "Trusted")
_UNTRUSTED = "signingCredential.untrusted"
_MAX_QUOTE = 300

# Signed by nobody known, as tests/crawler/media/signing.py does it.
_CANARY = Path(crawler.media.__path__[0]) / "c2pa_canary.png"


def read(page: Page) -> Iterator[Signal]:
    """Yield what the credentials of the file say of each use, or that they were not read.

    Those that stand elsewhere (C2PA 2.2, 11.4: `dcterms:provenance`) are told and not fetched.
    """
    try:
        store = manifest_store(page.body)
    except UnreadCredentialsError as error:
        yield _signal("train", Value.UNSPECIFIED, quote=str(error), finding="c2pa-not-read")
        return
    if store is not None:
        yield from statements(store)
        return
    found = xmp(page.body)
    for address in found.values(_DUBLIN_CORE, "provenance") if found else []:
        if address.startswith(("http://", "https://")):
            quote = f"dcterms:provenance: {address}"
            yield _signal("train", Value.UNSPECIFIED, quote=quote, finding="c2pa-remote-not-read")


def statements(store: dict[str, Any]) -> Iterator[Signal]:
    """Yield what the manifest *store* (C2PA reader JSON, or one manifest of it) says of each use.

    The active manifest speaks for the file. What manifests of its ingredients reserve is told, and
    says nothing of the whole.
    """
    active, others = _manifests(store)
    problems = _problems(store)
    invalid = _is_invalid(store, problems)
    conditions = "signer=untrusted" if _UNTRUSTED in problems else ""
    said = list(_entries(active))
    for usage in dict.fromkeys(usage for usage, *_ in said):
        ours = [one for one in said if one[0] == usage]
        _, value, terms, quote, finding = min(ours, key=lambda one: _STRICTEST.index(one[1]))
        if len({one[1] for one in ours}) > 1:
            finding = "contradiction"
        if invalid:  # the credentials are not those of this file: never a permission
            value = Value.UNSPECIFIED if value is Value.ALLOW else value
            finding = "c2pa-invalid"
        yield _signal(
            usage, value, quote=quote, finding=finding, offer=terms, conditions=conditions
        )
    if invalid and not said:
        quote = ", ".join(problems)
        yield _signal("train", Value.UNSPECIFIED, quote=quote, finding="c2pa-invalid")
    if any(value is Value.DENY for one in others for _, value, *_ in _entries(one)):
        yield _signal("train", Value.UNSPECIFIED, finding="ingredient-reserves")


def _manifests(store: dict[str, Any]) -> tuple[Any, list[Any]]:
    """Return the active manifest and the others."""
    manifests, active = store.get("manifests"), store.get("active_manifest")
    if not isinstance(manifests, dict):
        return store, []
    chosen = manifests.get(active) if isinstance(active, str) else None
    return chosen, [one for name, one in manifests.items() if name != active]


def _is_invalid(store: dict[str, Any], problems: list[str]) -> bool:
    state = store.get("validation_state")
    return state not in _FITTING if state else any(code != _UNTRUSTED for code in problems)


def _problems(store: dict[str, Any]) -> list[str]:
    """Return the codes of what did not validate (C2PA 2.2, section 15)."""
    statuses = store.get("validation_status")
    if not isinstance(statuses, list):
        return []
    codes = [one.get("code") for one in statuses if isinstance(one, dict)]
    return list(dict.fromkeys(code for code in codes if isinstance(code, str)))


def _entries(manifest: Any) -> Iterator[tuple[str, Value, str, str, str]]:
    """Yield usage, value, terms, quote and finding of each entry of each assertion."""
    assertions = manifest.get("assertions") if isinstance(manifest, dict) else None
    for assertion in assertions if isinstance(assertions, list) else []:
        label = assertion.get("label") if isinstance(assertion, dict) else None
        if not isinstance(label, str) or not _ASSERTION.fullmatch(label):
            continue
        data = assertion.get("data")
        entries = data.get("entries") if isinstance(data, dict) else None
        if not isinstance(entries, dict):
            yield "train", Value.UNSPECIFIED, "", label, "no-entries"
            continue
        for name, entry in entries.items():
            found = _ENTRY.fullmatch(name)
            if found and found[1] in _USAGES:
                value, terms, finding = _use(entry)
                use = entry.get("use") if isinstance(entry, dict) else entry
                quote = f"{label}: {name}: {use}"
                yield _USAGES[found[1]], value, terms, quote, finding


def _use(entry: Any) -> tuple[Value, str, str]:
    """Return value, terms and finding of one entry."""
    use = entry.get("use") if isinstance(entry, dict) else None
    if use == "constrained":
        # The text of the assertion says `constraints_info`, its schema `constraint_info`.
        terms = [entry.get(name) for name in ("constraints_info", "constraint_info")]
        told = next((one.strip() for one in terms if isinstance(one, str) and one.strip()), "")
        return (Value.CONDITIONAL, told, "") if told else (Value.DENY, "", "constraint-not-stated")
    value = _USES.get(use) if isinstance(use, str) else None
    return (value, "", "") if value else (Value.UNSPECIFIED, "", "unknown-value")


def _signal(
    usage: str,
    value: Value,
    *,
    quote: str = "",
    finding: str = "",
    offer: str = "",
    conditions: str = "",
) -> Signal:
    return Signal(
        kind="c2pa-training-mining",
        scope="asset",
        usage=usage,
        value=value,
        specific=value is not Value.UNSPECIFIED and usage != "mine",
        offer=offer[:_MAX_QUOTE],
        quote=quote[:_MAX_QUOTE],
        finding=finding,
        conditions=conditions,
    )


READER = Reader(
    "c2pa-training-mining",
    read,
    canary=Page("https://canary.example/i.png", media_type="image/png", body=_CANARY.read_bytes()),
)
