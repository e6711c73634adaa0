"""The first sheet of a plan's workbook: question, answer, shortfalls and assumptions on one page.

Its table by month holds formulas, so that a reader may try more demand, more beds or another norm
at once; with nothing filled in they give the plan's own figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.core.over_months import OVER_MONTHS, SHARE, OverMonths, month_words
from planner.core.texts import Language, say, show, show_month
from planner.files.answer import answer, in_emergency, monthly, planning_norm
from planner.files.cell_links import Links
from planner.files.cell_writer import HEADER, Styles, serial_of
from planner.files.layout import LINE_HEIGHT, lines_in, month_format
from planner.files.made_by import LAYOUT
from planner.files.overview_charts import CHART_ROWS, OverviewCharts
from planner.files.overview_table import HEADER_ROW, STATUS_CELL, TABLE
from planner.files.result_tables import LevelName
from planner.files.result_writer import LINKED
from planner.files.results import ResultSheet
from planner.files.units import digits_of, unit_key, unit_title
from planner.input.book import column_letters
from planner.input.kinds import Standing

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# Where the table by month begins, and the cells that may be changed.
LEFT = 4
_DEMAND, _BEDS, _NORM, _PLAN_NORM = "$F$14", "$H$14", "$L$14", "$J$14"
_TRY_ROW = HEADER_ROW - 2
_WIDTHS = (34.0, 12.0, 26.0, 1.5, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5)
_LAST = len(_WIDTHS) - 1
_MOST_SHORTFALLS = 12
# The measure of what people without a place would cost.
COST_BESIDE = "cost_unplaced"
# So many letters of a sentence fit beside one another; the letter is narrower than a digit.
_ACROSS = 1.05 * sum(_WIDTHS)
_YELLOW, _GREY = "#FFF2CC", "#EEEEEE"


class OverviewWriter:
    """Writes the overview of a plan in a language."""

    def __init__(
        self,
        workbook: Workbook,
        page: Worksheet,
        styles: Styles,
        language: Language,
        links: Links | None = None,
    ) -> None:
        """Keep the workbook, the sheet to write on, and where its figures lead."""
        self._links = links or Links()
        self._workbook = workbook
        self._page = page
        self._styles = styles
        self._language = language

    def write(
        self,
        results: Mapping[str, ResultSheet],
        runoff: tuple[str, int],
        labels: Iterable[str],
    ) -> None:
        """Write the page; `runoff` is the name of that sheet and the row of its header, from 0."""
        for at, width in enumerate(_WIDTHS):
            self._page.set_column(at, at, width)
        frames = {key: each.frame for key, each in results.items()}
        months = frames["runoff"]["month"].tolist()
        self._head(results, labels)
        self._answer(frames)
        norm = planning_norm(frames)
        self._tries(norm)
        lines = self._levels(frames["levels"], frames.get("measures"))
        self._months(frames, runoff, with_norm=norm is not None)
        row = HEADER_ROW + max(lines, len(months) + 1) + 1
        OverviewCharts(self._workbook, self._page, self._language).draw(row, len(months))
        row = self._shortfalls(row + CHART_ROWS, frames["shortfalls"], months[-1])
        row = self._assumptions(row + 1, results["summary"])
        words = self._say("overview.layout", version=LAYOUT)
        self._line(row, words, font_color="#777777")
        self._page.set_portrait()
        self._page.fit_to_pages(1, 1)
        self._page.center_horizontally()
        self._page.print_area(0, 0, row, _LAST)
        self._page.hide_gridlines(2)

    def _say(self, key: str, /, **fields: object) -> str:
        return say(key, self._language, **fields)

    def _lead(self, row: int, column: int, url: str | None) -> dict[str, object]:
        """Have a cell that is yet to be written lead somewhere; return how such a cell looks."""
        if url is None:
            return {}
        self._page.write_url(row, column, url, string="")
        return {"font_color": LINKED}

    def _line(self, row: int, text: str, first: int = 0, **look: object) -> None:
        """Write a text over the width from a column on, as many lines high as it takes."""
        style = self._styles.style(text_wrap=True, valign="top", **look)
        self._page.merge_range(row, first, row, _LAST, text, style)
        across = _ACROSS * sum(_WIDTHS[first:]) / sum(_WIDTHS)
        self._page.set_row(row, LINE_HEIGHT * lines_in(text, across))

    def _head(self, results: Mapping[str, ResultSheet], labels: Iterable[str]) -> None:
        """Write the title, which plan it is, and the question."""
        months = results["runoff"].frame["month"].tolist()
        first, last = (show_month(each, self._language) for each in (months[0], months[-1]))
        title = self._say("overview.title", first=first, last=last)
        self._page.write_string(0, 0, title, self._styles.style(bold=True, font_size=16))
        summary = results["summary"].frame
        told = [
            f"{show(subject, self._language)}: {show(value, self._language)}"
            for subject, value in summary[["subject", "value"]].iloc[2:5].itertuples(index=False)
        ]
        self._line(1, " · ".join([*told, *labels]), font_color="#555555")
        self._page.write_string(2, 0, self._say("overview.question"), self._styles.style(bold=True))
        self._line(3, self._say("overview.question.text", first=first, last=last))
        row, column = (each - 1 for each in STATUS_CELL)
        grey = self._styles.style(align="right", font_color="#555555")
        status = self._say("overview.status.draft")
        self._page.merge_range(row, column, row, _LAST, status, grey)

    def _answer(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Write what the plan answers, a sentence a row."""
        self._page.write_string(4, 0, self._say("overview.answer"), self._styles.style(bold=True))
        for row, sentence in enumerate(answer(frames), start=5):
            self._line(row, f"\N{BULLET} {sentence.text(self._language)}")

    def _tries(self, norm: float | None) -> None:
        """Write the cells that a reader may change; that of the norm where there is one norm."""
        right = self._styles.style(align="right", valign="vcenter", text_wrap=True)
        self._page.set_row(_TRY_ROW, 2 * LINE_HEIGHT)
        self._page.write_string(_TRY_ROW, LEFT, self._say("overview.try_demand"), right)
        self._page.write_number(_DEMAND, 0, self._changeable("0%"))
        self._page.write_string(_TRY_ROW, LEFT + 2, self._say("overview.try_beds"), right)
        self._page.write_number(_BEDS, 0, self._changeable("#,##0"))
        if norm is not None:
            grey = self._styles.style(bg_color=_GREY, border=1, num_format="0.0%", valign="vcenter")
            self._page.write_string(_TRY_ROW, LEFT + 4, self._say("overview.plan_norm"), right)
            self._page.write_number(_PLAN_NORM, norm, grey)
            self._page.write_string(_TRY_ROW, LEFT + 6, self._say("overview.try_norm"), right)
            self._page.write_number(_NORM, norm, self._changeable("0.0%"))
            self._allow(_NORM, 0.01, 2.0)
        self._allow(_DEMAND, -1.0, 10.0)
        self._allow(_BEDS, -1_000_000.0, 1_000_000.0)

    def _changeable(self, number_format: str) -> Format:
        return self._styles.style(
            bg_color=_YELLOW, border=1, num_format=number_format, locked=0, valign="vcenter"
        )

    def _allow(self, cell: str, least: float, most: float) -> None:
        rule = {
            "validate": "decimal", "criteria": "between", "minimum": least, "maximum": most,
            "error_title": self._say("overview.try"), "error_message": self._say("overview.range"),
        }  # fmt: skip
        self._page.data_validation(cell, rule)

    def _header(self, column: int, titles: Sequence[str], numbers: Sequence[int]) -> None:
        for at, title in enumerate(titles):
            look = HEADER | ({"align": "right"} if at in numbers else {})
            if at - 1 in numbers and at not in numbers:
                look |= {"indent": 1}  # as its cells, which would else touch the number
            self._page.write_string(HEADER_ROW - 1, column + at, title, self._styles.style(**look))

    def _levels(self, frame: pd.DataFrame, measures: pd.DataFrame | None) -> int:
        """Write what each priority came to; return how many lines that took.

        Below the cost stands what people without a place would cost, if there are any.
        """
        titles = [self._say(f"overview.{key}") for key in ("level", "value", "unit")]
        self._header(0, titles, (1,))
        labels = {each.value: each.label.in_(self._language) for each in LevelName}
        unit_look = self._styles.style(indent=1)
        lines = list(_with_cost_beside(frame, measures))
        labels |= {COST_BESIDE: self._say("overview.cost_unplaced")}
        for row, (name, unit, value) in enumerate(lines, start=HEADER_ROW):
            look = self._lead(row, 0, self._links.levels.get(str(name)))
            title = labels.get(str(name), str(name))
            self._page.write_string(row, 0, title, self._styles.style(**look))
            share = unit_key(show(unit, Language.EN)) in (SHARE, OVER_MONTHS[SHARE])
            digits = "0.0%" if share else "#,##0.0#" if digits_of(value) else "#,##0"
            look = self._lead(row, 1, self._links.level_rows.get(str(name)))
            self._page.write_number(row, 1, value, self._styles.style(num_format=digits, **look))
            self._page.write_string(row, 2, self._unit(unit), unit_look)
        return len(lines)

    def _unit(self, unit: object) -> str:
        return unit_title(show(unit, self._language), self._language)

    def _months(
        self, frames: Mapping[str, pd.DataFrame], runoff: tuple[str, int], *, with_norm: bool
    ) -> None:
        """Write the table by month; formulas stand with their results, the highest below all."""
        titles = [each.title.in_(self._language) for each in TABLE.columns]
        self._header(LEFT, titles, range(1, len(titles)))
        self._page.set_row(HEADER_ROW - 1, 2 * LINE_HEIGHT)
        day = self._styles.style(num_format=month_format(self._language), align="left")
        frame = frames["runoff"]
        months = frame["month"].tolist()
        others = _by_month(frames, months)
        lines = list(zip(frame["portfolio_beds"], frame["needed_beds"], strict=True))
        for at, (contract, needed) in enumerate(lines):
            row = HEADER_ROW + at
            self._page.write_number(row, LEFT, serial_of(months[at]), day)
            looks = [
                self._lead(row, column, self._links.months.get((key, months[at])))
                for column, key in enumerate(_MADE_OF, start=LEFT + 1)
            ]
            styles = [self._styles.style(num_format="#,##0", **look) for look in looks]
            values = (contract, needed, max(0.0, needed - contract))
            formulas = _formulas(row, runoff, at, with_norm=with_norm)
            for column, (formula, value) in enumerate(
                zip(formulas, values, strict=True), start=LEFT + 1
            ):
                style = styles[column - LEFT - 1]
                self._page.write_formula(row, column, formula, style, value)
            for column, cells in enumerate(others, start=LEFT + 4):
                self._page.write_number(row, column, cells[at], styles[column - LEFT - 1])
        short = [max(0.0, needed - contract) for contract, needed in lines]
        columns = (
            [contract for contract, _ in lines], [needed for _, needed in lines], short, *others,
        )  # fmt: skip
        self._highest(HEADER_ROW + len(months), [max(each) for each in columns])
        marked = self._styles.style(bold=True, font_color="#9C0006")
        rule = {"type": "cell", "criteria": ">=", "value": 0.5, "format": marked}
        last = HEADER_ROW + len(months) - 1
        self._page.conditional_format(HEADER_ROW, LEFT + 3, last, LEFT + 3, rule)

    def _highest(self, row: int, values: Sequence[float]) -> None:
        """Write the highest of each column below it, as a formula with its result."""
        look: dict[str, object] = {"bold": True, "top": 1}
        self._page.write_string(
            row, LEFT, self._say("overview.highest"), self._styles.style(**look)
        )
        number = self._styles.style(num_format="#,##0", **look)
        for column, value in enumerate(values, start=LEFT + 1):
            letters = column_letters(column + 1)
            formula = f"=MAX({letters}{HEADER_ROW + 1}:{letters}{row})"
            self._page.write_formula(row, column, formula, number, value)

    def _shortfalls(self, row: int, frame: pd.DataFrame, until: dt.date) -> int:
        """Write what falls short by source, the worst month first; return the row below."""
        bold = self._styles.style(bold=True)
        self._page.write_string(row, 0, self._say("overview.shortfalls"), bold)
        lines = list(_by_source(frame, self._language, until))
        if not lines:
            self._page.write_string(row + 1, 0, self._say("overview.no_shortfalls"))
            return row + 2
        shown = lines[:_MOST_SHORTFALLS]
        for at, (rule, title, source, short) in enumerate(shown, start=row + 1):
            month, worst = short.worst
            words = self._say(
                "overview.unit_in", unit=self._unit(short.unit), month=month_words(month)
            )
            rest = f"{short.after_worst.text(self._language)} · {source}"
            look = self._lead(at, 0, self._links.lines.get((rule, "")))
            self._page.write_string(at, 0, title, self._styles.style(valign="top", **look))
            digits = "#,##0" if digits_of(worst) == 0 else "#,##0.0#"
            look = self._lead(at, 1, self._links.shortfalls.get((rule, month)))
            style = self._styles.style(num_format=digits, valign="top", **look)
            self._page.write_number(at, 1, worst, style)
            self._page.write_string(at, 2, words, self._styles.style(indent=1, valign="top"))
            self._line(at, rest, first=LEFT)
        row += 1 + len(shown)
        if len(lines) > len(shown):
            words = self._say("overview.more", count=len(lines) - len(shown))
            self._page.write_string(row, 0, words)
            row += 1
        return row

    def _assumptions(self, row: int, summary: ResultSheet) -> int:
        """Write what has to be known first: what differs from the supplied values, and such."""
        bold = self._styles.style(bold=True)
        self._page.write_string(row, 0, self._say("overview.assumptions"), bold)
        notes = [show(note, self._language) for note in summary.notes]
        for at, note in enumerate(notes or [self._say("overview.as_supplied")], start=row + 1):
            self._line(at, note)
        return row + 1 + max(len(notes), 1)


