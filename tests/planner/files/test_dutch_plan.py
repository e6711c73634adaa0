"""No English, no key and no code stands in view in the workbook of a Dutch plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl

KEY = re.compile(r"[a-z]+_[a-z]")
WORD = re.compile(r"[a-z]+")
# Words that no Dutch sentence of the program has, and that the program's English is full of.
ENGLISH = frozenset(
    [
        "accelerated",
        "accepted",
        "agreement",
        "all",
        "annual",
        "applicants",
        "arrivals",
        "assumption",
        "beds",
        "by",
        "capacity",
        "counted",
        "cost",
        "decided",
        "decree",
        "derived",
        "directive",
        "each",
        "emergency",
        "empty",
        "exception",
        "families",
        "family",
        "figure",
        "fixed",
        "for",
        "from",
        "given",
        "groups",
        "growth",
        "high",
        "holders",
        "known",
        "law",
        "leave",
        "letter",
        "limit",
        "location",
        "locations",
        "low",
        "may",
        "middle",
        "minors",
        "month",
        "months",
        "moves",
        "municipality",
        "must",
        "needed",
        "needs",
        "none",
        "only",
        "out",
        "parliament",
        "people",
        "permit",
        "person",
        "persons",
        "place",
        "places",
        "published",
        "registration",
        "regular",
        "regulation",
        "replace",
        "return",
        "rule",
        "sessions",
        "shared",
        "shares",
        "shortfall",
        "single",
        "sources",
        "stages",
        "stays",
        "supplied",
        "that",
        "the",
        "there",
        "they",
        "total",
        "transfers",
        "unaccompanied",
        "unless",
        "unplaced",
        "until",
        "value",
        "waiting",
        "which",
        "who",
        "with",
        "women",
        "year",
        "years",
        "yes",
    ]
)


def seen(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts in view with their cells: of sheets and columns that are not hidden."""
    with closing(openpyxl.load_workbook(path)) as workbook:
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":
                continue
            hidden = {
                at
                for each in sheet.column_dimensions.values()
                if each.hidden
                for at in range(each.min or 0, (each.max or 0) + 1)
            }
            for row in sheet.iter_rows():
                for cell in row:
                    where = f"{sheet.title}!{cell.coordinate}"
                    if cell.comment is not None:
                        yield where, cell.comment.text
                    if isinstance(cell.value, str) and cell.column not in hidden:
                        yield where, " ".join(_words_in(cell.value))


def _words_in(text: str) -> list[str]:
    """Return a text, of a formula what stands in it as text."""
    return re.findall(r'"([^"]*)"', text) if text.startswith("=") else [text]


def test_a_dutch_plan_has_no_english_and_no_keys_in_view(demo: Path) -> None:
    found = {
        where: text
        for where, text in seen(demo / "plan.xlsx")
        if KEY.search(text) or ENGLISH & set(WORD.findall(text.casefold()))
    }

    assert not found


def test_such_words_would_be_found() -> None:
    assert ENGLISH & set(WORD.findall("assumption of the demo, replace"))
    assert KEY.search("single_men")
