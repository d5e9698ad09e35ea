"""Rules by path in SQL: the same answer as the reader that asks Protego, for every path."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import duckdb

from audit.declaration import Declaration, Purpose
from crawler.archives.importing import import_captures
from crawler.robots.decision import decide
from crawler.robots.reading import read_robots
from provenance.agents import agents
from provenance.urls import NotAnAddress, address
from tests.audit.world import judged_rows
from tests.thoroughness import times

if TYPE_CHECKING:
    from pathlib import Path

    from tests.audit.world import World

WHEN = "2024-02-10T12:00:00Z"


def test_a_rule_speaks_of_a_path_or_does_not(world: World) -> None:
    cases = [  # rule, path, whether it is refused
        ("/docs", "/docstore/x", True),
        ("/docs/", "/docs", False),
        ("/Docs/", "/docs/x", False),
        ("/*.pdf$", "/a/b.pdf", True),
        ("/*.pdf$", "/a/b.pdf?v=2", False),
        ("/a*z/", "/a/b/c/z/q", True),
        ("/a_b", "/axb", False),
        ("/50%25off", "/50%25off/now", True),
        ("/100%", "/100%25", True),
        ("/日本/", "/%E6%97%A5%E6%9C%AC/x", True),
        ("/%E6%97%A5", "/日", True),
        ("/a%2Fb", "/a/b", False),
        ("/a%2Fb", "/a%2fb", True),
        ("/~u", "/%7Eu", True),
        ("/cost$list", "/cost$list", True),
        ("/file-%2A.html", "/file-*.html", True),
        ("/foo-%24", "/foo-$", True),
        ("/?ai=", "/?ai=1", True),
        ("*.gif$", "/i/x.gif", True),
        ("/page?", "/page?", True),
        ("/x", "/robots.txt", False),
        ("/", "/robots.txt", False),
    ]
    for number, (rule, _, _) in enumerate(cases):
        body = f"User-agent: GPTBot\nDisallow: {rule}\nAllow: /nothing/\n"
        world.robots("2024-02-10", body, host=f"site{number}.example")

    rows = world.audit(
        *(
            (f"https://site{number}.example{path}", WHEN)
            for number, (_, path, _) in enumerate(cases)
        )
    )

    found = [
        (rule, path, row["robots"] == "refused")
        for (rule, path, _), row in zip(cases, rows, strict=True)
    ]
    assert found == cases


def test_the_longest_rule_wins_and_of_equal_ones_the_one_that_allows(world: World) -> None:
    world.robots(
        "2024-02-10",
        "User-agent: GPTBot\nDisallow: /a/\nAllow: /a/open/\nDisallow: /b\nAllow: /b\nDisallow: /*.htm\n"
        "Allow: /page\n",
    )

    rows = world.audit(
        *(
            (f"https://site.example{path}", WHEN)
            for path in ("/a/x", "/a/open/x", "/b/1", "/page.htm")
        )
    )

    assert [row["robots"] for row in rows] == ["refused", "not_refused", "not_refused", "refused"]


def test_rules_of_a_body_stored_in_lower_case_compare_without_case(
    tmp_path: Path, world: World
) -> None:
    said = {
        "url": "https://site.example/robots.txt", "captured_at": "2024-02-10T00:00:00Z", "status": None,
        "body": "user-agent: gptbot\ndisallow: /news/\ndisallow: /a%2fb\ndisallow: /%c3%89*x\n",
        "body_lowercased": True,
    }  # fmt: skip
    (tmp_path / "captures.jsonl").write_text(json.dumps(said), "utf-8")
    import_captures(world.store, tmp_path / "captures.jsonl")

    rows = world.audit(
        *(
            (f"https://site.example{path}", WHEN)
            for path in ("/News/1", "/A%2Fb", "/%C3%89/X", "/new")
        )
    )

    assert [row["robots"] for row in rows] == ["refused", "refused", "refused", "not_refused"]


def test_real_files_and_real_paths_get_the_same_answer_from_both(
    shared_data: Path, tmp_path: Path
) -> None:
    """Every agent, 120 real files of 2019, and the rules' own paths, bent a little."""
    store, manifest = tmp_path / "store.duckdb", tmp_path / "manifest.parquet"
    bodies = real_bodies(shared_data, times(120))
    captures = tmp_path / "captures.jsonl"
    captures.write_text(
        "\n".join(
            json.dumps({"url": f"https://{host}/robots.txt", "captured_at": "2019-07-20T00:00:00Z",
                        "status": 200, "body": body})
            for host, body in bodies.items()
        ),
        "utf-8",
    )  # fmt: skip
    import_captures(store, captures)
    urls = [f"https://{host}{path}" for host, body in bodies.items() for path in paths_of(body)]
    table = duckdb.connect()
    table.execute(
        "CREATE TABLE t AS SELECT unnest(?) AS url, TIMESTAMP '2019-07-20' AS date", [urls]
    )
    table.execute(f"COPY t TO '{manifest}' (FORMAT parquet)")

    refused = refused_by_url(store, manifest)

    differ = {}
    decisions = 0
    for host, body in bodies.items():
        file = read_robots(body.encode())
        for path in paths_of(body):
            url = f"https://{host}{path}"
            asked = address(url).path + ("?" if url.endswith("?") else "")
            said = sorted(
                one.token for one in agents() if decide(file, one.token, asked).crawl == "deny"
            )
            decisions += len(agents())
            if refused[url] != said:
                differ[url] = (refused[url], said)
    assert differ == {}
    assert decisions > 100_000


def real_bodies(folder: Path, count: int) -> dict[str, str]:
    """Return *count* real bodies whose rules hang on paths, by host."""
    found: dict[str, str] = {}
    with gzip.open(folder / "02-robots-2019" / "captures.jsonl.gz", "rt") as lines:
        for said in map(json.loads, lines):
            body = said.get("body", "")
            if said["body_kind"] == "robots" and 200 < len(body) < 3000 and len(found) < count:
                found[said["host"]] = body
    return found


def paths_of(body: str) -> list[str]:
    """Return paths that the rules of *body* speak of, or nearly do."""
    patterns = [rule.pattern for group in read_robots(body.encode()).groups for rule in group.rules]
    paths = {"/", "/index.html"}
    for pattern in patterns[:6]:
        plain = pattern.replace("*", "x").removesuffix("$")
        if plain.startswith("/") and "$" not in plain:
            paths |= {
                plain,
                f"{plain}1",
                plain.rstrip("/") or "/",
                f"/a{plain}",
                f"{plain}?q=%C3%A9",
            }
    return sorted(path for path in paths if readable(path))


def readable(path: str) -> bool:
    try:
        return address(f"https://site.example{path}").path != "/robots.txt"
    except NotAnAddress:
        return False


def refused_by_url(store: Path, manifest: Path) -> dict[str, list[str]]:
    with judged_rows(store, manifest, Declaration(purpose=Purpose.ANALYSIS)) as connection:
        return dict(
            connection.execute(
                "SELECT manifest.url, verdict.refused_before FROM verdict"
                " JOIN manifest ON manifest.row = verdict.row"
                " WHERE verdict.refused_before IS NOT NULL"
            ).fetchall()
        )
