from __future__ import annotations

from blocklists.refusals import ListRefused, Refusal


def test_says_where_what_why_and_what_helps() -> None:
    refusal = Refusal("E_PUBLIC_SUFFIX", "co.jp", 3, "co.jp")

    assert refusal.said == (
        "line 3: co.jp: E_PUBLIC_SUFFIX: co.jp is a registry's suffix: "
        "it would cover every site below it; name the site"
    )


def test_hostile_text_cannot_steer_a_terminal() -> None:
    refusal = Refusal("E_CTRL_CHAR", "U+001B at position 1", 1, "\x1b[2J\u202e" + "a" * 100)

    assert refusal.said.startswith("line 1: \\u{1b}[2J\\u{202e}aaa")
    assert "\x1b" not in str(ListRefused("\x1b", "F_LINES", "\x1b", refusals=(refusal,)))


def test_shows_twenty_lines_and_counts_the_others() -> None:
    refusals = tuple(Refusal("E_EMPTY", line=line) for line in range(1, 1023))

    lines = str(ListRefused("a.csv", "F_LINES", "1,022 of 1,022", refusals=refusals)).splitlines()

    assert lines[0] == (
        "a.csv: F_LINES: lines are refused (1,022 of 1,022), so nothing was stored; "
        "mend these lines, or leave them out with --skip-refused"
    )
    assert lines[1] == "line 1: : E_EMPTY: the value is empty; write a name or an address"
    assert lines[21:] == ["and 1,002 more: `provisor blocklist check` shows them all"]


def test_is_input_that_was_refused() -> None:
    error = ListRefused("a.csv", "F_EMPTY")

    assert (error.exit_code, error.code) == (3, "F_EMPTY")
