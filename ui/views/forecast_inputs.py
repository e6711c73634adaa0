"""The inputs of the demand: each figure as used, what stands in its cell, and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from planner.input.records import table as declared_table
from ui.flow_layout import FlowBox
from ui.forecast.parts import ForecastView
from ui.results.model import Index, ResultModel, Role, ShownColumn, catalogued
from ui.results.table import ResultGrid
from ui.tables import cells
from ui.why_not import allow
from ui.widgets import button, heading, muted, scrolling

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.forecast.demand_inputs import InputPlace, UsedInput
    from planner.input.book import RawValue
    from planner.input.edits import Edit
    from ui.forecast.parts import Setting
    from ui.session import Session
    from ui.words import Words

GIVEN = 4  # the column that can be changed


class InputsModel(ResultModel):
    """The inputs as rows; what stands in a cell of the workbook can be changed here."""

    requested = Signal(object, object)  # a UsedInput, and the raw value that it is to become

    def __init__(self, words: Words) -> None:
        """Show no inputs until `show_inputs` is called."""
        shown = [
            ShownColumn("stream"), ShownColumn("group"), ShownColumn("input_what"),
            ShownColumn("input_used", words=words.value),
            ShownColumn("input_given", words=self._say_given),
            ShownColumn("unit", words=catalogued(words, "unit")), ShownColumn("input_cell"),
            ShownColumn("input_source", words=self._say_source),
        ]  # fmt: skip
        super().__init__(shown, words)
        self._said = words
        self._inputs: tuple[UsedInput, ...] = ()
        self.editable = True

    def show_inputs(self, inputs: tuple[UsedInput, ...], session: Session) -> None:
        """Show inputs, with the addresses of their cells in the open book."""
        self._inputs = inputs
        self.show([self._row(each, session) for each in inputs])

    def input(self, index: Index) -> UsedInput:
        """Return the input that a row shows."""
        return self._inputs[index.row()]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == GIVEN and self.editable:
            each = self.input(index)
            if each.cell is not None and each.whole:
                return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if role == Role.EditRole and index.isValid() and index.column() == GIVEN:
            each = self.input(index)
            if each.cell is None:
                return None
            column = declared_table(each.cell.table).column(each.cell.column)
            return cells.typed(column, each.given, self._said.language)
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        each = self.input(index)
        if role != Role.EditRole or each.cell is None:
            return False
        column = declared_table(each.cell.table).column(each.cell.column)
        raw = cells.read(column, str(value), self._said.language)
        if raw == each.given:
            return False
        self.requested.emit(each, raw)
        return True

    def _row(self, each: UsedInput, session: Session) -> tuple[object, ...]:
        used = round(each.used, 6) if isinstance(each.used, float) else each.used
        return (
            each.stream, each.group, each.what, used, each.given, each.unit,
            self._place(each.cell, session), each.source,
        )  # fmt: skip

    def _place(self, cell: InputPlace | None, session: Session) -> str:
        """Return where a figure stands, as sheet and cell."""
        if cell is None:
            return self._said.say("inputs.supplied")
        sheet = session.sheet(cell.table)
        title = self._said.title(declared_table(cell.table).title) if sheet is None else sheet.name
        if sheet is None or cell.row is None or cell.column not in sheet.positions:
            return self._said.say("inputs.not_on_sheet", sheet=title)
        return f"{title}!{sheet.address(cell.row, cell.column)}"

    def _say_source(self, value: object) -> str:
        if isinstance(value, str):
            return cells.source(value, self._said.language)
        return self._said.value(value)

    def _say_given(self, value: object) -> str:
        return self._said.value(value)


class ForecastInputsView(ForecastView):
    """Every input of the demand, to see and to change."""

    def __init__(
        self, setting: Setting, go_to_cell: Callable[[str, int | None, str], None]
    ) -> None:
        """Show the inputs of the last forecast; `go_to_cell` shows a cell of the workbook."""
        super().__init__(setting)
        self._called = setting.words.called
        self._go_to_cell = go_to_cell
        self._title = heading()
        self._lead = muted()
        self._notes = muted()
        self._filter = QLineEdit()
        self._filter.setClearButtonEnabled(True)
        self.to_sheet = button(self.put_on_sheet)
        self.model = InputsModel(setting.words)
        self.table = ResultGrid(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self._copy = button(self.table.copy_all)
        self._lay_out()
        self.model.requested.connect(self._change)
        self.table.doubleClicked.connect(self._go_to)
        self._filter.textChanged.connect(lambda _text: self.take())
        self.follow()

    def take(self) -> None:
        """Show the inputs of the last forecast; the place of the user is kept."""
        made = self._forecasts.shown
        place = self.table.currentIndex()
        at = (place.row(), place.column())
        inputs = () if made is None else tuple(each for each in made.inputs if self._passes(each))
        self.model.editable = not self._forecasts.session.viewing
        self.model.show_inputs(inputs, self._forecasts.session)
        if place.isValid() and at[0] < len(inputs):
            self.table.setCurrentIndex(self.model.index(*at))
        notes = () if made is None else made.notes
        self._notes.setText(" ".join(self._words.tell(each) for each in notes))
        viewing = self._forecasts.session.viewing
        allow(self.to_sheet, self._words.say("why_not.viewing") if viewing else "")
        self.to_sheet.setVisible(made is not None and bool(made.streams))

    def put_on_sheet(self) -> None:
        """Put the supplied rows on the sheet Streams, so that they can be changed there."""
        from planner.input.edits import AddRow  # noqa: PLC0415 - loaded when first needed, after the first paint

        made = self._forecasts.shown
        if made is None:
            return
        first = _next_row(self._forecasts.session, "streams")
        edits = [AddRow("streams", first + at, each) for at, each in enumerate(made.streams)]
        self._forecasts.edit("undo.streams", edits)

    def _passes(self, each: UsedInput) -> bool:
        sought = self._filter.text().casefold()
        names = self._called(each.stream), self._called(each.group)
        parts = (each.stream, each.group, *names, self._words.title(each.what))
        return not sought or any(sought in part.casefold() for part in parts)

    def _change(self, each: UsedInput, raw: RawValue | None) -> None:
        if each.cell is not None:
            self._forecasts.edit(
                "undo.cell", [_edit(self._forecasts.session, each.cell, each, raw)]
            )

    def _go_to(self, index: QModelIndex) -> None:
        cell = self.model.input(index).cell if index.isValid() else None
        if cell is not None:
            self._go_to_cell(cell.table, cell.row, cell.column)

    def reword(self) -> None:
        self._title.setText(self._words.say("inputs.title"))
        self._lead.setText(self._words.say("inputs.lead"))
        self._filter.setPlaceholderText(self._words.say("tables.filter"))
        self._filter.setAccessibleName(self._words.say("tables.filter"))
        self.to_sheet.setText(self._words.say("inputs.to_sheet"))
        self.to_sheet.setToolTip(self._words.say("inputs.to_sheet.tip"))
        self._copy.setText(self._words.say("chart.copy_data"))
        self._copy.setIcon(self._theme.icon("copy"))
        self.table.setAccessibleName(self._words.say("inputs.title"))
        self.take()

    def _lay_out(self) -> None:
        self._filter.setFixedWidth(self.fontMetrics().averageCharWidth() * 32)
        self.table.setMinimumHeight(self.fontMetrics().height() * 12)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(16, 14, 16, 14)
        for each in (self._title, self._lead, self._notes):
            box.addWidget(each)
        box.addWidget(FlowBox(self._filter, self._copy, self.to_sheet))
        box.addWidget(self.table, 1)
        self.hold(scrolling(page))


def _edit(session: Session, cell: InputPlace, each: UsedInput, raw: RawValue | None) -> Edit:
    """Return the edit that puts a value in a cell; a parameter that is not there gets a row."""
    from planner.input.edits import AddRow, SetCell  # noqa: PLC0415 - as above

    if cell.row is None:
        added = {"parameter": cell.name, "value": raw, "unit": each.unit}
        return AddRow(cell.table, _next_row(session, cell.table), added)
    return SetCell(cell.table, cell.row, cell.column, raw)


def _next_row(session: Session, table: str) -> int:
    """Return the number in the sheet of the row below the last one."""
    sheet = session.sheet(table)
    if sheet is None:
        return 2
    return max((int(row) for row in sheet.frame.index), default=sheet.header_row) + 1
