"""The scenarios: what each changes in the input, and making, copying, joining and choosing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from planner.core.texts import Message, message
from ui.flow_layout import FlowBox
from ui.results.model import ResultModel, ShownColumn
from ui.results.table import ResultGrid
from ui.scenarios.change_form import ChangeForm
from ui.scenarios.change_words import ChangeWords
from ui.scenarios.changing import Changing
from ui.scenarios.form import FormAct, ScenarioForm
from ui.scenarios.wrapped_list import WrappedList
from ui.session import Change
from ui.side_list import side_item
from ui.view import View
from ui.why_not import allow
from ui.widgets import (
    Notice,
    button,
    column,
    heading,
    muted,
    plain_label,
    row,
    scrolling,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QListWidgetItem, QPushButton

    from planner.input.scenarios.shown import ShownChange, ShownScenario
    from ui.jobs import Jobs
    from ui.scenarios.work import ScenarioWork
    from ui.view import Context


LIST_LINES = 9  # of text, the least of the list that is seen


class ScenariosView(View):
    """A list of scenarios; of the chosen one, each cell it changes with both values."""

    calculation_wanted = Signal()  # of the scenario that is planned from now on

    def __init__(
        self,
        context: Context,
        work: ScenarioWork,
        jobs: Jobs,
        go_to_cell: Callable[[str, int | None, str], None],
    ) -> None:
        """Show the scenarios of the book; `go_to_cell` shows a cell of the input."""
        super().__init__(context)
        words = context.words
        self._work = work
        self._jobs = jobs
        self._go_to_cell = go_to_cell
        self._wanted = ""  # what to show once it is there
        self._asking_for = ""  # a new scenario, whose first change is asked for once it is there
        self._dirty = True
        self._told: tuple[str, Message] | None = None
        self._list_title = heading(1.1)
        self.list = WrappedList()
        self._viewing = Notice()
        self._outcome = Notice()
        self._title = heading(1.3)
        self._lead = muted()
        changing = Changing(work, jobs, words)
        self.form = ScenarioForm(changing, words)
        self.change_form = ChangeForm(changing, words)
        self.changes = ResultModel(
            [
                ShownColumn("scen_counts"),
                ShownColumn("scen_sheet"),
                ShownColumn("scen_row"),
                ShownColumn("cell_column"),
                ShownColumn("base_value"),
                ShownColumn("scenario_value"),
                ShownColumn("scen_remark"),
            ],
            words,
        )
        self.table = ResultGrid(self.changes)
        self._none = plain_label()
        self.buttons: dict[str, QPushButton] = {
            "choose": button(self.choose, main=True),
            "add": button(self.add_change),
            **{act.value: button(self._asker(act)) for act in FormAct},
            "delete": button(self.delete),
            "switch": button(self.switch),
            "cell": button(self.go_to_cell),
            "drop": button(self.drop),
        }
        self._do = FlowBox(self.buttons["switch"], self.buttons["cell"], self.buttons["drop"])
        self._lay_out()
        self._connect()
        self.follow()

    @property
    def chosen(self) -> str:
        """The scenario whose changes are shown, empty where there is none."""
        shown = self._shown()
        return "" if shown is None else shown.name

    def show_scenario(self, name: str) -> None:
        """Show what a scenario changes."""
        self._close_forms()
        self._wanted = name
        self._fill()

    def choose(self) -> None:
        """Plan the shown scenario, now and from now on."""
        self._session.choose_scenario(self.chosen)
        self.calculation_wanted.emit()

    def add_change(self) -> None:
        """Ask for a change of the shown scenario, in a sentence."""
        shown = self._shown()
        if shown is not None and self._work.shown is not None:
            self.form.close_form()
            self._told = None
            self._show_outcome()
            self.change_form.ask(shown, self._work.shown.subjects)

    def delete(self) -> None:
        """Take the shown scenario away, with its changes."""
        self._work.delete(self.chosen)

    def switch(self) -> None:
        """Let the selected changes no longer count, or count again."""
        found = self._selected()
        if found:
            active = not found[0].line.active
            self._work.switch([each.line.row for each in found], active=active)

    def drop(self) -> None:
        """Take the selected changes out of the scenario."""
        self._work.drop([each.line.row for each in self._selected()])

    def go_to_cell(self) -> None:
        """Go to the cell that the selected change is about, or to the change where it has none."""
        for each in self._selected()[:1]:
            if each.row is not None and each.column is not None:
                self._go_to_cell(each.address[0], each.row, each.column.key)
            else:
                self._go_to_cell("scenarios", each.line.row, "key")

    def take(self, changes: frozenset[Change]) -> None:
        """Show what changed in the session."""
        if Change.BOOK in changes:
            self._wanted = ""
            self._told = None
            self._close_forms()
        if changes & {Change.BOOK, Change.CELLS}:
            self._dirty = True
        if self.isVisible():
            self._catch_up()
        self._enable()
        if Change.SCENARIO in changes:
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()

    def _catch_up(self) -> None:
        if self._dirty and self._session.is_open:
            self._dirty = False
            self._work.look()

    def _asker(self, act: FormAct) -> Callable[[], None]:
        def ask() -> None:
            self._told = None
            self._show_outcome()
            self.change_form.close_form()
            self.form.ask(act, self.chosen)

        return ask

    def _shown(self) -> ShownScenario | None:
        """Return the chosen scenario, or the one that is planned where that is gone."""
        found = () if self._work.shown is None else self._work.shown.scenarios
        by_name = {each.name: each for each in found}
        # One is always chosen: a list without a current line takes its first with the focus.
        planned = by_name.get(self._work.current)
        return by_name.get(self._wanted) or planned or next(iter(found), None)

    def _selected(self) -> list[ShownChange]:
        shown = self._shown()
        if shown is None:
            return []
        rows = sorted(each.row() for each in self.table.selectionModel().selectedRows())
        return [shown.changes[at] for at in rows if at < len(shown.changes)]

    def _fill(self) -> None:
        """List the scenarios, and the changes of the chosen one."""
        shown = self._shown()
        scenarios = () if self._work.shown is None else self._work.shown.scenarios
        with QSignalBlocker(self.list):
            self.list.clear()
            for each in scenarios:
                self.list.addItem(self._item(each))
                if shown is not None and each.name == shown.name:
                    self.list.setCurrentRow(self.list.count() - 1)
            self.list.fit_lines()
        self.list.scrollToItem(self.list.currentItem())
        self._fill_changes(shown)
        if shown is not None and self._work.shown is not None:
            self.change_form.renew(shown, self._work.shown.subjects)
        self._enable()

    def _item(self, each: ShownScenario) -> QListWidgetItem:
        count = len(each.changes)
        key = "scenarios.item_own" if each.own_forecast else "scenarios.item"
        item = side_item(self._words.say(key, name=self._words.called(each.name), count=count))
        item.setData(Qt.ItemDataRole.UserRole, each.name)
        item.setToolTip(each.name)
        if any(change.fault for change in each.changes):
            item.setIcon(self._theme.mark("error", self._theme.colours.error))
        elif each.name == self._work.current:
            item.setIcon(self._theme.mark("calculate", self._theme.colours.accent))
        else:
            item.setIcon(self._theme.mark("template", self._theme.colours.muted))
        return item

    def _fill_changes(self, shown: ShownScenario | None) -> None:
        self._title.setText("" if shown is None else self._words.called(shown.name))
        found = () if shown is None else shown.changes
        off = sum(not each.line.active for each in found)
        key = "scenarios.lead_off" if off else "scenarios.lead" if found else "scenarios.lead_none"
        forecast = "" if shown is None else self._words.called(shown.forecast)
        said = self._words.say(key, forecast=forecast, count=len(found), off=off)
        if shown is not None and shown.name == self._work.current:
            said = f"{said} {self._words.say('scenarios.is_planned')}"
        self._lead.setText(said if shown is not None else "")
        wording = ChangeWords(self._session, self._words, self._work.rule_titles)
        self.changes.show([self._row(each, wording) for each in found])
        for each in (self.table, self._do):
            each.setVisible(bool(found))
        self._none.setVisible(not found and shown is not None)

    def _row(self, each: ShownChange, wording: ChangeWords) -> tuple[object, ...]:
        counts = "scenarios.yes" if each.line.active else "scenarios.no"
        remark = ""
        if each.fault is not None:
            remark = self._words.tell(each.fault)
        elif each.overruled:
            remark = self._words.say("scenarios.overruled")
        base = "" if each.column is None else wording.value(each.address, each.base)
        return (
            self._words.say(counts),
            *wording.place(each.address),
            base,
            wording.value(each.address, each.line.value),
            remark,
        )

    def _why_not(self, key: str, *, can: bool) -> str:
        """Return why something cannot be done with the scenario shown."""
        if not can:
            return self._words.say("why_not.viewing")
        return self._words.say(f"scenarios.why_not.{key}")

    def _enable(self) -> None:
        """Let only be done what can be, and say why where nothing can."""
        shown, can = self._shown(), self._work.can_edit
        own = shown is not None and bool(shown.changes)
        gone = own and shown is not None and not shown.own_forecast
        selected = self._selected()
        possible = {
            "choose": shown is not None and shown.name != self._work.current,
            "add": can and shown is not None,
            "new": can and bool(self._work.forecasts),
            "copy": can and shown is not None,
            "rename": can and gone,
            "combine": can and shown is not None and len(self._work.names) > 1,
            "take": can and self._session.unsaved,
            "delete": can and own,
            "switch": can and bool(selected),
            "cell": bool(selected),
            "drop": can and bool(selected),
        }
        for key, each in self.buttons.items():
            allow(each, "" if possible[key] else self._why_not(key, can=can))
        if self._jobs.calculating is not None:
            allow(self.buttons["choose"], self._words.say("why_not.calculating"))
        forecast = shown is not None and shown.own_forecast
        why = self._words.say("scenarios.own_forecast") if forecast else ""
        if why:
            allow(self.buttons["rename"], why)
        off = bool(selected) and not selected[0].line.active
        self.buttons["switch"].setText(
            self._words.say("scenarios.switch_on" if off else "scenarios.switch_off")
        )
        self.buttons["delete"].setText(
            self._words.say("scenarios.clear" if forecast else "scenarios.delete")
        )
        self._viewing.say(self._words.say("scenarios.viewing") if self._session.viewing else "")
        if not can:
            self._close_forms()

    def _close_forms(self) -> None:
        for form in (self.form, self.change_form):
            form.close_form()

    def _tell(self, kind: str, told: object) -> None:
        if isinstance(told, Message):
            self._told = (kind, told)
            self._show_outcome()

    def _show_outcome(self) -> None:
        kind, told = self._told or ("remark", None)
        self._outcome.be(kind)
        self._outcome.say("" if told is None else self._words.tell(told))

    def _made(self, name: str) -> None:
        self._wanted = name
        self._asking_for = name if self.form.made is FormAct.NEW else ""
        self._fill()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # the form that had it is gone
        self._ask_change()

    def _ask_change(self) -> None:
        """Ask for the first change of a scenario that was made empty, once it is there."""
        shown = self._shown()
        if self._asking_for and shown is not None and shown.name == self._asking_for:
            self._asking_for = ""
            self.add_change()

    def _added(self, sentence: str) -> None:
        self._tell("good", message("window.scenarios.added", sentence=sentence))

    def _pick(self, at: int) -> None:
        item = self.list.item(at)
        if item is not None:
            self.show_scenario(str(item.data(Qt.ItemDataRole.UserRole)))

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._pick)
        self.form.done.connect(self._made)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.table.doubleClicked.connect(self._go_on)
        self.table.activated.connect(self._go_on)
        self.change_form.added.connect(self._added)
        self._work.shown_changed.connect(self._fill)
        self._work.shown_changed.connect(self._ask_change)
        self._work.told.connect(self._tell)
        self._session.changed.connect(self.take)
        self._jobs.changed.connect(self._enable)

    def _go_on(self, index: QModelIndex) -> None:
        if index.isValid():
            self.go_to_cell()

    def reword(self) -> None:
        self._list_title.setText(self._words.say("scenarios.list"))
        self.list.setAccessibleName(self._words.say("scenarios.list"))
        self.table.setAccessibleName(self._words.say("scenarios.changes"))
        self._none.setText(self._words.say("scenarios.none"))
        for act in FormAct:
            self.buttons[act.value].setText(self._words.say(f"scenarios_act.{act.value}"))
        for key in ("choose", "add", "cell", "drop"):
            self.buttons[key].setText(self._words.say(f"scenarios_do.{key}"))
        self._show_outcome()
        self._fill()

    def _lay_out(self) -> None:
        width = self.fontMetrics().averageCharWidth()
        acts = [self.buttons[act.value] for act in FormAct]
        # With large letters the acts would leave the list no more than a line.
        self.list.setMinimumHeight(self.fontMetrics().height() * LIST_LINES)
        held = column(self._list_title, self.list, *acts, self.buttons["delete"], spacing=6)
        left = scrolling(held)
        left.setMinimumWidth(width * 26)
        left.setMaximumWidth(width * 38)
        self._none.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        # A name of two hundred characters must not widen the window.
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        right = QWidget()
        box = QVBoxLayout(right)
        box.setContentsMargins(0, 0, 0, 0)
        for each in (self._viewing, self._title, self._lead):
            box.addWidget(each)
        box.addWidget(row(self.buttons["choose"], self.buttons["add"]))
        box.addWidget(self.form)
        box.addWidget(self.change_form)
        # Below what was pressed, which stays under the pointer then.
        box.addWidget(self._outcome)
        box.addWidget(self._none)
        box.addWidget(self.table, 1)
        box.addWidget(self._do)
        box.addStretch(0)  # what is shown stays at the top where there is no table to fill the page
        self.table.setMinimumHeight(self.fontMetrics().height() * 8)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.addWidget(left)
        # With large letters the form and the table do not fit together.
        whole.addWidget(scrolling(right), 1)
