"""The life of an entry: in which state it is, and which step may follow.

received ─┬► accepted ◄──► disputed ─► upheld
          ├► quarantined ─► accepted, or rejected
          └► (accepted, disputed, upheld) ─► withdrawn, expired, superseded ─► relisted

An entry is a target on one list: the same target on another list has a life of its own.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What an entry is at a moment. The last four do not count in an audit of acts after them."""

    RECEIVED = "received"
    QUARANTINED = "quarantined"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


class Step(StrEnum):
    """What happens to an entry."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"
    DISPUTED = "disputed"
    UPHELD = "upheld"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    RELISTED = "relisted"
    RENEWED = "renewed"
    """A later version names it still, with another end or none: its state stays."""


class Cause(StrEnum):
    """Why an entry is withdrawn."""

    ERROR = "error"
    """It never was right: it counts for no act, whenever that was."""
    CURED = "cured"
    """The site no longer does what it was listed for."""
    SETTLED = "settled"
    """The holder and the site came to terms, by a licence for instance."""


STANDING = frozenset({State.ACCEPTED, State.DISPUTED, State.UPHELD})
"""States in which an entry counts."""
WAITING = frozenset({State.RECEIVED, State.QUARANTINED})
ENDED = frozenset({State.WITHDRAWN, State.EXPIRED, State.SUPERSEDED})

_ALIVE = STANDING | WAITING
_STEPS: dict[Step, tuple[frozenset[State], State | None]] = {
    Step.RECEIVED: (frozenset(), State.RECEIVED),
    Step.ACCEPTED: (WAITING, State.ACCEPTED),
    Step.QUARANTINED: (WAITING | ENDED | {State.REJECTED}, State.QUARANTINED),
    Step.REJECTED: (WAITING, State.REJECTED),
    Step.DISPUTED: (frozenset({State.ACCEPTED, State.UPHELD}), State.DISPUTED),
    Step.UPHELD: (frozenset({State.DISPUTED}), State.UPHELD),
    Step.WITHDRAWN: (_ALIVE, State.WITHDRAWN),
    Step.EXPIRED: (_ALIVE, State.EXPIRED),
    Step.SUPERSEDED: (_ALIVE, State.SUPERSEDED),
    Step.RELISTED: (ENDED, State.ACCEPTED),
    Step.RENEWED: (_ALIVE, None),
}


def after(state: str, step: Step, *, cause: str = "") -> str | None:
    """Return the state that *step* leads to from *state*; None: it may not be taken.

    An entry that ended can still be withdrawn as an error: often a list drops what was wrong, and
    says so later.
    """
    begins, ends = _STEPS[step]
    if step is Step.WITHDRAWN and cause == Cause.ERROR:
        begins |= ENDED
    if state not in begins:
        return None
    return ends or state