def _formulas(row: int, runoff: tuple[str, int], at: int, *, with_norm: bool) -> tuple[str, ...]:
    """Return the formulas of a month: beds in contract, beds needed, what is missing."""
    sheet, header = runoff
    theirs = f"'{sheet.replace(chr(39), chr(39) * 2)}'"
    line = header + 2 + at
    norm = f"*({_PLAN_NORM}/{_NORM})" if with_norm else ""
    return (
        f"={theirs}!{_RUNOFF['portfolio_beds']}{line}+{_BEDS}",
        f"={theirs}!{_RUNOFF['needed_beds']}{line}*(1+{_DEMAND}){norm}",
        f"=MAX(0,G{row + 1}-F{row + 1})",
    )


# The tables that the columns by month are made of, beside the month.
_MADE_OF = ("runoff", "runoff", "runoff", "placement", "placement", "dol", "dol")
# The columns of the sheet of the run-off.
_RUNOFF = {"month": "A", "portfolio_beds": "B", "needed_beds": "C", "shortage": "D"}


def _with_cost_beside(
    frame: pd.DataFrame, measures: pd.DataFrame | None
) -> Iterator[tuple[object, object, float]]:
    """Yield name, unit and value of each level, and of what the cost leaves out below it."""
    beside = None if measures is None else measures[measures["name"] == COST_BESIDE]
    for name, unit, value in frame[["name", "unit", "value"]].itertuples(index=False):
        yield name, unit, value
        if name == "cost" and beside is not None and not beside.empty:
            amount = float(beside["value"].iloc[0])
            if amount >= 1:
                yield COST_BESIDE, beside["unit"].iloc[0], amount


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


def _by_source(
    frame: pd.DataFrame, language: Language, until: dt.date
) -> Iterator[tuple[str, str, str, OverMonths]]:
    """Yield each rule and source that falls short: rule, title, source, how much by month.

    Laws come first, then exceptions and the others; inside, the order is that of the levels. The
    source begins with what the rule rests on, where the plan says so.
    """
    if frame.empty:
        return
    told = "standing" in frame.columns
    labels = {each.value: each.label for each in Standing}
    order = list(labels)
    cited = frame.groupby(["rule", frame["source"].map(str)], sort=False)
    rows_of = [rows for _, rows in cited]
    if told:
        rows_of.sort(key=lambda rows: order.index(str(rows["standing"].iloc[0])))
    for rows in rows_of:
        first = rows.iloc[0]
        title = first["rule_title"] if "rule_title" in frame.columns else first["rule"]
        source = show(first["source"], language)
        if told:
            source = f"{labels[str(first['standing'])].in_(language)}: {source}"
        yield (
            str(first["rule"]),
            show(title, language),
            source,
            OverMonths.of(
                unit_key(show(first["unit"], Language.EN)),
                zip(rows["month"], rows["amount"], strict=True),
                until,
            ),
        )
