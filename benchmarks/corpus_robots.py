"""Robots bodies as sites write them: refusals of AI agents, CMS defaults, lists of rules by path.

Counts and shares follow 5,046 real files: 26 in a hundred rules use `*` or `$`, half of the files
have at most 13 rules, one in a hundred has over 300. A file often is another one with a change.
`Allow: …/index.html` is left out: Protego, the judge of our paths, takes it for the folder too.
"""

from __future__ import annotations

import math
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from benchmarks.corpus_words import WORDS
from provenance.agents import agents

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_RULES = 3000
_BOTS = tuple(agent.token for agent in agents()) + tuple(
    f"{word.capitalize()}{ending}" for word in WORDS[::4] for ending in ("Bot", "-Crawler")
)
_NAMED = (
    "GPTBot", "CCBot", "ClaudeBot", "Google-Extended", "Bytespider", "Applebot", "anthropic-ai",
    "meta-externalagent", "Amazonbot", "Googlebot", "Bingbot", "img2dataset",
)  # fmt: skip
_FOLDERS = (
    "wp-content", "images", "media", "cdn", "static", "search", "product", "products", "category",
    "tag", "news", "blog", "forum", "wiki", "users", "private", "assets", "api", "p", "en",
    "articles", "gallery", "archive", "docs", "download", "files", "sites", "uploads", "thumb",
)  # fmt: skip
# Patterns that come close to the paths of the manifest, by case, escape, query or end.
_CLOSE = (
    "/wp-content/uploads/*/IMG_", "/wp-content/uploads/*/img_", "/*-1024x768.jpg$", "/*/large/",
    "/index.php?option=com_", "/*?utm_source=", "/search?q=*&page=", "/*/a%2Fb", "/*%25c$", "/*?$",
    "/%E5%86%99%E7%9C%9F/*.jpg", "/写真/*/", "/*/写真", "/*/%7Euser", "/*/~user/caf%C3%A9", "/$",
    "/a/../b", "//", "/*//", "/product/*-*-", "/*@2x", "/*[1]", "/*%5B1%5D|", "/api/V1/", "/P/",
    "/api/v1/*.", "/en/*/*/*/", "/thumb/*0/", "/*.PDF$", "/robots.txt", "/media/catalog/*/cache/*_",
)  # fmt: skip
_WILD = (
    "/*?{one}=", "/*.{ending}$", "/{folder}/*/{one}", "/*/{one}/", "/*?", "/{folder}/*.{ending}",
    "/{folder}/$", "/*{one}*{two}", "*/{one}_", "/{folder}/{one}$", "/*&{one}=",
)  # fmt: skip
_PLAIN = (
    "/{folder}/", "/{folder}/{one}/", "/{folder}/{one}", "/{one}", "/{one}.php", "/{one}/{two}/",
    "/{folder}/{one}_{two}", "/{folder}/{one}-{two}/", "/{folder}?{one}=", "/{one}%20{two}",
    "/{folder}/{year}/{month:02}/", "/{folder}/{month}", "/{folder}/{one}/{two}.html",
    "/%e5%86%99%E7%9C%9F/", "/写真/", "/%7E{one}/",
)  # fmt: skip
_WORDPRESS = "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n"
_ENDINGS = ("pdf", "jpg", "png", "html", "php", "webp", "zip")


def robots_bodies(count: int, *, seed: int) -> Iterator[bytes]:
    """Yield *count* different bodies, the same ones for the same *seed*."""
    chance = Random(seed)  # noqa: S311
    seen: set[str] = set()
    recent: list[str] = []

    def drawn() -> Iterator[bytes]:
        while True:
            text = (
                _changed(chance, chance.choice(recent))
                if _mutates(chance, recent)
                else _new(chance)
            )
            if text in seen:
                text += f"# {len(seen)}\n"
            seen.add(text)
            if len(text) < 20_000:
                recent[len(recent) if len(recent) < 500 else chance.randrange(500) :][:1] = [text]
            yield _octets(chance, text)

    return islice(drawn(), count)


def _mutates(chance: Random, recent: list[str]) -> bool:
    return len(recent) > 20 and chance.random() < 0.35


