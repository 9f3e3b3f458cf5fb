"""Small PDF, DOCX and ODT files, written for a test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = (
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "http://purl.org/dc/elements/1.1/",
)
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def make_zip(members: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP archive of files, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def make_docx(body: str, *, title: str = "") -> bytes:
    """Return a DOCX with the XML of a body, and a title among its properties."""
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    core = (
        f'<cp:coreProperties xmlns:cp="{CORE[0]}" xmlns:dc="{CORE[1]}">'
        f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>"
    )
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return make_zip(
        {"[Content_Types].xml": types, "word/document.xml": document, "docProps/core.xml": core}
    )


def docx_paragraph(*runs: str, style: str = "") -> str:
    """Return the XML of a paragraph of text runs."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    texts = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(run, quote=False)}</w:t></w:r>' for run in runs
    )
    return f"<w:p>{properties}{texts}</w:p>"


def make_odt(body: str, *, title: str = "") -> bytes:
    """Return an ODT with the XML of a body, and a title among its properties."""
    spaces = f'xmlns:office="{OFFICE}" xmlns:text="{TEXT}" xmlns:dc="{CORE[1]}"'
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {spaces}><office:meta><dc:title>{escape(title)}</dc:title>"
        "</office:meta></office:document-meta>"
    )
    return make_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": meta,
        }
    )


def make_pdf(pages: Sequence[Sequence[str]], *, title: str = "") -> bytes:
    """Return a PDF whose pages show lines, in Helvetica, one below the other."""
    first_page = 4
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        content = first_page + 2 * number + 1
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >>"
            b" >> /Contents %d 0 R >>" % content
        )
        shown = b" T* ".join(b"(" + _pdf_string(line) + b") Tj" for line in lines)
        stream = b"BT /F1 11 Tf 14 TL 56 780 Td " + shown + b" ET"
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    objects.append(b"<< /Title (" + _pdf_string(title) + b") >>")
    return _pdf_file(objects)


def _pdf_string(text: str) -> bytes:
    data = text.encode("cp1252")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    """Return a file of numbered objects, the first its catalogue and the last its properties."""
    data, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % start)
