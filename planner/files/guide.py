"""The first sheet of the template: how to fill it in, and which sheets there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.texts import Language, Text, catalogue, say
from planner.files.cell_writer import HEADER, REQUIRED, Styles
from planner.input.book import RawSheet
from planner.input.column import Table
from planner.input.names import plain
from planner.input.records import TABLES

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TITLE = Text("Uitleg", "Guide")
# The sheets to begin with, and the one that is filled in beforehand; the others are hidden.
FIRST = ("locations", "occupancy", "inflow")
SUPPLIED = "groups"

_LINES = ("order", "hidden", "required", "empty", "dates", "numbers", "lists", "totals", "read")
_WIDTHS = (24, 16, 90)
_LINE, _WRAPPED_AT = 15, 115  # points; characters
_A4 = 9


def is_guide(sheet: RawSheet) -> bool:
    """Whether a sheet is the guide of the template, by its name and its first line."""
    title = catalogue()["guide.title"]
    named = plain(sheet.name) in {plain(TITLE.nl), plain(TITLE.en)}
    return named and sheet.cells.get((1, 1)) in {title.nl, title.en}


def write_guide(page: Worksheet, styles: Styles, language: Language) -> None:
    """Write the guide: what the marks mean, and a line per sheet with a link to it."""
    wrapped = styles.style(text_wrap=True, valign="top")
    for at, width in enumerate(_WIDTHS):
        page.set_column(at, at, width)
    page.hide_gridlines(2)
    page.write_string(0, 0, say("guide.title", language), styles.style(bold=True, font_size=14))
    row = 2
    for line in _LINES:
        text = say(f"guide.{line}", language)
        page.set_row(row, _LINE * -(-len(text) // _WRAPPED_AT))  # merged cells find no height
        page.merge_range(row, 0, row, len(_WIDTHS) - 1, text, wrapped)
        row += 1
    for key, look in (("required_is", REQUIRED), ("others_are", HEADER)):
        page.write_string(row, 0, say(f"guide.{key}", language), styles.style(**look))
        row += 1
    row += 1
    for at, key in enumerate(("sheet", "needed", "meaning")):
        page.write_string(row, at, say(f"guide.{key}", language), styles.style(**HEADER))
    for table in TABLES:
        row += 1
        title = table.title.in_(language)
        if table.key in FIRST:
            page.write_url(row, 0, f"internal:'{title}'!A1", styles.style(**_LINK), title)
        else:
            page.write_string(row, 0, title, wrapped)  # no link leads to a sheet that is hidden
        page.write_string(row, 1, say(f"guide.{_needed(table)}", language), wrapped)
        page.write_string(row, 2, table.meaning.in_(language), wrapped)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.protect("", {"format_columns": True, "format_rows": True})


def _needed(table: Table) -> str:
    """Return whether a sheet is to be filled in, as the key of a word for it."""
    if table.key == SUPPLIED:
        return "filled"
    if table.required:
        return "yes"
    return "or_forecast" if table.key in FIRST else "no"


_LINK: dict[str, object] = {"font_color": "#0B5394", "underline": 1, "valign": "top"}
