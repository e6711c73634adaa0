"""Tables of the spreadsheet's own on the sheets we write, each under a name.

Formulas, pivot tables and programs that read workbooks find the rows by that name (`Plaatsing`,
`Locaties[Bedden]`), however many there are. What Excel asks of such a table holds here: titles that
are texts and differ, and a name that no other table has and no cell could have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.files.escapes import encoded

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_NOT_IN_NAME = re.compile(r"\W+")
# What looks like a place (`AB12`, `R1C1`) or begins with a digit cannot be a name.
_LIKE_A_PLACE = re.compile(r"[a-z]{1,3}\d+|[rc]\d*|r\d*c\d*|\d.*", re.IGNORECASE)
_LONGEST = 255
# A sheet that begins so is the program's own and read by nobody.
_OWN = "_"


class NamedTables:
    """The tables of one workbook."""

    def __init__(self) -> None:
        """Begin without any."""
        self._taken: set[str] = set()

    def give(
        self, page: Worksheet, header: int, first: int, titles: Sequence[object], last: int
    ) -> bool:
        """Make the rows below a header a table named after its sheet; `False` where none can be.

        Rows and columns count from 0; `titles` stand in the header from the column `first` on, and
        `last` is the last row. The table brings the filter with it.
        """
        name = str(page.name)
        if name.startswith(_OWN) or not _can_head(titles):
            return False
        # The library writes the titles anew.
        cells = page.table[header]
        columns = [
            {"header": each, "header_format": cells[at].format}
            for at, each in enumerate(titles, start=first)
        ]
        options = {"name": self._free(name), "columns": columns, "style": None}
        return not page.add_table(header, first, last, first + len(titles) - 1, options)

    def _free(self, sheet: str) -> str:
        name = free = name_of(sheet)
        number = 1
        while free.casefold() in self._taken:
            number += 1
            free = f"{name}_{number}"
        self._taken.add(free.casefold())
        return free


def name_of(sheet: str) -> str:
    """Return what the table of a sheet is called: its name, without what no name may hold."""
    name = _NOT_IN_NAME.sub("_", sheet.replace("'", "")).strip("_")
    return f"_{name}" if not name or _LIKE_A_PLACE.fullmatch(name) else name


def _can_head(titles: Sequence[object]) -> bool:
    """Whether Excel takes titles for those of a table."""
    texts = [each for each in titles if isinstance(each, str)]
    plain = all(
        each.strip() and each.isprintable() and len(each) <= _LONGEST and encoded(each) == each
        for each in texts
    )
    alone = len({each.casefold() for each in texts}) == len(titles)
    return bool(titles) and plain and alone
