"""The dialog in which a file is looked through before anything of it is taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from planner.core.errors import Severity
from planner.importing.preview import How, RowFate
from planner.input.records import TABLES
from planner.input.records import table as table_of
from ui.importing.mapping_panel import MappingPanel
from ui.importing.sheet_panel import SheetPanel
from ui.importing.work import ImportWay
from ui.results.model import ResultModel, ShownColumn
from ui.results.table import ResultGrid
from ui.side_list import side_item, side_list
from ui.splitter_state import keep_share
from ui.still import StillChoice
from ui.tables.findings_panel import FindingsPanel
from ui.widgets import Notice, button, heading, muted, plain_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListWidgetItem

    from planner.core.errors import Finding
    from planner.importing.preview import FoundSheet, ImportChange
    from planner.importing.service import Seen
    from planner.jobs.requests import Failed
    from ui.importing.work import ImportWork
    from ui.theme import Theme
    from ui.words import Words

MAPPING, SHEETS, FINDINGS, CHANGES = range(4)
MOST_SHOWN = 5000  # changes; who wants to see more has another question


class ImportDialog(QDialog):
    """Sheets and columns, findings, and what would change; nothing is done before OK."""

    wanted = Signal(object, object)  # a Way and the Seen that was OK'd
    marking_wanted = Signal(object)  # the findings to write into a copy
    mapping_wanted = Signal()  # a mapping from a file
    keeping_wanted = Signal(object)  # the mapping to write to a file

    def __init__(
        self, parent: QWidget | None, work: ImportWork, words: Words, theme: Theme
    ) -> None:
        """Show what the work sees."""
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.work = work
        self._words = words
        self._theme = theme
        work.setParent(self)
        self._title = heading(1.2)
        self.notice = Notice("remark")
        self._forget = self.notice.add_button(work.forget)
        self.sheets = side_list()
        self.sheet = SheetPanel(work, words, theme)
        self.mapping = MappingPanel(work, words, theme)
        self.findings = FindingsPanel(words)
        self.changes = ResultModel(
            [
                ShownColumn("import_sort", words=self._sort_words),
                ShownColumn("import_table"),
                ShownColumn("import_row"),
                ShownColumn("import_column"),
                ShownColumn("import_before"),
                ShownColumn("import_after"),
            ],
            words,
        )
        self._changes_lead = muted()
        self.table = ResultGrid(self.changes)
        self.tabs = QTabWidget()
        self._way_label = plain_label()
        self.way = StillChoice()
        self._way_label.setBuddy(self.way)
        self._told = muted()
        self.mark = button(self._mark)
        self.read_by = button(self.mapping_wanted.emit)
        self.keep = button(self._keep)
        self.ok = button(self._take_over, main=True)
        self.ok.setDefault(True)
        self._cancel = button(self.reject)
        self._lay_out()
        self.sheets.currentRowChanged.connect(lambda _row: self._show_sheet())
        self.way.currentIndexChanged.connect(self._choose_way)
        self.findings.chosen.connect(self._go_to)
        work.changed.connect(self.refresh)
        work.failed.connect(self._tell)
        words.changed.connect(self.refresh)
        theme.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the last look, or that one is under way."""
        self._word()
        seen = self.work.seen
        self.ok.setEnabled(self._can_take())
        self.mark.setEnabled(seen is not None and bool(seen.seen.findings))
        self.keep.setEnabled(seen is not None and seen.mapping is not None)
        if seen is None:
            return
        by_mapping = seen.mapping is not None
        choosing = self.tabs.currentIndex() in {MAPPING, SHEETS}
        for tab, visible in ((MAPPING, by_mapping), (SHEETS, not by_mapping)):
            self.tabs.setTabVisible(tab, visible)
        if choosing:
            self.tabs.setCurrentIndex(MAPPING if by_mapping else SHEETS)
        self.mapping.show_mapping(seen)
        with QSignalBlocker(self.sheets):
            at = max(self.sheets.currentRow(), 0)
            self.sheets.clear()
            for each in seen.seen.sheets:
                self.sheets.addItem(self._line(each))
            self.sheets.setCurrentRow(min(at, self.sheets.count() - 1))
        self._show_sheet()
        self.findings.show_findings(seen.seen.findings)
        self._show_changes(seen)

    def reject(self) -> None:
        """Close without doing anything."""
        self.work.stop()
        super().reject()

    def _can_take(self) -> bool:
        seen = self.work.seen
        if seen is None or self.work.looking or self._keyless(seen):
            return False
        if seen.mapping is not None and seen.seen.errors:
            return False  # nothing is changed by a mapping that does not fit or leaves a question
        return bool(seen.takeover.edits)

    def _keyless(self, seen: Seen) -> list[str]:
        """Return the sheets whose rows cannot be matched with those of the open book."""
        how = self.work.way.how
        within = {each.key for each in TABLES}
        if how in {How.OCCUPANCY, How.LOCATIONS}:
            within = {str(how)}
        return [
            each.name
            for each in seen.seen.sheets
            if how is not None
            and each.table in within
            and not {column.key for column in table_of(each.table).key_columns}.isdisjoint(
                each.missing
            )
        ]

    def _take_over(self) -> None:
        if self._can_take():
            self.wanted.emit(self.work.way, self.work.seen)

    def _mark(self) -> None:
        if self.work.seen is not None:
            self.marking_wanted.emit(self.work.seen.seen.findings)

    def _keep(self) -> None:
        if self.work.seen is not None and self.work.seen.mapping is not None:
            self.keeping_wanted.emit(self.work.seen.mapping)

    def _choose_way(self) -> None:
        self.work.choose_way(ImportWay(self.way.currentData()))

    def _go_to(self, finding: Finding) -> None:
        """Show the sheet that a finding is about."""
        seen = self.work.seen
        names = [each.name for each in seen.seen.sheets] if seen is not None else []
        if finding.sheet in names:
            self.tabs.setCurrentIndex(SHEETS)
            self.sheets.setCurrentRow(names.index(finding.sheet))

    def _tell(self, failed: Failed) -> None:
        self.notice.be("error")
        self._forget.hide()
        self.notice.say(self._words.tell(failed.told))
        self.findings.show_findings(failed.findings)
        if failed.findings:
            self.tabs.setCurrentIndex(FINDINGS)

    def _show_sheet(self) -> None:
        seen, at = self.work.seen, self.sheets.currentRow()
        known = seen is not None and 0 <= at < len(seen.seen.sheets)
        self.sheet.show_sheet(seen.seen.sheets[at] if seen is not None and known else None)

    def _show_changes(self, seen: Seen) -> None:
        made = seen.takeover.changes
        self.changes.show([self._row(each) for each in made[:MOST_SHOWN]])
        self.table.setVisible(bool(made))
        lead = "" if made else self._words.say("import.nothing")
        if len(made) > MOST_SHOWN:
            lead = self._words.say("import.first_of", shown=self._words.number(MOST_SHOWN))
        self._changes_lead.setText(lead)
        self._changes_lead.setVisible(bool(lead))

    def _row(self, change: ImportChange) -> tuple[object, ...]:
        declared = table_of(change.table)
        column = declared.column(change.column).title if change.column else ""
        return change.sort, declared.title, change.key, column, change.before, change.after

    def _sort_words(self, sort: object) -> str:
        return self._words.say(f"import.sort.{sort}")

    def _counted(self, seen: Seen) -> str:
        """Say how many rows come and go and how many cells change."""
        counts = {each.value: seen.takeover.count(each) for each in RowFate}
        return self._words.say(
            "import.counts",
            added=self._words.counted("rows", counts["added"]),
            changed=self._words.counted("cells", counts["changed"]),
            dropped=self._words.counted("rows", counts["dropped"]),
        )

    def _line(self, sheet: FoundSheet) -> QListWidgetItem:
        """Return a sheet's line: its name, what it is taken for, and how it stands."""
        table = table_of(sheet.table).title if sheet.table else None
        taken = self._words.say("import.no_table") if table is None else self._words.title(table)
        line = side_item(self._words.say("import.sheet", sheet=sheet.name, table=taken))
        mark, colour = "good", self._theme.colours.good
        if any(each.severity is Severity.ERROR for each in sheet.findings) or sheet.missing:
            mark, colour = "error", self._theme.colours.error
        elif not sheet.table or sheet.findings:
            mark, colour = "remark", self._theme.colours.remark
        line.setIcon(self._theme.mark(mark, colour))
        line.setToolTip(line.text())
        return line

    def _word(self) -> None:
        seen = self.work.seen
        title = self._words.say("import.title", file=self.work.path.name)
        self.setWindowTitle(title)
        self._title.setText(title)
        self._forget.setText(self._words.say("import.forget"))
        if seen is not None:
            self.notice.be("remark")
            self._forget.show()
            self.notice.say(self._words.say("import.recalled") if seen.recalled else "")
        found = len(seen.seen.findings) if seen is not None else 0
        changes = len(seen.takeover.changes) if seen is not None else 0
        self.tabs.setTabText(SHEETS, self._words.say("import.tab.sheets"))
        asked = seen.open_count if seen is not None else 0
        self.tabs.setTabText(MAPPING, self._words.say("import.tab.mapping", count=asked))
        self.tabs.setTabText(FINDINGS, self._words.say("import.tab.findings", count=found))
        self.tabs.setTabText(CHANGES, self._words.say("import.tab.changes", count=changes))
        self.sheets.setAccessibleName(self._words.say("import.sheets_name"))
        self.table.setAccessibleName(self._words.say("import.changes_name"))
        self._way_label.setText(self._words.say("import.way"))
        self.way.setAccessibleName(self._words.say("import.way"))
        with QSignalBlocker(self.way):
            self.way.clear()
            for each in self.work.ways:
                self.way.addItem(self._words.say(f"import.way.{each.value}"), each.value)
            self.way.setCurrentIndex(self.work.ways.index(self.work.way))
        self.mark.setText(self._words.say("import.mark"))
        for made, key in ((self.read_by, "import.read_by"), (self.keep, "import.keep")):
            made.setText(self._words.say(key))
            made.setToolTip(self._words.say(f"{key}.tip"))
        new = self.work.way is ImportWay.NEW
        self.ok.setText(self._words.say("import.ok.new" if new else "import.ok"))
        self._cancel.setText(self._words.say("import.cancel"))
        self._told.setText(self._status())

    def _status(self) -> str:
        seen = self.work.seen
        if self.work.looking:
            return self._words.say("import.looking")
        if seen is None:
            return ""
        keyless = self._keyless(seen)
        if keyless:
            return self._words.say("import.keyless", sheets=self._words.listed(keyless))
        said = self._counted(seen) if seen.takeover.changes else self._words.say("import.nothing")
        if seen.seen.errors and seen.mapping is not None:
            return self._words.say("import.mapping_errors", count=seen.seen.errors)
        if seen.seen.errors:
            said += " " + self._words.say("import.errors", count=seen.seen.errors)
        return said

    def _lay_out(self) -> None:
        for table in (self.findings.table, self.table):
            table.horizontalHeader().setStretchLastSection(True)
        first = QSplitter(Qt.Orientation.Horizontal)
        first.addWidget(self.sheets)
        first.addWidget(self.sheet)
        first.setStretchFactor(1, 1)
        width = self.fontMetrics().averageCharWidth()
        first.setSizes([width * 34, width * 110])
        keep_share(first, "import")
        first.setChildrenCollapsible(False)
        changes = QWidget()
        box = QVBoxLayout(changes)
        box.addWidget(self._changes_lead)
        box.addWidget(self.table, 1)
        for each in (self.mapping, first, self.findings, changes):
            each.setContentsMargins(8, 8, 8, 8)
            self.tabs.addTab(each, "")
        self.tabs.setCurrentIndex(SHEETS)
        way = QHBoxLayout()
        way.addWidget(self._way_label)
        way.addWidget(self.way)
        way.addWidget(self._told, 1)
        ends = QHBoxLayout()
        for each in (self.mark, self.read_by, self.keep):
            ends.addWidget(each)
        ends.addStretch(1)
        ends.addWidget(self._cancel)
        ends.addWidget(self.ok)
        page = QVBoxLayout(self)
        page.setSpacing(10)
        page.addWidget(self._title)
        page.addWidget(self.notice)
        page.addWidget(self.tabs, 1)
        page.addLayout(way)
        page.addLayout(ends)
        height = self.fontMetrics().height()
        wanted = QSize(width * 195, height * 44)
        parent = self.parentWidget()
        self.resize(wanted if parent is None else wanted.boundedTo(parent.size()))
