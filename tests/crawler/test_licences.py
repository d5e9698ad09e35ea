"""Which addresses stand for a Creative Commons licence."""

from __future__ import annotations

import pytest

from crawler.licences import Licence, licence_at
from provenance.records import Value


@pytest.mark.parametrize(
    "url",
    [
        "", "https://[", "https://creativecommons.org/", "https://creativecommons.org/licenses/",
        "https://creativecommons.org/licenses/by/", "https://creativecommons.org/licenses/xy/4.0/",
        "https://creativecommons.org.evil.example/licenses/by/4.0/",
        "https://evil.example/creativecommons.org/licenses/by/4.0/",
        "https://wiki.creativecommons.org/licenses/by/4.0/",
        "https://creativecommons.org:8443/licenses/by/4.0/",
        "https://creativecommons.org@evil.example/licenses/by/4.0/",
        "https://creativecommons.org/licenses/by/4.0/../../../publicdomain/zero/1.0/",
        "ftp://creativecommons.org/licenses/by/4.0/", "creativecommons.org/licenses/by/4.0/",
        "https://creativecommons.org/publicdomain/by/4.0/",
        "https://creativecommons.org/licenses/by/4.0/evil/path",
    ],
)  # fmt: skip
def test_this_names_no_licence_that_we_know(url: str) -> None:
    assert licence_at(url) is None


@pytest.mark.parametrize(
    ("path", "id_", "conditions"),
    [
        ("publicdomain/zero/1.0/", "CC0-1.0", []),
        ("publicdomain/zero/1.0/deed.ja", "CC0-1.0", []),
        ("publicdomain/mark/1.0", "PDM-1.0", []),
        ("licenses/by/4.0/", "CC-BY-4.0", ["duty=attribution"]),
        ("licenses/BY/4.0/legalcode.en", "CC-BY-4.0", ["duty=attribution"]),
        ("licenses/by/3.0/igo/", "CC-BY-3.0-IGO", ["duty=attribution"]),
        ("licenses/by-nd/2.1/jp/deed.en_US", "CC-BY-ND-2.1-JP", ["duty=attribution", "use=no-derivatives"]),
        ("licenses/by-nc-sa/4.0/", "CC-BY-NC-SA-4.0", ["duty=attribution", "user=non-commercial", "duty=share-alike"]),
    ],
)  # fmt: skip
def test_an_address_names_a_licence_and_its_conditions(
    path: str, id_: str, conditions: list[str]
) -> None:
    value = Value.CONDITIONAL if conditions else Value.ALLOW
    expected = Licence(id_, value, "; ".join([f"license={id_}", *conditions]))

    assert licence_at(f"https://creativecommons.org/{path}") == expected
    assert licence_at(f"http://www.creativecommons.org/{path}") == expected
