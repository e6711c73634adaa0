"""Workbooks that are right but in a form the reading library does not take, put in one it does.

Excel can save "Strict Open XML", whose names are others; and some programs give every row of a
sheet a look, up to the last, which takes a quarter of a minute to walk over.
"""

from __future__ import annotations

import io
import re
import zipfile

STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = (
    (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
    (b"drawingml/main", b"drawingml/2006/main"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/", b"officeDocument/2006/"),
)
_USUAL = b"http://schemas.openxmlformats.org/"
_WORKBOOK_PART = "xl/workbook.xml"

# Below this many bytes of rows without anything in them it is quicker to walk over them.
_LONG_TAIL = 200_000
_END = b"</sheetData>"
# What a cell holds stands in one of these: a value, a formula, a text in place.
_HELD = (b"</v>", b"<v/>", b"</f>", b"<f/>", b"<f ", b"</is>", b"<is/>", b"<v ", b"</t>")


def in_usual_form(content: bytes, archive: zipfile.ZipFile) -> bytes:
    """Return a workbook's bytes with the usual names in its parts; most are so already."""
    if _WORKBOOK_PART not in archive.namelist() or STRICT not in archive.read(_WORKBOOK_PART):
        return content
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as usual:
        for part in archive.infolist():
            body = archive.read(part)
            if part.filename.endswith((".xml", ".rels")):
                body = _usual(body)
            usual.writestr(part.filename, body)
    return out.getvalue()


def strictly(body: bytes) -> bytes:
    """Return a part that has the usual names with those of a strict workbook."""
    for strict, usual in _NAMES[:-1]:
        body = body.replace(_USUAL + usual, STRICT + strict)
    return body


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
