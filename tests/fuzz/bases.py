"""Files to be spoiled: of every kind that is read, by more than one maker."""

from __future__ import annotations

import random
import tempfile
from functools import cache
from pathlib import Path

import openpyxl

from tests.planner.files.gallery import writers as w
from tests.planner.files.gallery.rows import plain_rows

KEPT = Path(__file__).parents[1] / "files" / "gallery"

# How often each is taken; of a kind that openpyxl reads its reading is compared with ours.
_OTHERS = {
    "xlsxwriter.xlsx": w.by_xlsxwriter,
    "pandas.xlsx": w.by_pandas("xlsxwriter"),
    "libreoffice.xlsx": w.kept("plain.xlsx"),
    "plain.ods": w.kept("plain.ods"),
    "filtered.ods": w.kept("filtered.ods"),
    "notes.ods": w.kept("notes-below.ods"),
    "plain.xls": w.kept("plain.xls"),
    "error.xls": w.kept("error-cell.xls"),
    "semicolons.csv": w.text_file("Bezetting", ";"),
    "tabs.csv": w.text_file("Bezetting", "\t", encoding="utf-16"),
    "locations.csv": w.text_file("Locaties", ",", decimal="."),
}


def base(chance: random.Random) -> tuple[str, bytes | openpyxl.Workbook]:
    """Return a file's name and its bytes, or half the time a workbook that is not written yet."""
    if chance.random() < 1 / 2:
        return "openpyxl.xlsx", w.openpyxl_book(plain_rows())
    name = chance.choice(list(_OTHERS))
    return name, _content(name)


@cache
def _content(name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        _OTHERS[name](path)
        return path.read_bytes()
