"""Pages as a tagged PDF: one that is read aloud (PDF/UA-1) and kept for good (PDF/A-2a).

What is printed comes as blocks; the library lays them out by `resources/paper/report.typ` and
writes both standards in one file. See the note on tagged paper.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import matplotlib as mpl

from planner.core.errors import ProgramFaultError
from planner.core.texts import message
from planner.report.fonts import known

FONTS = ("DejaVu Sans", "Noto Emoji")
_PAGE = re.compile(rb"/Type\s*/Page\b")

Block = Mapping[str, Any]


def tagged_pdf(
    blocks: Sequence[Block], about: Mapping[str, str], language: str, words: tuple[str, str]
) -> bytes:
    """Return the PDF of some blocks.

    `about` has its `Title`, `Subject` and `Creator`; `words` are what stands above each page, and
    those of its number with `{page}` and `{pages}`. `ProgramFaultError` where it cannot be made.
    """
    import typst  # noqa: PLC0415 - takes long to load

    running, numbered = words
    data = {
        "title": about.get("Title") or running or "Opvangplan",
        "subject": about.get("Subject", ""),
        "creator": about.get("Creator", ""),
        "language": language,
        "fonts": FONTS,
        "running": running,
        "page": numbered,
        "blocks": list(blocks),
    }
    letters = str(Path(mpl.get_data_path()) / "fonts" / "ttf")
    with as_file(files("resources")) as resources:
        try:
            pdf = typst.compile(
                str(resources / "paper" / "report.typ"),
                root=str(resources),
                font_paths=[letters, str(resources / "fonts")],
                ignore_system_fonts=True,
                sys_inputs={"data": json.dumps(_drawable(data))},
                format="pdf",
                pdf_standards=["ua-1", "a-2a"],
            )
        except typst.TypstError as fault:
            raise ProgramFaultError(message("report.not_tagged", what=str(fault))) from fault
    return bytes(pdf)


def pages_in(pdf: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    return len(_PAGE.findall(pdf))


def _drawable(value: object) -> object:
    """Return texts with a box for each character that no font has; a drawing is as it was drawn."""
    if isinstance(value, str):
        return "\n".join(known(line) for line in value.split("\n"))
    if isinstance(value, Mapping):
        return {key: each if key == "svg" else _drawable(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [_drawable(each) for each in value]
    return value
