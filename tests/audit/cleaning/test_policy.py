"""What becomes of a row by its level and by what was chosen for a rule."""

from __future__ import annotations

import pytest

from audit.cleaning.policy import Fate, Policy, read_rules
from provenance.errors import UsageRefused

LEVELS = ("critical", "high", "medium", "unknown", "low", "info")


@pytest.mark.parametrize(
    ("drop_from", "review_from", "fates"),
    [
        ("high", "medium", "drop drop review review keep keep"),
        ("critical", "medium", "drop review review review keep keep"),
        ("medium", "low", "drop drop drop drop review keep"),
        ("high", "never", "drop drop keep keep keep keep"),
        ("never", "low", "review review review review review keep"),
        ("never", "never", "keep keep keep keep keep keep"),
    ],
)
def test_unknown_goes_with_medium_and_is_kept_only_where_medium_is(
    drop_from: str, review_from: str, fates: str
) -> None:
    policy = Policy(drop_from, review_from)

    assert [policy.of_level(level).name.lower() for level in LEVELS] == fates.split()


def test_the_default_leaves_out_high_and_sets_aside_what_could_not_be_told() -> None:
    assert Policy().said()["levels"] == {
        "critical": "drop", "high": "drop", "medium": "review", "unknown": "review",
        "low": "keep", "info": "keep",
    }  # fmt: skip


def test_rules_are_given_fates() -> None:
    found = read_rules(("PRV-07=keep", "PIR-01=drop"), ["PIR-01", "PRV-07"])

    assert found == {"PRV-07": Fate.KEEP, "PIR-01": Fate.DROP}


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("PRV-07", "--rule: 'PRV-07' is not a rule with keep, review or drop"),
        ("PRV-07=sealed", "--rule: 'PRV-07=sealed' is not a rule with keep, review or drop"),
        ("PRV-99=keep", "--rule: the audit asked no rule 'PRV-99'; it asked PIR-01, PRV-07"),
    ],
)
def test_what_is_no_rule_or_no_fate_is_refused(choice: str, said: str) -> None:
    with pytest.raises(UsageRefused) as refused:
        read_rules((choice,), ["PIR-01", "PRV-07"])

    assert str(refused.value).startswith(said)


def test_two_fates_for_one_rule_are_refused() -> None:
    with pytest.raises(UsageRefused, match="PIR-01 is given two fates"):
        read_rules(("PIR-01=keep", "PIR-01=drop"), ["PIR-01"])
