"""The panel beside the pages: what a figure rests on, what rests on a cell, and the way back.

It stays open while the user looks at a cell in the tables, so that the chain from figure to rule
to cell and back can be walked both ways.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QHeaderView,
    QMainWindow,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from planner.core.over_months import as_read
from planner.core.texts import catalogue
from planner.input.records import table as declared_table
from planner.result.queries import (
    AskCells,
    AskDependents,
    Behind,
    CellShown,
    Dependents,
    Figure,
    PartShown,
    RowShown,
    RuleShown,
    Sum,
)
from ui.results.model import label
from ui.session import Change
from ui.tables import cells
from ui.why_not import allow
from ui.widgets import Telling, button, column, heading, muted, plain_label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent

    from planner.core.texts import Message
    from planner.result.queries import Answer
    from ui.reasons.why import WhyDialogue
    from ui.session import Session
    from ui.theme import Theme
    from ui.words import Words

WHAT, PLACE, VALUE = range(3)
ROLE = Qt.ItemDataRole.UserRole
OPEN_AT_FIRST = 3  # rules that are unfolded when an answer is shown
WIDE = 64  # characters, at first
LEAST_WIDTHS = 2.5  # of the panel, that the window is wide when the panel stands within it
NEAR = 0.05  # room below this is none


class OriginPanel(QDockWidget):
    """Shows what lies behind a figure or rests on a cell, and goes to the cells."""

    def __init__(
        self,
        session: Session,
        words: Words,
        theme: Theme,
        why: WhyDialogue,
        go_to_cell: Callable[[str, int | None, str], None],
    ) -> None:
        """Show the answers of `why`; `go_to_cell` shows a table, row and column."""
        super().__init__()
        self.setObjectName("origin")
        self._session = session
        self._words = words
        self._theme = theme
        self._why = why
        self._go_to_cell = go_to_cell
        self._answers: list[Answer] = []  # the one that is shown last
        self._asked_from: QWidget | None = None
        self._sized = False  # it has had its first width
        self._title = heading(1.15)
        self._lead = muted()
        self._note = Telling(words)
        self._going = plain_label()
        self._going.setWordWrap(True)
        self.tree = QTreeWidget()
        self.back = button(self._go_back)
        self._stop = button(why.stop)
        self.to_cell = button(self._follow_current)
        self.depends = button(self._ask_dependents)
        self._lay_out()
        self._connect()
        self.reword()
        self.hide()

    @property
    def answer(self) -> Answer | None:
        """The answer that is shown."""
        return self._answers[-1] if self._answers else None

    def ask_cells(self, figure: Figure) -> None:
        """Show what a figure rests on."""
        self._open()
        self._why.ask(AskCells(figure), self._take)

    def ask_dependents(self, table: str, at: int, name: str) -> None:
        """Show what rests on a cell: its table, row number and column."""
        self._open()
        self._why.ask(AskDependents(table, at, name), self._take)

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self.setWindowTitle(self._words.say("why.panel"))
        self.back.setText(self._words.say("why.back"))
        self._stop.setText(self._words.say("why.stop"))
        self.to_cell.setText(self._words.say("why.to_cell"))
        self.depends.setText(self._words.say("why.depends"))
        self.tree.setHeaderLabels(
            [self._words.say(f"why.tree.{each}") for each in ("what", "place", "value")]
        )
        self.tree.setAccessibleName(self._words.say("why.panel"))
        self._show()

    def _take(self, answer: Answer) -> None:
        if isinstance(answer, Behind | Dependents):
            self._answers.append(answer)
            self._note.tell(None)
            self._show()
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keyboard back to where the question was asked."""
        at, before = QApplication.focusWidget(), self._asked_from
        mine = at is not None and self.isAncestorOf(at)
        if mine and before is not None and before in QApplication.allWidgets():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        super().hideEvent(event)

    def _open(self) -> None:
        at = QApplication.focusWidget()
        if at is not None and not self.isAncestorOf(at):
            self._asked_from = at
        self._note.tell(None)
        first = not self._sized
        self.show()
        self.raise_()
        above = self.parentWidget()
        if isinstance(above, QMainWindow) and (first or self._crowds(above)):
            self._sized = True
            self._take_width(above)

    def _crowds(self, above: QMainWindow) -> bool:
        """Whether it stands in a window that has become too small to share."""
        wide = self.fontMetrics().averageCharWidth() * WIDE
        return not self.isFloating() and above.width() < wide * LEAST_WIDTHS

    def _take_width(self, above: QMainWindow) -> None:
        """Take a part of the window; on a small one, stand above it instead."""
        wide = self.fontMetrics().averageCharWidth() * WIDE
        if above.width() < wide * LEAST_WIDTHS:
            self.setFloating(True)
            self.resize(min(wide, above.width()), above.height() * 4 // 5)
            self.move(above.geometry().topRight() - QPoint(self.width(), -above.height() // 10))
        else:
            above.resizeDocks([self], [wide], Qt.Orientation.Horizontal)

    def _show(self) -> None:
        """Show the last answer; nothing where there is none yet."""
        self.tree.clear()
        answer = self.answer
        none = self._words.say("why_not.first_question")
        allow(self.back, "" if len(self._answers) > 1 else none)
        stale = self._words.say("why.stale") if self._session.stale else ""
        if isinstance(answer, Behind):
            self._title.setText(self._named(answer))
            self._lead.setText(self._tightest(answer))
            self._fill_parts(answer.added)
            self._fill(answer.rules, unfolded=OPEN_AT_FIRST)
            self._fill_own(answer)
        elif isinstance(answer, Dependents):
            title = self._words.title(answer.cell.title)
            self._title.setText(self._words.say("why.depends_on", cell=title))
            count = sum(rule.count for rule in answer.rules)
            self._lead.setText(
                self._words.say("why.rest", place=answer.cell.place or "-", count=count)
            )
            self._fill(answer.rules, unfolded=1)
        else:
            self._title.setText(self._words.say("why.panel"))
            self._lead.setText(self._words.say("why.begin"))
        self._lead.setText(" ".join(part for part in (self._lead.text(), stale) if part))
        self._choose(None)
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _named(self, answer: Behind) -> str:
        """Return what a figure is about, in words."""
        if answer.added is not None:
            title = self._words.title(answer.added.title)
            return self._words.say("why.behind", figure=title)
        figure = answer.figure
        from planner.input.kinds import PlaceKind  # noqa: PLC0415 - not needed to start
        from planner.sheets.result_tables import RESULT_TABLES  # noqa: PLC0415 - the same

        sheet = RESULT_TABLES.get(figure.table)
        parts = [] if sheet is None else [self._words.title(sheet.title)]
        parts += [
            self._words.called(each)
            for each in (figure.location, figure.province, figure.region, figure.group)
            if each
        ]
        if figure.kind:
            parts.append(self._words.title(label(PlaceKind, figure.kind)))
        if figure.month is not None:
            parts.append(self._words.month(figure.month))
        return self._words.say("why.behind", figure=" · ".join(parts))

    def _tightest(self, answer: Behind) -> str:
        """Say which rule leaves least room, or why nothing can be named."""
        if answer.told is not None:
            return self._words.tell(answer.told)
        if not answer.rules:
            return self._words.say("why.open_part") if answer.added is not None else ""
        rule = answer.rules[0]
        title = self._words.title(rule.title)
        return self._words.say("why.tightest", rule=title, use=self._use(rule.rows[0]))

    def _use(self, shown: RowShown) -> str:
        """Say how much of how much is used, and what room there is."""
        unit = self._words.title(shown.unit)
        used, size, room = map(self._read, shown.read)
        fields = {"used": used, "size": size, "unit": unit}
        least = "least" if shown.sense == "≥" else "most"
        if abs(shown.room) <= NEAR:
            return self._words.say(f"why.use.full.{least}", **fields)
        key = "short" if shown.room < 0 else "room"
        return self._words.say(f"why.use.{key}.{least}", room=room, **fields)

    def _fill(self, rules: tuple[RuleShown, ...], *, unfolded: int) -> None:
        for place, rule in enumerate(rules):
            fields = {
                "rule": self._words.title(rule.title),
                "source": self._words.title(rule.source),
            }
            said = self._words.say("why.rule", count=rule.count, **fields)
            item = self._item(self.tree, said)
            item.setToolTip(WHAT, f"{said}\n{self._words.title(rule.sentence)}")
            for each in rule.rows:
                about = self._words.title(each.about)
                said = self._words.say("why.row", about=about, use=self._use(each))
                self._item(item, said).setData(WHAT, ROLE, each)
            if rule.count > len(rule.rows):
                more = rule.count - len(rule.rows)
                self._item(item, self._words.say("why.more_rows", count=more))
            self._fill_cells(item, rule.cells, rule.more_cells)
            item.setExpanded(place < unfolded)

    def _fill_parts(self, added: Sum | None) -> None:
        """Show what a figure is added up from, the largest part first."""
        if added is None or not added.parts:
            return
        said = self._words.say("why.added", total=self._amount(added, added.total))
        item = self._item(self.tree, said)
        for part in added.parts:
            about, amount = self._words.title(part.about), self._amount(added, part.amount)
            said = self._words.say("why.row", about=about, use=amount)
            self._item(item, said).setData(WHAT, ROLE, part)
        item.setExpanded(True)

    def _amount(self, added: Sum, amount: float) -> str:
        """Return an amount with its unit; shares in per cent, as the overview shows them."""
        if added.unit == catalogue()["unit.share"]:
            return f"{self._read(amount * 100)} %"
        if added.unit == catalogue()["unit.euro"]:
            return f"€ {self._words.number(amount)}"
        return f"{self._read(amount)} {self._words.title(added.unit)}"

    def _read(self, amount: float) -> str:
        """Return an amount as people read it: without decimals from ten on."""
        return self._words.number(as_read(amount), None)

    def _fill_own(self, answer: Behind) -> None:
        """Show the cells that no rule reads."""
        if answer.cells:
            item = self._item(self.tree, self._words.say("why.own_cells"))
            self._fill_cells(item, answer.cells, answer.more_cells)
            item.setExpanded(True)

    def _fill_cells(self, above: QTreeWidgetItem, found: tuple[CellShown, ...], more: int) -> None:
        for cell in found:
            value = self._value(cell) or self._words.say("why.empty")
            place = cell.place or self._words.say("why.default")
            item = self._item(above, self._words.title(cell.title), place, value)
            item.setData(WHAT, ROLE, cell)
            item.setIcon(WHAT, self._theme.icon("template"))
        if more:
            self._item(above, self._words.say("why.more_cells", count=more))

    def _value(self, cell: CellShown) -> str:
        """Return what stands in a cell as its table shows it."""
        if not cell.column:
            return self._words.value(cell.value)
        declared = declared_table(cell.table).column(cell.column)
        return cells.shown(declared, cell.value, self._words.language)

    def _item(self, above: QTreeWidget | QTreeWidgetItem, *texts: str) -> QTreeWidgetItem:
        """Add a line; one with a single text takes the whole width."""
        item = QTreeWidgetItem(above, list(texts))
        item.setFirstColumnSpanned(len(texts) == 1)
        item.setSizeHint(WHAT, QSize(0, int(self.tree.fontMetrics().height() * 1.5)))
        for at, text in enumerate(texts):
            item.setToolTip(at, text)
        return item

    def _shown(self) -> object:
        """Return the cell or row of the chosen line."""
        item = self.tree.currentItem()
        return None if item is None else item.data(WHAT, ROLE)

    def _choose(self, _item: QTreeWidgetItem | None) -> None:
        shown = self._shown()
        there = isinstance(shown, CellShown) and shown.row is not None
        for each in (self.to_cell, self.depends):
            allow(each, "" if there else self._words.say("why_not.no_cell"))

    def _follow(self, item: QTreeWidgetItem) -> None:
        """Go to the cell of a line, or show what its row rests on."""
        shown = item.data(WHAT, ROLE)
        if isinstance(shown, CellShown) and shown.row is not None:
            self._go_to_cell(shown.table, shown.row, shown.column)
        elif isinstance(shown, RowShown | PartShown) and shown.figure is not None:
            self.ask_cells(shown.figure)

    def _follow_current(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self._follow(item)

    def _ask_dependents(self) -> None:
        shown = self._shown()
        if isinstance(shown, CellShown) and shown.row is not None:
            self.ask_dependents(shown.table, shown.row, shown.column)

    def _go_back(self) -> None:
        if len(self._answers) > 1:
            self._answers.pop()
            self._show()

    def _say_going(self, what: str) -> None:
        self._going.setText(what)
        self._going.setVisible(bool(what))
        self._stop.setVisible(bool(what))

    def _tell(self, told: Message) -> None:
        self._note.tell(told)

    def _heed(self, changes: frozenset[Change]) -> None:
        """Forget the answers about another book or plan."""
        if Change.BOOK in changes:
            self._answers.clear()
            self.hide()
        if changes & {Change.BOOK, Change.PLAN}:
            self._note.tell(None)  # why nothing could be told of the plan before
            self._show()

    def _connect(self) -> None:
        self.tree.itemActivated.connect(self._follow)
        self.tree.currentItemChanged.connect(self._choose)
        self._why.going.connect(self._say_going)
        self._why.told.connect(self._tell)
        self._session.changed.connect(self._heed)
        self._words.changed.connect(self.reword)
        self._theme.changed.connect(self._show)

    def _lay_out(self) -> None:
        self.tree.setColumnCount(3)
        self.tree.setAlternatingRowColors(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setTabKeyNavigation(False)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.tree.header().setStretchLastSection(True)
        wide = self.fontMetrics().averageCharWidth()
        self.tree.setIndentation(wide * 2)
        self.tree.setColumnWidth(WHAT, wide * 32)
        self.tree.setColumnWidth(PLACE, wide * 18)
        self.setWidget(
            column(
                row(self.back, self._stop),
                self._title,
                self._lead,
                self._going,
                self._note,
                self.tree,
                row(self.to_cell, self.depends),
                margin=10,
            )
        )
        self.setAllowedAreas(
            Qt.DockWidgetArea.RightDockWidgetArea | Qt.DockWidgetArea.BottomDockWidgetArea
        )
        self._say_going("")
