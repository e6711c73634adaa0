"""The table by month of the first sheet.

It holds formulas, so that a reader may try more demand, more beds or another norm at once; with
nothing filled in they give the plan's own figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.core.texts import say
from planner.files.cell_writer import HEADER, serial_of
from planner.files.layout import LINE_HEIGHT, month_format
from planner.files.overview_page import OverviewPage
from planner.input.book import column_letters
from planner.sheets.answer import in_emergency, monthly, planning_norm
from planner.sheets.cell_links import Links
from planner.sheets.overview_table import TABLE

if TYPE_CHECKING:
    from xlsxwriter.format import Format

# The columns of the cells that may be changed, and of the norm of the plan; they stand in one row.
_DEMAND, _BEDS, _PLAN_NORM, _NORM = 1, 3, 5, 7
_YELLOW, _GREY = "#FFF2CC", "#EEEEEE"
# The tables that can be seen whose rows the last columns by month are made of; the first three are
# formulas.
_FORMULAS = 3
_MADE_OF = ("placement", "placement", "dol", "dol")
_TITLE_LINES = 3  # "Bedden zonder besluiten"
# The columns of the sheet of the run-off.
_RUNOFF = {"month": "A", "portfolio_beds": "B", "needed_beds": "C", "shortage": "D"}


class MonthTable:
    """Writes the table by month and the cells that may be tried."""

    def __init__(self, page: OverviewPage, links: Links) -> None:
        """Keep the page to write on, and where its figures lead."""
        self._page = page
        self._links = links
        self._tried = 0

    def write(self, frames: Mapping[str, pd.DataFrame], runoff: tuple[str, int]) -> int:
        """Write it all; return the row of the first month, from 0.

        `runoff` is the name of that sheet and the row of its header, from 0.
        """
        norm = planning_norm(frames)
        self._page.heading(self._say("overview.months"))
        self._tries(norm)
        self._header()
        return self._months(frames, runoff, with_norm=norm is not None)

    def _say(self, key: str) -> str:
        return say(key, self._page.language)

    def _tries(self, norm: float | None) -> None:
        """Write the cells that a reader may change; that of the norm where there is one norm."""
        self._tried = self._page.row
        self._page.set_height(self._tried, 2 * LINE_HEIGHT)
        self._try(_DEMAND, "overview.try_demand", 0, "0%", (-1.0, 10.0))
        self._try(_BEDS, "overview.try_beds", 0, "#,##0", (-1_000_000.0, 1_000_000.0))
        if norm is not None:
            grey = self._page.styles.style(
                bg_color=_GREY, border=1, num_format="0.0%", valign="vcenter"
            )
            self._label(_PLAN_NORM - 1, "overview.plan_norm")
            self._page.sheet.write_number(self._tried, _PLAN_NORM, norm, grey)
            self._try(_NORM, "overview.try_norm", norm, "0.0%", (0.01, 2.0))
        self._page.skip(1)

    def _try(
        self, column: int, key: str, value: float, shown: str, between: tuple[float, float]
    ) -> None:
        self._label(column - 1, key)
        self._page.sheet.write_number(self._tried, column, value, self._changeable(shown))
        rule = {
            "validate": "decimal", "criteria": "between",
            "minimum": between[0], "maximum": between[1],
            "error_title": self._say("overview.try"), "error_message": self._say("overview.range"),
        }  # fmt: skip
        self._page.sheet.data_validation(self._tried, column, self._tried, column, rule)

    def _label(self, column: int, key: str) -> None:
        right = self._page.styles.style(align="right", valign="vcenter", text_wrap=True)
        self._page.sheet.write_string(self._tried, column, self._say(key), right)

    def _changeable(self, number_format: str) -> Format:
        return self._page.styles.style(
            bg_color=_YELLOW, border=1, num_format=number_format, locked=0, valign="vcenter"
        )

    def _header(self) -> None:
        row = self._page.row
        for at, column in enumerate(TABLE.columns):
            look = HEADER | {"text_wrap": True, "bold": False} | ({"align": "right"} if at else {})
            title = column.title.in_(self._page.language)
            self._page.sheet.write_string(row, at, title, self._page.styles.style(**look))
        self._page.set_height(row, _TITLE_LINES * LINE_HEIGHT)
        self._page.skip(1)

    def _months(
        self, frames: Mapping[str, pd.DataFrame], runoff: tuple[str, int], *, with_norm: bool
    ) -> int:
        """Write the months; formulas stand with their results, the highest below all."""
        sheet, styles, first = self._page.sheet, self._page.styles, self._page.row
        day = styles.style(num_format=month_format(self._page.language), align="left")
        frame = frames["runoff"]
        months = frame["month"].tolist()
        others = _by_month(frames, months)
        lines = list(zip(frame["portfolio_beds"], frame["needed_beds"], strict=True))
        for at, (contract, needed) in enumerate(lines):
            row = first + at
            sheet.write_number(row, 0, serial_of(months[at]), day)
            looks = [
                self._page.lead(column, self._links.months.get((key, months[at])), row)
                for column, key in enumerate(_MADE_OF, start=1 + _FORMULAS)
            ]
            plain: list[dict[str, object]] = [{}] * _FORMULAS
            numbers = [styles.style(num_format="#,##0", **look) for look in (*plain, *looks)]
            values = (contract, needed, max(0.0, needed - contract))
            formulas = self._formulas(row, runoff, at, with_norm=with_norm)
            for column, (formula, value) in enumerate(zip(formulas, values, strict=True), start=1):
                sheet.write_formula(row, column, formula, numbers[column - 1], value)
            for column, cells in enumerate(others, start=1 + _FORMULAS):
                sheet.write_number(row, column, cells[at], numbers[column - 1])
        short = [max(0.0, needed - contract) for contract, needed in lines]
        columns = (
            [contract for contract, _ in lines], [needed for _, needed in lines], short, *others,
        )  # fmt: skip
        self._page.skip(len(months))
        self._highest(first, [max(each) for each in columns])
        marked = styles.style(bold=True, font_color="#9C0006")
        rule = {"type": "cell", "criteria": ">=", "value": 0.5, "format": marked}
        sheet.conditional_format(first, 3, first + len(months) - 1, 3, rule)
        return first

    def _formulas(
        self, row: int, runoff: tuple[str, int], at: int, *, with_norm: bool
    ) -> tuple[str, ...]:
        """Return the formulas of a month: beds without decisions, beds needed, what is missing."""
        sheet, header = runoff
        theirs = f"'{sheet.replace(chr(39), chr(39) * 2)}'"
        line = header + 2 + at
        norm = f"*({self._cell(_PLAN_NORM)}/{self._cell(_NORM)})" if with_norm else ""
        return (
            f"={theirs}!{_RUNOFF['portfolio_beds']}{line}+{self._cell(_BEDS)}",
            f"={theirs}!{_RUNOFF['needed_beds']}{line}*(1+{self._cell(_DEMAND)}){norm}",
            f"=MAX(0,C{row + 1}-B{row + 1})",
        )

    def _cell(self, column: int) -> str:
        """Return the address of a cell that may be tried."""
        return f"${column_letters(column + 1)}${self._tried + 1}"

    def _highest(self, first: int, values: Sequence[float]) -> None:
        """Write the highest of each column below it, as a formula with its result."""
        look: dict[str, object] = {"bold": True, "top": 1}
        row = self._page.row
        style = self._page.styles.style(**look)
        self._page.sheet.write_string(row, 0, self._say("overview.highest"), style)
        number = self._page.styles.style(num_format="#,##0", **look)
        for column, value in enumerate(values, start=1):
            letters = column_letters(column + 1)
            formula = f"=MAX({letters}{first + 1}:{letters}{row})"
            self._page.sheet.write_formula(row, column, formula, number, value)
        self._page.skip(1)


def _by_month(frames: Mapping[str, pd.DataFrame], months: Sequence[Any]) -> tuple[list[float], ...]:
    """Return people in regular places, in emergency, and DOL places and people, by month."""
    placement, dol = frames["placement"], frames["dol"]
    emergency = in_emergency(placement)
    return (
        monthly(placement.drop(emergency.index), "people", months),
        monthly(emergency, "people", months),
        monthly(dol, "prepared", months),
        monthly(dol, "people", months),
    )
