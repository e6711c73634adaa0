"""The input tables: a list of sheets, the rows of one, and what was found about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from planner.errors import Finding, Severity
from planner.tables.records import TABLES
from ui import block_edits
from ui.frame_model import FrameModel
from ui.grid import Grid
from ui.pieces import heading, muted, side_item, side_list
from ui.result_model import ResultModel, Shown
from ui.result_table import ResultTable
from ui.session import Change, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.tables.column import Table
    from planner.tables.edits import Edit
    from ui.theme import Theme
    from ui.words import Words


class TablesView(QWidget):
    """Some of the tables of the book, to see and to edit."""

    def __init__(self, tables: Sequence[str], session: Session, words: Words, theme: Theme) -> None:
        """Show these tables, in this order."""
        super().__init__()
        self._session = session
        self._words = words
        self._theme = theme
        self._tables = tuple(each for key in tables for each in TABLES if each.key == key)
        self._models = {each.key: FrameModel(each, words, theme) for each in self._tables}
        self._grids: dict[str, Grid] = {}
        self._found: tuple[Finding, ...] = ()
        self._list = side_list()
        self._title = heading(1.3)
        self._meaning = muted()
        self._filter = QLineEdit()
        self._filter.setClearButtonEnabled(True)
        self._summary = QLabel()
        self._grid_box = QVBoxLayout()
        self._findings_title = heading(1.1)
        self._findings_model = ResultModel(
            [Shown("cell"), Shown("severity"), Shown("what"), Shown("todo")], words
        )
        self._findings = ResultTable(self._findings_model)
        self._lay_out()
        self._connect()
        self._list.setCurrentRow(0)
        self._reword()

    @property
    def table(self) -> Table:
        """The table that is shown."""
        return self._tables[max(self._list.currentRow(), 0)]

    @property
    def grid(self) -> Grid:
        """The grid that is shown."""
        return self._grids[self.table.key]

    @property
    def model(self) -> FrameModel:
        """The model of the table that is shown."""
        return self._models[self.table.key]

    def shows(self, table: str) -> bool:
        """Whether a table is among those of this view."""
        return table in self._models

    def go_to(self, finding: Finding) -> None:
        """Show the cell that a finding is about, or its table."""
        for at, each in enumerate(self._tables):
            if each.key == finding.table:
                self._list.setCurrentRow(at)
                if finding.row is not None:
                    if not self.model.place(finding.row, finding.column).isValid():
                        self._filter.clear()
                    self.grid.go_to(self.model.place(finding.row, finding.column))

    def search(self) -> None:
        """Go to the line in which to type what is sought."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def copy(self) -> None:
        """Copy the selected cells, with their titles when whole columns of more rows are taken."""
        text = block_edits.copied(
            self.model, self.grid.selected(), self._words.language, headers=False
        )
        QGuiApplication.clipboard().setText(text)

    def copy_with_titles(self) -> None:
        """Copy the selected cells below the titles of their columns."""
        text = block_edits.copied(
            self.model, self.grid.selected(), self._words.language, headers=True
        )
        QGuiApplication.clipboard().setText(text)

    def paste(self) -> None:
        """Paste from the clipboard, from the first selected cell on."""
        text = QGuiApplication.clipboard().text()
        pasted = block_edits.pasted(self.model, self.grid.selected(), text, self._words.language)
        self._edit("paste", pasted.edits)
        if pasted.columns_lost:
            self._summary.setText(self._words.say("tables.columns_lost", count=pasted.columns_lost))

    def fill_down(self) -> None:
        """Give the selected cells what stands in the top ones."""
        self._edit("fill", block_edits.filled_down(self.model, self.grid.selected()))

    def clear(self) -> None:
        """Empty the selected cells."""
        self._edit("clear", block_edits.cleared(self.model, self.grid.selected()))

    def add_row(self) -> None:
        """Add an empty row and go there."""
        added = block_edits.added(self.model)
        if self._edit("add_row", added):
            self.grid.go_to(self.model.index(self.model.rowCount() - 1, 0))

    def drop_rows(self) -> None:
        """Take the rows of the selected cells away."""
        self._edit("drop_rows", block_edits.dropped(self.model, self.grid.selected()))

    def take(self, changes: frozenset[Change]) -> None:
        """Show what changed in the session."""
        if Change.BOOK in changes:
            with QSignalBlocker(self._filter):
                self._filter.clear()
        if changes & {Change.BOOK, Change.CELLS}:
            for key, model in self._models.items():
                model.editable = not self._session.viewing
                model.show(self._session.sheet(key))
        if changes & {Change.BOOK, Change.FINDINGS}:
            for key, model in self._models.items():
                model.mark(self._session.marks(key))
            self._list_findings()
        if Change.BOOK in changes:
            for grid in self._grids.values():
                grid.fit_columns()
                grid.setCurrentIndex(QModelIndex())
            self._summarise()

    def _edit(self, name: str, edits: Sequence[Edit]) -> bool:
        return self._session.edit(f"undo.{name}", edits)

    def _lay_out(self) -> None:
        self._list.setMaximumWidth(self.fontMetrics().averageCharWidth() * 34)
        self._list.setMinimumWidth(self.fontMetrics().averageCharWidth() * 20)
        self._filter.setMaximumWidth(self.fontMetrics().averageCharWidth() * 44)
        for table in self._tables:
            self._list.addItem(side_item(table.key))
        line = QHBoxLayout()
        line.addWidget(self._filter)
        line.addWidget(self._summary, 1)
        upper = QWidget()
        box = QVBoxLayout(upper)
        box.setContentsMargins(0, 0, 0, 0)
        for each in (self._title, self._meaning):
            box.addWidget(each)
        box.addLayout(line)
        box.addLayout(self._grid_box, 1)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 4, 0, 0)
        below.addWidget(self._findings_title)
        below.addWidget(self._findings, 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(upper)
        halves.addWidget(lower)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 1)
        halves.setChildrenCollapsible(False)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.addWidget(self._list)
        whole.addWidget(halves, 1)

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._show_table)
        self._filter.textChanged.connect(self._narrow)
        self._filter.returnPressed.connect(lambda: self.grid.go_to(self.model.index(0, 0)))
        self._findings.doubleClicked.connect(self._follow)
        self._findings.activated.connect(self._follow)
        self._words.changed.connect(self._reword)
        self._theme.changed.connect(self._reword)
        self._session.changed.connect(self.take)
        for key, model in self._models.items():
            model.requested.connect(self._request_from(key))

    def _narrow(self, text: str) -> None:
        self.model.filter(text)
        self._summarise()

    def _request_from(self, table: str) -> Callable[[Sequence[tuple[int, str, object]]], None]:
        def request(changes: Sequence[tuple[int, str, object]]) -> None:
            from planner.tables.edits import SetCell  # noqa: PLC0415 - loaded when first needed, after the first paint

            edits = [SetCell(table, row, column, value) for row, column, value in changes]  # type: ignore[arg-type] # raw values by the model's reading
            self._edit("cell", edits)

        return request

    def _show_table(self) -> None:
        """Show the grid of the chosen table; it is made when first seen."""
        for grid in self._grids.values():
            grid.hide()
        if self.table.key not in self._grids:
            grid = Grid()
            grid.setModel(self.model)
            grid.edit_with(self._words, self._names)
            grid.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            grid.horizontalHeader().setSortIndicatorClearable(True)
            grid.setSortingEnabled(True)
            grid.selection_changed.connect(self._summarise)
            self._grids[self.table.key] = grid
            self._grid_box.addWidget(grid)
        with QSignalBlocker(self._filter):
            self._filter.clear()
        self.model.filter("")
        self.grid.show()
        self._reword_table()
        self._list_findings()
        self._summarise()

    def _names(self, table: str) -> Sequence[str]:
        """Return the names that another table knows, for a list to choose from."""
        sheet = self._session.sheet(table)
        if sheet is None:
            return ()
        key = sheet.table.key_columns[0].key
        if key not in sheet.frame.columns:
            return ()
        return [str(each) for each in sheet.frame[key] if each is not None]

    def _follow(self, index: QModelIndex) -> None:
        if index.isValid():
            self.go_to(self._found[index.row()])

    def _list_findings(self) -> None:
        """List what was found about this table, then what is about no table."""
        found = [each for each in self._session.checked.findings if self._concerns(each)]
        found.sort(key=lambda each: (each.table != self.table.key, each.severity == "remark"))
        self._found = tuple(found)
        self._findings_model.show(
            [
                (
                    f"{each.sheet}!{each.cell}" if each.cell else each.sheet,
                    each.severity.label,
                    each.what,
                    each.todo,
                )
                for each in self._found
            ]
        )
        errors = sum(each.severity is Severity.ERROR for each in self._found)
        self._findings_title.setText(
            self._words.say("tables.findings", errors=errors, remarks=len(self._found) - errors)
            if self._found
            else self._words.say("tables.no_findings")
        )
        self._findings.setVisible(bool(self._found))
        self._reword_list()

    def _concerns(self, finding: Finding) -> bool:
        return finding.table == self.table.key or finding.table not in {t.key for t in TABLES}

    def _reword(self) -> None:
        self._list.setAccessibleName(self._words.say("tables.list"))
        self._filter.setPlaceholderText(self._words.say("tables.filter"))
        self._filter.setAccessibleName(self._words.say("tables.filter"))
        self._findings.setAccessibleName(self._words.say("tables.findings_name"))
        for model in self._models.values():
            model.refresh()
        self._reword_table()
        self._list_findings()
        self._summarise()
        for grid in self._grids.values():
            grid.fit_columns()

    def _reword_table(self) -> None:
        self._title.setText(self._words.title(self.table.title))
        self._meaning.setText(self._words.title(self.table.meaning))
        if self.table.key in self._grids:
            self.grid.setAccessibleName(self._words.title(self.table.title))

    def _reword_list(self) -> None:
        """Show each table with its number of rows, and a mark where something was found."""
        colours = self._theme.colours
        for at, table in enumerate(self._tables):
            found = [each for each in self._session.checked.findings if each.table == table.key]
            errors = sum(each.severity is Severity.ERROR for each in found)
            title = self._words.title(table.title)
            rows = self._models[table.key].total
            item = self._list.item(at)
            key = "tables.item_errors" if errors else "tables.item"
            item.setText(self._words.say(key, title=title, rows=rows, count=errors))
            if errors:
                item.setIcon(self._theme.mark("error", colours.error))
            elif found:
                item.setIcon(self._theme.mark("remark", colours.remark))
            else:
                item.setIcon(self._theme.mark("template", colours.muted))

    def _summarise(self) -> None:
        """Say how many rows there are, or what the selected numbers come to."""
        chosen = self.grid.selected() if self.table.key in self._grids else ()
        numbers = [
            value
            for index in chosen
            if isinstance(value := self.model.raw(index), int | float)
            and not isinstance(value, bool)
        ]
        if len(chosen) > 1:
            text = self._words.say("tables.selected", count=len(chosen))
            if numbers:
                total = self._words.number(sum(numbers), None)
                text = self._words.say("tables.sum", count=len(chosen), total=total)
        else:
            text = self._words.say("tables.rows", count=self.model.rowCount())
        self._summary.setText(text)
