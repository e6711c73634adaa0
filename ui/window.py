"""The main window: the four steps, their pages, the menus, and what is going on now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ui.actions import ACTIONS, Action, Menu, State
from ui.asking import WORKBOOKS
from ui.recovery import Left, discard
from ui.session import Change, Session
from ui.steps import StepBand
from ui.views.start import Offer, StartView

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.errors import Finding
    from planner.texts import Language
    from ui.commands import Commands
    from ui.jobs import Jobs
    from ui.pages import Pages
    from ui.settings import Settings
    from ui.theme import Look, Theme
    from ui.views.tables import TablesView
    from ui.words import Words

START, DATA, RULES, CALCULATE, RESULTS = range(5)


class Window(QMainWindow):
    """Places the pages and keeps menus, title and status up to date; the work is elsewhere."""

    def __init__(  # noqa: PLR0913 - what it stands on
        self,
        session: Session,
        jobs: Jobs,
        *,
        commands: Commands,
        words: Words,
        theme: Theme,
        settings: Settings,
    ) -> None:
        """Show the start page; the pages of the steps are made with the first book."""
        super().__init__()
        self.session: Session = session
        self.commands: Commands = commands
        self.jobs = jobs
        self.words: Words = words
        self._theme = theme
        self._settings = settings
        self._left: tuple[Left, ...] = ()
        self._leaving = False  # unsaved work was saved or given up
        self._pages: Pages | None = None
        self._stack = QStackedWidget()
        self._band = StepBand(words, self.go_to)
        self._busy = QLabel()
        self._where = QLabel()
        self.start = StartView(
            (
                Offer("demo_small", "demo", lambda: commands.open_demo("small")),
                Offer("open", "open", commands.open_file),
                Offer("demo_national", "picture", lambda: commands.open_demo("national")),
                Offer("template", "template", commands.template),
            ),
            words,
            theme,
        )
        self._actions: dict[str, QAction] = {}
        self._menus: dict[Menu, QMenu] = {}
        self._lay_out()
        self._fill_menus()
        self._connect()
        self.reword()
        self.refresh()

    @property
    def tables(self) -> TablesView:
        """The tables of the step that is shown: the data's unless the rules' are."""
        pages = self.pages
        return pages.rules if self._stack.currentIndex() == RULES else pages.data

    @property
    def pages(self) -> Pages:
        """The pages of the steps, made when first needed."""
        if self._pages is None:
            from ui.pages import Pages  # noqa: PLC0415 - not needed to start

            self._pages = Pages(
                self.session,
                self.jobs,
                commands=self.commands,
                words=self.words,
                theme=self._theme,
                go_to=self.go_to,
            )
            for page in self._pages.in_order:
                self._stack.addWidget(page)
            self.commands.ended.connect(self._pages.calculate.end)
        return self._pages

    def go_to(self, step: int) -> None:
        """Show a step; 0 is the start page."""
        if step != START:
            self.pages.take_everything()
        self._stack.setCurrentIndex(step)
        self.refresh()

    def go_to_finding(self, finding: Finding) -> None:
        """Show the cell that a finding is about."""
        pages = self.pages
        if pages.rules.shows(finding.table):
            self.go_to(RULES)
            pages.rules_page.show_view("rule_tables")
            pages.rules.go_to(finding)
        else:
            self.go_to(DATA)
            pages.data_page.show_view("tables")
            pages.data.go_to(finding)

    def calculate(self) -> None:
        """Show how it goes, and calculate."""
        self.go_to(CALCULATE)
        self.commands.calculate()

    def choose_language(self, language: Language) -> None:
        """Go on in a language, now and the next time."""
        self._settings.language = language
        self.words.choose(language)

    def choose_look(self, look: Look) -> None:
        """Go on in a look, now and the next time."""
        self._settings.look = look
        self._theme.choose(look)
        self.refresh()

    def view_only(self) -> None:
        """Let nothing be changed, or let it again."""
        self.session.viewing = not self.session.viewing
        if self._pages is not None:
            self._pages.take_everything()
        self.refresh()

    def offer_lost_work(self, left: tuple[Left, ...]) -> None:
        """Offer work that a program left behind when it was ended."""
        self._left = left
        if left:
            lost = self.start.lost
            self._recover = lost.add_button(self._recover_first)
            self._discard = lost.add_button(self._discard_first)
            self._say_lost()

    def show_shortcuts(self) -> None:
        """List the keys."""
        lines = [
            f"{action.shortcut}\t{self.words.say(f'action.{action.id}').replace('…', '')}"
            for action in ACTIONS
            if action.shortcut
        ]
        self.commands.asking.inform(self.words.say("shortcuts.title"), "\n".join(lines))

    def show_about(self) -> None:
        """Say what this program is."""
        self.commands.asking.inform(self.words.say("about.title"), self.words.say("about"))

    def tell_fault(self) -> None:
        """Say that the program is at fault; the input is still there."""
        self.commands.asking.inform(self.words.say("fault.title"), self.words.say("fault"))

    def leave(self) -> None:
        """Close the window, once unsaved work is saved or given up."""
        self.commands.after_saving(self._close_for_good)

    def reword(self) -> None:
        """Say everything again in the language in use."""
        for action in ACTIONS:
            self._actions[action.id].setText(self.words.say(f"action.{action.id}"))
        for place, menu in self._menus.items():
            menu.setTitle(self.words.say(f"menu.{place.value}"))
        self._say_lost()
        self.refresh()

    def refresh(self) -> None:
        """Bring title, menus, steps and status line up to date."""
        state = self._state()
        for action in ACTIONS:
            made = self._actions[action.id]
            made.setEnabled(action.enabled(state))
            if action.icon:
                made.setIcon(self._theme.icon(action.icon))
            if action.checked is not None:
                made.setChecked(action.checked(state))
        undo, redo = self._actions["undo"], self._actions["redo"]
        for made, name, key in ((undo, state.undo, "undo"), (redo, state.redo, "redo")):
            what = self.words.say(name) if name else ""
            made.setText(self.words.say(f"action.{key}.named", what=what).strip())
        self._band.show_state(self._stack.currentIndex(), state)
        self._say_title()
        self._say_where(state)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session.unsaved and not self._leaving:
            event.ignore()
            # A window cannot be closed again while it is being closed.
            QTimer.singleShot(0, self.leave)
            return
        self._settings.keep_window(self.saveGeometry())
        self.commands.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.commands.open_path(path)

    def _state(self) -> State:
        session = self.session
        step = self._stack.currentIndex()
        return State(
            is_open=session.is_open,
            viewing=session.viewing,
            at_table=session.is_open and step in (DATA, RULES),
            undo=session.undo_name(),
            redo=session.undo_name(forward=True),
            calculating=self.jobs.calculating is not None,
            planned=bool(session.plans),
            errors=session.checked.errors,
            language=self.words.language,
            look=self._theme.look,
        )

    def _lay_out(self) -> None:
        self._stack.addWidget(self.start)
        middle = QWidget()
        box = QVBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._band)
        box.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        self.statusBar().addWidget(self._where, 1)
        self.statusBar().addPermanentWidget(self._busy)
        self.setAcceptDrops(True)
        self.setMinimumSize(self.fontMetrics().averageCharWidth() * 90, 480)
        self.resize(1280, 800)
        geometry = self._settings.window()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

    def _fill_menus(self) -> None:
        groups: dict[str, QActionGroup] = {}
        for place in Menu:
            self._menus[place] = self.menuBar().addMenu("")
        for action in ACTIONS:
            menu = self._menus[action.menu]
            if action.begins_group:
                menu.addSeparator()
            made = menu.addAction("")
            self._actions[action.id] = made
            made.triggered.connect(self._caller(action))
            if action.shortcut:
                made.setShortcut(QKeySequence(action.shortcut))
            if action.checked is not None:
                made.setCheckable(True)
                family = "look" if action.id.startswith("look") else "language"
                if action.id != "viewing":
                    groups.setdefault(family, QActionGroup(self)).addAction(made)

    def _caller(self, action: Action) -> Callable[..., None]:
        return lambda *_: action.call(self)

    def _connect(self) -> None:
        self.session.changed.connect(self._take)
        self.jobs.changed.connect(self.refresh)
        self.words.changed.connect(self.reword)
        self._theme.changed.connect(self.refresh)
        self.commands.busy.connect(self._busy.setText)
        self.commands.opened.connect(self._opened)
        self.commands.wrote.connect(self._wrote)
        self.start.chosen.connect(self.commands.open_path)
        self.start.show_recent(self._settings.recent)

    def _take(self, changes: frozenset[Change]) -> None:
        if Change.BOOK in changes:
            self.go_to(DATA)
        self.refresh()

    def _opened(self, path: Path | None) -> None:
        if path is not None:
            self._settings.remember(path)
            self.start.show_recent(self._settings.recent)

    def _wrote(self, path: Path) -> None:
        self.statusBar().showMessage(self.words.say("status.wrote", path=path), 15_000)

    def _say_title(self) -> None:
        name = self._book_name()
        program = self.words.say("title")
        self.setWindowTitle(f"{name}[*] - {program}" if name else program)
        self.setWindowModified(self.session.unsaved)

    def _book_name(self) -> str:
        origin = self.session.origin
        if origin.path is not None:
            return origin.path.name
        return self.words.say(f"demo.{origin.demo}") if origin.demo else ""

    def _say_where(self, state: State) -> None:
        """Say what is open and what was found about it."""
        if not state.is_open:
            self._where.setText(self.words.say("status.none"))
            return
        remarks = len(self.session.checked.findings) - state.errors
        key = "status.errors" if state.errors else "status.fine"
        said = self.words.say(key, errors=state.errors, remarks=remarks)
        parts = [self._book_name(), said]
        if state.viewing:
            parts.append(self.words.say("status.viewing"))
        self._where.setText("  ·  ".join(parts))

    def _say_lost(self) -> None:
        if not self._left:
            self.start.lost.say("")
            return
        left = self._left[0]
        self.start.lost.say(
            self.words.say(
                "start.lost",
                name=left.name,
                when=f"{self.words.value(left.when.date())} {left.when:%H:%M}",
                count=len(left.steps),
            )
        )
        self._recover.setText(self.words.say("start.lost.recover"))
        self._discard.setText(self.words.say("start.lost.discard"))

    def _recover_first(self) -> None:
        left, self._left = self._left[0], self._left[1:]
        self._say_lost()
        self.commands.recover(left)

    def _discard_first(self) -> None:
        discard(self._left[0])
        self._left = self._left[1:]
        self._say_lost()

    def _close_for_good(self) -> None:
        self._leaving = True
        self.close()


def _dropped(event: QDropEvent) -> Path | None:
    """Return the workbook that is dragged, if it is one."""
    for url in event.mimeData().urls():
        path = Path(url.toLocalFile())
        if path.suffix.lower().lstrip(".") in WORKBOOKS:
            return path
    return None
