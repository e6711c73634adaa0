"""One sheet of a file: which table it is, where its titles stand, what each column is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from planner.input.book import column_letters
from planner.input.records import TABLES
from planner.input.records import table as table_of
from ui.importing.reading_grid import reading_grid
from ui.still import StillChoice, StillNumber
from ui.widgets import muted, plain_label

if TYPE_CHECKING:
    from planner.importing.preview import FoundColumn, FoundSheet
    from ui.importing.work import ImportWork
    from ui.theme import Theme
    from ui.words import Words

LETTERS, HEADING, TAKEN, EXAMPLES = range(4)
COLUMNS, FIRST = range(2)
LAST_HEADER_ROW = 9999
WIDEST = 30  # characters of a column of the first rows


class SheetPanel(QWidget):
    """The choices about a sheet, and its first rows as they were read."""

    def __init__(self, work: ImportWork, words: Words, theme: Theme) -> None:
        """Show no sheet yet."""
        super().__init__()
        self._work = work
        self._words = words
        self._theme = theme
        self._sheet: FoundSheet | None = None
        self._table_label, self._header_label = plain_label(), plain_label()
        self.table = _choice()
        self.header = StillNumber()
        self.header.setRange(1, LAST_HEADER_ROW)
        self.header.setKeyboardTracking(False)
        self._table_label.setBuddy(self.table)
        self._header_label.setBuddy(self.header)
        self._told = muted()
        self.columns = _grid()
        self.first = _grid()
        self.tabs = QTabWidget()
        self._lay_out()
        self.table.currentIndexChanged.connect(self._choose_table)
        self.header.valueChanged.connect(self._choose_header)

    def show_sheet(self, sheet: FoundSheet | None) -> None:
        """Show a sheet as it is taken by now; another one from its first unused column on."""
        other = sheet is None or self._sheet is None or sheet.name != self._sheet.name
        self._sheet = sheet
        self.setEnabled(sheet is not None)
        self._word()
        if sheet is None:
            return
        taken = self._work.table_of(sheet)
        with QSignalBlocker(self.table), QSignalBlocker(self.header):
            self.table.setCurrentIndex(max(self.table.findData(taken), 0))
            chosen = self._work.choice(sheet.name)
            row = chosen.header_row if chosen is not None else None
            self.header.setValue(row or sheet.header_row or 1)
        self.header.setEnabled(bool(taken))
        self._told.setText(self._summary(sheet))
        at = _first_unused(sheet) if other else self.columns.verticalScrollBar().value()
        self._show_columns(sheet)
        self.columns.doItemsLayout()  # the bar knows its range by then
        self.columns.verticalScrollBar().setValue(at)
        self._show_first(sheet)

    def _word(self) -> None:
        self._table_label.setText(self._words.say("import.table"))
        self._header_label.setText(self._words.say("import.header_row"))
        self.tabs.setTabText(COLUMNS, self._words.say("import.columns"))
        self.tabs.setTabText(FIRST, self._words.say("import.first_rows"))
        self.table.setAccessibleName(self._words.say("import.table"))
        self.header.setAccessibleName(self._words.say("import.header_row"))
        self.columns.setAccessibleName(self._words.say("import.columns_name"))
        self.first.setAccessibleName(self._words.say("import.first_rows"))
        self.columns.setHorizontalHeaderLabels(
            [
                self._words.say(f"import.column.{each}")
                for each in ("letters", "heading", "taken", "examples")
            ]
        )
        with QSignalBlocker(self.table):
            self.table.clear()
            self.table.addItem(self._words.say("import.no_table"), "")
            for each in TABLES:
                self.table.addItem(self._words.title(each.title), each.key)

    def _summary(self, sheet: FoundSheet) -> str:
        """Say how many rows and columns are taken over, and which columns are missing."""
        if not sheet.table:
            key = "import.no_header" if self._work.table_of(sheet) else "import.left_out"
            return self._words.say(key)
        used = sum(bool(each.key) for each in sheet.columns)
        rows = self._words.counted("rows", sheet.rows)
        said = self._words.say("import.taken", rows=rows, used=used, all=len(sheet.columns))
        if not sheet.missing:
            return said
        declared = table_of(sheet.table)
        titles = [self._words.title(declared.column(key).title) for key in sheet.missing]
        return f"{said} {self._words.say('import.missing', columns=self._words.listed(titles))}"

    def _show_columns(self, sheet: FoundSheet) -> None:
        self.columns.setRowCount(0)
        self.columns.setRowCount(len(sheet.columns))
        for at, each in enumerate(sheet.columns):
            letters = _item(each.letters)
            if sheet.table and not each.key:
                letters.setIcon(self._theme.mark("remark", self._theme.colours.remark))
            self.columns.setItem(at, LETTERS, letters)
            for place, text in (
                (HEADING, each.heading or self._words.say("import.no_heading")),
                (EXAMPLES, " · ".join(each.examples)),
            ):
                self.columns.setItem(at, place, _item(text))
            self.columns.setCellWidget(at, TAKEN, self._chooser(sheet, each))

    def _chooser(self, sheet: FoundSheet, found: FoundColumn) -> QComboBox:
        """Return the choice of what a column is; what it may be meant as comes first."""
        made = _choice()
        made.setAccessibleName(
            self._words.say("import.is", letters=found.letters, heading=found.heading)
        )
        made.addItem(self._words.say("import.no_column"), "")
        made.setEnabled(bool(sheet.table))
        if sheet.table:
            declared = table_of(sheet.table)
            if found.suggestion:
                title = self._words.title(declared.column(found.suggestion).title)
                made.addItem(self._words.say("import.perhaps", column=title), found.suggestion)
            for each in declared.columns:
                if each.key != found.suggestion:
                    made.addItem(self._words.title(each.title), each.key)
        made.setCurrentIndex(max(made.findData(found.key), 0))
        made.activated.connect(partial(self._choose_column, made, found.number))
        return made

    def _show_first(self, sheet: FoundSheet) -> None:
        """Show the first rows as they were read; the titles stand out."""
        wide = max((len(cells) for _, cells in sheet.sample), default=0)
        self.first.clear()
        self.first.setRowCount(len(sheet.sample))
        self.first.setColumnCount(wide)
        self.first.setHorizontalHeaderLabels([column_letters(at + 1) for at in range(wide)])
        self.first.setVerticalHeaderLabels([str(row) for row, _ in sheet.sample])
        for at, (row, cells) in enumerate(sheet.sample):
            for place, text in enumerate(cells):
                item = _item(text)
                font = item.font()
                font.setBold(row == sheet.header_row)
                item.setFont(font)
                self.first.setItem(at, place, item)
        self.first.resizeColumnsToContents()
        widest = self.fontMetrics().averageCharWidth() * WIDEST
        for at in range(wide):
            self.first.setColumnWidth(at, min(self.first.columnWidth(at), widest))

    def _choose_table(self) -> None:
        if self._sheet is not None:
            self._work.choose_table(self._sheet, str(self.table.currentData()))

    def _choose_header(self, row: int) -> None:
        if self._sheet is not None:
            self._work.choose_header(self._sheet, row)

    def _choose_column(self, chooser: QComboBox, number: int, _index: int) -> None:
        if self._sheet is not None:
            self._work.choose_column(self._sheet, number, str(chooser.currentData()))

    def _lay_out(self) -> None:
        self.columns.setColumnCount(4)
        header = self.columns.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        width = self.fontMetrics().averageCharWidth()
        for place, characters in ((LETTERS, 11), (HEADING, 30), (TAKEN, 34)):
            self.columns.setColumnWidth(place, width * characters)
        header.setStretchLastSection(True)
        self.columns.verticalHeader().hide()
        line = QHBoxLayout()
        for each in (self._table_label, self.table, self._header_label, self.header):
            line.addWidget(each)
        line.addStretch(1)
        self.tabs.addTab(self.columns, "")
        self.tabs.addTab(self.first, "")
        self.tabs.setDocumentMode(True)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addLayout(line)
        page.addWidget(self._told)
        page.addWidget(self.tabs, 1)


def _choice() -> StillChoice:
    """Return a choice that is as wide as its texts."""
    made = StillChoice()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def _grid() -> QTableWidget:
    """Return an empty grid that scrolls by pixels sideways and by rows down."""
    made = reading_grid(1.8)
    made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
    return made


def _first_unused(sheet: FoundSheet) -> int:
    """Return the place of the first column that is not used; the first where all are."""
    if not sheet.table:
        return 0
    return next((at for at, each in enumerate(sheet.columns) if not each.key), 0)


def _item(text: str) -> QTableWidgetItem:
    made = QTableWidgetItem(text)
    made.setToolTip(text)
    return made
