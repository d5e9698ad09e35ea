"""Files that carry signals inside, made here."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from tests.crawler.signals.pages import page

if TYPE_CHECKING:
    from provenance.records import Capture

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)


def served(
    body: bytes,
    kind: str,
    *headers: tuple[str, str],
    status: int = 200,
    url: str = "https://site.example/p/1",
) -> Capture:
    """An answer with the octets *body*, said to be of media type *kind* unless that is empty."""
    stated = (("Content-Type", kind),) if kind else ()
    return replace(page(None, *headers, *stated, status=status, url=url), body=body)


def epub(opf: str, container: str = CONTAINER) -> bytes:
    """An EPUB publication with the package document *opf*."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", compress_type=0)
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("OPS/book.opf", opf)
    return made.getvalue()


def xmp(inner: str = "", attributes: str = "") -> bytes:
    """An XMP packet whose one description holds *inner* and *attributes*."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
        '<rdf:Description rdf:about="" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
        f' xmlns:tdm="http://www.w3.org/ns/tdmrep/" {attributes}>{inner}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()
