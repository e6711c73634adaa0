"""How a sheet is printed: on A4, with its name, the plan, the page and the date.

Upright where that fits, and no smaller than one can read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planner.core.texts import Language, say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
# Widths of columns together, in letters, that fit upright paper at full size, and that can still
# be read on one sheet of paper on its side (seven tenths of full size).
_UPRIGHT = 96.0
_ON_ITS_SIDE = 215.0
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


def fit_page(page: Worksheet, widths: Iterable[float], kept: int = 1) -> None:
    """Turn the paper as the columns need, over more pages where one would be too small to read.

    `kept` is how many columns from the left then stand on every page.
    """
    total = sum(widths)
    if total <= _UPRIGHT:
        page.set_portrait()
    across = max(1, -int(-total // _ON_ITS_SIDE))
    page.fit_to_pages(across, 0)
    if across > 1:
        page.repeat_columns(0, kept - 1)
