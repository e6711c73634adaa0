"""How a sheet is printed: on A4, with its name, the plan, the page and the date.

Upright where that fits, and no smaller than one can read: a long table is no reading matter, so of
each sheet one page is printed, and its footer says how much there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.core.texts import Language, say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
# Widths of columns together, in letters, that fit upright paper and paper on its side at full size;
# heights in points; and how small it may become.
_UPRIGHT, _ON_ITS_SIDE = 96.0, 142.0
_TALL, _WIDE = 730.0, 480.0
_LEAST = 0.66
_INCHES = {"left": 0.5, "right": 0.5, "top": 0.75, "bottom": 0.7}
# What the format allows in a header or footer.
_LONGEST = 255


def set_up_page(
    page: Worksheet,
    language: Language,
    about: str = "",
) -> None:
    """Give a sheet its paper, header and footer; `about` says which plan it is of."""
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(**_INCHES)
    page.fit_to_pages(1, 0)
    middle = about.replace("&", "&&")[: _LONGEST // 2]
    page.set_header(f"&L&B&A&B&C{middle}&R&D")
    page.set_footer(f"&L&F&R{say('overview.page', language)} &P / &N")


def fit_page(
    page: Worksheet, widths: Sequence[float], language: Language, rows: Sequence[float] = ()
) -> None:
    """Have a sheet printed on one page that can be read, and say in its footer what is left out.

    `widths` are those of its columns in letters, 0 where one is hidden; `rows` are the heights of
    its rows in points from the top, of which the first are printed. Without rows all are.
    """
    upright = sum(widths) <= _UPRIGHT / _LEAST
    across, down = (_UPRIGHT, _TALL) if upright else (_ON_ITS_SIDE, _WIDE)
    if upright:
        page.set_portrait()
    columns = _fitting(widths, across / _LEAST)
    if not rows:
        page.fit_to_pages(1, 0)
        if columns < len(widths):
            page.fit_to_pages(max(1, -int(-sum(widths) * _LEAST // across)), 0)
        return
    lines = _fitting(rows, down / _LEAST)
    page.fit_to_pages(1, 1)
    if page.hidden:
        return  # with an area to print, LibreOffice would print it all the same
    page.print_area(0, 0, lines - 1, columns - 1)
    words = say("overview.page", language)
    parts = _printed(lines, len(rows), widths, columns, language)
    if parts:
        part = say("overview.printed_part", language, part=" \N{MIDDLE DOT} ".join(parts))
        page.set_footer(f"&L&F&C{part}&R{words} &P / &N")


def _printed(
    lines: int, rows: int, widths: Sequence[float], columns: int, language: Language
) -> list[str]:
    """Return of what a part is printed: rows, columns that are not hidden, or both."""
    parts = []
    if lines < rows:
        parts.append(say("overview.printed_rows", language, lines=lines, of=rows))
    shown, seen = (sum(1 for each in some if each) for some in (widths[:columns], widths))
    if shown < seen:
        parts.append(say("overview.printed_columns", language, columns=shown, of=seen))
    return parts


def _fitting(sizes: Sequence[float], room: float) -> int:
    """Return how many sizes in a row fit in a room, at least one."""
    taken = 0.0
    for number, size in enumerate(sizes):
        taken += size
        if taken > room and number:
            return number
    return len(sizes)
