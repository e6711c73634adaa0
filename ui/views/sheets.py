"""Every result sheet as a table: places, placement, decisions, moves, reporting, and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.sheets.result_tables import RESULT_TABLES
from ui.results import figures
from ui.results.model import ResultModel, declared
from ui.results.table import ResultGrid
from ui.side_list import side_item, side_list
from ui.view import PlanView
from ui.widgets import button, heading, muted, scrolling

if TYPE_CHECKING:
    from planner.sheets.result_table import ResultTable
    from ui.view import Context

LEAST_LINES = 10  # of text, the height of a table on a small screen


class SheetsView(PlanView):
    """A list of the result sheets and the rows of one."""

    def __init__(self, context: Context) -> None:
        """Show the result sheets of the session's plan, in the order of the workbook."""
        super().__init__(context)
        self._declared: tuple[ResultTable, ...] = tuple(RESULT_TABLES.values())
        self._tables: dict[str, ResultGrid] = {}
        self._models: dict[str, ResultModel] = {}
        self._list = side_list()
        for each in self._declared:
            self._list.addItem(side_item(each.key))
        self._title = heading(1.3)
        self._meaning = muted()
        self._count = muted()
        self._copy = button(self._copy_rows)
        self._box = QVBoxLayout()
        self._lay_out()
        self._list.currentRowChanged.connect(self._show)
        self._list.setCurrentRow(0)
        self.follow()

    @property
    def sheet(self) -> ResultTable:
        """The sheet that is shown."""
        return self._declared[max(self._list.currentRow(), 0)]

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._list.setAccessibleName(self._words.say("sheets.list"))
        for at, each in enumerate(self._declared):
            self._list.item(at).setText(self._words.title(each.title))
        self._copy.setText(self._words.say("chart.copy_data"))
        self._copy.setIcon(self._theme.icon("copy"))
        self._show()

    def _show(self) -> None:
        """Show the chosen sheet; its table is made when first seen."""
        for table in self._tables.values():
            table.hide()
        key = self.sheet.key
        if key not in self._tables:
            columns = [column.key for column in self.sheet.columns]
            self._models[key] = ResultModel(declared(key, *columns, digits=None), self._words)
            self._tables[key] = ResultGrid(self._models[key])
            self._tables[key].sort_by_header()
            self._tables[key].setMinimumHeight(self.fontMetrics().height() * LEAST_LINES)
            self._box.addWidget(self._tables[key])
        self._title.setText(self._words.title(self.sheet.title))
        self._meaning.setText(self._words.title(self.sheet.meaning))
        self._tables[key].setAccessibleName(self._title.text())
        self._tables[key].show()
        self.show_plan()

    def show_plan(self) -> None:
        """Show the rows of the plan in the table that is seen."""
        plans = self._session.plans
        model = self._models.get(self.sheet.key)
        if model is None or not plans:
            return
        frame = plans[0].planned.sheets.get(self.sheet.key)
        columns = [column.key for column in self.sheet.columns]
        rows = [] if frame is None else figures.rows_of(frame, columns)
        names = figures.location_names(self._session.sheet("locations"))
        if "location" in columns:
            at = columns.index("location")
            rows = [(*row[:at], names.get(row[at], row[at]), *row[at + 1 :]) for row in rows]
        model.show(rows)
        said = "sheets.rows" if rows else "sheets.empty"
        self._count.setText(self._words.say(said, count=len(rows)))

    def _copy_rows(self) -> None:
        self._tables[self.sheet.key].copy_all()

    def _lay_out(self) -> None:
        self._list.setMaximumWidth(self.fontMetrics().averageCharWidth() * 32)
        right = QVBoxLayout()
        right.addWidget(self._title)
        right.addWidget(self._meaning)
        line = QHBoxLayout()
        line.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)
        line.addWidget(self._count, 1)
        right.addLayout(line)
        right.addLayout(self._box, 1)
        page = QWidget()
        whole = QHBoxLayout(page)
        whole.setContentsMargins(16, 14, 16, 14)
        whole.addWidget(self._list)
        whole.addLayout(right, 1)
        self.hold(scrolling(page))
