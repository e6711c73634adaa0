"""The main window: the three steps, their pages, the menus, and what is going on now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner import __version__
from ui.chunked_work import ChunkedWork
from ui.files.dropping import Dropping
from ui.files.read_only import ReadOnly
from ui.files.recovery_offer import RecoveryOffer
from ui.files.report_actions import ReportActions
from ui.going import Going
from ui.history import History, Visited
from ui.menus import Menus
from ui.notices import Notices
from ui.state import State, Step
from ui.steps import StepBand
from ui.views.start import Offer, StartView
from ui.widgets import plain_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QLabel

    from planner.core.texts import Language, Text
    from ui.commands import Commands
    from ui.files.written import FileNotice
    from ui.help.window import HelpWindow
    from ui.jobs import Jobs
    from ui.pages import Pages
    from ui.services import Services
    from ui.session import Change, Session
    from ui.settings import Settings
    from ui.theme import ColourScheme, Theme
    from ui.views.tables import TablesView
    from ui.words import Words

PAINT_AFTER_MS = 1
SHARED = ("one_page", "report", "print_preview")  # what a plan is given to others as, on paper
EDGE = 12  # pixels between a notice and the edges of the window
FRAME = QSize(16, 44)  # pixels that a system puts around a window


class Window(QMainWindow):
    """Places the pages and keeps menus, title and status up to date; the work is elsewhere."""

    tour_wanted = Signal()  # a newcomer asks to be led through the program

    def __init__(self, folder: Path, *, words: Words, theme: Theme, settings: Settings) -> None:
        """Show the start page; `folder` is for the program's own files.

        The desk is made when first needed, the pages of the steps with the first book.
        """
        super().__init__()
        self.words: Words = words
        self._folder = folder
        self._theme = theme
        self._settings = settings
        self._desk: Services | None = None
        self._leaving = False  # unsaved work was saved or given up
        self._pages: Pages | None = None  # whole, or none
        self._making = ChunkedWork(self)
        self._begun = False  # making them
        self._help: HelpWindow | None = None
        self.held = ReadOnly(folder / "locks", words, self._be_viewing, self._at_desk)
        self._stack = QStackedWidget()
        self.history = History(self._spot, self._show_spot, self)
        self._band = StepBand(words, theme, self.go_to, self.history)
        self._band.calculate.clicked.connect(lambda _=False: self.calculate())
        self._band.options.clicked.connect(lambda _=False: self.pages.options.show_below())
        self._written: FileNotice | None = None  # made when a file is first written
        self._where = plain_label()
        self.start = StartView(
            (
                Offer("demo_small", "demo", lambda: self.commands.open_demo("small")),
                Offer("open", "open", lambda: self.commands.open_file()),  # noqa: PLW0108 - not made yet
                Offer("demo_national", "picture", lambda: self.commands.open_demo("national")),
                Offer("template", "template", lambda: self.commands.template()),  # noqa: PLW0108 - as above
                Offer("tour", "find", self.show_tour),
            ),
            words,
            theme,
        )
        busy = plain_label()
        self.going = Going(busy, self.start.doing, words)
        self.lost = RecoveryOffer(self.start.lost, words, self._at_desk)
        self.paper: ReportActions = ReportActions(
            self, self._at_desk, words, theme, store=folder / "imports.json", go_to=self.go_to
        )
        self._dropping = Dropping(self, self._at_desk)
        self._menus = Menus(self.menuBar(), self, words, theme)
        self._lay_out(busy)
        self._connect()
        self.reword()

    @property
    def session(self) -> Session:
        """The open book and what was done to it."""
        return self._at_desk().session

    @property
    def jobs(self) -> Jobs:
        """The work in the background."""
        return self._at_desk().jobs

    @property
    def commands(self) -> Commands:
        """What the user can have done."""
        return self._at_desk().commands

    @property
    def tables(self) -> TablesView:
        """The tables of the step that is shown: the data's unless the rules' are."""
        pages = self.pages
        return pages.rules if self.step is Step.RULES else pages.data

    @property
    def pages(self) -> Pages:
        """The pages of the steps, made when first needed: at once what is not made by then."""
        self._making.finish()
        if self._pages is None:
            self.make_pages()
            self._making.finish()
        if self._pages is None:
            raise RuntimeError("the pages could not be made, or what makes them asks for them")
        return self._pages

    def make_pages(self) -> None:
        """Make the pages of the steps by and by, between other events; but once."""
        if not self._begun:
            self._begun = True
            self._making.begin(self._make_pages())

    def _make_pages(self) -> Iterator[None]:
        from ui.pages import Pages  # noqa: PLC0415 - not needed to start

        pages = Pages(
            self.session,
            self.jobs,
            commands=self.commands,
            words=self.words,
            theme=self._theme,
            go_to=self.go_to,
        )
        yield from pages.making(self._stack.addWidget)
        for tabbed in (pages.data_page, pages.rules_page):
            tabbed.tabs.currentChanged.connect(self.refresh)
        for grids in (pages.data, pages.rules):
            grids.layout_pasted.connect(self.paper.import_text)
        for asking in (pages.scenarios, pages.results):
            asking.calculation_wanted.connect(self.calculate)
        pages.moved.connect(self.history.note)
        pages.results.offer_to_share([self._menus[each] for each in SHARED])
        self.commands.ended.connect(pages.bar.end)
        pages.bar.left.connect(lambda: self._band.hand_over(self.step, self._stack.currentWidget()))
        self.history.changed.connect(pages.bar.leave)
        pages.options.stand_below(self._band.options)
        pages.options.changed.connect(self.refresh)
        self._middle.insertWidget(self._middle.count() - 1, pages.bar)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, pages.origin)
        self._pages = pages

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return Step(self._stack.currentIndex())

    def go_to(self, step: Step) -> None:
        """Show a step."""
        if step is not Step.START:
            self.pages.take_everything()
        page = self._stack.widget(step)
        unseen = page is not None and page.focusWidget() is None
        self._stack.setCurrentIndex(step)
        self.refresh()
        content = self.pages.content_at(step) if unseen and step is not Step.START else None
        self._band.hand_over(step, self._stack.currentWidget(), content)

    def _spot(self) -> Visited:
        """Return where the user is."""
        pages, step = self._pages, self.step
        if pages is None or step is Step.START:
            return Visited(step)
        return Visited(step, pages.view_at(step), pages.detail_at(step))

    def _show_spot(self, spot: Visited) -> None:
        """Go to where the user was."""
        self.go_to(spot.step)
        if spot.step is not Step.START:
            self.pages.show_again(spot.step, spot.view, spot.detail)

    def calculate(self) -> None:
        """Calculate, wherever the user is; where the input has errors, show the first of them."""
        if self.session.checked.errors:
            self.pages.show_first_error()
        else:
            self.commands.calculate()

    def choose_language(self, language: Language) -> None:
        """Go on in a language, now and the next time."""
        self._settings.language = language
        self.words.choose(language)

    def choose_look(self, look: ColourScheme) -> None:
        """Go on in a look, now and the next time."""
        self._settings.look = look
        self._theme.choose(look)
        self.refresh()

    def view_only(self) -> None:
        """Let nothing be changed, or let it again; a file that another has open stays so."""
        if self.held.barred:
            self.held.try_again()
        else:
            self._be_viewing(not self.session.viewing)
        self.refresh()

    def _be_viewing(self, viewing: bool) -> None:  # noqa: FBT001 - one truth, told by whoever knows
        from ui.session import Change  # noqa: PLC0415 - not needed to start

        self.session.viewing = viewing
        self.session.changed.emit(frozenset({Change.VIEWING}))
        if self._pages is not None:
            self._pages.take_everything()
        self.refresh()

    def show_help(self, page: Text | None = None) -> None:
        """Show a page of the help; without one, the page about what is in view."""
        from ui.help.contents import page_for  # noqa: PLC0415 - not needed to start

        if self._help is None:
            from ui.help.window import HelpWindow  # noqa: PLC0415 - as above

            self._help = HelpWindow(self, self.words, self._theme)
        step = self.step
        view = self._pages.view_at(step) if self._pages is not None else ""
        self._help.read(page or page_for(step, view))

    def show_tour(self) -> None:
        """Ask to be led through the program."""
        self.tour_wanted.emit()

    def show_about(self) -> None:
        """Say what this program is."""
        said = f"{self.words.say('about', version=__version__)}\n\n{self.words.say('map.credit')}"
        self.commands.asking.inform(self.words.say("about.title"), said)

    def leave(self) -> None:
        """Close the window, once unsaved work is saved or given up."""
        self.commands.after_saving(self._close_for_good)

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._menus.reword()
        self.refresh()

    def refresh(self) -> None:
        """Bring title, menus, steps and status line up to date."""
        state = self._state()
        self._menus.show_state(state)
        how = "" if self._pages is None else self._pages.options.said
        self._band.show_state(self.step, state, how)
        self._say_title()
        self._say_where(state)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._desk is not None and self.commands.at_stake and not self._leaving:
            event.ignore()
            # A window cannot be closed again while it is being closed.
            QTimer.singleShot(0, self.leave)
            return
        self._settings.keep_window(self.saveGeometry())
        self.held.close()
        if self._desk is not None:
            self._settings.folder = self.commands.asking.folder
            self.commands.close()
        super().closeEvent(event)

    def _at_tables(self, step: Step) -> bool:
        """Whether the tables of a step are in view, not another of its views."""
        tables = {"tables", "rule_tables"}
        return self._pages is not None and self._pages.view_at(step) in tables

    def _state(self) -> State:
        chosen = State(
            language=self.words.language, look=self._theme.look, hatched=self._theme.hatched
        )
        if self._desk is None:
            return chosen
        from ui.pages import rule_errors  # noqa: PLC0415 - not needed to start

        session = self.session
        step = self.step
        return chosen._replace(
            is_open=session.is_open,
            viewing=session.viewing,
            at_table=session.is_open and self._at_tables(step),
            undo=session.undo_name(),
            redo=session.undo_name(forward=True),
            calculating=self.jobs.calculating is not None,
            working=bool(self.jobs.at_desk),
            unanswering=self.jobs.unanswering,
            planned=bool(session.plans) or session.coming.figures is not None,
            stale=session.stale,
            errors=session.checked.errors,
            at_once=self._settings.at_once,
            rule_errors=rule_errors(session.checked.findings),
        )

    def _at_desk(self) -> Services:
        """Return the desk; it is made when first asked for."""
        if self._desk is None:
            from ui.services import make_services  # noqa: PLC0415 - not needed to start

            self._menus.fill(self._state())
            self._desk = make_services(self, self.words, self._settings, self._folder)
            self._desk.session.changed.connect(self._take)
            self._desk.jobs.changed.connect(self.refresh)
            self._desk.session.coming.changed.connect(self.refresh)
            self._desk.jobs.silent.connect(self._tell_silence)
            commands = self._desk.commands
            commands.barred, commands.signature = self.held.barred_now, self.held.signature
            commands.busy.connect(self.going.tell)
            commands.opened.connect(self._opened)
            commands.wrote.connect(self._wrote)
            commands.exported.connect(self._remember)
            self.start.chosen.connect(commands.open_path)
            # Not before the first paint, for drawing it takes time.
            self.setWindowIcon(self._theme.mark("program", self._theme.colours.accent))
        return self._desk

    def _tell_silence(self, silent: bool) -> None:  # noqa: FBT001 - as signals carry it
        self.going.tell_silence(silent=silent)
        self.refresh()

    def _lay_out(self, busy: QLabel) -> None:
        self._stack.addWidget(self.start)
        middle = QWidget()
        box = QVBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._band)
        # As far from the edges as what else is told.
        box.addWidget(Notices(self.held.notice, self.paper.notice, edge=EDGE))
        box.addWidget(self._stack, 1)
        self._middle = box
        self.setCentralWidget(middle)
        self.statusBar().addWidget(self._where, 1)
        # It gives way to what is going on, which is longer where the engine does not answer.
        self._where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.statusBar().addPermanentWidget(busy)
        self.setMinimumSize(self.fontMetrics().averageCharWidth() * 80, 360)
        # The title bar and the frame want room on the screen too.
        self.resize(QSize(1280, 800).boundedTo(self.screen().availableSize() - FRAME))
        geometry = self._settings.window()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

    def _connect(self) -> None:
        self.words.changed.connect(self.reword)
        self._stack.currentChanged.connect(self.history.note)
        self._theme.changed.connect(self.refresh)
        self.start.forgotten.connect(self._settings.forget)
        self.start.show_recent(self._settings.recent)

    def _take(self, changes: frozenset[Change]) -> None:
        from ui.session import Change  # noqa: PLC0415 - not needed to start

        if Change.BOOK in changes:
            # Laid out now and painted in another turn: both at once would hold the window too long.
            self._stack.setUpdatesEnabled(False)
            self.go_to(Step.RESULTS if self.session.plans else Step.DATA)
            if self.session.plans:
                self.pages.results.show_view("answer")  # whatever was looked at in the book before
            self.history.forget()
            (self.pages.results if self.session.plans else self.tables.grid).setFocus()
            QTimer.singleShot(PAINT_AFTER_MS, self, lambda: self._stack.setUpdatesEnabled(True))
        self.refresh()

    def _opened(self, path: Path | None) -> None:
        self.held.open(path)
        self.paper.offer(path)
        if path is not None:
            self._remember(path)

    def _remember(self, path: Path) -> None:
        """List a file among those that were open lately."""
        self._settings.remember(path)
        self.start.show_recent(self._settings.recent)

    def _wrote(self, path: Path) -> None:
        if path == self.session.origin.path:
            self.held.open(path)
        if self._written is None:
            from ui.files.written import FileNotice  # noqa: PLC0415 - not needed to start

            self._written = FileNotice(self.statusBar(), self.words)
        self._written.tell(path, here=path == self.session.origin.path)

    def _say_title(self) -> None:
        name = self._book_name()
        program = self.words.say("title")
        self.setWindowTitle(f"{name}[*] - {program}" if name else program)
        self.setWindowModified(self._desk is not None and self.session.unsaved)

    def _book_name(self) -> str:
        if self._desk is None:
            return ""
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

    def _close_for_good(self) -> None:
        self._leaving = True
        self.close()
