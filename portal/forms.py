"""What the API takes and gives, as its OpenAPI document says it."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 (pydantic reads it)
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from blocklists.formats import formats
from portal.desk import MOST_WORKS
from portal.inbox import MOST_ENTRIES
from portal.looking import MOST_OCTETS

_Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,39}$", examples=["comics"])]
if TYPE_CHECKING:
    _Format = str
else:
    _Format = Literal["", *sorted(formats())]
_Text = Annotated[
    str, Field(max_length=MOST_OCTETS, description="The list, its lines as in a file.")
]
_Note = Annotated[str, Field(max_length=2000)]
_Needed = Annotated[str, Field(min_length=1, max_length=2000)]
_Names = Annotated[list[_Needed], Field(min_length=1, max_length=MOST_ENTRIES)]
_Cause = Literal["error", "cured", "settled"]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ListToCheck(_Asked):
    """A list to be looked at."""

    text: _Text
    file_name: str = Field(default="", max_length=4096, description="Only its ending counts.")
    format: _Format = Field(default="", description="Empty: found by the shape of the lines.")
    language: Literal["en", "ja"] = "en"


class ListToHandIn(ListToCheck):
    """A list to be handed in, with what its holder states."""

    list: _Slug
    good_faith: bool = False
    accurate: bool = False
    authorised: bool = False
    signed_by: str = Field(default="", max_length=200)


class Withdrawal(_Asked):
    """Entries to be withdrawn: their ids, or what they name."""

    entries: _Names
    cause: _Cause
    note: _Note = ""


class Dispute(_Asked):
    """Why a site, a page or a directory should not be listed."""

    site: _Needed
    reason: Literal["owner", "authorised", "no_right", "exception", "removed", "not_mine", "other"]
    name: str = Field(min_length=1, max_length=200, description="Shown to the list's holder.")
    contact: str = Field(min_length=1, max_length=320, description="Only the operator sees it.")
    note: _Needed


class Decision(_Asked):
    """What an operator decides: on a message, or on entries of a list."""

    about: str = Field(default="", max_length=64, description="A list or a dispute, by its id.")
    list_id: str = Field(default="", max_length=200)
    entries: Annotated[list[_Needed], Field(max_length=MOST_ENTRIES)] = Field(default_factory=list)
    outcome: Literal["accepted", "rejected", "upheld", "withdrawn", "admitted", "dismissed"]
    cause: Literal["", "error", "cured", "settled"] = ""
    note: _Needed


class SiteQuestion(_Asked):
    """What crawlers see on a site: as the operator's store has it, or by a robots.txt at hand."""

    site: str = Field(default="", max_length=2000, examples=["news.example"])
    robots_txt: str = Field(default="", max_length=512 * 1024, description="Answered at once.")


class WorksQuestion(_Asked):
    """Whether works are in a set that the operator has opened."""

    set: str = Field(min_length=1, max_length=60)
    works: Annotated[list[_Needed], Field(min_length=1, max_length=MOST_WORKS)]


class RefusedLine(BaseModel):
    """A line that has to be mended; line 0: the list as a whole."""

    line: int
    text: str
    code: str
    cause: str
    remedy: str


class Checked(BaseModel):
    """What a list would give."""

    format: str
    sha256: str
    entries: int
    targets: int
    can_be_taken: bool
    refused: list[RefusedLine] = Field(description="The first thousand.")
    refused_count: int
    noted: dict[str, int]


class Ledger(BaseModel):
    """Where a message stands in the store's ledger (docs/proof.md)."""

    leaf: int
    origin: str
    size: int
    root: str


class Receipt(BaseModel):
    """That a message was kept, and what came of it so far."""

    id: str
    kind: str
    received_at: datetime
    sha256: str = Field(description="Of the message, canonical JSON.")
    list_id: str = ""
    file_sha256: str = Field(default="", description="Of the list's text in UTF-8.")
    state: str = Field(description="waiting: it is kept and was not taken in yet.")
    said: str = Field(default="", description="Why it was refused, or the reason of a decision.")
    said_ja: str = Field(default="", description="The same in Japanese; a reason as it was given.")
    already: bool = Field(default=False, description="It came before: the first receipt counts.")
    held: bool = Field(
        default=False, description="It changes so much of the list that another person looks first."
    )
    change: str = Field(default="", description="What it adds to and takes off the list.")
    quarantined: int = Field(default=0, description="Entries that wait for a second person.")
    version: int | None = None
    entries: int | None = None
    ledger: Ledger | None = None
    code: str = Field(default="", description="Of a dispute: by which its state is asked for.")


class Answer(BaseModel):
    """The answer to a question; without one yet, ask for its id again."""

    id: str = ""
    state: Literal["waiting", "answered"]
    refused: str = Field(default="", description="Why there is no answer: it is none either way.")
    refused_ja: str = Field(default="", description="The same in Japanese.")
    lines: list[str] = Field(default_factory=list)
    told: Any = None


class Problem(BaseModel):
    """Why a call was not carried out (RFC 9457). Nothing of it was kept."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    refused: list[RefusedLine] = Field(default_factory=list)
