"""The first sheet of a plan's workbook: question, answer, shortfalls and assumptions on one page.

Its table by month holds formulas, so that a reader may try more demand or more beds at once; with
nothing filled in they give the plan's own figures. The charts are the spreadsheet's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from planner.tables.book import column_letters
from planner.tables.kinds import EMERGENCY_KINDS
from planner.texts import Language, say, show, show_month
from planner.workbook.cell_writer import DAY_FORMAT, HEADER, Styles, serial_of
from planner.workbook.overview_table import HEADER_ROW, LAYOUT, TABLE
from planner.workbook.results import ResultSheet
from planner.workbook.units import unit_title

_LEFT = 4
_DEMAND_CELL, _BEDS_CELL = "$F$4", "$I$4"
_WIDTHS = (44.0, 17.0, 26.0, 2.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0)
_MOST_SHORTFALLS = 10
_CHART_ROWS = 15
_CHART_SIZE = {"width": 418, "height": 270}
# So many letters of a note fit beside one another.
_ACROSS = 150
_LINE_HEIGHT = 15.0
_COLOURS = ("#1F4E79", "#B3541E", "#3D7A3D")


class OverviewWriter:
    """Writes the overview of a plan in a language."""

    def __init__(self, workbook: Any, page: Any, styles: Styles, language: Language) -> None:  # noqa: ANN401
        """Keep the workbook and the sheet to write on."""
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
        months = results["runoff"].frame["month"].tolist()
        self._head(months, labels)
        lines = self._answer(results["summary"])
        self._months(results, runoff)
        row = HEADER_ROW + max(lines, len(months)) + 2
        self._charts(row, len(months))
        row = self._shortfalls(row + _CHART_ROWS, results["shortfalls"].frame)
        row = self._assumptions(row + 1, results["summary"])
        words = self._say("overview.layout", version=LAYOUT)
        self._page.write_string(row + 1, 0, words, self._styles.style(font_color="#777777"))
        self._page.fit_to_pages(1, 1)
        self._page.print_area(0, 0, row + 1, len(_WIDTHS) - 1)

    def _say(self, key: str, /, **fields: object) -> str:
        return say(key, self._language, **fields)

    def _head(self, months: Sequence[dt.date], labels: Iterable[str]) -> None:
        first, last = (show_month(each, self._language) for each in (months[0], months[-1]))
        title = self._say("overview.title", first=first, last=last)
        self._page.write_string(0, 0, title, self._styles.style(bold=True, font_size=14))
        self._page.write_string(1, 0, self._say("overview.question", first=first, last=last))
        line = " ".join(labels)
        self._page.write_string(2, 0, line, self._styles.style(italic=True))
        changeable = self._styles.style(bg_color="#FFF2CC", border=1, num_format="0%", locked=0)
        beds = self._styles.style(bg_color="#FFF2CC", border=1, num_format="#,##0", locked=0)
        self._page.write_string(3, _LEFT, self._say("overview.try_demand"))
        self._page.write_number(_DEMAND_CELL, 0, changeable)
        self._page.write_string(3, _LEFT + 3, self._say("overview.try_beds"))
        self._page.write_number(_BEDS_CELL, 0, beds)

    def _header(self, row: int, column: int, *titles: str) -> None:
        for at, title in enumerate(titles, start=column):
            self._page.write_string(row, at, title, self._styles.style(**HEADER))

    def _answer(self, summary: ResultSheet) -> int:
        """Write the summary; return how many lines it took."""
        keys = ("subject", "value", "unit")
        self._header(HEADER_ROW - 1, 0, *(self._say(f"overview.{key}") for key in keys))
        number = self._styles.style(num_format="#,##0.##")
        lines = list(summary.frame[list(keys)].itertuples(index=False))
        for row, (subject, value, unit) in enumerate(lines, start=HEADER_ROW):
            self._page.write_string(row, 0, show(subject, self._language))
            if isinstance(value, int | float) and not isinstance(value, bool):
                self._page.write_number(row, 1, value, number)
            else:
                self._page.write_string(row, 1, show(value, self._language))
            title = unit_title(show(unit, self._language), self._language)
            if title:
                self._page.write_string(row, 2, title, self._styles.style(indent=1))
        return len(lines)

    def _months(self, results: Mapping[str, ResultSheet], runoff: tuple[str, int]) -> None:
        """Write the table by month; the first columns are formulas with their results."""
        self._header(
            HEADER_ROW - 1, _LEFT, *(each.title.in_(self._language) for each in TABLE.columns)
        )
        self._page.set_row(HEADER_ROW - 1, 2 * _LINE_HEIGHT)
        day = self._styles.style(num_format=DAY_FORMAT)
        number = self._styles.style(num_format="#,##0")
        frame = results["runoff"].frame
        sheet, header = runoff
        quoted = "'" + sheet.replace("'", "''") + "'"
        keys = [each.key for each in results["runoff"].table.columns]
        letters = {key: column_letters(keys.index(key) + 1) for key in keys}
        others = _by_month(results, frame["month"].tolist())
        lines = zip(frame["month"], frame["portfolio_beds"], frame["needed_beds"], strict=True)
        for at, (month, contract, needed) in enumerate(lines):
            row, theirs = HEADER_ROW + at, header + 2 + at
            formulas = (
                (f"={quoted}!{letters['portfolio_beds']}{theirs}+{_BEDS_CELL}", contract),
                (f"={quoted}!{letters['needed_beds']}{theirs}*(1+{_DEMAND_CELL})", needed),
                (f"=MAX(0,G{row + 1}-F{row + 1})", max(0.0, needed - contract)),
            )
            self._page.write_number(row, _LEFT, serial_of(month), day)
            for column, (formula, value) in enumerate(formulas, start=_LEFT + 1):
                self._page.write_formula(row, column, formula, number, value)
            for column, values in enumerate(others, start=_LEFT + 4):
                self._page.write_number(row, column, values[at], number)

    def _charts(self, row: int, count: int) -> None:
        """Draw run-off, regular and emergency, and DOL, each from the table by month."""
        drawn = (
            ("overview.chart.runoff", "line", (1, 2)),
            ("overview.chart.people", "column", (4, 5)),
            ("overview.chart.dol", "line", (6, 7)),
        )
        for number, (key, kind, columns) in enumerate(drawn):
            chart = self._chart(key, kind, columns, count)
            at = {"x_offset": 5 + number * (_CHART_SIZE["width"] + 10), "object_position": 3}
            self._page.insert_chart(row, 0, chart, at)

    def _chart(self, key: str, kind: str, columns: Sequence[int], count: int) -> Any:  # noqa: ANN401
        options = {"type": kind} | ({"subtype": "stacked"} if kind == "column" else {})
        chart = self._workbook.add_chart(options)
        name = self._page.get_name()
        last = HEADER_ROW + count - 1
        # In grey print, lines differ by dash and bars by pattern.
        styles = ("solid", "dash")
        for number, column in enumerate(columns):
            at = _LEFT + column
            series: dict[str, object] = {
                "name": [name, HEADER_ROW - 1, at],
                "categories": [name, HEADER_ROW, _LEFT, last, _LEFT],
                "values": [name, HEADER_ROW, at, last, at],
            }
            if kind == "line":
                line = {"color": _COLOURS[number], "width": 2, "dash_type": styles[number]}
                series["line"] = line
            else:
                series["fill"] = {"color": _COLOURS[number]}
            chart.add_series(series)
        chart.set_title({"name": self._say(key), "name_font": {"size": 11}})
        chart.set_x_axis({"num_format": "mmm yy", "text_axis": True, "num_font": {"rotation": -45}})
        chart.set_y_axis({"num_format": "#,##0", "min": 0})
        chart.set_legend({"position": "bottom"})
        chart.set_size(_CHART_SIZE)
        return chart

    def _shortfalls(self, row: int, frame: pd.DataFrame) -> int:
        """Write what falls short by source; return the row below."""
        bold = self._styles.style(bold=True)
        self._page.write_string(row, 0, self._say("overview.shortfalls"), bold)
        lines = list(_by_source(frame, self._language))
        if not lines:
            self._page.write_string(row + 1, 0, self._say("overview.no_shortfalls"))
            return row + 2
        number = self._styles.style(num_format="#,##0.#")
        shown = lines[:_MOST_SHORTFALLS]
        for at, (title, source, amount, unit) in enumerate(shown, start=row + 1):
            self._page.write_string(at, 0, title)
            self._page.write_number(at, 1, amount, number)
            self._page.write_string(at, 2, unit, self._styles.style(indent=1))
            self._page.write_string(at, _LEFT, source)
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
        wrap = self._styles.style(text_wrap=True, valign="top")
        for at, note in enumerate(notes or [self._say("overview.as_supplied")], start=row + 1):
            self._page.merge_range(at, 0, at, len(_WIDTHS) - 1, note, wrap)
            self._page.set_row(at, _LINE_HEIGHT * (1 + len(note) // _ACROSS))
        return row + 1 + max(len(notes), 1)


def _by_month(
    results: Mapping[str, ResultSheet], months: Sequence[dt.date]
) -> tuple[list[float], ...]:
    """Return people in regular places, in emergency, and DOL places and people, by month."""
    placement, dol = results["placement"].frame, results["dol"].frame
    emergency = placement["kind"].isin([kind.value for kind in EMERGENCY_KINDS])
    return (
        _sums(placement[~emergency], "people", months),
        _sums(placement[emergency], "people", months),
        _sums(dol, "prepared", months),
        _sums(dol, "people", months),
    )


def _sums(frame: pd.DataFrame, column: str, months: Sequence[dt.date]) -> list[float]:
    if frame.empty:
        return [0.0] * len(months)
    sums = frame.groupby("month")[column].sum()
    return [float(sums.get(month, 0.0)) for month in months]


def _by_source(frame: pd.DataFrame, language: Language) -> Iterator[tuple[str, str, float, str]]:
    """Yield each rule that falls short, in the order of the levels: title, source, amount, unit."""
    if frame.empty:
        return
    for _, rows in frame.groupby("rule", sort=False):
        first = rows.iloc[0]
        title = first["rule_title"] if "rule_title" in frame.columns else first["rule"]
        yield (
            show(title, language),
            show(first["source"], language),
            float(rows["amount"].sum()),
            unit_title(show(first["unit"], language), language),
        )
