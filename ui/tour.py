"""A tour of a minute: the program leads through it, sees what was done, and can be left always."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QVBoxLayout, QWidget

from ui.state import Step
from ui.why_not import allow
from ui.widgets import button, heading, plain_label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.window import Window

PLACE = "tour"  # the name of the panel in the window
# Where the contract is that the tour has changed: it ends within the months of the small demo.
TABLE, LOCATION, COLUMN = "locations", "L16", "open_until"
CALCULATE = "calculate"  # the stop at which something has to be waited for
# Where what is asked of the answer leads to.
REASONS = frozenset({"shortfalls", "explanation", "location", "runoff", "dol", "capacity"})


@dataclass(frozen=True)
class TourStop:
    """One thing to do: its texts by `tour.<key>`, where it is done, and whether it is."""

    key: str
    lead: Callable[[Window], None]
    done: Callable[[Window, Before], bool]


@dataclass(frozen=True)
class Before:
    """How things stood when a stop was come to."""

    scenarios: int
    unsaved: bool


def begin(window: Window) -> Tour:
    """Show the tour below the pages, from its first stop."""
    shown = window.findChild(Tour, PLACE)
    if shown is None:
        shown = Tour(window)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, shown)
    shown.begin()
    return shown


def _to_contract(window: Window) -> None:
    sheet = window.session.sheet(TABLE)
    codes = [] if sheet is None else sheet.frame["id"].tolist()
    if sheet is not None and LOCATION in codes:
        rows = sheet.frame.index[sheet.frame["id"] == LOCATION]
        window.pages.go_to_cell(TABLE, int(rows[0]), COLUMN)
    else:
        window.go_to(Step.DATA)


def _to_answer(window: Window) -> None:
    window.go_to(Step.RESULTS)
    window.pages.results.show_view("answer")


def _to_scenarios(window: Window) -> None:
    window.go_to(Step.RULES)
    window.pages.rules_page.show_view("scenarios")


def _planned(window: Window, _before: Before) -> bool:
    session = window.session
    return bool(session.plans) and not session.stale and window.jobs.calculating is None


def _asked_why(window: Window, _before: Before) -> bool:
    return window.step is Step.RESULTS and window.pages.results.shown in REASONS


STOPS = (
    TourStop(
        "open",
        lambda window: window.commands.open_demo("small"),
        # Another book has no such contract, or another one by that code.
        lambda window, _: window.session.origin.demo == "small",
    ),
    TourStop("change", _to_contract, lambda window, _: window.session.unsaved),
    TourStop(CALCULATE, lambda window: window.calculate(), _planned),
    TourStop("why", _to_answer, _asked_why),
    TourStop(
        "scenario",
        _to_scenarios,
        lambda window, before: len(window.session.checked.scenarios) > before.scenarios,
    ),
)


class _Panel(QFrame):
    """A card that is never lower than its text: where little room is left, the pages give way."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self.setMinimumHeight(self.heightForWidth(self.width()))
        return super().event(event)


class Tour(QDockWidget):
    """The panel of the tour: what to do now, a button that leads there, and one that ends it."""

    def __init__(self, window: Window) -> None:
        """Stand in a window; `begin` goes to the first stop."""
        super().__init__(window)
        self.setObjectName(PLACE)
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.setTitleBarWidget(QWidget())
        self._window = window
        self._words = window.words
        self._at = 0
        self._before = Before(0, unsaved=False)
        self._to_answer = False  # what was begun here is shown as soon as anything is known of it
        self._title, self._told = heading(1.1), plain_label()
        self._told.setWordWrap(True)
        self.lead = button(self._lead, main=True)
        self.skip = button(self._next)
        self.end = button(self.hide)
        panel = _Panel()
        box = QVBoxLayout(panel)
        box.setContentsMargins(16, 10, 16, 10)
        box.setSpacing(6)
        for part in (self._title, self._told, row(self.lead, self.skip, self.end)):
            box.addWidget(part)
        self.setWidget(panel)
        window.session.changed.connect(lambda _: self.look())
        window.jobs.changed.connect(self.look)
        window.session.coming.changed.connect(self.look)
        window.history.changed.connect(self.look)
        window.words.changed.connect(self._reword)

    @property
    def stop(self) -> str:
        """The key of the stop that is stood at; empty at the end."""
        return STOPS[self._at].key if self._at < len(STOPS) else ""

    def begin(self) -> None:
        """Go to the first stop."""
        self._at = 0
        self._to_answer = False
        self._arrive()
        self.show()
        self.lead.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look()

    def look(self) -> None:
        """Go on to the next stop where this one is done, and to the answer once it is known."""
        if self.isHidden() or not self.stop:
            return
        busy = self._window.jobs.calculating is not None and self.stop == CALCULATE
        allow(self.lead, self._words.say("why_not.calculating") if busy else "")
        done = STOPS[self._at].done(self._window, self._before)
        known = done or self._window.session.coming.figures is not None
        if self._to_answer and known:
            self._to_answer = False
            _to_answer(self._window)
        if done:
            self._next()

    def _lead(self) -> None:
        self._to_answer = self.stop == CALCULATE
        if self.stop:
            STOPS[self._at].lead(self._window)
        else:
            self.hide()

    def _next(self) -> None:
        self._at += 1
        self._to_answer = False
        allow(self.lead, "")
        self._arrive()

    def _arrive(self) -> None:
        session = self._window.session
        count = len(session.checked.scenarios) if session.is_open else 0
        self._before = Before(count, unsaved=session.unsaved)
        self._reword()

    def _reword(self) -> None:
        words = self._words
        key = self.stop or "end"
        self._title.setText(
            words.say(
                "tour.title", number=self._at + 1, count=len(STOPS), what=words.say(f"tour.{key}")
            )
            if self.stop
            else words.say("tour.end")
        )
        self._told.setText(words.say(f"tour.{key}.todo"))
        self.lead.setText(words.say(f"tour.{key}.lead"))
        self.skip.setText(words.say("tour.skip"))
        self.end.setText(words.say("tour.leave"))
        for each in (self.skip, self.end):
            each.setVisible(bool(self.stop))
