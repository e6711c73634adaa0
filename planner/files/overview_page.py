"""The paper of the first sheet: eight columns, filled from the top down."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.core.texts import Language
from planner.files.cell_writer import HEADER, INDENTED, Styles
from planner.files.layout import LINE_HEIGHT, lines_in
from planner.files.result_writer import LINKED

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

COLUMNS = 8
_LETTER = 10.0  # points
_WIDTH = 11.8
# So many letters of a sentence fit beside one another; the letter is narrower than a digit.
ACROSS = 1.26 * COLUMNS * _WIDTH
# Of full size, at which letters are of ten points; nine is the least that prints well.
_PRINTED = 91
_MARGIN = 0.35  # inches
_ABOVE, _BELOW = 0.75, 0.7  # inches, of header and footer
_PAGE = (841.9 - 72 * (_ABOVE + _BELOW)) * 100 / _PRINTED  # points of rows that a page holds


class OverviewPage:
    """Writes rows below one another on the first sheet."""

    def __init__(self, sheet: Worksheet, styles: Styles, language: Language) -> None:
        """Keep the sheet and the language; the first row is the next."""
        self.sheet = sheet
        self.styles = styles
        self.language = language
        self.row = 0
        self._printed = 0
        self._heights: dict[int, float] = {}  # of rows, in points, where they are not as usual
        sheet.set_column(0, COLUMNS - 1, _WIDTH)

    def title(self, text: str) -> None:
        """Write the title of the sheet, in a row as high as its letters."""
        self.set_height(self.row, 1.6 * LINE_HEIGHT)
        self.sheet.write_string(self.row, 0, text, self.styles.style(bold=True, font_size=16))
        self.row += 1

    def heading(self, text: str) -> None:
        """Write a heading with some room above it."""
        style = self.styles.style(bold=True, font_size=12, valign="bottom", font_color="#1F4E79")
        self.set_height(self.row, 1.5 * LINE_HEIGHT)
        self.sheet.write_string(self.row, 0, text, style)
        self.row += 1

    def lead(self, column: int, url: str | None, row: int | None = None) -> dict[str, object]:
        """Have a cell that is yet to be written lead somewhere; return how such a cell looks."""
        if url is None:
            return {}
        self.sheet.write_url(self.row if row is None else row, column, url, string="")
        return {"font_color": LINKED}

    def text(self, text: str, first: int = 0, **look: object) -> None:
        """Write a text over the width from a column on, as many lines high as it takes."""
        style = self.styles.style(text_wrap=True, valign="top", **look)
        self.sheet.merge_range(self.row, first, self.row, COLUMNS - 1, text, style)
        larger = float(str(look.get("font_size", _LETTER))) / _LETTER
        across = ACROSS * (COLUMNS - first) / COLUMNS / larger
        self.set_height(self.row, LINE_HEIGHT * larger * lines_in(text, across))
        self.row += 1

    def cells(  # noqa: PLR0913 - what a row is made of
        self,
        values: Sequence[str | float | None],
        spans: Sequence[int],
        *,
        header: bool = False,
        numbers: Sequence[int] = (),
        digits: str | Sequence[str] = "#,##0",
        urls: Sequence[str | None] = (),
    ) -> None:
        """Write a row of cells, each over so many columns, as high as its longest text.

        Numbers stand right, as do the titles of a header at the places `numbers`, from 0. `digits`
        is the format of the numbers, or that of each cell; `urls` are where
        the first cells lead.
        """
        at, high, after_number = 0, 1, False
        for number, (value, span) in enumerate(zip(values, spans, strict=True)):
            is_number = not isinstance(value, str)
            right = number in numbers if header else is_number
            look: dict[str, object] = dict(HEADER) if header else {"valign": "top"}
            shown = digits if isinstance(digits, str) else digits[number]
            look |= {"align": "right", "num_format": shown} if right else {"text_wrap": True}
            look |= INDENTED if after_number and not right else {}
            after_number = right
            leads = urls[number] if number < len(urls) else None
            look |= {} if leads is None else {"font_color": LINKED}
            style = self.styles.style(**look)
            if span > 1:
                self.sheet.merge_range(self.row, at, self.row, at + span - 1, "", style)
            if leads is not None:
                self.sheet.write_url(self.row, at, leads, string="")
            if isinstance(value, str):
                self.sheet.write_string(self.row, at, value, style)
                high = max(high, lines_in(value, 1.12 * span * _WIDTH))
            elif value is not None:
                self.sheet.write_number(self.row, at, value, style)
            at += span
        self.set_height(self.row, LINE_HEIGHT * high)
        self.row += 1

    def set_height(self, row: int, height: float) -> None:
        """Make a row so many points high."""
        self._heights[row] = height
        self.sheet.set_row(row, height)

    def fits(self, first: int, until: int) -> bool:
        """Whether rows fit on a printed page, from one up to another, which is not among them."""
        rows = range(first, until)
        return sum(self._heights.get(row, LINE_HEIGHT) for row in rows) <= _PAGE

    def breaks(self, blocks: Sequence[int], begin: AbstractSet[int]) -> list[int]:
        """Return the rows that begin a printed page, of those that begin a block.

        They are those of `begin`, and of blocks that would go on on a next page.
        """
        found: list[int] = []
        for row, following in pairwise([*blocks, self._printed or self.row]):
            if row in begin or not self.fits(found[-1] if found else 0, following):
                found.append(row)
        return found

    def skip(self, rows: int) -> None:
        """Leave rows empty."""
        self.row += rows

    def printed(self) -> None:
        """Say that what follows is of use on a screen only."""
        self._printed = self.row

    def finish(self, breaks: Sequence[int]) -> None:
        """Set up how it prints: upright, at a size one reads, with pages that end before rows."""
        self.sheet.set_portrait()
        self.sheet.set_print_scale(_PRINTED)
        self.sheet.set_margins(left=_MARGIN, right=_MARGIN, top=_ABOVE, bottom=_BELOW)
        self.sheet.set_h_pagebreaks(list(breaks))
        self.sheet.center_horizontally()
        self.sheet.print_area(0, 0, (self._printed or self.row) - 1, COLUMNS - 1)
        self.sheet.hide_gridlines(2)
