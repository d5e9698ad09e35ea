"""Which step may follow which: every pair of state and step, allowed or not."""

from __future__ import annotations

import pytest

from blocklists.life import Cause, State, Step, after

ALLOWED = {
    (State.RECEIVED, Step.ACCEPTED): State.ACCEPTED,
    (State.RECEIVED, Step.QUARANTINED): State.QUARANTINED,
    (State.RECEIVED, Step.REJECTED): State.REJECTED,
    (State.RECEIVED, Step.WITHDRAWN): State.WITHDRAWN,
    (State.RECEIVED, Step.EXPIRED): State.EXPIRED,
    (State.RECEIVED, Step.SUPERSEDED): State.SUPERSEDED,
    (State.RECEIVED, Step.RENEWED): State.RECEIVED,
    (State.QUARANTINED, Step.ACCEPTED): State.ACCEPTED,
    (State.QUARANTINED, Step.QUARANTINED): State.QUARANTINED,
    (State.QUARANTINED, Step.REJECTED): State.REJECTED,
    (State.QUARANTINED, Step.WITHDRAWN): State.WITHDRAWN,
    (State.QUARANTINED, Step.EXPIRED): State.EXPIRED,
    (State.QUARANTINED, Step.SUPERSEDED): State.SUPERSEDED,
    (State.QUARANTINED, Step.RENEWED): State.QUARANTINED,
    (State.ACCEPTED, Step.DISPUTED): State.DISPUTED,
    (State.ACCEPTED, Step.WITHDRAWN): State.WITHDRAWN,
    (State.ACCEPTED, Step.EXPIRED): State.EXPIRED,
    (State.ACCEPTED, Step.SUPERSEDED): State.SUPERSEDED,
    (State.ACCEPTED, Step.RENEWED): State.ACCEPTED,
    (State.DISPUTED, Step.UPHELD): State.UPHELD,
    (State.DISPUTED, Step.WITHDRAWN): State.WITHDRAWN,
    (State.DISPUTED, Step.EXPIRED): State.EXPIRED,
    (State.DISPUTED, Step.SUPERSEDED): State.SUPERSEDED,
    (State.DISPUTED, Step.RENEWED): State.DISPUTED,
    (State.UPHELD, Step.DISPUTED): State.DISPUTED,
    (State.UPHELD, Step.WITHDRAWN): State.WITHDRAWN,
    (State.UPHELD, Step.EXPIRED): State.EXPIRED,
    (State.UPHELD, Step.SUPERSEDED): State.SUPERSEDED,
    (State.UPHELD, Step.RENEWED): State.UPHELD,
    (State.REJECTED, Step.QUARANTINED): State.QUARANTINED,
    (State.WITHDRAWN, Step.QUARANTINED): State.QUARANTINED,
    (State.WITHDRAWN, Step.RELISTED): State.ACCEPTED,
    (State.EXPIRED, Step.QUARANTINED): State.QUARANTINED,
    (State.EXPIRED, Step.RELISTED): State.ACCEPTED,
    (State.SUPERSEDED, Step.QUARANTINED): State.QUARANTINED,
    (State.SUPERSEDED, Step.RELISTED): State.ACCEPTED,
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_each_step_is_taken_from_its_states_only(state: State, step: Step) -> None:
    assert after(state, step) == ALLOWED.get((state, step))


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.EXPIRED, State.SUPERSEDED])
@pytest.mark.parametrize("cause", Cause)
def test_what_ended_can_be_withdrawn_as_an_error_only(state: State, cause: Cause) -> None:
    expected = State.WITHDRAWN if cause is Cause.ERROR else None

    assert after(state, Step.WITHDRAWN, cause=cause) == expected


def test_what_was_rejected_never_counted_and_is_not_withdrawn() -> None:
    assert after(State.REJECTED, Step.WITHDRAWN, cause=Cause.ERROR) is None