def _octets(chance: Random, text: str) -> bytes:
    """Write a body as some editors do: with a byte order mark, or other line ends."""
    how = chance.random()
    if how < 0.01:
        return b"\xef\xbb\xbf" + text.encode()
    if how < 0.06:
        return text.replace("\n", "\r\n").encode()
    return text.encode()


def _new(chance: Random) -> str:
    kinds = (_open, _wordpress, _refusing, _by_path, _groups, _closed)
    kind = chance.choices(kinds, weights=(8, 18, 16, 48, 7, 3))[0]
    return kind(chance)


def _open(chance: Random) -> str:
    rule = chance.choice(("Disallow:", "Allow: /", "Disallow: \nCrawl-delay: 5"))
    return f"User-agent: *\n{rule}\n\nSitemap: https://{chance.choice(WORDS)}.example/sitemap.xml\n"


def _wordpress(chance: Random) -> str:
    more = _rules(chance, chance.randrange(0, 14))
    return f"{_WORDPRESS}{more}\nSitemap: https://{chance.choice(WORDS)}.example/wp-sitemap.xml\n"


def _refusing(chance: Random) -> str:
    """Refuse 10 to 160 agents, in one group or in one each; the others get a few rules."""
    bots = chance.sample(_BOTS, min(len(_BOTS), chance.choice((10, 12, 15, 20, 40, 80, 120, 160))))
    if chance.random() < 0.5:
        refused = "".join(f"User-agent: {bot}\n" for bot in bots) + "Disallow: /\n"
    else:
        refused = "".join(f"User-agent: {bot}\nDisallow: /\n\n" for bot in bots)
    return f"{refused}\nUser-agent: *\n{_rules(chance, chance.randrange(0, 12)) or 'Disallow:'}\n"


def _by_path(chance: Random) -> str:
    return f"User-agent: *\n{_rules(chance, _rule_count(chance))}"


def _groups(chance: Random) -> str:
    """Give some agents rules of their own, with the spellings that real files have."""
    text = f"User-agent: *\n{_rules(chance, _rule_count(chance) // 2 + 1)}\n"
    for bot in chance.sample(_NAMED, chance.randrange(1, 5)):
        field = chance.choice(
            ("User-agent", "User-agent", "user-agent", "Useragent", "User-Agent ")
        )
        name = chance.choice((bot, bot, bot, bot.lower(), f"{bot}/1.2", f"{bot}, OtherBot"))
        text += (
            f"{field}: {name} # {chance.choice(WORDS)}\n{_rules(chance, chance.randrange(1, 9))}\n"
        )
    return text


def _closed(chance: Random) -> str:
    allowed = f"Allow: {_pattern(chance)}\n" if chance.random() < 0.5 else ""
    return f"User-agent: *\nDisallow: /\n{allowed}# {chance.choice(WORDS)}\n"


def _rule_count(chance: Random) -> int:
    return min(MAX_RULES, max(1, round(math.exp(chance.gauss(math.log(23), 1.38)))))


def _rules(chance: Random, count: int) -> str:
    return "".join(_rule(chance) for _ in range(count))


def _rule(chance: Random) -> str:
    field = chance.choices(("Disallow", "Allow", "disallow", "Dissallow"), weights=(84, 13, 2, 1))[
        0
    ]
    return f"{field}: {_pattern(chance)}\n"


def _pattern(chance: Random) -> str:
    """Return a pattern, of which about 26 in a hundred use `*` or `$`."""
    how = chance.random()
    form = chance.choice(_CLOSE if how < 0.06 else _WILD if how < 0.27 else _PLAIN)
    return form.format(
        folder=chance.choice(_FOLDERS if chance.random() < 0.6 else WORDS),
        one=chance.choice(WORDS),
        two=chance.choice(WORDS),
        ending=chance.choice(_ENDINGS),
        year=chance.randrange(2012, 2026),
        month=chance.randrange(1, 13),
    )


def _changed(chance: Random, text: str) -> str:
    """Return *text* with a line more or less, or with one more agent refused."""
    lines = text.splitlines(keepends=True)
    how = chance.random()
    if how < 0.4:
        lines.insert(chance.randrange(1, len(lines) + 1), _rule(chance))
    elif how < 0.65 and len(lines) > 3:
        del lines[chance.randrange(1, len(lines))]
    else:
        lines.append(f"\nUser-agent: {chance.choice(_BOTS)}\nDisallow: /\n")
    return "".join(lines)
