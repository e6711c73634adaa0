"""Workbooks that are right but in a form the reading library does not take, put in one it does.

Excel can save "Strict Open XML", whose names are others; XML may be written with two bytes a sign,
in which nothing that is looked for is found; and some programs give every row of a sheet a look, up
to the last, which takes a quarter of a minute to walk over.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Set as AbstractSet

STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = (
    (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
    (b"drawingml/main", b"drawingml/2006/main"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/", b"officeDocument/2006/"),
)
_USUAL = b"http://schemas.openxmlformats.org/"
_WORKBOOK_PART = "xl/workbook.xml"

# How such a part begins: with a mark of the order of bytes, or with what XML begins with.
_TWO_BYTES = {
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
_ENCODING = re.compile(rb"(<\?xml[^>?]*?encoding=[\"'])[^\"'?>]*([\"'])")
_DECLARATION = 300
_PIECE = 1 << 20

# Below this many bytes of rows without anything in them it is quicker to walk over them.
_LONG_TAIL = 200_000
_END = b"</sheetData>"
# What a cell holds stands in one of these: a value, a formula, a text in place.
_HELD = (b"</v>", b"<v/>", b"</f>", b"<f/>", b"<f ", b"</is>", b"<is/>", b"<v ", b"</t>")


def in_usual_form(content: bytes, archive: zipfile.ZipFile) -> bytes:
    """Return a workbook's bytes with the usual names and signs in its parts; most are so already.

    `UnicodeDecodeError` where a part in two bytes a sign is damaged.
    """
    wide = {each for each in archive.namelist() if _is_xml(each) and _wide(archive, each)}
    body = _read(archive, _WORKBOOK_PART, wide) if _WORKBOOK_PART in archive.namelist() else b""
    strict = STRICT in body
    if not wide and not strict:
        return content
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as usual:
        for part in archive.infolist():
            body = _read(archive, part.filename, wide)
            if strict and _is_xml(part.filename):
                body = _usual(body)
            usual.writestr(part.filename, body)
    return out.getvalue()


def strictly(body: bytes) -> bytes:
    """Return a part that has the usual names with those of a strict workbook."""
    for strict, usual in _NAMES[:-1]:
        body = body.replace(_USUAL + usual, STRICT + strict)
    return body


def _is_xml(part: str) -> bool:
    return part.endswith((".xml", ".rels"))


def _wide(archive: zipfile.ZipFile, part: str) -> str:
    """Return the encoding of a part that has two bytes a sign; nothing for any other."""
    with archive.open(part) as content:
        head = content.read(2)
    return _TWO_BYTES.get(head, "")


def _read(archive: zipfile.ZipFile, part: str, wide: AbstractSet[str]) -> bytes:
    """Return a part with one byte for each usual sign."""
    if part not in wide:
        return archive.read(part)
    decode = codecs.getincrementaldecoder(_wide(archive, part))()
    body = bytearray()
    with archive.open(part) as content:
        while piece := content.read(_PIECE):
            body += decode.decode(piece).encode("utf-8", "replace")
    decode.decode(b"", final=True)
    head = _ENCODING.sub(rb"\1UTF-8\2", bytes(body[:_DECLARATION]).lstrip(codecs.BOM_UTF8), count=1)
    return head + bytes(body[_DECLARATION:])


def _usual(body: bytes) -> bytes:
    for strict, usual in _NAMES:
        body = body.replace(STRICT + strict, _USUAL + usual)
    return body


def without_empty_end(part: bytes) -> bytes:
    """Return a sheet's XML without the rows after the last that holds anything.

    Only where those are many; and only where the names have no prefix, as in all files of Excel.
    """
    end = part.rfind(_END)
    last = max(part.rfind(each, 0, end) for each in _HELD) if end > 0 else -1
    after = part.find(b"</row>", last, end) if last > 0 else -1
    if after < 0 or end - after < _LONG_TAIL:
        return part
    tail = after + len(b"</row>")
    if _COMMENT.search(part, tail, end) is not None:
        return part
    return part[:tail] + part[end:]


# In a comment or a marked section nothing is what it looks like.
_COMMENT = re.compile(rb"<!")
