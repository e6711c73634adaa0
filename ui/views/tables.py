"""The input tables: a list of sheets, the rows of one, and what was found about them."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QSettings, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from planner.core.errors import Severity
from planner.input.records import TABLES
from ui.session import Change
from ui.settings import Settings
from ui.side_list import side_item, side_list
from ui.splitter_state import keep_share
from ui.tables import block_edits, column_widths
from ui.tables.editors import names_in
from ui.tables.find_bar import FindBar, found
from ui.tables.findings_panel import FindingsPanel
from ui.tables.frame_model import FrameModel
from ui.tables.grid import Grid
from ui.tables.grid_menu import GridMenu
from ui.tables.selected_cells import said_of, said_of_paste
from ui.tables.table_list import MoreTables, show_tables
from ui.view import View
from ui.widgets import column, heading, muted, plain_label, row, scrolling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QShowEvent

    from planner.core.errors import Finding
    from planner.input.book import Book
    from planner.input.column import Table
    from planner.input.edits import Edit
    from ui.view import Context

LARGE = 8_000  # characters: what is longer is pasted by and by
LINES = 28  # of text that a table and its findings need; a smaller screen scrolls
KEEP_AFTER_MS = 400  # so that a column that is being dragged is kept once


class TablesView(View):
    """Some of the tables of the book, to see and to edit."""

    table_chosen = Signal()
    layout_pasted = Signal(str)  # a text with titles of another layout, to be looked through

    def __init__(self, tables: Sequence[str], context: Context) -> None:
        """Show these tables, in this order."""
        super().__init__(context)
        session, words, theme = context.session, context.words, context.theme
        self._settings = Settings(QSettings())
        self._tables = tuple(each for key in tables for each in TABLES if each.key == key)
        self._models = {each.key: FrameModel(each, words, theme) for each in self._tables}
        self._grids: dict[str, Grid] = {}
        self._unlaid: set[str] = set()  # grids whose columns are to be fitted when seen
        self._list = side_list()
        self._more = MoreTables(self._list, words)
        self._title = heading(1.3)
        self._meaning = muted()
        self._filter = QLineEdit()
        self._filter.setClearButtonEnabled(True)
        self._find = FindBar(words)
        self._summary = plain_label()
        self._grid_box = QVBoxLayout()
        self._findings = FindingsPanel(words)
        self._book: Book | None = None  # as it was opened
        self._told = ""  # what there is to tell about the last paste
        self._keep_later = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._list_later = QTimer(self, singleShot=True)  # in a turn of its own: it takes time
        # Others add their own lines to the menu of a cell: each is given the menu and the cell.
        self.menu = GridMenu(self, session, words)
        self._lay_out()
        self._connect()
        self._list.setCurrentRow(0)
        self.follow()

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

    def go_to_cell(self, table: str, row: int | None, column: str) -> None:
        """Show a cell, by its table, its row in the sheet and the key of its column.

        Without a row, the table alone is shown.
        """
        self._list.setCurrentRow([each.key for each in self._tables].index(table))
        if row is None:
            return
        if not self.model.place(row, column).isValid():
            self._show_all_rows()
        self.grid.go_to(self.model.place(row, column))

    def search(self) -> None:
        """Ask for a text to find; the table keeps every row."""
        self._find.ask()

    def replace(self) -> None:
        """Ask for a text to find and what is to come in its place."""
        self._find.ask(replace=True)

    def find_next(self, *, forward: bool = True) -> None:
        """Go to the next cell that shows the text that is sought, or the one before."""
        if not self._find.text:
            self._find.ask()
            return
        start = self.grid.currentIndex()
        index = found(self.model, self._find.text, start, self._words.language, forward=forward)
        self._find.tell(found=index.isValid())
        if index.isValid():
            typing = self._find.line.hasFocus()
            self.grid.go_to(index)
            if typing:
                self._find.line.setFocus()

    def _replace(self, everywhere: bool) -> None:  # noqa: FBT001 - Qt's signal has no names
        """Put a text in the place of another: in every cell shown, or here, and go to the next."""
        if not self._find.text:
            return
        self._session.settle()
        at, model = self.grid.currentIndex(), self.model
        places = [(at.row(), at.column())] if at.isValid() else []
        if everywhere:
            shown = [
                each for each in range(len(model.columns)) if not self.grid.isColumnHidden(each)
            ]
            places = [(row, column) for row in range(model.rowCount()) for column in shown]
        texts = self._find.text, self._find.instead.text()
        edits = block_edits.replaced(model, places, *texts, self._words.language)
        if edits:
            self._edit("replace", lambda: edits)
        if not everywhere:
            self.find_next()
        if edits or everywhere:
            self._find.tell_replaced(len(edits))

    def _fill_on(self, begun: tuple[range, range], whole: tuple[range, range]) -> None:
        self._edit("fill", lambda: block_edits.filled_on(self.model, begun, whole))
        self.grid.select_block(*whole)

    def toggle_filters(self) -> None:
        """Show lines to narrow each column with, or take them away."""
        self._settings.filters = not self._settings.filters
        self.model.widen()
        for grid in self._grids.values():
            grid.show_filters(shown=self._settings.filters)
        self._order_tabs()
        if self._settings.filters and (line := self.grid.filter_line(0)) is not None:
            line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._summarise()

    def copy(self) -> None:
        """Copy the selected cells."""
        self._copy(headers=False)

    def copy_with_titles(self) -> None:
        """Copy the selected cells below the titles of their columns."""
        self._copy(headers=True)

    def paste(self) -> None:
        """Paste from the clipboard, from the first selected cell on; much of it by and by."""
        self._session.settle()
        text = QGuiApplication.clipboard().text()
        left = min((column for _, column in self.grid.selected()), default=0)
        if block_edits.is_of_another_layout(self.model, left, text):
            self.layout_pasted.emit(text)
            return
        parts, lost, fresh = block_edits.pasted(
            self.model, self.grid.selected(), text, self._words.language, self.grid.hidden_columns()
        )
        self._told = said_of_paste(self.model, lost, fresh, self._words)
        small = len(text) < LARGE
        self._session.edit("undo.paste", list(chain.from_iterable(parts)) if small else parts)
        self._summarise()

    def fill_down(self) -> None:
        """Give the selected cells what stands in the top ones."""
        self._edit("fill", lambda: block_edits.filled_down(self.model, self.grid.selected()))

    def clear(self) -> None:
        """Empty the selected cells."""
        self._edit("clear", lambda: block_edits.cleared(self.model, self.grid.selected()))

    def add_row(self) -> None:
        """Put empty rows below the selected ones, as many as those are, and go there.

        In the file they come below the last row, for the rows there keep their numbers.
        """
        self._session.settle()
        model = self.model
        selected = sorted({row for row, _ in self.grid.selected()})
        edits = block_edits.added(model, max(len(selected), 1))
        for at, edit in enumerate(edits if selected else ()):
            model.below[edit.row] = edits[at - 1].row if at else model.row_number(selected[-1])
        if self._edit("add_row", lambda: edits):
            self.grid.go_to(model.place(edits[0].row, model.columns[0].key))

    def drop_rows(self) -> None:
        """Take the rows of the selected cells away."""
        self._edit("drop_rows", lambda: block_edits.dropped(self.model, self.grid.selected()))

    def take(self, changes: frozenset[Change]) -> None:
        """Show what changed in the session."""
        changes = self._not_taken(changes)
        if Change.BOOK in changes:
            self._begin_anew()
        if changes & {Change.BOOK, Change.CELLS}:
            for key, model in self._models.items():
                model.editable = not self._session.viewing
                model.show(self._session.sheet(key))
        if changes & {Change.BOOK, Change.FINDINGS}:
            for key, model in self._models.items():
                model.mark(self._session.checked.by_cell.get(key, {}))
            self._list_later.start()
        if Change.BOOK in changes:
            for grid in self._grids.values():
                grid.setCurrentIndex(QModelIndex())
            self._lay_again()
        self._summarise()

    def _go_to_finding(self, finding: Finding) -> None:
        if self.shows(finding.table):
            self.go_to_cell(finding.table, finding.row, finding.column)

    def _edit(self, name: str, edits: Callable[[], Iterable[Edit]]) -> bool:
        """Have a step done; its edits are made once no other step is under way."""
        self._told = ""
        self._session.settle()
        return self._session.edit(f"undo.{name}", block_edits.in_parts(edits()))

    def _copy(self, *, headers: bool) -> None:
        chosen = self.grid.selected()
        text = block_edits.copied(self.model, chosen, self._words.language, headers=headers)
        QGuiApplication.clipboard().setText(text)

    def _not_taken(self, changes: frozenset[Change]) -> frozenset[Change]:
        """Leave another book out where it was taken already: when its step was shown."""
        if Change.BOOK not in changes or not self._session.is_open:
            return changes
        before, self._book = self._book, self._session.state.base
        return changes - {Change.BOOK} if before is self._book else changes

    def _begin_anew(self) -> None:
        """Forget what was done to the book before."""
        self._told = ""
        for model in self._models.values():
            model.below.clear()
        self._show_all_rows()

    def _show_all_rows(self) -> None:
        """Empty every line that narrows a table."""
        with QSignalBlocker(self._filter):
            self._filter.clear()
        for key, model in self._models.items():
            model.widen()
            if key in self._grids:
                self._grids[key].clear_filters()

    def _lay_out(self) -> None:
        self._list.setMaximumWidth(self.fontMetrics().averageCharWidth() * 34)
        self._list.setMinimumWidth(self.fontMetrics().averageCharWidth() * 16)
        self._filter.setMaximumWidth(self.fontMetrics().averageCharWidth() * 44)
        for table in self._tables:
            self._list.addItem(side_item(table.key))
        line = row(self._filter, self._summary, stretch=False)
        cells = QWidget()
        cells.setLayout(self._grid_box)
        self._grid_box.setContentsMargins(0, 0, 0, 0)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(column(self._title, self._meaning, line, self._find, cells, spacing=6))
        halves.addWidget(self._findings)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 1)
        halves.setChildrenCollapsible(False)
        halves.setMinimumHeight(self.fontMetrics().height() * LINES)
        keep_share(halves, f"tables/{self._tables[0].key}", self._settings)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.addWidget(column(self._list, self._more, spacing=4))
        whole.addWidget(scrolling(halves), 1)

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._show_table)
        self._list.currentRowChanged.connect(lambda _row: self._more.follow())
        self._list.currentRowChanged.connect(lambda _row: self.table_chosen.emit())
        self._filter.textChanged.connect(self._narrow)
        self._filter.returnPressed.connect(lambda: self.grid.go_to(self.model.index(0, 0)))
        self._find.left.connect(lambda: self.grid.setFocus(Qt.FocusReason.OtherFocusReason))
        self._find.replaced.connect(self._replace)
        self._find.sought.connect(lambda forward: self.find_next(forward=forward))
        self._findings.chosen.connect(self._go_to_finding)
        self._keep_later.timeout.connect(self._keep_columns)
        self._list_later.timeout.connect(self._list_findings)
        self._session.changed.connect(self.take)
        for key, model in self._models.items():
            model.requested.connect(self._request_from(key))

    def _narrow(self, text: str) -> None:
        self.model.filter(text)
        self._summarise()

    def _narrow_column(self, column: int, text: str) -> None:
        self.model.narrow(column, text)
        self._summarise()

    def _request_from(self, table: str) -> Callable[[Sequence[tuple[int, str, object]]], None]:
        def request(changes: Sequence[tuple[int, str, object]]) -> None:
            self._edit(
                "cell", lambda: block_edits.typed_in(self._session.sheet(table), table, changes)
            )

        return request

    def _show_table(self) -> None:
        """Show the grid of the chosen table; it is made when first seen."""
        for grid in self._grids.values():
            grid.hide()
        if self.table.key not in self._grids:
            self._make_grid()
        self._show_all_rows()
        self.grid.show()
        self._lay_columns(self.table.key)
        self._order_tabs()
        self._reword_table()
        self._list_findings()
        self._summarise()

    def _make_grid(self) -> None:
        grid = Grid(self._words)
        grid.setModel(self.model)
        grid.edit_with(
            lambda table: names_in(self._session.sheet(table)), lambda: self._theme.icon("calendar")
        )
        grid.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        grid.horizontalHeader().setSortIndicatorClearable(True)
        grid.setSortingEnabled(True)
        grid.show_filters(shown=self._settings.filters)
        grid.selection_changed.connect(self._summarise)
        grid.narrowed.connect(self._narrow_column)
        grid.columns_changed.connect(self._keep_later.start)
        grid.menu_asked.connect(self._show_menu)
        grid.filled.connect(self._fill_on)
        self._grids[self.table.key] = grid
        self._grid_box.addWidget(grid)
        self._unlaid.add(self.table.key)

    def _order_tabs(self) -> None:
        """Let Tab go from top to bottom, though a grid is made after what stands below it."""
        line = self.grid.filter_line(0)
        stops = [self._find, line, self.grid, self._findings.table]
        for before, after in pairwise(each for each in stops if each is not None):
            QWidget.setTabOrder(before, after)

    def _show_menu(self, at: QPoint) -> None:
        self.menu.make().exec(at)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_columns(self.table.key)

    def _lay_again(self) -> None:
        """Fit the columns of every table anew, each when it is seen: measuring takes time."""
        self._unlaid.update(self._grids)
        if self.isVisible():
            self._lay_columns(self.table.key)

    def _lay_columns(self, table: str) -> None:
        """Fit the columns of a table, then give those of the user the width that was given."""
        if table not in self._unlaid:
            return
        self._unlaid.discard(table)
        column_widths.lay(self._grids[table], self._models[table].table, self._settings)

    def _keep_columns(self) -> None:
        column_widths.keep(self.grid, self.table, self._settings)

    def _list_findings(self) -> None:
        """List what was found about this table, then what is about no table."""
        here = self.table.key
        elsewhere = {each.key for each in TABLES} - {here}
        found = [e for e in self._session.checked.findings if e.table not in elsewhere]
        found.sort(key=lambda each: (each.table != here, each.severity is Severity.REMARK))
        self._findings.show_findings(found)
        self._reword_list()

    def reword(self) -> None:
        self._list.setAccessibleName(self._words.say("tables.list"))
        self._filter.setPlaceholderText(self._words.say("tables.filter"))
        self._filter.setAccessibleName(self._words.say("tables.filter"))
        for model in self._models.values():
            model.refresh()
        self._reword_table()
        self._list_findings()
        self._summarise()
        self._lay_again()

    def _reword_table(self) -> None:
        self._title.setText(self._words.title(self.table.title))
        self._meaning.setText(self._words.title(self.table.meaning))
        if self.table.key in self._grids:
            self.grid.setAccessibleName(self._words.title(self.table.title))

    def _reword_list(self) -> None:
        rows = {each: self._models[each.key].total for each in self._tables}
        found = self._session.checked.findings
        show_tables(self._list, rows, found, words=self._words, theme=self._theme)
        self._more.fold(rows, found)

    def _summarise(self) -> None:
        """Say how many rows there are and what the selected numbers come to.

        That rows are left out by what narrows the table is said all the time.
        """
        shown, total = self.model.rowCount(), self.model.total
        key = "tables.rows" if shown == total else "tables.rows_of"
        parts = [self._told, self._words.say(key, count=shown, total=total)]
        blocks = self.grid.selected_blocks() if self.table.key in self._grids else []
        if sum(len(rows) * len(columns) for rows, columns in blocks) > 1:
            parts.append(said_of(self.model, blocks, self._words))
        self._summary.setText("  ·  ".join(each for each in parts if each))
