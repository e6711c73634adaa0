"""Which character set a text file was written in: it does not say so itself.

Marks at the beginning and UTF-8 are sure. Of the old sets, in which every byte is some letter, the
one is taken whose letters stand where letters stand in Dutch names; what it was is told.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# As people call them; of Windows, of the Mac, of DOS. The first of equals is taken.
_OLD = ("cp1252", "mac_roman", "cp850")
_CALLED: Mapping[str, str] = {
    "utf-8-sig": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp850": "DOS (850)",
}
# Letters of Dutch, Frisian and their neighbours; others are more likely another set's bytes.
_LETTERS = "áàâäéèêëíîïóòôöúùûüçñœßÁÀÂÄÉÈÊËÍÎÏÓÔÖÚÛÜÇÑŠšŽžČčĆćŞşĞğİı"
# Currency, fractions, degrees; dashes and quotes; a space that keeps words together.
_SIGNS = "€£§°±²³·÷½¼…•«»\u00d7\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u00a0\u00b4"
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ODD = re.compile(
    # A letter or sign that is seldom met; a capital or an opening quote behind a small letter;
    # a bullet or a closing quote, which is no apostrophe, between two letters.
    rf"[^\x00-\x7f{_LETTERS}{_SIGNS}]"
    "|(?<=[a-z])[ÁÀÂÄÉÈÊËÍÎÏÓÔÖÚÛÜÇÑŠŽ«\u2018\u201c\u201e]"
    "|(?<=[a-z])[•»°±·\u201d](?=[a-z])"
)


def decoded(content: bytes) -> tuple[str, str] | None:
    """Return a file's text and its character set as people call it; nothing if it is no text."""
    for encoding in _sure(content):
        text = _text(content, encoding)
        if text is not None:
            return text, _called(encoding)
    # In the others every byte is a letter, of pictures and programs too.
    if _NO_TEXT.search(content) is not None or any(map(content.startswith, dict(_MARKS))):
        return None
    known = [(text, each) for each in _OLD if (text := _text(content, each)) is not None]
    text, encoding = min(known, key=lambda each: len(_ODD.findall(each[0])))
    return text, _called(encoding)


def _sure(content: bytes) -> Iterator[str]:
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    if marked:
        yield marked[0]
    elif content[1:2] == b"\0" != content[:1]:
        yield "utf-16-le"
    elif content[:1] == b"\0" != content[1:2]:
        yield "utf-16-be"
    else:
        yield "utf-8"


def _text(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _called(encoding: str) -> str:
    return _CALLED.get(encoding, encoding.upper())
