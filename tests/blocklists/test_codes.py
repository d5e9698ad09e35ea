from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from blocklists import codes_en, codes_ja
from blocklists.codes import CODES, WARNINGS, explain, meaning, speaking
from blocklists.columns import COLUMNS
from blocklists.digests import ALGORITHMS
from blocklists.documents import ENCODINGS
from blocklists.formats import hashes
from blocklists.packages import BASES, ROLES
from blocklists.phrases import Phrases
from blocklists.refusals import ListRefused, Refusal
from blocklists.targets import SCOPES, target
from blocklists.vetting import CATEGORIES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "blocklists.md"
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
RETURNING = {"documents", "manifest", "tabular"}
"""Modules whose functions return such sentences."""
SPEAKERS = {"NotAnAddress", "Refusal", "ListRefused"}
CODE = re.compile(r"\"([EFQW]_[A-Z_0-9]+)\"")


def used() -> set[str]:
    """Return the codes that the package, or the address reader below it, can give."""
    files = [*(ROOT / "blocklists").rglob("*.py"), ROOT / "provenance" / "urls.py"]
    return {
        code
        for file in files
        if not file.name.startswith("codes")
        for code in CODE.findall(file.read_text("utf-8"))
    }


def test_every_code_in_use_is_explained_and_every_explained_code_is_in_use() -> None:
    assert used() == set(CODES) | set(WARNINGS)


def test_the_documentation_says_what_the_command_says() -> None:
    rows = [row for row in DOCS.read_text("utf-8").splitlines() if re.match(r"\| [EFQW]_", row)]

    assert rows == [
        *(f"| {c} | {e.cause.replace('{what}', '…')} | {e.remedy} |" for c, e in CODES.items()),
        *(f"| {code} | {meaning} |" for code, meaning in WARNINGS.items()),
    ]


def test_the_documentation_names_every_word_that_can_be_written() -> None:
    text = DOCS.read_text("utf-8")
    words = {
        *ROLES, *BASES, *CATEGORIES, *COLUMNS, *SCOPES, *ENCODINGS, *ALGORITHMS, *hashes.COLUMNS,
    }  # fmt: skip

    assert {word for word in words if word not in text.replace("UTF-8", "utf-8")} == set()


def test_no_message_calls_anybody_a_pirate() -> None:
    text = DOCS.read_text("utf-8") + "".join(map("".join, CODES.values()))

    assert "pirate" not in text
    assert "infringing site" not in text


def test_what_was_found_is_made_visible() -> None:
    assert explain("E_PUBLIC_SUFFIX", "co\u202ejp") == (
        "co\\u{202e}jp is a registry's suffix: it would cover every site below it",
        "name the site",
    )


def test_everything_is_said_in_japanese_as_well() -> None:
    assert list(codes_ja.CODES) == list(codes_en.CODES)
    assert set(codes_ja.WARNINGS) == set(codes_en.WARNINGS)
    assert set(codes_ja.WORDS) == set(codes_en.WORDS)
    for code, english in codes_en.CODES.items():
        japanese = codes_ja.CODES[code]
        assert [said.count("{what}") for said in japanese] == [
            said.count("{what}") for said in english
        ], code
    for text in (*codes_ja.PHRASES.values(), *codes_ja.WARNINGS.values(), *codes_ja.WORDS.values()):
        assert JAPANESE.search(text), text
    for code, said in codes_ja.CODES.items():
        told = [text.removesuffix("{what}") for text in said]
        assert [text for text in told if not JAPANESE.search(text)] in (
            [],
            ["manifest.json: "],
            ["manifest.json: files: "],
            ["manifest.json: submitter: "],
            ["manifest.json: statements: "],
        ), code


def test_every_phrase_that_explains_further_is_translated() -> None:
    untold = {phrase for phrase in phrases() if re.search("[a-z]{2,} [a-z]{2,}", phrase)}

    assert untold - set(codes_ja.PHRASES) == set()


def phrases() -> set[str]:
    """Return the sentences that are handed on as `what`, with {} for what they show."""
    found = set()
    files = [*(ROOT / "blocklists").glob("*.py"), ROOT / "provenance" / "urls.py"]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SPEAKERS:
                found |= {template(arg) for arg in node.args[1:]}
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "what":
                found.add(template(node.value))
            if isinstance(node, ast.Return) and file.stem in RETURNING:
                parts = [node.value] if not isinstance(node.value, ast.IfExp) else []
                if isinstance(node.value, ast.IfExp):
                    parts = [node.value.body, node.value.orelse]
                found |= {template(part) for part in parts if part}
    return found


def template(node: ast.AST) -> str:
    """Return a string or an f-string as the table of phrases writes it, else nothing."""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_words_of_a_stranger_are_looked_through_once() -> None:
    # Tried at every place for every part, these would take minutes.
    words = ": " * 150_000

    with speaking("ja"):
        said = explain("E_SCOPE_INVALID", words).cause

    assert said == f"scope に {words[:240]}… はありません"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a of b of c", "c 行のうち a of b 行"),
        (" of ", " 行のうち  行"),
        ("ofof", "ofof"),
        ("of ", "of "),
        ("nones", "nones"),
        ("none", "なし"),
        ("a\nb, perhaps .c is meant", "a\nb (.c のことかもしれません)"),
    ],
)
def test_a_phrase_is_told_by_its_own_words_alone(text: str, said: str) -> None:
    assert Phrases(codes_ja.PHRASES).said(text) == said


def test_speaks_the_language_asked_for_and_then_english_again() -> None:
    with speaking("ja"):
        said = ListRefused(
            "a.csv",
            "F_LINES",
            "1 of 3",
            refusals=(Refusal("E_CTRL_CHAR", "U+202E at position 5", 2),),
        )
        warned = meaning("W_WWW")

    assert str(said) == (
        "a.csv: F_LINES: 受け付けられない行があるため (3 行のうち 1 行)、何も保存していません; "
        "該当する行を直すか、--skip-refused で除いてください\n"
        "2 行目: : E_CTRL_CHAR: 目に見えない文字が含まれています (5 文字目の U+202E); "
        "コピーせずに、名前を入力し直してください"
    )
    assert warned == "サイト自身の名前の前に www. があり、サイト全体と読みました"
    assert explain("E_EMPTY").cause == "the value is empty"


def test_the_example_in_the_documentation_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = DOCS.read_text("utf-8").partition("```python\n")[2].partition("```")[0]
    (tmp_path / "sites.csv").write_text("value\na.example\n", "utf-8")
    (tmp_path / "list.txt").write_text("a.example\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}

    exec(program, names)  # noqa: S102 (our own page)

    assert str(names["site"]) == str(target("www.example.com"))


@pytest.mark.parametrize("phrase", codes_ja.PHRASES)
def test_each_phrase_is_said_in_japanese_whatever_stands_in_it(phrase: str) -> None:
    words = ["あ", "い", "う"][: phrase.count("{}")]

    with speaking("ja"):
        said = explain("F_FORMAT", phrase.format(*words)).cause

    assert all(word in said for word in words)
    assert "{" not in said
