"""A PDF's language, title and table of contents, which the drawing library does not write.

They are appended to the file as an update, which is how the format changes what is there: a
catalogue that replaces the one before it, and the entries of the contents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.core.errors import ProgramFaultError
from planner.core.texts import message

_ROOT = re.compile(rb"/Root (\d+) 0 R")
_SIZE = re.compile(rb"/Size (\d+)")
_INFO = re.compile(rb"/Info (\d+) 0 R")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_KIDS = re.compile(rb"/Kids \[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")


@dataclass(frozen=True)
class Chapter:
    """A chapter of a file: its title, and the page that it begins on, from 0."""

    title: str
    page: int


def add_outline(path: Path, chapters: Sequence[Chapter], language: str) -> None:
    """Give a PDF its language and contents; `ProgramFaultError` where it is not as we wrote it."""
    content = path.read_bytes()
    found = [pattern.search(content) for pattern in (_ROOT, _SIZE, _INFO, _PAGES, _KIDS)]
    start = _START.search(content)
    if start is None or not all(found):
        raise ProgramFaultError(message("report.unknown_pdf"))
    root, size, info, pages, kids = (each[1] for each in found if each is not None)
    leaves = [each[1] for each in _REFERENCE.finditer(kids)]
    first = int(size)
    contents = f"/PageMode /UseOutlines /Outlines {first} 0 R "
    objects = {int(root): _catalogue(pages.decode(), language, contents)}
    objects |= _entries(chapters, [each.decode() for each in leaves], first)
    path.write_bytes(content + _update(content, objects, root, info, int(start[1])))


def _catalogue(pages: str, language: str, contents: str) -> str:
    return (
        f"<< /Type /Catalog /Pages {pages} 0 R /Lang ({language}) {contents}"
        f"/ViewerPreferences << /DisplayDocTitle true >> >>"
    )


def _entries(chapters: Sequence[Chapter], leaves: Sequence[str], first: int) -> dict[int, str]:
    """Return the contents and its entries by their numbers."""
    if not chapters:
        return {first: "<< /Type /Outlines /Count 0 >>"}
    last = first + len(chapters)
    count = len(chapters)
    entries = {
        first: f"<< /Type /Outlines /First {first + 1} 0 R /Last {last} 0 R /Count {count} >>"
    }
    for at, chapter in enumerate(chapters, start=first + 1):
        title = chapter.title.encode("utf-16-be").hex()
        before = f"/Prev {at - 1} 0 R " if at > first + 1 else ""
        after = f"/Next {at + 1} 0 R " if at < last else ""
        entries[at] = (
            f"<< /Title <feff{title}> /Parent {first} 0 R {before}{after}"
            f"/Dest [{leaves[chapter.page]} 0 R /Fit] >>"
        )
    return entries


def _update(
    content: bytes, objects: dict[int, str], root: bytes, info: bytes, before: int
) -> bytes:
    """Return the objects with where each stands, as the format appends them to a file."""
    body = b"\n"
    table = b"xref\n0 1\n0000000000 65535 f \n"
    for number, written in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(content) + len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, written.encode("ascii"))
    size = max(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root %s 0 R /Info %s 0 R /Prev %d >>\n" % (
        size, root, info, before,
    )  # fmt: skip
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(content) + len(body))
