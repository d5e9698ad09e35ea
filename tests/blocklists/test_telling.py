"""Whoever is refused reads why in English and in Japanese, with a code or without."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from blocklists import sentences_ja
from blocklists.commands import blocklist
from blocklists.refusals import ListRefused
from blocklists.telling import TELLER, refusing_in
from provenance.errors import InputRefused, ProvisorError, StoreError, UsageRefused
from tests.blocklists.test_codes import JAPANESE, ROOT, template

if TYPE_CHECKING:
    from pathlib import Path

RAISED = {"UsageRefused", "InputRefused", "NotAllowed", "TooMany", "Busy", "AnotherMessage"}
FILES = (
    "deciding", "detection", "documents", "doubts", "list_options", "naming", "receiving",
    "submit",
)  # fmt: skip


def sentences(files: list[Path]) -> set[str]:
    """Return the facts and remedies of every refusal in *files*, with {} for what they show."""
    found: set[str] = set()
    for file in files:
        tree = ast.parse(file.read_text("utf-8"))
        for node in ast.walk(tree):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in RAISED:
                found |= {template(arg) for arg in node.args[1:]}
            if isinstance(node, ast.Call) and name in {"refuse", "fact_in_each"}:
                found |= {template(arg) for arg in node.args[-2:]}
            if isinstance(node, ast.Assign | ast.NamedExpr):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if getattr(target, "id", "") in {"fact", "remedy", "_REMEDY"}:
                    found.add(template(node.value))
            if isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple):
                named = [getattr(one, "id", "") for one in getattr(node.target, "elts", ())]
                found |= {
                    template(row.elts[at])
                    for row in node.iter.elts
                    if isinstance(row, ast.Tuple)
                    for at, name in enumerate(named)
                    if name in {"fact", "remedy"}
                }
    return found - {"", "only {} of the first lines look like {}"}  # goes on, with a code


def test_every_refusal_without_a_code_is_said_in_japanese() -> None:
    files = [ROOT / "blocklists" / f"{name}.py" for name in FILES]
    table = sentences_ja.FACTS | sentences_ja.REMEDIES

    untold = {
        text for text in sentences(files)
        if TELLER.said(text, text) == (text, text) and not text.startswith("{}")
    }  # fmt: skip

    assert untold - set(table) == set()
    assert all(JAPANESE.search(said) for said in table.values())


@pytest.mark.parametrize("sentence", [*sentences_ja.FACTS, *sentences_ja.REMEDIES])
def test_each_sentence_keeps_what_it_shows(sentence: str) -> None:
    words = ["x1", "y2", "z3"][: sentence.count("{}")]
    fact, remedy = TELLER.said(*([sentence.format(*words)] * 2))
    said = fact if sentence in sentences_ja.FACTS else remedy

    assert JAPANESE.search(said)
    assert all(word in said for word in words)
    assert "{" not in said


def test_a_state_inside_a_sentence_is_said_as_the_pages_say_it() -> None:
    said = UsageRefused(
        "press/comics", "a.example is withdrawn and cannot be disputed", "name each"
    )

    assert TELLER.told(said, "ja") == (
        "press/comics: a.example は「取り下げ」の状態であり、「異議あり」とすることはできません; name each"
    )
    assert TELLER.told(said, "en") == str(said)


def test_a_refusal_with_a_code_is_said_again_of_another_place() -> None:
    refused = ListRefused("/tmp/x/list.txt", "F_VERSION", "version 0 is not a number from 1")  # noqa: S108

    assert TELLER.told(refused, "ja", place="press/comics") == (
        "press/comics: F_VERSION: 版番号が使えません: 版番号 0 は 1 以上の数ではありません; "
        "版番号を増やすか、省いてください"
    )
    assert TELLER.told(refused, "en", place="press/comics").startswith(
        "press/comics: F_VERSION: the"
    )


@pytest.mark.parametrize("error", [StoreError("s", "the submitter is not named"), ValueError("x")])
def test_what_is_no_refusal_passes_as_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, refusing_in("ja"):
        raise error

    assert caught.value is error


def test_the_commands_refuse_in_the_language_that_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("a.example\n", "utf-8")
    (tmp_path / "two.txt").write_text("\n".join(f"s{n}.example" for n in range(60)), "utf-8")
    (tmp_path / "bad.txt").write_text("a.example\nhttps://8.8.8.8/\n", "utf-8")

    def said(file: str, *words: str, by: str = "Press KK") -> str:
        command = ["import", str(tmp_path / file), "--list-id", "press/comics", "--submitter", by]
        store = ("--store", str(tmp_path / "s.duckdb"), "--lang", "ja")
        result = CliRunner().invoke(blocklist, [*command, *words, *store])
        if isinstance(result.exception, ProvisorError):
            assert isinstance(result.exception, InputRefused | UsageRefused)
            return str(result.exception).replace(str(tmp_path), "")
        assert result.exit_code == 0, result.output
        return re.sub("[0-9a-f]{64}", "SHA", re.sub("20[0-9-]+T[0-9:]+Z", "TIME", result.output))

    assert said("bad.txt", by="x") == (
        "/bad.txt: F_LINES: 受け付けられない行があるため (2 行のうち 1 行)、何も保存していません; "
        "該当する行を直すか、--skip-refused で除いてください\n"
        "2 行目: https://8.8.8.8/: E_IP: 番号によるアドレスは、多くのサイトが共有していることがあります; "
        "名前を書いてください"
    )
    assert said("one.txt", by="") == (
        "/one.txt: 提出者の名前がありません; 書けるものは docs/blocklists.md をご覧ください"
    )
    receipt = (
        "リスト     press/comics 版 1\n受領       TIME、提出者 Press KK\n"
        "項目       1\n状態       accepted\nファイル   sha256 SHA\n"
    )
    assert said("one.txt") == receipt
    assert said("one.txt") == f"すでに受け取っています。新たに加えたものはありません\n{receipt}"
    assert said("one.txt", by="Studio") == (
        "press/comics: Press KK のリストであり、Studio のリストではありません; "
        "自分のリスト ID で提出してください"
    )
    assert said("two.txt", "--confirmed-by", "press kk") == (
        "--confirmed-by: press kk は提出者であり、自ら確認することはできません; 別の人が確認してください"
    )
    assert said("two.txt").endswith(
        "変更       +60 -1, 0 kept\n"
        "変更が大きいため、別の人が確認するまで、どの項目も有効になりません。\n"
        "確認後に --confirmed-by NAME を付けて再度提出してください。\n"
    )
