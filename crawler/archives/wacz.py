"""WACZ: a zip that holds WARC files, and says of each of its files what it must be (WACZ 1.1.1).

The digests of `datapackage.json` are compared with what is there; a WARC that is not what they say
is refused. What the digest of that list and its signature are worth is said with the result.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO

from crawler.archives.wacz_signature import signature_said
from crawler.archives.windows import Content
from provenance.errors import InputRefused
from provenance.show import show
from provenance.strict_json import NotStrictJson, parse_object

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.archives.windows import Window

_MAX_MEMBERS = 10_000
_MAX_LIST = 16 * 1024 * 1024
_CHUNK = 1024 * 1024
_LOCAL_HEADER = 30
_WARC = (".warc", ".warc.gz", ".warc.zst")


@dataclass(frozen=True, slots=True)
class _Wacz:
    file: Path
    archive: zipfile.ZipFile

    def refused(self, fact: str, remedy: str = "get the file again") -> InputRefused:
        return InputRefused(str(self.file), fact, remedy)

    def text(self, name: str) -> bytes:
        """Return a small member; empty where there is none."""
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return b""
        if info.file_size > _MAX_LIST:
            raise self.refused(f"its {name} has {info.file_size:,} octets")
        with self.archive.open(info) as member:
            return member.read(_MAX_LIST + 1)[: info.file_size]


def open_wacz(file: Path) -> Content:
    """Return where the WARCs of *file* stand, and what it says of itself.

    Raises:
        InputRefused: it is no WACZ, a WARC in it is not what its list says or is packed again, so
            that its records have no place in the file.
    """
    try:
        with zipfile.ZipFile(file) as archive, file.open("rb") as opened:
            return _content(_Wacz(file, archive), opened)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        fact = f"cannot be read as a zip ({show(str(error), 100)})"
        raise InputRefused(str(file), fact, "get the file again") from error
    except (NotStrictJson, UnicodeDecodeError) as error:
        raise InputRefused(str(file), f"its datapackage: {error}", "get the file again") from error


def _content(wacz: _Wacz, opened: BinaryIO) -> Content:
    infos = wacz.archive.infolist()
    if len(infos) > _MAX_MEMBERS:
        raise wacz.refused(f"a zip of {len(infos):,} files, at most {_MAX_MEMBERS:,}", "")
    names = [info.filename for info in infos]
    if len(set(names)) != len(names):
        raise wacz.refused("a zip in which a name stands twice")
    listing = wacz.text("datapackage.json")
    if not listing:
        raise wacz.refused("a zip without a datapackage.json: no WACZ", "name a WARC or a WACZ")
    stated = dict(_stated(wacz, parse_object(listing)))
    warcs = [
        one for one in infos if one.filename.startswith("archive/") and one.filename.endswith(_WARC)
    ]
    found = tuple(_window(wacz, opened, one, stated) for one in warcs)
    return Content(found, signature_said(wacz.text("datapackage-digest.json"), listing))


def _stated(wacz: _Wacz, listing: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the SHA-256 that the list states of each file; older lists keep it in `stats`."""
    resources = listing.get("resources")
    if not isinstance(resources, list):
        raise wacz.refused("its datapackage.json lists no resources")
    found = []
    for one in resources:
        if not isinstance(one, dict):
            raise wacz.refused("its datapackage.json lists a resource that is no object")
        stats = one.get("stats")
        digest = one.get("hash") or (stats.get("hash") if isinstance(stats, dict) else "")
        path = one.get("path")
        if isinstance(path, str) and isinstance(digest, str):
            found.append((path, digest.removeprefix("sha256:").lower()))
    return found


def _window(wacz: _Wacz, opened: BinaryIO, info: zipfile.ZipInfo, stated: dict[str, str]) -> Window:
    name = show(info.filename, 120)
    if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1:
        fact = f"{name} is packed again, so its records have no place in the file"
        raise wacz.refused(fact, "unpack the WACZ and import the WARC files in it")
    opened.seek(info.header_offset)
    header = opened.read(_LOCAL_HEADER)
    begin = (
        info.header_offset
        + _LOCAL_HEADER
        + int.from_bytes(header[26:28], "little")
        + int.from_bytes(header[28:30], "little")
    )
    opened.seek(begin)
    digest, left = sha256(), info.file_size
    while left and (piece := opened.read(min(left, _CHUNK))):
        digest.update(piece)
        left -= len(piece)
    if left or stated.get(info.filename) != digest.hexdigest():
        fact = f"{name} is not what its datapackage.json says"
        if info.filename not in stated:
            fact = f"{name} does not stand in its datapackage.json"
        raise wacz.refused(fact)
    return begin, begin + info.file_size
