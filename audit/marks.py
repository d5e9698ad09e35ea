"""What is told of rows beyond their host and time: by terms, by other entries, by their columns.

A mark is one such set of facts. A row's facts and its mark together are what rules are asked about,
each distinct pair once. Where nothing of the kind is declared or received, nothing is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.corpora import NAMED
from audit.declaration import ActKind, TermKind
from audit.facts import FACTS
from audit.statements import run
from provenance.rows import insert_rows
from provenance.statements import statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from audit.declaration import Declaration
    from audit.settings import Question

_LATER = frozenset({ActKind.TRAINING, ActKind.RELEASE})
_MORE = (
    "SELECT count(*) > 0 FROM list_entry WHERE counts = 'yes' AND (role = 'authority' OR"
    " basis IN ('court_order', 'administrative_order') OR status = 'disputed'"
    " OR ended_at IS NOT NULL)"
)
"""Whether a list tells more than the core of facts holds."""

NAMES_CREATOR = (
    "(length(trim({creator}::VARCHAR)) > 2 AND contains(lower({caption}::VARCHAR),"
    " lower(trim({creator}::VARCHAR)))) OR len(list_filter(getvariable('caption_tokens'),"
    " lambda token: contains(lower({caption}::VARCHAR), token))) > 0"
)
"""Whether a caption names its creator or a token that is looked for."""

_TOLD = {
    "licence": "held(terms.licences, m.lo, m.hi)",
    "licence_lapses": "lapses(terms.licences, m.lo, m.hi, getvariable('later_acts'))",
    "dataset_offer": "offered(terms.datasets, m.lo, m.hi, getvariable('market_searched'))",
    "api_offer": "offered(terms.apis, m.lo, m.hi, getvariable('market_searched'))",
    "sold_before": "sold(terms.sales, m.lo, getvariable('market_searched'))",
    "reserved_in_words": "in_words(terms.reservations, m.lo, m.hi, getvariable('terms_read'))",
    "shared_host": "coalesce(terms.shared, getvariable('any_shared'))",
    "named_corpus": "getvariable('named_corpus')",
    "authority_listed": "CASE WHEN entry.decided_at IS NULL THEN FALSE"
    " ELSE entry.decided_at <= greatest(m.lo, m.hi) END",
    "ended_before": "CASE WHEN entry.ended_at IS NULL THEN FALSE ELSE entry.ended_at <= m.lo END",
    "disputed": "coalesce(entry.disputed, FALSE)",
    "listed_by_page": "page_named.row IS NOT NULL",
    "small_set": "getvariable('small_set')",
    "bulk": "coalesce(terms.bulk, getvariable('bulk'))",
}
_BY_COLUMN = {
    "creator_known": ("creator", "coalesce(trim({}), '') <> ''"),
    "concentrated": ("creator", "coalesce({} IN (SELECT unnest(getvariable('creators'))), FALSE)"),
    "of_one_person": ("person", "coalesce({} IN (SELECT unnest(getvariable('persons'))), FALSE)"),
    "generated": ("generated", "said_so({})"),
    "sexual": ("sexual", "flagged({})"),
    "acquired": ("acquisition", "coalesce(trim({}), '') <> ''"),
    "licence_open": ("licence", "licence_class({})"),
}
"""Facts by a column of the manifest, as it is called in `declared.COLUMNS`."""

_OF_CORPUS = (
    f"coalesce(CASE WHEN trim({{0}}) <> '' THEN regexp_matches(lower({{0}}), '{NAMED}') END,"
    " getvariable('named_corpus'))"
)
_REPEATED = {
    "digest": "coalesce({} IN (SELECT unnest(getvariable('digests'))), FALSE)",
    "repeats": "coalesce(try_cast({} AS DOUBLE) >= getvariable('repeats'), FALSE)",
}


def column(name: str) -> str:
    """Return by which name the column *name* is read beside address and date."""
    return f"c_{name}"


def declare_terms(connection: duckdb.DuckDBPyConnection, question: Question) -> None:
    """Set what the statements of marks ask for by name."""
    declared, found = question.declaration, question.survey
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE term (kind VARCHAR, site VARCHAR, lo TIMESTAMP, hi TIMESTAMP)"
    )
    purposes = set(declared.purposes or (declared.purpose,))
    rows = [
        (str(term.kind), site, term.lo, term.hi)
        for term in declared.terms
        if term.kind is not TermKind.LICENCE or not term.purposes or purposes <= set(term.purposes)
        for site in term.sites or ("",)
    ]
    rows += [("bulk", site, None, None) for site in (found.sites if found else ())]
    rows += [("shared", host, None, None) for host in declared.shared_hosts]
    insert_rows(connection, "term", rows)
    later = [{"lo": act.lo, "hi": act.hi} for act in declared.acts if act.kind in _LATER]
    limits = declared.thresholds
    values: dict[str, tuple[str, object]] = {
        "later_acts": ("STRUCT(lo TIMESTAMP, hi TIMESTAMP)[]", later),
        "caption_tokens": ("VARCHAR[]", [token.lower() for token in declared.caption_tokens]),
        "any_shared": ("BOOLEAN", False if declared.shared_hosts else None),
        "repeats": ("DOUBLE", limits.repeats),
        "small_set": ("BOOLEAN", found.rows <= limits.small_rows if found else None),
        "bulk": ("BOOLEAN", False if found and limits.site_rows else None),
        "captions_named": ("BOOLEAN", found.captioned >= limits.caption_share if found else None),
        "creators": ("VARCHAR[]", list(found.creators) if found else []),
        "persons": ("VARCHAR[]", list(found.persons) if found else []),
        "digests": ("VARCHAR[]", list(found.digests) if found else []),
    }
    for name, (kind, value) in values.items():
        connection.execute(f"SET VARIABLE {name} = ?::{kind}", [value])


def add_marks(connection: duckdb.DuckDBPyConnection, question: Question) -> None:
    """Give rows their marks, where there is anything to tell; run after `judged` was made."""
    run(connection, "marks/macros")
    connection.execute(_filled("marks/default", {}))
    declared = question.declaration
    columns = _at_hand(connection, declared)
    everywhere = any(not term.sites for term in declared.terms)
    every_row = bool(columns) or everywhere or bool(declared.accesses)
    ((entries,),) = connection.execute(_MORE).fetchall()
    ((terms,),) = connection.execute("SELECT count(*) > 0 FROM term").fetchall()
    if not (every_row or entries or terms):
        return
    run(connection, "marks/00_hosts")
    only = "TRUE" if every_row else (
        "judged.host_id IN (SELECT host_id FROM host_term UNION SELECT host_id FROM host_entry)"
    )  # fmt: skip
    connection.execute(_filled("marks/01_marks", columns).replace("{only}", only))


def _at_hand(connection: duckdb.DuckDBPyConnection, declared: Declaration) -> dict[str, str]:
    """Return the declared columns that the rows at hand have; batches of a pipeline have none."""
    if not declared.columns:
        return {}
    names = {row[0] for row in connection.execute("DESCRIBE dated").fetchall()}
    return {name: f"m.{column(name)}" for name in declared.columns if column(name) in names}


def _by_columns(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the SQL of the facts that *columns* tell."""
    told = {
        fact: sql.format(columns[name])
        for fact, (name, sql) in _BY_COLUMN.items()
        if name in columns
    }
    if "source" in columns:
        told["named_corpus"] = _OF_CORPUS.replace("{0}", columns["source"])
    if "caption" in columns:
        named = NAMES_CREATOR.format(
            caption=columns["caption"], creator=columns.get("creator", "NULL")
        )
        told["creator_named"] = f"getvariable('captions_named') AND coalesce({named}, FALSE)"
    if seen := [sql.format(columns[name]) for name, sql in _REPEATED.items() if name in columns]:
        told["repeated"] = " OR ".join(seen)
    return told


def _filled(name: str, columns: Mapping[str, str]) -> str:
    marked = [
        fact.name
        for fact in FACTS.values()
        if fact.origin in {"terms", "manifest"} or fact.name in _TOLD
    ]
    every = dict.fromkeys(marked, "NULL") | _TOLD | _by_columns(columns)
    kinds = {fact: "VARCHAR" if FACTS[fact].values else "BOOLEAN" for fact in every}
    mark = ", ".join(f"'{fact}': ({sql})::{kinds[fact]}" for fact, sql in every.items())
    typed = ", ".join(f"{fact} {kinds[fact]}" for fact in every)
    text = statement("audit", name).replace("{mark}", f"{{{mark}}}")
    return text.replace("{marked}", f"STRUCT({typed})")
